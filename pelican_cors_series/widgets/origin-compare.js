// The element origin-compare: makes the addresses of the static widget editable and keeps its verdict up with them.
import { compareInWords, fill, setDomains, takeApart } from "./origin-comparison.js";
import { load_suffixes } from "./rules.js";

// A screen reader hears the verdict when the typing rests, not with each letter.
const REST = 400;

const MARKS = { true: ["=", "same"], false: ["≠", "different"], null: ["·", "not_compared"] };

class OriginCompare extends HTMLElement {
  #words;
  #built; // The relation that the page was built with, and the nodes that say so.
  #nodes;
  #inputs = new Map(); // By the name of their field, each with its error message and the author's text.
  #button;
  #note;
  #status;
  #turn = 0;
  #rest;

  async connectedCallback() {
    if (this.#built) return;
    this.#built = this.dataset.relation;
    const language = this.closest("[lang]")?.lang ?? "en";
    try {
      this.#words = (await import(`./origin-compare.${language}.js`)).default;
    } catch {
      return; // Without words what was built stays as it is.
    }
    this.#nodes = this.#answers().map((node) => node.cloneNode(true));
    this.#upgrade();
    await this.#update();
    clearTimeout(this.#rest); // What the page opened with is no news.
  }

  #upgrade() {
    const all = [...document.querySelectorAll("origin-compare")];
    const ordinal = all.indexOf(this) + 1;
    const state = new URLSearchParams(location.search);
    for (const paragraph of this.querySelectorAll("[data-field]")) {
      this.#makeEditable(paragraph, ordinal, state);
    }
    this.#button = element("button", { type: "button", hidden: "" }, this.#words.reset);
    this.#button.addEventListener("click", () => this.#reset());
    this.#slot("fields").append(this.#button);
    this.#note = element("p", { "data-slot": "note" });
    this.#status = element("p", { "data-slot": "status", role: "status" });
    this.#slot("verdict").before(this.#note, this.#status);
  }

  #makeEditable(paragraph, ordinal, state) {
    const { field } = paragraph.dataset;
    const [caption, code] = paragraph.children;
    const key = ordinal === 1 ? field : `${field}${ordinal}`;
    const error = element("span", { "data-slot": "error", id: `origin-compare-${ordinal}-${field}` });
    const input = element("input", {
      type: "text",
      inputmode: "url",
      autocapitalize: "none",
      autocomplete: "off",
      spellcheck: "false",
    });
    input.value = state.get(key) ?? code.textContent;
    input.addEventListener("input", () => this.#update());
    this.#inputs.set(field, { input, error, key, written: code.textContent });
    const label = element("label");
    label.append(caption, input);
    paragraph.replaceChildren(label, error);
  }

  #reset() {
    for (const { input, written } of this.#inputs.values()) input.value = written;
    this.#inputs.get("a").input.focus(); // The button is about to go, the focus must not go with it.
    this.#update();
  }

  async #update() {
    const turn = ++this.#turn;
    const fields = Object.fromEntries([...this.#inputs].map(([name, { input }]) => [name, input.value]));
    const { sides, refused, hosts } = takeApart(fields);
    this.#button.hidden = this.#atAuthorsPair();
    if (this.#refuses(refused)) return;
    try {
      await load_suffixes(...hosts);
    } catch {
      return this.#putAside(this.#words.unreachable, this.#words.unreachable);
    }
    if (turn !== this.#turn) return;
    const settled = setDomains(sides);
    if (!this.#refuses(settled.refused)) this.#show(compareInWords(settled.sides, this.#words));
  }

  /** Marks the fields that are refused and no others; true where there is one. */
  #refuses(refused) {
    for (const [name, { input, error }] of this.#inputs) this.#mark(input, error, refused.has(name) && name);
    if (refused.size) this.#putAside(this.#words.put_aside, this.#message([...refused][0]));
    return refused.size > 0;
  }

  #message = (field) => this.#words[field.length > 1 ? "not_a_domain" : "not_a_url"];

  #mark(input, error, refused) {
    error.textContent = refused ? this.#message(refused) : "";
    for (const [name, value] of [["aria-invalid", "true"], ["aria-describedby", error.id]]) {
      if (refused) input.setAttribute(name, value);
      else input.removeAttribute(name);
    }
  }

  #putAside(note, announcement) {
    this.dataset.aside = "";
    this.#note.textContent = note;
    this.#announce(announcement);
  }

  #show(comparison) {
    delete this.dataset.aside;
    this.#announce(`${comparison.title}. ${comparison.meaning} ${comparison.origin_domain}`);
    if (this.#atAuthorsPair()) return this.#showBuilt(comparison);
    this.#note.textContent = "";
    this.dataset.relation = comparison.relation;
    this.#slot("title").textContent = comparison.title;
    this.#slot("meaning").textContent = comparison.meaning;
    this.#slot("origin-domain").textContent = comparison.origin_domain;
    for (const row of comparison.rows) this.#showRow(row);
    const opened = [...this.querySelectorAll("li details")].map(({ open }) => open);
    this.querySelector("ol").replaceWith(this.#steps(comparison.steps));
    this.querySelectorAll("li details").forEach((each, index) => (each.open = opened[index] ?? false));
  }

  /** The verdict that the page was built with stands, even where this browser takes the addresses apart differently. */
  #showBuilt({ relation, title }) {
    this.dataset.relation = this.#built;
    const open = this.querySelector("details").open;
    this.#answers().forEach((node, index) => node.replaceWith(this.#nodes[index].cloneNode(true)));
    this.querySelector("details").open = open;
    this.#note.textContent = relation === this.#built ? "" : fill(this.#words.browser_differs, { title });
  }

  #answers = () => [...this.querySelectorAll('[data-slot="verdict"], [data-slot="parts"], :scope > details')];

  #steps(steps) {
    const list = element("ol");
    for (const { sentence, name, spec, within } of steps) {
      const item = element("li");
      item.append(element("span", {}, sentence), " ", element("a", { href: spec }, name));
      if (within.length) {
        const details = element("details");
        details.append(element("summary", {}, fill(this.#words.within, { count: within.length })), this.#steps(within));
        item.append(details);
      }
      list.append(item);
    }
    return list;
  }

  #showRow({ part, a, b, same }) {
    const row = this.querySelector(`[data-part="${part}"]`);
    const [, first, compared, second] = row.cells;
    const [sign, word] = MARKS[same];
    row.dataset.mark = word;
    showCell(first, a);
    showCell(second, b);
    compared.firstChild.textContent = sign;
    compared.firstChild.setAttribute("aria-label", this.#words[word]);
  }

  #announce(words) {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#status.textContent = words;
      this.#keepState();
    }, REST);
  }

  /** Puts the pair into the address, so that a link can lead to it; the author's own needs no mention there. */
  #keepState() {
    const address = new URL(location);
    for (const { input, key, written } of this.#inputs.values()) {
      if (input.value === written) address.searchParams.delete(key);
      else address.searchParams.set(key, input.value);
    }
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  }

  #atAuthorsPair = () => [...this.#inputs.values()].every(({ input, written }) => input.value === written);

  #slot = (name) => this.querySelector(`[data-slot="${name}"]`);
}

function showCell(cell, { value, note }) {
  const [code, small] = cell.children;
  code.textContent = value;
  small.textContent = note;
}

function element(name, attributes = {}, text = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

customElements.define("origin-compare", OriginCompare);
