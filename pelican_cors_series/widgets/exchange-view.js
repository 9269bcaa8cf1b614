// What the cors-exchange widget shows of a scenario, as nodes: the twin of exchange.py, messages.py, fetch_call.py and
// exchange_markup.py over the printed rules.
import {
  ascii_lowercase,
  current_url,
  get,
  parse_url,
  redirect_status,
} from "./exchange-rules.js";
import { ruleOf } from "./exchange-scenario.js";
import { element } from "./nodes.js";

const BODIES = {
  text: '"…"',
  urlencoded: "new URLSearchParams(…)",
  "form-data": "new FormData(…)",
  "json-blob": 'new Blob([…], { type: "application/json" })',
  blob: "new Blob([…])",
  bytes: "new Uint8Array(…)",
};
const DECIDES = /^(?:origin$|access-control-|cross-origin-resource-policy|location|timing-allow-origin)/;

/** A node with children: nodes and texts. */
export function tree(name, attributes, ...children) {
  const made = element(name, attributes);
  made.append(...children);
  return made;
}

const code = (text) => element("code", {}, text);
const strong = (text, attributes = {}) => element("strong", attributes, text);

/** Fills the braces of a template: {value}, {a.scheme}; doubled braces stand for themselves. */
export const filled = (template, values) =>
  template.replace(/\{\{|\}\}|\{([\w.]+)\}/g, (braces, path) =>
    path ? shown(path.split(".").reduce((record, name) => record[name], values)) : braces[0],
  );

function shown(value) {
  if (Array.isArray(value)) return value.map(shown).join(", ");
  if (value === null || typeof value !== "object") return String(value);
  if (value.request) return shown(value.request);
  return value.href ?? value.status ?? current_url(value).href;
}

/** What a step came to, "" where the words have no sentence for that. */
export function sentenceOf({ step, value, given }, words) {
  const [rule, number] = step.split("#");
  const choice = words.steps[rule]?.[number] ?? "";
  // A header of a preflight is a pair of its name and its value.
  const said = number === "3" && rule === "cors_preflight_fetch" ? value.join(": ") : shown(value);
  // A header can read "null": the key of that name is for null alone.
  const known = Object.hasOwn(choice, said) && (value === null || said !== "null");
  const chosen = typeof choice === "string" ? choice : known ? choice[said] : choice.else;
  return filled(chosen ?? "", { ...given, value: said });
}

/** How people call a step, such as "main fetch, step 12, case 4": the twin of step_name. */
export function stepName(step, words) {
  const [rule, numbers] = step.split("#");
  return [...numbers.matchAll(/(\[)?(\w+(?:\.\w+)*)/g)].reduce(
    (name, [, isCase, number]) => filled(isCase ? words.case : words.step, { rule: name, number }),
    words.rules[rule]?.[0] ?? rule,
  );
}

/** A step in words: what it came to, and its name, which leads to the Standard. */
export function stepLine(step, words) {
  const link = element("a", { href: words.rules[ruleOf(step)]?.[1] ?? "" }, stepName(step.step, words));
  return [element("span", {}, sentenceOf(step, words)), " ", link];
}

/** The nodes above the editor: the page, the call, the verdict, and what would let script read the response. */
export function viewOfVerdict(scenario, verdict, remedy, words) {
  const { page, sandboxed, request } = scenario;
  const said = tree(
    "div",
    { "data-slot": "verdict" },
    tree("p", {}, strong(words.outcome[verdict.outcome], { "data-slot": "title" })),
    tree("p", { "data-slot": "why" }, ...stepLine(verdict.decidedBy, words)),
  );
  if (verdict.result === "readable") {
    const names = verdict.readable_headers.join(", ") || words.no_headers;
    said.append(element("p", {}, filled(words.readable, { status: verdict.status, names })));
  }
  if (verdict.preflightCached) said.append(element("p", {}, words.preflight_cached));
  const lines = remedy ? remedyLines(scenario, remedy, words) : [];
  return [
    tree("p", { "data-slot": "page" }, `${words[sandboxed ? "sandboxed_page" : "page"]} `, code(page)),
    tree("pre", { "data-slot": "call" }, code(fetchCall(request))),
    said,
    ...(lines.length ? [changeOf(lines, words)] : []),
  ];
}

const changeOf = (lines, words) =>
  tree(
    "div",
    { "data-slot": "change" },
    tree("p", {}, strong(words.change)),
    tree("ul", {}, ...lines.map(([where, line]) => tree("li", {}, `${where} `, code(line)))),
  );

function remedyLines({ server }, { change, request }, words) {
  const known = server.map(({ at }) => at);
  const lines = [];
  const servers = request?.servers ?? known;
  if (request?.member) {
    const { member, value } = request;
    lines.push(value === null ? [words.out_of_request, member] : [words.in_request, `${member}: ${listed(value)}`]);
  }
  for (const at of new Set(servers)) if (!known.includes(at)) lines.push([words.answers_at, at]);
  for (const { hop, answer, name, value } of request?.change ?? change) {
    const line = name === null ? filled(words.status, { status: value }) : `${name}: ${value}`;
    lines.push([filled(words.in_answer[answer], { server: servers[hop] }), line]);
  }
  return lines;
}

const listed = (value) => (Array.isArray(value) ? `[${value.map(listed).join(", ")}]` : JSON.stringify(value));

/** The call of fetch() that makes a request, over several lines where it has options. */
export function fetchCall({ url, method, mode, credentials, redirect, headers, body, referrer_policy, ...rest }) {
  const options = [
    method !== "GET" && ["method", listed(method)],
    mode !== "cors" && ["mode", listed(mode)],
    credentials !== "same-origin" && ["credentials", listed(credentials)],
    redirect !== "follow" && ["redirect", listed(redirect)],
    headers.length && ["headers", headersWritten(headers)],
    body && ["body", BODIES[body]],
    ...Object.entries({ referrerPolicy: referrer_policy, ...rest }).map(
      ([name, value]) => value !== null && [name, listed(value)],
    ),
  ].filter(Boolean);
  const lines = options.map(([name, value]) => `  ${name}: ${value},\n`).join("");
  return lines ? `fetch(${listed(url)}, {\n${lines}})` : `fetch(${listed(url)})`;
}

function headersWritten(headers) {
  const names = new Set(headers.map(([name]) => ascii_lowercase(name)));
  if (names.size < headers.length) return listed(headers);
  return `{ ${headers.map((pair) => pair.map(listed).join(": ")).join(", ")} }`;
}

/** The nodes of the messages over the wire in the order of time, and how it ends. */
export function viewOfWire(scenario, verdict, words) {
  const messages = messagesOf(scenario, verdict, words);
  return [
    tree("p", { "data-slot": "heading" }, strong(words.wire)),
    ...(messages.length ? [tree("ol", { "data-slot": "messages" }, ...messages)] : []),
    element("p", { "data-slot": "ending" }, filled(words.ending[endingOf(scenario, verdict)], scenario.request)),
  ];
}

function messagesOf({ page, request, server }, { wire, steps }, words) {
  const paths = pathsOf(page, request.url, server);
  const asked = steps.filter(({ step }) => step === "cors_preflight_fetch#3").map(({ value }) => value[1]);
  return wire.flatMap(({ hop, method, preflight, origin, asks_headers }) => {
    const { at, ...answers } = server[hop];
    const kind = preflight ? "preflight" : "request";
    const message = (sender, ...said) =>
      tree("li", { "data-sender": sender }, element("span", {}, filled(words[sender][kind], { server: at })), " ", ...said);
    const headers = [
      ["Origin", origin],
      ["Access-Control-Request-Method", preflight ? asked.shift() : null],
      ["Access-Control-Request-Headers", asks_headers],
    ].filter(([, value]) => value !== null);
    const answer = answers[preflight ? "preflight" : "response"];
    const line = answer ? [code(String(answer.status)), ...headerList(answer.header_list)] : [words.closes];
    return [
      message("browser", code(`${method} ${paths[hop] ?? ""}`.trimEnd()), ...headerList(headers)),
      message("server", ...line),
    ];
  });
}

const headerList = (headers) => (headers.length ? [tree("ul", {}, ...headers.map(headerItem))] : []);
const headerItem = ([name, value]) =>
  tree(
    "li",
    DECIDES.test(ascii_lowercase(name)) ? { "data-decides": "" } : {},
    code(`${name}: ${value}`),
  );

/** What stands behind the host in the address of each hop, as far as redirects lead. */
function pathsOf(page, address, server) {
  const found = [];
  let url = parse_url(address, page);
  for (const { response } of server) {
    if (!url) break;
    found.push(`/${/:\/\/[^/]*\/(.*)/s.exec(url.href.split("#")[0])?.[1] ?? ""}`);
    const location = response && redirect_status(response.status) && get("Location", response.header_list);
    url = typeof location === "string" ? parse_url(location, url.href) : null;
  }
  return found;
}

function endingOf({ server }, { wire, result }) {
  const last = wire.at(-1);
  if (!last) return result === "readable" ? "read" : "nothing-sent";
  if (!server[last.hop][last.preflight ? "preflight" : "response"]) return "closed";
  if (result === "blocked") return last.preflight ? "not-sent" : "withheld";
  return result === "readable" ? "read" : "unread";
}
