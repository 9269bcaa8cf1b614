// The box to paste into, the questions on what is missing, and the answer: the cors-doctor once it is alive.
import { diagnose, fitting, Unreadable } from "./doctor-diagnosis.js";
import { viewOfDiagnosis } from "./doctor-view.js";
import { Fields } from "./doctor-fields.js";
import { recognise } from "./doctor-recognise.js";
import { load_suffixes } from "./exchange-rules.js";
import { filled, tree } from "./exchange-view.js";
import { element } from "./nodes.js";
import { addressWith, nameOf, stateOf } from "./state.js";

// A screen reader hears the verdict when the typing rests, not with each letter.
const REST_OF_TYPING = 400;
const LETTERS = [..."abcdefghijklmnopqrstuvwxyz", "xn--"];
const NAMES_OF_FIELDS = ["page", "url", "method", "credentials", "headers", "preflight", "response"];

export class Consultation {
  #widget;
  #words;
  #messages;
  #box;
  #parts;
  #found = { form: "empty", cases: [], others: 0 };
  #chosen = 0;
  #fields;
  #resting;

  constructor(widget, words, messages) {
    [this.#widget, this.#words, this.#messages] = [widget, words, messages];
  }

  /** Puts the box into the page; what the page was built with to be diagnosed is at once. */
  async start() {
    // All of the list at once, so that no later request can tell what somebody has pasted.
    await load_suffixes(...LETTERS).catch(() => {});
    const given = this.#widget.querySelector('[data-slot="given"]')?.textContent ?? "";
    this.#build(`${nameOf(this.#widget)}-text`);
    if (given) this.#read(given);
    clearTimeout(this.#resting); // What the page opened with is no news.
    this.#widget.dataset.ready = "";
    return this;
  }

  /** Shows what the address says. */
  showState() {
    let state;
    try {
      state = stateOf(this.#widget);
    } catch {
      this.#parts.form.textContent = this.#words.hostile;
      return;
    }
    if (!state) return;
    this.#read(state.get("text") ?? "");
    if (!this.#fields) return;
    for (const name of NAMES_OF_FIELDS) if (state.has(name)) this.#fields.fill(name, state.get(name));
    this.#judge();
  }

  #build(id) {
    const words = this.#words;
    this.#box = element("textarea", { id, rows: "7", spellcheck: "false", autocapitalize: "none", autocomplete: "off" });
    this.#box.setAttribute("aria-describedby", `${id}-accepts`);
    const choose = element("input", { type: "file", accept: ".har,.json,.txt,application/json,text/plain" });
    const file = tree("label", { "data-slot": "file" }, element("span", {}, words.file), " ", choose);
    const clear = element("button", { type: "button", hidden: "" }, words.clear);
    const example = element("button", { type: "button" }, words.example);
    const slot = (name, kind = "div", more = {}) => element(kind, { "data-slot": name, ...more });
    this.#parts = {
      clear,
      example,
      form: slot("form", "p"),
      several: slot("several"),
      answer: slot("result"),
      fields: slot("fields"),
      rest: slot("rest"),
      status: slot("status", "p", { role: "status" }),
    };
    this.#box.addEventListener("input", () => this.#read(this.#box.value, { keep: true }));
    choose.addEventListener("change", async () => {
      const [chosen] = choose.files;
      if (chosen) this.#read(await chosen.text());
      choose.value = "";
    });
    example.addEventListener("click", () => {
      this.#read(words.example_text);
      this.#box.focus(); // The button is about to go, the focus must not go with it.
    });
    clear.addEventListener("click", () => {
      this.#read("");
      this.#box.focus();
    });
    const { form, several, answer, fields, rest, status } = this.#parts;
    this.#widget.replaceChildren(
      tree("label", { for: id, "data-slot": "label" }, words.paste),
      element("p", { id: `${id}-accepts`, "data-slot": "accepts" }, words.accepts),
      this.#box,
      tree("p", { "data-slot": "tools" }, file, example, clear),
      status,
      form,
      several,
      answer,
      fields,
      rest,
    );
  }

  #read(text, { keep = false } = {}) {
    // A HAR of megabytes need not stand in the box to be read.
    if (!keep) this.#box.value = text.length > 200_000 ? "" : text;
    this.#found = recognise(text, this.#messages);
    this.#found.cases = fitting(this.#found.cases);
    this.#chosen = worst(this.#found.cases);
    this.#parts.clear.hidden = text === "";
    this.#parts.example.hidden = text !== "";
    this.#showForm();
    this.#showCases();
    this.#showFields();
    this.#judge();
  }

  #showForm() {
    const { form, cases, others } = this.#found;
    const words = this.#words;
    const browser = words.browser[cases[this.#chosen]?.engine] ?? "";
    const key =
      form === "console" && !cases.length ? "generic" : form === "har" && !cases.length ? "no_requests" : form;
    const said = form === "empty" ? "" : filled(words.form[key], { browser });
    const more = others ? filled(words.others[others === 1 ? "one" : "other"] ?? words.others.other, { count: others }) : "";
    this.#parts.form.textContent = [said, more].filter(Boolean).join(" ");
    if (!cases.length) this.#announce(this.#parts.form.textContent);
  }

  /** Where there are several requests, as in a HAR, which one it is about. */
  #showCases() {
    const { form, cases } = this.#found;
    if (cases.length < 2 || form === "console") return this.#parts.several.replaceChildren();
    const select = element("select");
    cases.forEach(({ label }, place) => select.append(element("option", { value: String(place) }, label.slice(0, 200))));
    select.value = String(this.#chosen);
    select.addEventListener("change", () => this.#choose(Number(select.value)));
    this.#parts.several.replaceChildren(tree("label", {}, element("span", {}, this.#words.several), " ", select));
  }

  #choose(place) {
    this.#chosen = place;
    this.#showFields();
    this.#judge();
  }

  #showFields() {
    const it = this.#found.cases[this.#chosen];
    this.#fields = it && new Fields(it, this.#words, `${this.#box.id}-field`, () => this.#judge());
    this.#parts.fields.replaceChildren(...(this.#fields ? this.#fields.nodes : []));
  }

  #judge() {
    const it = this.#found.cases[this.#chosen];
    const { answer, rest } = this.#parts;
    answer.replaceChildren();
    rest.replaceChildren();
    if (!it) return;
    let diagnosis;
    try {
      diagnosis = diagnose(it, this.#fields.answers());
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      const said = filled(this.#words.invalid, { field: this.#words.fields[error.field] });
      answer.replaceChildren(element("p", { "data-slot": "invalid" }, said));
      return this.#announce(said);
    }
    this.#fields.needs(diagnosis);
    const also = this.#found.form === "console" ? this.#found.cases.filter((other) => other !== it) : [];
    const shown = viewOfDiagnosis(it, diagnosis, also, this.#words, {
      choose: (other) => this.#choose(this.#found.cases.indexOf(other)),
      link: (note) => this.#link(note),
    });
    answer.replaceChildren(...shown.answer);
    rest.replaceChildren(...shown.rest);
    this.#announce(shown.said);
  }

  #link(note) {
    const values = [["text", this.#box.value], ...Object.entries(this.#fields.answers()).filter(([, value]) => value)];
    history.replaceState(history.state, "", addressWith(this.#widget, values));
    note.textContent = this.#words.link_note;
  }

  #announce(said) {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      this.#parts.status.textContent = said;
    }, REST_OF_TYPING);
  }
}

/** The first request that failed, else the first that a script could not read, else the first. */
function worst(cases) {
  const failed = cases.findIndex(({ failed }) => failed);
  if (failed >= 0) return failed;
  const blocked = cases.slice(0, 200).findIndex((it) => {
    try {
      return diagnose(it, {}).verdict.result === "blocked";
    } catch {
      return false;
    }
  });
  return Math.max(blocked, 0);
}
