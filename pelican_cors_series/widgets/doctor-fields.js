// The questions on what a text does not say, and folded away what was read from it, to correct.
import { tree } from "./exchange-view.js";
import { element } from "./nodes.js";

const ORDER = ["page", "url", "method", "credentials", "headers", "preflight", "response"];
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const LONG = ["headers", "preflight", "response"];
const EXAMPLES = {
  page: "https://app.example/",
  url: "https://api.example/",
  headers: "Content-Type: application/json",
  preflight: "HTTP/1.1 204\nAccess-Control-Allow-Origin: …",
  response: "HTTP/1.1 200\nAccess-Control-Allow-Origin: …",
};

export class Fields {
  #controls = new Map();
  #rows = new Map();

  /** it: the case. changed: called after each change that a reader makes. */
  constructor(it, words, id, changed) {
    const read = valuesOf(it.scenario);
    for (const name of ORDER) {
      // What is only assumed stands there as an example; a choice has no empty one.
      const isAssumed = it.unknown.includes(name) && (name === "page" || name === "url");
      const control = controlOf(name, isAssumed ? "" : (read[name] ?? ""), words);
      control.id = `${id}-${name}`;
      control.addEventListener("input", changed);
      this.#controls.set(name, { control, written: control.value });
      this.#rows.set(name, tree("p", { "data-field": name }, tree("label", { for: control.id }, words.fields[name]), control));
    }
    const asked = ORDER.filter((name) => it.unknown.includes(name));
    const rest = ORDER.filter((name) => !asked.includes(name));
    const rows = (names) => names.map((name) => this.#rows.get(name));
    const missing = asked.length
      ? [
          tree(
            "fieldset",
            { "data-slot": "missing" },
            element("legend", {}, words.missing),
            element("p", {}, words.missing_lead),
            ...rows(asked),
          ),
        ]
      : [];
    this.nodes = [
      ...missing,
      tree("details", { "data-slot": "read" }, element("summary", {}, words.read), ...rows(rest)),
    ];
  }

  /** What the reader has said: only what differs from what was read. */
  answers() {
    const said = [...this.#controls].filter(([, { control, written }]) => control.value !== written);
    return Object.fromEntries(said.map(([name, { control }]) => [name, control.value.slice(0, 20_000)]));
  }

  fill(name, value) {
    const found = this.#controls.get(name);
    if (found) found.control.value = value;
  }

  /** Hides the questions that do not matter: no answer to a preflight is asked for where none is sent. */
  needs({ verdict }) {
    const sends = verdict.wire.some(({ preflight }) => preflight);
    this.#rows.get("preflight").hidden = !sends && !this.#controls.get("preflight").control.value;
  }
}

/** What a case says of each field, as a reader would write it. */
function valuesOf({ page, sandboxed, request, server }) {
  const last = server.at(-1) ?? {};
  const answer = (given) =>
    given ? [`HTTP ${given.status}`, ...(given.headers ?? []).map((pair) => pair.join(": "))].join("\n") : "";
  return {
    page: sandboxed ? "null" : page,
    url: request.url,
    method: request.method,
    credentials: request.credentials === "include" ? "include" : "",
    headers: (request.headers ?? []).map(([name, value]) => `${name}: ${value}`).join("\n"),
    preflight: answer(last.preflight),
    response: answer(last.response),
  };
}

function controlOf(name, value, words) {
  if (name === "credentials") return selectOf(Object.entries(words.credentials), value || "same-origin");
  if (name === "method") {
    const known = METHODS.includes(value || "GET") ? METHODS : [...METHODS, value];
    return selectOf(known.map((method) => [method, method]), value || "GET");
  }
  const common = { placeholder: EXAMPLES[name], spellcheck: "false", autocapitalize: "none", autocomplete: "off" };
  const control = LONG.includes(name)
    ? element("textarea", { ...common, rows: "3" })
    : element("input", { ...common, type: "text", inputmode: "url" });
  control.value = value;
  return control;
}

function selectOf(options, value) {
  const select = element("select");
  for (const [key, label] of options) select.append(element("option", { value: key }, label));
  select.value = value;
  return select;
}
