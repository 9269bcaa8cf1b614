// The element origin-compare: makes the addresses of the static widget editable and keeps its verdicts up with them.
import { whenNeeded } from "./lazy.js";
import { element } from "./nodes.js";
import { compareInWords, fill, takeApart } from "./origin-comparison.js";
import { load_suffixes, serialization_of_a_site, serialization_of_an_origin } from "./rules.js";
import { keepState, nameOf, stateOf, whenStateChanges } from "./state.js";
import {
  ADD,
  ADDRESS,
  BAD_STATE,
  BROWSER_AGREES,
  BROWSER_DIFFERS,
  COMPARED,
  DIFFERS,
  LANGUAGE,
  NAMES,
  NOT_A_URL,
  ONE,
  PART,
  PUT_ASIDE,
  REMOVE,
  RESET,
  STEPS_SUMMARY,
  UNREACHABLE,
  VERDICT,
} from "./words.js";

// A screen reader hears the verdict when the typing rests, not with each letter.
const REST = 400;

// More addresses than anyone compares.
const MOST = 20;

// The style sheet draws a sign for each; what is heard is the word.
const MARKS = { true: "same", false: "different", null: "not_compared" };

/** Brings a widget to life. */
function upgrade(widget) {
  const authors = [...widget.querySelectorAll("[data-field] > code")].map((code) => code.textContent);
  const built = [...widget.querySelectorAll("[data-relation]")];
  const [note, own] = ["note", "browser"].map((slot) => element("p", { "data-slot": slot }));
  const status = element("p", { role: "status" });
  const reset = button(RESET, () => build(authors, 0));
  let fields, many, values, isAuthors, rest, turn;

  /** Makes the fields and what stands around them. focus: the field that gets the focus. message: what is to be said. */
  function build(given, focus, message) {
    many = given.length > 2;
    fields = given.map(field);
    const add = button(ADD, () => build([...values, ""], given.length));
    add.hidden = given.length > MOST;
    const rows = fields.slice(1).map(({ row }) => row);
    widget.replaceChildren(
      element("div", { "data-slot": "fields" }, ...fields.slice(0, many ? 1 : 2).map(({ box }) => box)),
      note,
      status,
      many ? table("list", [ONE, DIFFERS, VERDICT], rows) : rows[0],
      own,
      element("p", { "data-slot": "buttons" }, add, reset),
    );
    fields[focus]?.input.focus();
    update(0, message);
  }

  function field(value, index) {
    const id = `${nameOf(widget)}-${index + 1}`;
    const input = element("input", { type: "url", value, "aria-describedby": id });
    const code = element("code");
    const error = element("span", { id });
    const label = element("label", {}, element("span", {}, address(index)), input);
    const inTable = many && index;
    const box = element(inTable ? "th" : "p", { "data-field": index ? "b" : "a", scope: "row" }, label, code, error);
    input.oninput = () => update(index);
    if (inTable) {
      const others = () => values.filter((_, place) => place !== index);
      box.append(button(fill(REMOVE, index + 1), () => build(others(), index - 1)));
    }
    const row = element(many ? "tr" : "div", { "data-slot": "answer" }, ...(inTable ? [box, blank()] : []));
    return { input, code, error, box, row };
  }

  const address = (index) => fill(ADDRESS, index + 1);

  /** Judges what the fields say. changed: the one that is new, 0 where all verdicts may be. */
  async function update(changed, message = "") {
    const mine = (turn = {});
    values = fields.map(({ input }) => input.value);
    isAuthors = `${values}` === `${authors}`;
    reset.hidden = isAuthors;
    const sides = values.map(takeApart);
    fields.forEach(({ input, error }, index) => {
      // A field that was just added may be empty.
      input.ariaInvalid = !sides[index] && (!many || input.value !== "");
      error.textContent = input.ariaInvalid === "true" ? NOT_A_URL : "";
    });
    const hosts = sides.map((side) => side?.parts.host);
    const spelling = /xn--/.test(hosts) && import("./unicode-label.js");
    const reached = await Promise.all([spelling, load_suffixes(...hosts)]).catch(() => null);
    if (mine !== turn) return;
    const aside = reached ? (sides[0] && (many || sides[1]) ? "" : PUT_ASIDE) : UNREACHABLE;
    widget.toggleAttribute("data-aside", aside);
    note.textContent = message || aside;
    if (aside) return announce(aside);
    const origins = [];
    const others = [];
    const heard = sides.map((side, index) => {
      const { row, code } = fields[index];
      const open = row.querySelector("details")?.open;
      // The address in the row stays where it is, or it would lose the focus.
      const answers = (within) => within.querySelectorAll(":scope > :not(th)");
      answers(row).forEach((node) => node.remove());
      code.textContent = "";
      if (!side) {
        delete row.dataset.relation;
        return row.append(blank()) ?? "";
      }
      const origin = side.url.href ? new URL(side.text).origin : "null";
      const compared = compareInWords(sides[0], side, reached[0].unicodeLabel);
      const { relation, title, meaning } = compared;
      // The verdict that the page was built with stands, even where this browser takes the addresses apart differently.
      const stands = isAuthors && built[index - 1]?.dataset.relation !== relation && built[index - 1];
      row.dataset.relation = stands ? stands.dataset.relation : relation;
      row.append(...(stands ? answers(stands.cloneNode(true)) : inWords(compared)));
      row.querySelector("details").open = open;
      code.append(...compared.b.map(piece));
      if (!many) fields[0].code.replaceChildren(...compared.a.map(piece));
      origins.push(origin);
      if (stands || origin !== serialization_of_an_origin(side.origin) || (index && partsFrom(sides[0], side, relation)))
        others.push(`${side.text} → ${origin}`);
      return index ? (many ? `${address(index)}: ${title}.` : `${title}. ${meaning}`) : "";
    });
    const said = others[0] ? others : new Set(origins);
    own.textContent = fill(others[0] ? BROWSER_DIFFERS : BROWSER_AGREES, [...said].join(", "));
    announce(message || heard[many && changed] || heard.join(" "));
  }

  function inWords({ title, meaning, differs, rows, trace }) {
    const verdict = element("p", {}, element("strong", { "data-slot": "title" }, title));
    const says = element("p", {}, meaning);
    const steps = element("details", {}, element("summary", {}, STEPS_SUMMARY), ...(many ? [says] : []));
    steps.ontoggle = async () => {
      steps.ontoggle = null;
      const { stepList } = await import(`./origin-steps.${LANGUAGE}.js`);
      const serialize = (value) => ("port" in value ? serialization_of_an_origin : serialization_of_a_site)(value);
      steps.append(stepList(trace, serialize, element));
    };
    const { value, note } = rows[1].b;
    const spelling = element("small", {}, value && note && `${value} ${note}`);
    if (many) return [element("td", {}, differs, spelling), element("td", {}, verdict, steps)];
    const heads = [PART, address(0), COMPARED, address(1)];
    return [element("div", { "data-slot": "verdict" }, verdict, says), table("parts", heads, rows.map(rowOf)), steps];
  }

  function announce(said) {
    clearTimeout(rest);
    rest = setTimeout(() => {
      status.textContent = said;
      keepState(widget, isAuthors ? [] : values.map((value, index) => [index ? "b" : "a", value]));
    }, REST);
  }

  /** Shows what the address says; what no widget has written there is said to be so, and has no other effect. */
  function read() {
    let given, message;
    try {
      const state = stateOf(widget);
      const [a, b] = ["a", "b"].map((name) => state?.getAll(name));
      given = state && [...a, ...b];
      if (state && (a.length - 1 || !b[0] || b[MOST] || state.size - given.length)) throw 0;
    } catch {
      message = BAD_STATE;
    }
    build((!message && given) || authors, -1, message);
  }

  build(authors);
  whenStateChanges(widget, read);
}

/** Whether Origin.from(), where a browser has it, says otherwise than the rules. */
function partsFrom(a, b, relation) {
  if (!globalThis.Origin?.from) return false;
  const [one, other] = [a, b].map(({ url }) => (url.href ? Origin.from(url.href) : new Origin()));
  return (
    one.isSameOrigin(other) !== (relation === "same-origin") || one.isSameSite(other) !== relation.startsWith("same")
  );
}

// A row's heading needs something to be the heading of.
const blank = () => element("td", {}, NAMES.not_compared);

function button(text, press) {
  const made = element("button", { type: "button" }, text);
  made.onclick = press;
  return made;
}

const piece = ({ text, part, filled }) =>
  part ? element("mark", { "data-part": part, "data-filled": filled }, text) : text;

function rowOf({ part, a, b, same }) {
  const mark = MARKS[same];
  const [first, second] = [a, b].map(({ value, note }) =>
    element("td", {}, element("code", {}, value), " ", element("small", {}, note)),
  );
  const word = element("td", {}, element("span", { class: "unseen" }, NAMES[mark]));
  const head = element("th", { scope: "row" }, NAMES[part]);
  return element("tr", { "data-part": part, "data-mark": mark }, head, first, word, second);
}

const table = (slot, heads, rows) =>
  element(
    "table",
    { "data-slot": slot },
    element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
    element("tbody", {}, ...rows),
  );

customElements.define(
  "origin-compare",
  class extends HTMLElement {
    connectedCallback() {
      // What was built with document.domain stays as it is.
      if (!this.dataset.live && !this.querySelector('[data-field$="domain"]')) whenNeeded(this, () => upgrade(this));
      this.dataset.live = "";
    }
  },
);
