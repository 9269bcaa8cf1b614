// What would let script read a response, found by asking the printed rules: the twin of rules/change.py,
// request_change.py and over_https.py.
import {
  ascii_lowercase,
  cors_non_wildcard_request_header_name,
  cors_safelisted_method,
  current_url,
  extract_header_list_values,
  get,
  normalize_a_method,
  ok_status,
  parse_url,
  redirect_status,
  with_the_scheme_https,
} from "./exchange-rules.js";
import { judge, originAt, resultOf, ruleOf, run } from "./exchange-scenario.js";

const MOST_CHANGES = 2;
const ALLOW = "Access-Control-Allow-";
const MIXED_CONTENT = "mixed-content";
const CODES = {
  "constructor-error": "constructor",
  opaque: "mode-no-cors",
  opaqueredirect: "redirect-manual",
  "main_fetch#12.[3]": "mode-same-origin",
  "main_fetch#12.[4].1": "mode-no-cors",
  "main_fetch#12.[5]": "scheme",
  "main_fetch#21": "range",
  "main_fetch#23.2": "integrity",
  "http_fetch#6.3.[1].1": "redirect-error",
  "http_network_or_cache_fetch#11.1": "only-if-cached",
  "http_network_or_cache_fetch#11.2": "no-server",
  "http_redirect_fetch#5": "invalid-location",
  "http_redirect_fetch#6": "location-scheme",
  "http_redirect_fetch#7": "too-many-redirects",
  "http_redirect_fetch#9": "location-credentials",
  "http_redirect_fetch#10": "location-credentials",
  cross_origin_resource_policy_internal_check: "resource-policy",
  scheme_fetch: "scheme",
  should_be_blocked_due_to_a_bad_port: "bad-port",
  should_fetching_request_be_blocked_as_mixed_content: MIXED_CONTENT,
};

/**
 * What would let script read a response that it can't: changes of the servers' answers ({hop, answer, name, value},
 * name null for a status), or why these don't help and what to change in the request. `fixed` is the scenario with all
 * of it, null where nothing helps.
 */
export function remedy(scenario) {
  const changes = fewest(scenario);
  if (changes?.length <= MOST_CHANGES) return answers(scenario, changes);
  if (changes) {
    const code = "more-than-two-answers";
    const unaided = requestChange(code, scenario, false);
    return unaided ?? must(code, null, null, changes, changed(scenario, changes));
  }
  const allowed = changed(scenario, everythingAllowed(scenario));
  const refused = judge(allowed);
  const code = codeOf(refused);
  if (code === MIXED_CONTENT) return overHttps(scenario);
  const found = requestChange(code, scenario, true);
  if (found) return found;
  if (ruleOf(refused.decidedBy) === "http_redirect_fetch" || code === "redirect-error") {
    const ended = fewest(scenario, endOfRedirects(allowed));
    if (ended?.length <= MOST_CHANGES) return answers(scenario, ended);
  }
  return must(code);
}

const answers = (scenario, change) => ({ change, request: null, fixed: changed(scenario, change) });
const must = (code, member = null, value = null, change = [], fixed = null) => ({
  change: [],
  request: { code, member, value, change },
  fixed,
});
const header = (hop, answer, name, value) => ({ hop, answer, name, value });
const isReadable = (scenario) => resultOf(run(scenario).outcome) === "readable";
const codeOf = ({ outcome, decidedBy }) =>
  CODES[outcome] ?? CODES[decidedBy.step] ?? CODES[ruleOf(decidedBy)] ?? ruleOf(decidedBy);

/** The scenario with changed answers; a header of an answer that is missing changes nothing. */
function changed(scenario, changes) {
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
function fewest(scenario, first = []) {
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

function everythingAllowed(scenario, first = []) {
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
function requestChange(code, scenario, aided) {
  const tried = alternatives(scenario.request).map(([member, value]) => [
    member,
    value,
    { ...scenario, request: { ...scenario.request, [member]: value } },
  ]);
  for (const [member, value, other] of tried) if (isReadable(other)) return must(code, member, value, [], other);
  let best = null;
  for (const [member, value, other] of aided ? tried : []) {
    const changes = fewest(other);
    if (changes && !(best?.request.change.length <= changes.length)) {
      best = must(code, member, value, changes, changed(other, changes));
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

/** The address to ask for, and where redirects have to lead, so that nothing is mixed content. */
function overHttps(scenario) {
  const origins = [];
  for (;;) {
    const moved = movedOver(scenario, origins);
    const refused = judge(changed(moved.scenario, everythingAllowed(moved.scenario, moved.locations)));
    if (codeOf(refused) !== MIXED_CONTENT) {
      const found = fewest(moved.scenario, moved.locations);
      if (!found) return must(MIXED_CONTENT);
      const changes = found.map((change) => ({ ...change, hop: moved.hops[change.hop] }));
      return must(MIXED_CONTENT, moved.url && "url", moved.url, changes, changed(moved.scenario, found));
    }
    const url = current_url(refused.decidedBy.given.request);
    if (url.scheme !== "http" || origins.includes(originAt(url))) return must("scheme");
    origins.push(originAt(url));
  }
}

function movedOver(scenario, origins) {
  const { server, request, page } = scenario;
  const places = server.map(({ at }) => (origins.includes(at) ? https(at) : null));
  // A server that only redirects to itself at https: goes: it is asked there at once.
  const hops = [...server.keys()].filter((place) => !places[place] || places[place] !== server[place + 1]?.at);
  const url = moved(request.url, page, origins);
  return {
    scenario: {
      ...scenario,
      request: url ? { ...request, url } : request,
      server: hops.map((place) => ({ ...server[place], at: places[place] ?? server[place].at })),
    },
    url,
    locations: hops.flatMap((place, at) => {
      const { response } = server[place];
      const location = response && get("Location", response.header_list);
      const address = location === null ? null : moved(location, null, origins);
      return address ? [header(at, "response", "Location", address)] : [];
    }),
    hops,
  };
}

function moved(address, base, origins) {
  const url = parse_url(address, base);
  return url && origins.includes(originAt(url)) ? with_the_scheme_https(url).href : null;
}

const https = (at) => {
  const url = parse_url(at);
  return url?.scheme === "http" ? originAt(with_the_scheme_https(url)) : at;
};

/** The origins of servers, at https: for each that one of the addresses asks for there. */
export function whereTheyAnswer(servers, addresses) {
  const asked = addresses.map((address) => parse_url(address)).map((url) => url && originAt(url));
  return servers.map((at) => (asked.includes(https(at)) ? https(at) : at));
}
