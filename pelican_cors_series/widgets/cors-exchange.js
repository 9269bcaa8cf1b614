// The element cors-exchange: brings its static widget to life when it comes into view, or at once where a link says so.
import { whenStateChanges } from "./state.js";

class CorsExchange extends HTMLElement {
  #editor;

  connectedCallback() {
    if (this.#editor || !this.dataset.scenario) return;
    // Before it is seen, so that nothing moves under the reader's eyes.
    const wake = ([{ isIntersecting }]) => isIntersecting && this.#upgrade();
    const observer = new IntersectionObserver(wake, { rootMargin: "50%" });
    observer.observe(this);
    this.#editor = { disconnect: () => observer.disconnect() };
    whenStateChanges(this, async () => (await this.#upgrade())?.showState());
  }

  #upgrade() {
    this.#editor.disconnect();
    return (this.#editor.made ??= this.#made());
  }

  async #made() {
    const language = this.closest("[lang]")?.lang ?? "en";
    let loaded;
    try {
      loaded = await Promise.all([import("./exchange.js"), import(`./cors-exchange.${language}.js`)]);
    } catch {
      return null; // Without modules or words what was built stays as it is.
    }
    const [{ Editor }, words] = loaded;
    return new Editor(this, language, words.default).start();
  }
}

customElements.define("cors-exchange", CorsExchange);
