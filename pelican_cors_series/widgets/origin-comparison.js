// Two addresses as typed → what the origin-compare widget says of them. The twin of comparison.py over the printed rules.
import * as rules from "./rules.js";

/**
 * Takes apart the texts of the fields a, b and, where they are there, a_domain and b_domain.
 * `refused` names the fields that hold no address or no domain; `hosts` are those whose suffixes the rules will ask for.
 */
export function takeApart(fields) {
  const refused = new Set();
  const sides = ["a", "b"].map((name) => {
    // The URL parser takes off what may stand around an address; \u00a0 and the like are not among it.
    const address = fields[name].replace(/^[\0- ]+|[\0- ]+$/g, "");
    const url = address === "null" ? null : rules.parse_url(address);
    if (address !== "null" && url === null) refused.add(name);
    const origin = url ? rules.origin_of_a_url(url) : rules.opaque_origin();
    const written = (fields[`${name}_domain`] ?? "").trim();
    if (written && (origin.opaque || rules.parse_host(written) === null)) refused.add(`${name}_domain`);
    return { address, url, origin, written };
  });
  return { sides, refused, hosts: sides.filter(({ origin }) => !origin.opaque).map(({ origin }) => origin.host) };
}

/**
 * Sets the domains of two sides that takeApart did not refuse, once the suffixes of their hosts are loaded.
 * `refused` names the fields with a domain that no page at that address can set.
 */
export function setDomains(sides) {
  const refused = new Set();
  const settled = sides.map((side, index) => {
    if (!side.written) return side;
    const origin = rules.document_domain_setter(true, [], side.origin, false, side.written);
    if (origin === null) refused.add(`${"ab"[index]}_domain`);
    return { ...side, origin: origin ?? side.origin };
  });
  return { sides: settled, refused };
}

/** What the widget says of two sides, once setDomains has set their domains. */
export function compareInWords([a, b], words) {
  const trace = [];
  const relation = rules.relation(a.origin, b.origin, trace);
  const withDomain = a.written || b.written;
  const sameDomain = withDomain && rules.same_origin_domain(a.origin, b.origin, trace);
  return {
    relation,
    title: words.title[relation],
    meaning: words.meaning[relation],
    origin_domain: withDomain ? words.origin_domain[sameDomain ? "same" : "different"] : "",
    rows: rows(a, b, relation, words),
    steps: nested(trace, words),
  };
}

function rows(a, b, relation, words) {
  const [left, right] = [a, b].map(({ url, origin }) => rules.side(url, origin));
  const sameSite = relation === "same-origin" || relation === "same-site";
  const opaque = left.opaque || right.opaque;
  const row = (part, a, b, notCompared) => ({ part, a, b, same: notCompared ? null : a.value === b.value });
  return [
    row("scheme", cell(left.scheme, words), cell(right.scheme, words), opaque),
    row("host", cell(left.host, words), cell(right.host, words), opaque),
    row("port", port(a.address, left, words), port(b.address, right, words), opaque || left.scheme !== right.scheme),
    { part: "site", a: site(left, words), b: site(right, words), same: sameSite },
  ];
}

const cell = (value, words) => (value ? { value, note: "" } : { value: "", note: words.none });

function port(address, side, words) {
  if (side.port !== null) return { value: String(side.port), note: "" };
  const port = rules.default_port(side.scheme ?? "");
  if (port === null) return cell("", words);
  // A parsed URL no longer tells a default port that was written from one that was left out.
  const written = new RegExp(`^[^:]*:[/\\\\]*[^/\\\\?#]*:0*${port} *(?![^/\\\\?#])`).test(address);
  return { value: String(port), note: written ? words.default_port : words.default_port_left_out };
}

const site = (side, words) => ({ value: side.site, note: side.opaque ? words.opaque : "" });

function stepLine({ step, value, given }, words) {
  const [rule, number] = step.split("#");
  const { name, url } = words.rules[rule];
  return {
    sentence: sentence(words.steps[rule][number], value, given),
    name: fill(words.step, { rule: name, number }),
    spec: url,
    within: [],
  };
}

const sentence = (choice, value, given) => {
  const key = shown(value);
  // An opaque origin and a header can read "null": the key of that name is for null alone.
  const chosen = key === "null" && value !== null ? choice.else : choice[key] ?? choice.else;
  return fill(typeof choice === "string" ? choice : chosen, { ...given, value });
};

/** Fills the braces of a template: {value}, {a.scheme}; doubled braces stand for themselves. */
export const fill = (template, values) =>
  template.replace(/\{\{|\}\}|\{([\w.]+)\}/g, (braces, path) =>
    path ? shown(path.split(".").reduce((record, name) => record[name], values)) : braces[0],
  );

function shown(value) {
  if (Array.isArray(value)) return value.map(shown).join(", ");
  if (value === null || typeof value !== "object") return String(value);
  return "port" in value ? rules.serialization_of_an_origin(value) : rules.serialization_of_a_site(value);
}

/** The steps that compare the two, each with those before it that ask about one of them alone. */
function nested(trace, words) {
  const lines = [];
  const seen = new Set(); // The algorithms ask for the same registrable domain again and again: once is enough to read.
  const within = [];
  for (const step of trace) {
    const line = stepLine(step, words);
    const compares = "b" in step.given;
    const key = JSON.stringify([line, compares]);
    if (seen.has(key)) continue;
    seen.add(key);
    if (compares) lines.push({ ...line, within: within.splice(0) });
    else within.push(line);
  }
  return lines;
}
