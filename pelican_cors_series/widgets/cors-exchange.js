// The element cors-exchange: offers to change the exchange once it comes into view, and loads what judges anew when the
// reader reaches for that.
import { whenNeeded } from "./lazy.js";
import { element } from "./nodes.js";
import { whenStateChanges } from "./state.js";

class CorsExchange extends HTMLElement {
  #parts;
  #modules;
  #editor;

  connectedCallback() {
    if (this.#parts || !this.dataset.scenario) return;
    this.#parts = {};
    whenNeeded(this, () => this.#offer());
    whenStateChanges(this, () => (this.#editor || location.hash.includes("?")) && this.#edit((it) => it.showState()));
  }

  /** Adds what a reader can reach for; nothing that was built changes. */
  #offer() {
    const summary = element("summary", {}, this.dataset.edit);
    const details = element("details", { "data-slot": "edit" }, summary);
    const [note, status] = ["note", "status"].map((slot) => element("p", { "data-slot": slot }));
    status.role = "status"; // In the page before it says something, or nobody hears that.
    const all = element("div", { "data-slot": "editor" }, note, status, details);
    this.#parts = { all, note, status, details, summary };
    this.querySelector(':scope > [data-slot="heading"]').before(all);
    details.addEventListener("toggle", () => details.open && this.#edit((editor) => editor.openForm()));
    const make = element("button", { type: "button" }, this.dataset.make);
    make.addEventListener("click", () => this.#edit((editor) => editor.make()));
    this.querySelector(':scope > [data-slot="change"]')?.append(make);
    for (const control of [summary, make])
      for (const name of ["pointerenter", "focus"]) control.addEventListener(name, () => this.#load());
  }

  #load() {
    const language = this.closest("[lang]")?.lang ?? "en";
    const names = ["./exchange.js", `./cors-exchange.${language}.js`];
    return (this.#modules ??= Promise.all(names.map((name) => import(name))).catch(() => (this.#modules = null)));
  }

  /** Does something with the editor, once there is one; without what it needs, what was built stays as it is. */
  async #edit(act) {
    const loaded = await this.#load();
    if (loaded) {
      const [{ Editor }, words] = loaded;
      return act(await (this.#editor ??= new Editor(this, this.#parts, words.default).start()));
    }
    this.#parts.note.textContent = this.#parts.status.textContent = this.dataset.unreachable;
  }
}

customElements.define("cors-exchange", CorsExchange);
