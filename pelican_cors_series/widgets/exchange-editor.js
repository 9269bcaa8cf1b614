// The cors-exchange widget as its reader changes it: the verdict follows each change, and a button makes the one that
// would let script read the response.
import { remedy } from "./exchange-change.js";
import { load_suffixes } from "./exchange-rules.js";
import { firstAt, hostsOf, judge, plainScenario, scenarioOf } from "./exchange-scenario.js";
import { filled, sentenceOf, tree, viewOfVerdict, viewOfWire } from "./exchange-view.js";
import { element } from "./nodes.js";
import { keepState, stateOf } from "./state.js";

// A screen reader hears the verdict when the typing rests, not with each letter.
const REST = 400;
// What a link calls a member may be of any length.
const LONGEST_PATH = 60;

const stepsIn = (nodes) => nodes.find(({ localName, dataset }) => localName === "details" && !dataset.slot);

export class Editor {
  #widget;
  #words;
  #author; // The author's scenario, and how it is written.
  #written;
  #built; // The nodes that the page was built with: those above the editor's own, and those below.
  #outcome; // What these tell.
  #shown;
  #draft;
  #loaded; // What the form needs, once someone has asked for it; then #kit has it.
  #kit;
  #form;
  #fixed; // What would let script read the response.
  #parts;
  #turn = 0;
  #rest;
  // What came of it is said once more where it is out of sight.
  #sight = new IntersectionObserver((entries) => (this.#parts.now.hidden = entries.at(-1).isIntersecting));

  /** parts: the nodes that the element has put into the widget, by their names. */
  constructor(widget, parts, words) {
    [this.#widget, this.#words] = [widget, words];
    this.#author = scenarioOf(JSON.parse(widget.dataset.scenario));
    this.#written = JSON.stringify(plainScenario(this.#author));
    this.#draft = this.#author;
    const { outcome, result } = widget.dataset;
    this.#outcome = { outcome, result };
    const built = [...widget.children].filter((node) => node !== parts.all);
    const heading = built.findIndex(({ dataset }) => dataset.slot === "heading");
    this.#shown = this.#built = [built.slice(0, heading), built.slice(heading)];
    const reset = element("button", { type: "button" }, words.reset);
    const edited = tree("p", { "data-slot": "edited", hidden: "" }, element("span", {}, words.edited), " ", reset);
    const now = element("p", { "data-slot": "now", "aria-hidden": "true", hidden: "" });
    this.#parts = { ...parts, reset, edited, now };
  }

  /** Makes the widget editable; the verdict that the page was built with stands. */
  async start() {
    this.#parts.reset.addEventListener("click", () => this.#reset());
    this.#parts.note.before(this.#parts.edited);
    await this.#update();
    clearTimeout(this.#rest); // What the page opened with is no news.
    return this;
  }

  /** Shows the state that the address names, or says that it is none. */
  async showState() {
    const kit = await this.#load();
    if (!kit) return this.#unreachable();
    const { readScenario, words } = kit;
    let draft = this.#author;
    let problem = "";
    try {
      const state = stateOf(this.#widget);
      if (state) draft = readScenario(JSON.parse(state.get("scenario")), "standard");
    } catch ({ path }) {
      problem = path ? `${words.bad_state} (${path.slice(0, LONGEST_PATH)})` : words.bad_state;
    }
    this.#widget.scrollIntoView();
    this.#replace(draft, problem, false);
  }

  #load() {
    return (this.#loaded ??= Promise.all([
      import("./exchange-form.js"),
      import(`./cors-exchange-form.${this.#words.language}.js`),
    ]).then(([module, words]) => ({ ...module, words: words.default }), () => null));
  }

  #unreachable() {
    const { unreachable } = this.#widget.dataset;
    this.#putAside(unreachable, unreachable);
  }

  /** Judges anew; `problem` is what to say besides, `keep` puts the state into the address. */
  async #update(problem = "", keep = true) {
    const turn = ++this.#turn;
    const found = this.#form ? this.#form.read() : { scenario: this.#draft };
    if (found.message) return this.#putAside(found.note, found.message);
    const { scenario } = found;
    try {
      await load_suffixes(...hostsOf(scenario));
    } catch {
      return this.#unreachable();
    }
    const verdict = judge(scenario);
    let help = verdict.result === "readable" ? null : remedy(scenario);
    if (help?.request?.servers) {
      const https = await import("./exchange-https.js").catch(() => null);
      if (!https) return this.#unreachable();
      help = https.overHttps(scenario);
    }
    if (!sentenceOf(verdict.decidedBy, this.#words)) await this.#loadSteps();
    if (turn === this.#turn) this.#show({ scenario, verdict, help, problem, keep });
  }

  /** Loads the words of the steps; without them a step has its name alone. */
  async #loadSteps() {
    if (this.#words.turns) return;
    try {
      const words = await import(`./cors-exchange-steps.${this.#words.language}.js`);
      this.#words = { ...this.#words, ...words.default };
    } catch {
      return;
    }
  }

  #show({ scenario, verdict, help, problem, keep }) {
    const written = JSON.stringify(plainScenario(scenario));
    const isAuthors = written === this.#written;
    const title = this.#words.outcome[verdict.outcome];
    delete this.#widget.dataset.aside;
    this.#parts.edited.hidden = isAuthors;
    this.#parts.now.textContent = title;
    if (isAuthors) this.#swap(this.#built, this.#outcome);
    else {
      const top = viewOfVerdict(scenario, verdict, help, this.#words);
      const bottom = [...viewOfWire(scenario, verdict, this.#words), this.#foldedSteps(verdict)];
      this.#swap([top, bottom], verdict);
    }
    this.#sight.disconnect();
    this.#sight.observe(this.#widget.querySelector('[data-slot="title"]'));
    const differs = isAuthors && verdict.outcome !== this.#outcome.outcome;
    this.#note(problem || (differs ? filled(this.#words.browser_differs, { title }) : ""));
    this.#fixed = help?.fixed;
    this.#offer();
    const state = isAuthors ? [] : [["scenario", written]];
    this.#announce(problem || `${title} ${sentenceOf(verdict.decidedBy, this.#words)}`, keep ? state : null);
  }

  /** Shows other nodes above and below the editor's own. */
  #swap([top, bottom], { outcome, result }) {
    Object.assign(this.#widget.dataset, { outcome, result });
    if (this.#shown[0] === top) return;
    stepsIn(bottom).open = stepsIn(this.#shown[1]).open;
    for (const node of this.#shown.flat()) node.remove();
    this.#parts.all.before(...top);
    this.#parts.all.after(...bottom);
    this.#shown = [top, bottom];
  }

  /** The steps that led there; what lists them is loaded when someone unfolds them. */
  #foldedSteps(verdict) {
    const list = element("ol");
    const details = tree("details", {}, element("summary", {}, this.#words.path), list);
    details.addEventListener("toggle", async () => {
      if (!details.open || list.firstChild) return;
      const [{ viewOfSteps }] = await Promise.all([import("./exchange-steps.js"), this.#loadSteps()]);
      list.replaceChildren(...viewOfSteps(verdict, this.#words));
    });
    return details;
  }

  /** Puts a button that makes the change below the words that tell it; those that were built have one. */
  #offer() {
    const change = this.#shown[0].find(({ dataset }) => dataset.slot === "change");
    if (!change || change.querySelector("button")) return;
    const button = element("button", { type: "button" }, this.#widget.dataset.make);
    button.addEventListener("click", () => this.make());
    change.append(button);
  }

  /** Makes the change that would let script read the response. */
  make() {
    if (!this.#fixed) return;
    this.#replace(this.#fixed);
    this.#parts.reset.focus(); // The button is about to go, the focus must not go with it.
  }

  #reset() {
    this.#replace(this.#author);
    this.#parts.summary.focus();
  }

  #replace(scenario, problem, keep) {
    this.#draft = scenario;
    if (this.#form) this.#makeForm();
    this.#parts.edited.hidden = false;
    return this.#update(problem, keep);
  }

  /** Unfolds the form. */
  async openForm() {
    if (this.#form) return;
    this.#kit = await this.#load();
    if (this.#kit) this.#makeForm();
    else this.#unreachable();
  }

  #makeForm() {
    this.#form?.node.remove();
    this.#form = new this.#kit.Form(this.#draft, { ...this.#words, ...this.#kit.words }, () => this.#update());
    this.#form.node.prepend(this.#parts.now);
    this.#parts.details.append(this.#form.node);
  }

  #putAside(note, announcement) {
    this.#widget.dataset.aside = "";
    this.#parts.edited.hidden = false;
    this.#note(note);
    this.#announce(announcement, null);
  }

  #note(text) {
    this.#parts.note.textContent = text;
  }

  #announce(words, state) {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#parts.status.textContent = words;
      if (state) keepState(this.#widget, state);
    }, REST);
  }
}
