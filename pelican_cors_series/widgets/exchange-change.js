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
/**
 * What would let script read a response that it can't: changes of the servers' answers ({hop, answer, name, value},
 * name null for a status), or what to change in the request, with changes of answers besides; `https` tells that servers
 * have to answer there. `fixed` is the scenario with all of it, null where nothing helps.
 */
export function remedy(scenario) {
  const changes = fewest(scenario);
  if (changes?.length <= MOST_CHANGES) return answers(scenario, changes);
  if (changes) {
    return requestChange(scenario, false) ?? must(null, null, changes, changed(scenario, changes));
  }
  const allowed = changed(scenario, everythingAllowed(scenario));
  const { decidedBy } = judge(allowed);
  if (isMixedContent(decidedBy)) return overHttps(scenario);
  const found = requestChange(scenario, true);
  if (found) return found;
  if (/^http_redirect_fetch|^http_fetch#6\.3\.\[1/.test(decidedBy.step)) {
    const ended = fewest(scenario, endOfRedirects(allowed));
    if (ended?.length <= MOST_CHANGES) return answers(scenario, ended);
  }
  return must();
}

const answers = (scenario, change) => ({ change, request: null, fixed: changed(scenario, change) });
const must = (member = null, value = null, change = [], fixed = null, https = false) => ({
  change: [],
  request: { member, value, change, https },
  fixed,
});
const header = (hop, answer, name, value) => ({ hop, answer, name, value });
const isReadable = (scenario) => resultOf(run(scenario).outcome) === "readable";
const isMixedContent = (step) => ruleOf(step) === "should_fetching_request_be_blocked_as_mixed_content";

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

/** The address to ask for, and where redirects have to lead, so that nothing is mixed content. */
function overHttps(scenario) {
  const origins = [];
  for (;;) {
    const moved = movedOver(scenario, origins);
    const { decidedBy } = judge(changed(moved.scenario, everythingAllowed(moved.scenario, moved.locations)));
    if (!isMixedContent(decidedBy)) {
      const found = fewest(moved.scenario, moved.locations);
      if (!found) return must();
      const changes = found.map((change) => ({ ...change, hop: moved.hops[change.hop] }));
      return must(moved.url && "url", moved.url, changes, changed(moved.scenario, found), true);
    }
    const url = current_url(decidedBy.given.request);
    if (url.scheme !== "http" || origins.includes(originAt(url))) return must();
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
