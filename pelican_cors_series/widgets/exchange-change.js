// What would let script read a response, found by asking the printed rules: the twin of rules/change.py and
// request_change.py.
import {
  ascii_lowercase,
  cors_non_wildcard_request_header_name,
  cors_safelisted_method,
  extract_header_list_values,
  get,
  normalize_a_method,
  ok_status,
  redirect_status,
} from "./exchange-rules.js";
import { judge, resultOf, ruleOf, run } from "./exchange-scenario.js";

const MOST_CHANGES = 2;
const ALLOW = "Access-Control-Allow-";

/**
 * What would let script read a response that it can't: changes of the servers' answers ({hop, answer, name, value},
 * name null for a status), or what to change in the request, with changes of answers besides. `fixed` is the scenario
 * with all of it, null where nothing helps. Where the request has `servers`, it is mixed content, and overHttps has to
 * be asked.
 */
export function remedy(scenario) {
  const changes = fewest(scenario);
  if (changes?.length <= MOST_CHANGES) return answers(scenario, changes);
  if (changes) {
    return requestChange(scenario, false) ?? must(null, null, changes, changed(scenario, changes));
  }
  const allowed = changed(scenario, everythingAllowed(scenario));
  const { decidedBy } = judge(allowed);
  if (isMixedContent(decidedBy)) return must(null, null, [], null, []);
  const found = requestChange(scenario, true);
  if (found) return found;
  if (/^http_redirect_fetch|^http_fetch#6\.3\.\[1/.test(decidedBy.step)) {
    const ended = fewest(scenario, endOfRedirects(allowed));
    if (ended?.length <= MOST_CHANGES) return answers(scenario, ended);
  }
  return must();
}

const answers = (scenario, change) => ({ change, request: null, fixed: changed(scenario, change) });
export const must = (member = null, value = null, change = [], fixed = null, servers = null) => ({
  change: [],
  request: { member, value, change, servers },
  fixed,
});
const header = (hop, answer, name, value) => ({ hop, answer, name, value });
const isReadable = (scenario) => resultOf(run(scenario).outcome) === "readable";
export const isMixedContent = (step) => ruleOf(step) === "should_fetching_request_be_blocked_as_mixed_content";

/** The scenario with changed answers; a header of an answer that is missing changes nothing. */
export function changed(scenario, changes) {
  const server = [...scenario.server];
  for (const { hop, answer, name, value } of [...changes].sort((a, b) => (a.name !== null) - (b.name !== null))) {
    const had = server[hop][answer];
    if (name === null) server[hop] = { ...server[hop], [answer]: { status: value, header_list: had?.header_list ?? [] } };
    else if (had) {
      const lowered = ascii_lowercase(name);
      const others = had.header_list.filter(([other]) => ascii_lowercase(other) !== lowered);
      server[hop] = { ...server[hop], [answer]: { ...had, header_list: [...others, [name, value]] } };
    }
  }
  return { ...scenario, server };
}

/** The fewest changes of answers, null where none help; every answer gets all, then each that is not needed goes. */
export function fewest(scenario, first = []) {
  const all = everythingAllowed(scenario, first);
  const helps = (changes) => isReadable(changed(scenario, changes));
  if (!helps(all)) return null;
  let kept = all;
  for (const change of all) {
    const without = kept.filter((other) => other !== change);
    if (helps(without)) kept = without;
  }
  // Every page can put on the origin "null" with a sandboxed frame: where * does as well, it says so openly.
  for (const [at, change] of kept.entries()) {
    if (change.name !== `${ALLOW}Origin` || change.value !== "null") continue;
    const openly = kept.map((it, place) => (place === at ? { ...it, value: "*" } : it));
    if (helps(openly)) kept = openly;
  }
  return kept;
}

/** The changes by which every server that is reached allows all it is asked for. */
export function everythingAllowed(scenario, first = []) {
  const found = [...first];
  for (let answered = 0; ; ) {
    const { wire } = run(changed(scenario, found));
    if (wire.length === answered) return found;
    found.push(...wire.slice(answered).flatMap((entry) => allowances(entry, scenario)));
    answered = wire.length;
  }
}

function allowances({ hop, preflight, origin, asks_headers }, { request, server }) {
  const name = preflight ? "preflight" : "response";
  const answer = server[hop][name];
  if (origin === null || (!answer && !preflight)) return [];
  const headers = answer?.header_list ?? [];
  const found = preflight && !(answer && ok_status(answer.status)) ? [header(hop, name, null, 204)] : [];
  const wanted = [
    ["Origin", origin],
    ["Credentials", request.credentials === "include" ? "true" : null],
    ["Methods", preflight ? methods(request, headers) : null],
    ["Headers", preflight ? headerNames(request, asks_headers, headers) : null],
  ];
  for (const [what, value] of wanted) {
    if (value !== null && get(ALLOW + what, headers) !== value) found.push(header(hop, name, ALLOW + what, value));
  }
  return found;
}

function methods(request, headers) {
  // After a redirect that changes the method the preflight asks for GET, which needs no permission.
  const method = normalize_a_method(request.method);
  const { failure, values } = allowedIn("Methods", headers);
  if (failure) return method;
  const enough = cors_safelisted_method(method) || values.includes(method) || hasWildcard(request, values);
  return enough ? null : [...literal(request, values), method].join(", ");
}

function headerNames(request, asked, headers) {
  const names = asked?.split(",") ?? [];
  const { failure, values } = allowedIn("Headers", headers);
  if (failure) return names.join(", ");
  const wild = hasWildcard(request, values);
  const lowered = values.map(ascii_lowercase);
  const missing = names.filter(
    (name) => !(wild && !cors_non_wildcard_request_header_name(name)) && !lowered.includes(name),
  );
  return missing.length ? [...literal(request, values), ...missing].join(", ") : null;
}

const allowedIn = (what, headers) =>
  extract_header_list_values(ALLOW + what, headers) ?? { failure: false, values: [] };
const hasWildcard = ({ credentials }, values) => credentials !== "include" && values.includes("*");
// With credentials * stands for nothing but itself.
const literal = ({ credentials }, values) => values.filter((value) => value !== "*" || credentials !== "include");

/** The first change of the request that helps by itself or, `aided`, with the fewest changes of answers. */
function requestChange(scenario, aided) {
  const tried = alternatives(scenario.request).map(([member, value]) => [
    member,
    value,
    { ...scenario, request: { ...scenario.request, [member]: value } },
  ]);
  for (const [member, value, other] of tried) if (isReadable(other)) return must(member, value, [], other);
  let best = null;
  for (const [member, value, other] of aided ? tried : []) {
    const changes = fewest(other);
    if (changes && !(best?.request.change.length <= changes.length)) {
      best = must(member, value, changes, changed(other, changes));
    }
  }
  return best;
}

/** The members of the request to change, one at a time; last those that no longer ask for what the page wants. */
function alternatives(request) {
  const lowered = request.headers.map(([name]) => ascii_lowercase(name));
  const names = [...new Set(lowered)];
  const { body, cache, credentials, headers } = request;
  return [
    ["mode", "cors"],
    ["redirect", "follow"],
    ["url", request.url.replace(/(\/\/)[^/?#\\]*@/, "$1")],
    ...(cache === null ? [] : [["cache", "default"]]),
    ...(credentials === "include" ? [["credentials", "omit"]] : []),
    ...names.map((dropped) => ["headers", headers.filter((_, at) => lowered[at] !== dropped)]),
    ...(names.length > 1 ? [["headers", []]] : []),
    ...(body === null ? [] : [["body", "text"]]),
    ["method", body === null ? "GET" : "POST"],
    ["body", null],
    ["integrity", null],
  ].filter(([member, value]) => member === "headers" || request[member] !== value);
}

function endOfRedirects(scenario) {
  const { hop } = run(scenario).wire.at(-1);
  const { response } = scenario.server[hop];
  return response && redirect_status(response.status) ? [header(hop, "response", null, 200)] : [];
}
