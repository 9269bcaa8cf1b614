// The form of the cors-exchange widget: a control for everything in a scenario, the rarely used ones folded away.
import { firstAt, plainScenario, tree } from "./exchange.js";
import { CHOICES, readScenario, Refusal } from "./exchange-check.js";
import { element } from "./nodes.js";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const REQUEST_HEADERS = ["Accept", "Authorization", "Content-Type", "Range", "X-Requested-With"];
const ANSWER_HEADERS = [
  ..."Origin Credentials Methods Headers".split(" ").map((name) => `Access-Control-Allow-${name}`),
  ..."Access-Control-Expose-Headers Access-Control-Max-Age Location Cross-Origin-Resource-Policy".split(" "),
];
const PLAIN = { type: "text", autocapitalize: "none", autocomplete: "off", spellcheck: "false" };
let lists = 0; // An id has to be one of its kind on the page.

export class Form {
  node = element("div", { "data-slot": "form" });
  #draft;
  #words;
  #changed;
  #controls = new Map(); // By the path of what they change.
  #ids = ++lists;
  #marked;
  #follows; // The first server is the one that the address leads to.

  /** A form over a scenario, which stays as it is; `changed` is called after each change in the form. */
  constructor(scenario, words, changed) {
    [this.#draft, this.#words, this.#changed] = [structuredClone(scenario), words, changed];
    this.#follows = scenario.server[0]?.at === firstAt(scenario.page, scenario.request);
    this.#render();
  }

  /** The scenario as the form has it now, or what is wrong there, and what to say of the verdict then. */
  read() {
    this.#mark();
    try {
      return { scenario: readScenario(plainScenario(this.#draft)) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { refused, put_aside: note } = this.#words;
      const message = refused[error.code] ?? refused["invalid-value"];
      this.#mark(error.path.replace(/^(?=preflight|response)/, "server[0]."), message);
      return { message, note };
    }
  }

  /** Marks the control at a path as wrong, and no other. */
  #mark(path, message) {
    const [before, said] = this.#marked ?? [];
    for (const name of ["aria-invalid", "aria-describedby"]) before?.removeAttribute(name);
    said?.remove();
    const control = this.#controls.get(path);
    if (!control) return;
    const id = this.#id("error");
    const error = element("span", { "data-slot": "error", id }, message);
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", id);
    control.closest("[data-row], label").after(error);
    this.#marked = [control, error];
  }

  #render(focus) {
    const { request, server } = this.#draft;
    this.#controls.clear();
    const now = this.node.querySelector('[data-slot="now"]');
    this.node.replaceChildren(
      ...(now ? [now] : []),
      this.#list("methods", METHODS),
      this.#list("request", REQUEST_HEADERS),
      this.#list("answer", ANSWER_HEADERS),
      tree(
        "fieldset",
        {},
        element("legend", {}, this.#words.request),
        this.#text("page", this.#words.page_address, this.#draft, "page"),
        this.#text("request.url", "url", request, "url"),
        this.#text("request.method", "method", request, "method", { list: this.#id("methods") }),
        this.#choice("credentials"),
        this.#choice("mode"),
        this.#choice("redirect"),
        this.#choice("body", "body", true),
        ...this.#headers("request.headers", request.headers, "request"),
        this.#folded(
          this.#words.more,
          this.#draft.sandboxed || request.cache || request.referrer_policy || request.integrity || request.keepalive,
          this.#choice("cache", "cache", true),
          this.#choice("referrerPolicy", "referrer_policy", true),
          this.#text("request.integrity", "integrity", request, "integrity", {}, (value) => value || null),
          this.#tick("request.keepalive", "keepalive", request, "keepalive"),
          this.#tick("sandboxed", this.#words.sandboxed, this.#draft, "sandboxed"),
        ),
      ),
      ...server.map((hop, place) => this.#hop(hop, `server[${place}]`)),
      tree(
        "p",
        { "data-row": "" },
        this.#button(this.#words.add_server, () => {
          server.push({ at: "https://", preflight: null, response: { status: 200, header_list: [] } });
          return `server[${server.length - 1}].at`;
        }),
        " ",
        ...(server.length > 1
          ? [this.#button(this.#words.remove_server, () => `server[${server.splice(-1) && server.length - 1}].at`)]
          : []),
      ),
    );
    this.#controls.get(focus)?.focus();
  }

  #hop(hop, path) {
    return tree(
      "fieldset",
      {},
      element("legend", {}, this.#words.server_answers),
      this.#text(`${path}.at`, this.#words.server_at, hop, "at"),
      this.#folded(this.#words.to_preflight, hop.preflight, ...this.#answer(hop, "preflight", path, 204)),
      this.#folded(this.#words.to_request, true, ...this.#answer(hop, "response", path, 200)),
    );
  }

  #answer(hop, name, path, status) {
    const answer = hop[name];
    const closes = element("input", { type: "checkbox" });
    closes.checked = !answer;
    this.#controls.set(`${path}.${name}`, closes);
    closes.addEventListener("change", () => {
      hop[name] = closes.checked ? null : { status, header_list: [] };
      this.#render(`${path}.${name}`);
      this.#changed();
    });
    const label = tree("label", { "data-tick": "" }, closes, ` ${this.#words.closes_instead}`);
    if (!answer) return [label];
    const number = { type: "text", inputmode: "numeric" };
    const read = (value) => (/^[0-9]{1,9}$/.test(value) ? +value : value);
    return [
      label,
      this.#text(`${path}.${name}.status`, this.#words.status_code, answer, "status", number, read),
      ...this.#headers(`${path}.${name}.headers`, answer.header_list, "answer"),
    ];
  }

  #headers(path, headers, list) {
    const cell = (place, part, label, attributes) =>
      this.#input(`${path}[${place}][${part}]`, headers[place], part, { "aria-label": label, ...attributes });
    const rows = headers.map(([name], place) =>
      tree(
        "div",
        { "data-row": "header" },
        cell(place, 0, this.#words.header_name, { list: this.#id(list) }),
        cell(place, 1, this.#words.header_value),
        this.#button("×", () => headers.splice(place, 1) && `${path}+`, `${this.#words.remove} ${name}`),
      ),
    );
    const add = this.#button(this.#words.add_header, () => `${path}[${headers.push(["", ""]) - 1}][0]`);
    this.#controls.set(`${path}+`, add);
    return [...rows, tree("p", { "data-row": "" }, add)];
  }

  #text(path, label, owner, key, attributes, read) {
    return tree("label", {}, element("span", {}, label), this.#input(path, owner, key, attributes, read));
  }

  #input(path, owner, key, attributes = {}, read = (value) => value) {
    const input = element("input", { ...PLAIN, ...attributes });
    input.value = owner[key] ?? "";
    return this.#control(path, input, "input", () => (owner[key] = read(input.value)));
  }

  #tick(path, label, owner, key) {
    const input = element("input", { type: "checkbox" });
    input.checked = owner[key] ?? false;
    this.#control(path, input, "change", () => (owner[key] = input.checked || (key === "sandboxed" ? false : null)));
    return tree("label", { "data-tick": "" }, input, ` ${label}`);
  }

  #choice(name, key = name, optional = false) {
    const { request } = this.#draft;
    const select = element("select");
    if (optional) select.append(element("option", { value: "-" }, this.#words.unset));
    for (const value of CHOICES[name]) select.append(element("option", { value }, value || '""'));
    select.value = request[key] ?? "-";
    const path = `request.${name}`;
    this.#control(path, select, "change", () => (request[key] = select.value === "-" ? null : select.value));
    return tree("label", {}, element("span", {}, name), select);
  }

  #control(path, control, event, set) {
    this.#controls.set(path, control);
    control.addEventListener(event, () => {
      set();
      const { page, request, server } = this.#draft;
      const at = firstAt(page, request);
      if (path === "server[0].at") this.#follows = at === server[0].at;
      else if (this.#follows && server[0] && at !== "null") {
        server[0].at = at;
        this.#controls.get("server[0].at").value = at;
      }
      this.#changed();
    });
    return control;
  }

  /** A button that changes what there is; `change` gives the path of the control that then has the focus. */
  #button(text, change, label) {
    const button = element("button", { type: "button", ...(label && { "aria-label": label }) }, text);
    button.addEventListener("click", () => {
      this.#render(change());
      this.#changed();
    });
    return button;
  }

  #folded(summary, open, ...content) {
    return tree("details", open ? { open: "" } : {}, element("summary", {}, summary), ...content);
  }

  #id = (name) => `cors-exchange-${name}-${this.#ids}`;
  #list = (name, values) =>
    tree("datalist", { id: this.#id(name) }, ...values.map((value) => element("option", { value })));
}
