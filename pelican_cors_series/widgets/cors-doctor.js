// The element cors-doctor: puts the box to paste into before what the page was built with, once it comes into view.
import { whenStateChanges } from "./state.js";

class CorsDoctor extends HTMLElement {
  #loading;

  connectedCallback() {
    if (this.#loading) return;
    const observer = new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && this.#upgrade());
    this.#loading = { started: null, observer };
    observer.observe(this);
    whenStateChanges(this, async () => (await this.#upgrade())?.showState());
  }

  #upgrade() {
    this.#loading.observer.disconnect();
    return (this.#loading.started ??= this.#made());
  }

  async #made() {
    const language = this.closest("[lang]")?.lang ?? "en";
    try {
      const names = ["./doctor.js", `./cors-doctor.${language}.js`, "./doctor-messages.js"];
      const [{ Consultation }, words, messages] = await Promise.all(names.map((name) => import(name)));
      return await new Consultation(this, words.default, messages.default).start();
    } catch {
      return null; // Without modules or words what was built stays as it is.
    }
  }
}

customElements.define("cors-doctor", CorsDoctor);
