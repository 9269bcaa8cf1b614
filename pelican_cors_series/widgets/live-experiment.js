// The element live-experiment: asks the reader what will happen, runs it, and sets the three answers side by side.
import { ask, ExperimentError, run } from "./experiment-run.js";
import { whenNeeded } from "./lazy.js";
import { element } from "./nodes.js";
import { WORDS } from "./words.js";

// After 6 seconds at most the reader hears why there is no outcome, on a slow phone as well.
const PATIENCE = 5000;
const FRAME = new URL("../experiment/frame.html", import.meta.url);

class LiveExperiment extends HTMLElement {
  #choices = new Map(); // The result that a button stands for → the button.
  #status;
  #note;
  #running = false;

  connectedCallback() {
    if (!this.#status) whenNeeded(this, () => this.#upgrade());
  }

  #upgrade() {
    if (this.#status) return;
    const question = element("fieldset", { "data-slot": "question" });
    question.append(element("legend", {}, WORDS.question));
    for (const result of this.dataset.results.split(" ")) {
      const button = element("button", { type: "button", "aria-pressed": "false" }, this.#outcome(result));
      button.addEventListener("click", () => this.#start(result));
      this.#choices.set(result, button);
      question.append(button);
    }
    this.#note = element("p", { "data-slot": "note" });
    this.#status = element("p", { "data-slot": "status", role: "status" });
    this.querySelector('[data-slot="rules"]').before(question, this.#note, this.#status);
  }

  async #start(expected) {
    if (this.#running) return;
    this.#running = true;
    for (const [result, button] of this.#choices) button.setAttribute("aria-pressed", String(result === expected));
    this.querySelector('[data-slot="results"]')?.remove();
    this.querySelectorAll("li[aria-current]").forEach((line) => line.removeAttribute("aria-current"));
    this.#status.textContent = "";
    this.#note.textContent = WORDS.running;
    try {
      const deadline = AbortSignal.timeout(PATIENCE);
      const host = await ask(FRAME, this.dataset, deadline);
      this.#show(expected, host, await run(FRAME, this, deadline));
    } catch (error) {
      this.#tell(error instanceof ExperimentError ? this.#filled(error.message, error.values) : String(error));
    }
    this.#running = false;
  }

  #show(expected, host, { result, detail }) {
    const line = this.#lineOf(host);
    const predicted = line.dataset.result;
    line.setAttribute("aria-current", "true");
    const table = element("table", { "data-slot": "results" });
    table.append(element("caption", {}, WORDS.results));
    const reason = [...line.querySelector('[data-slot="why"]').cloneNode(true).childNodes];
    const standard = this.dataset.words === "storage" ? WORDS.standard : WORDS.rules;
    table.append(
      this.#row(WORDS.you, expected, predicted),
      this.#row(standard, predicted, predicted, reason),
      this.#row(WORDS.browser, result, predicted, detail ? [element("code", {}, detail)] : []),
    );
    this.#note.before(table);
    const differs = expected === predicted ? "as_predicted" : "you_differ";
    const says = WORDS[result === predicted ? differs : "browser_differs"];
    this.#tell(says, `${WORDS.browser}: ${this.#outcome(result)} ${says}`);
    const facts = element("small");
    if (host) facts.append(...this.#sent(host));
    if (result === "blocked") facts.append(` ${WORDS.console}`);
    this.#note.append(" ", facts);
  }

  #row(who, result, predicted, more = []) {
    const body = element("tr", { "data-mark": result === predicted ? "same" : "different" });
    const cell = element("td");
    const small = element("small");
    small.append(...more);
    cell.append(element("strong", {}, this.#outcome(result)), " ", small);
    body.append(element("th", { scope: "row" }, who), cell);
    return body;
  }

  /** What the page has read of its host. */
  *#sent({ lines, options }) {
    const name = "Access-Control-Allow-Origin";
    yield `${WORDS.host} `;
    yield lines.length ? element("code", {}, lines.join(" · ")) : this.#filled("no_header", { name });
    if (options) yield* [`. ${WORDS.host_options} `, element("code", {}, options)];
    yield ".";
  }

  #lineOf(host) {
    // Where the preflight decides, a line names hosts by what they answer to that alone.
    const names = [host?.name, host?.name.split("/")[0]];
    const lines = [...this.querySelectorAll("li[data-result]")];
    return lines.find(({ dataset: { hosts } }) => !hosts || hosts.split(" ").some((name) => names.includes(name)));
  }

  #tell(note, announcement = note) {
    this.#note.textContent = note;
    this.#status.textContent = announcement;
  }

  #outcome = (result) => WORDS.outcome[this.dataset.words][result];

  #filled = (key, values) => WORDS[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

customElements.define("live-experiment", LiveExperiment);
