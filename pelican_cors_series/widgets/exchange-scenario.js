// A request scenario as the printed rules ask for it, and their verdict: the twin of rules/scenario_fetch.py,
// deciding_step.py and request_verdict.py.
import {
  ascii_lowercase,
  fetch_method,
  opaque_origin,
  origin_of_a_url,
  parse_url,
  serialization_of_an_origin,
} from "./exchange-rules.js";

// What a request has that says nothing.
export const SILENT = {
  method: "GET",
  mode: "cors",
  credentials: "same-origin",
  redirect: "follow",
  body: null,
  cache: null,
  integrity: null,
  keepalive: null,
};
const BODY_TYPES = {
  text: "text/plain;charset=UTF-8",
  urlencoded: "application/x-www-form-urlencoded;charset=UTF-8",
  "form-data": "multipart/form-data; boundary=----boundary",
  "json-blob": "application/json",
};

/** A scenario of plain values that are known to be good, with the members that the rules ask for. */
export function scenarioOf({ page, sandboxed = false, request, server, ...single }) {
  const { headers = [], referrerPolicy = null, ...rest } = request;
  const only = single.preflight || single.response ? [{ at: firstAt(page, request), ...single }] : [];
  const hops = (server ?? only).map(({ at, preflight, response }) => ({
    at,
    preflight: answerOf(preflight),
    response: answerOf(response),
  }));
  const asked = { ...SILENT, ...rest, headers, referrer_policy: referrerPolicy };
  return { page, sandboxed, request: asked, server: hops };
}

const answerOf = (plain) => (plain ? { status: plain.status, header_list: plain.headers ?? [] } : null);

/** A scenario as plain values, what says nothing left out: the twin of scenario_json.py. */
export function plainScenario({ page, sandboxed, request, server }) {
  // Always in the same order, so that two scenarios can be held against each other as texts.
  const { url, headers, referrer_policy: referrerPolicy } = request;
  const said = Object.keys(SILENT).filter((name) => request[name] !== SILENT[name]);
  const written = {
    url,
    ...Object.fromEntries(said.map((name) => [name, request[name]])),
    ...(headers.length && { headers }),
    ...(referrerPolicy !== null && { referrerPolicy }),
  };
  const hops = server.map(({ at, preflight, response }) => ({
    at,
    ...(preflight && { preflight: plainAnswer(preflight) }),
    ...(response && { response: plainAnswer(response) }),
  }));
  const [{ at, ...single } = {}] = hops;
  const isShort = hops.length === 1 && Object.keys(single).length && at === firstAt(page, request);
  return {
    page,
    ...(sandboxed && { sandboxed }),
    request: written,
    ...(isShort ? single : hops.length && { server: hops }),
  };
}

const plainAnswer = ({ status, header_list }) => ({ status, ...(header_list.length && { headers: header_list }) });

/** The origin that answers first, "null" where the address has none. */
export function firstAt(page, { url }) {
  const parsed = parse_url(url, page);
  return parsed ? originAt(parsed) : "null";
}

export const originAt = (url) => serialization_of_an_origin(origin_of_a_url(url));

/** The hosts whose public suffixes the rules may ask for. */
export function hostsOf({ page, request, server }) {
  const locations = server.flatMap(({ response }) => response?.header_list ?? []).map(([, value]) => value);
  return [page, request.url, ...server.map(({ at }) => at), ...locations].map(
    (address) => parse_url(address, page)?.host ?? null,
  );
}

/** Runs a fetch by the rules: its response, null where the Request throws, the steps, and what reached the servers. */
export function run({ page, sandboxed, request, server }, steps) {
  const url = parse_url(page);
  const origin = origin_of_a_url(url);
  const client = {
    origin: sandboxed ? opaque_origin() : origin,
    api_base_url: url,
    policy_container: {
      embedder_policy: { value: "unsafe-none", report_only_value: "unsafe-none" },
      referrer_policy: "strict-origin-when-cross-origin",
      ip_address_space: "public",
    },
    global_object: "Window",
    document: null,
    creation_url: null,
    ancestor_origins: sandboxed ? [origin] : [],
    mixed_content_allowed: url.scheme === "http",
    documents: [],
    has_cross_site_ancestor: false,
  };
  const body = request.body && { source: request.body, type: BODY_TYPES[request.body] ?? null };
  const init = { ...request, body, referrer: null, duplex: null, has_window: false };
  const network = { hops: server, wire: [], preflight_cache: [], now: 0, first_unsafe_names: [] };
  const { response, rejected } = fetch_method(request.url, null, init, client, network, steps);
  const outcome = !response ? "constructor-error" : response.type === "error" ? "network-error" : response.type;
  return { response, rejected, outcome: outcome === "default" ? "network-error" : outcome, wire: network.wire };
}

export const resultOf = (outcome) =>
  /^(?:basic|cors)$/.test(outcome) ? "readable" : outcome.endsWith("error") ? "blocked" : "opaque";

/** The verdict on a scenario. */
export function judge(scenario) {
  const steps = [];
  const { response, rejected, outcome, wire } = run(scenario, steps);
  const names = (response?.header_list ?? []).map(([name]) => ascii_lowercase(name));
  return {
    outcome,
    result: resultOf(outcome),
    status: !response || rejected ? null : response.status,
    readable_headers: [...new Set(names)].sort(),
    wire,
    decidedBy: decidingStep(steps, outcome),
    steps,
    preflightCached: steps.some(
      ({ step, value, given }) => step === "http_fetch#4.1" && given.make_cors_preflight && !value,
    ),
  };
}

const MAKE_ERRORS = ["scheme_fetch#4", "http_network_or_cache_fetch#11.2", "http_fetch#6.3.[1].1"];
const MAIN_FETCH_REFUSES = /^main_fetch#(?:3|7|12\.\[(?:3|4\]\.1|5)\]?)$/;
const MAIN_FETCH_GOES_ON = ["main_fetch#13", "main_fetch#14"];
const ASKED = {
  "http_fetch#4.4": ["cors_check"],
  "cors_preflight_fetch#7": ["cors_check"],
  "http_fetch#5": ["cross_origin_resource_policy_internal_check"],
  "main_fetch#7": ["should_be_blocked_due_to_a_bad_port", "should_fetching_request_be_blocked_as_mixed_content"],
  "request_constructor#33.4": ["validate#1"],
  "request_constructor#33.5": ["validate#1"],
};
const BETWEEN = ["cross_origin_resource_policy_check", "headers_append"];
const SETTLES = {
  basic: "main_fetch#12.[2]",
  opaque: "main_fetch#12.[4]",
  opaqueredirect: "http_fetch#6.3.[2].2",
};

export const ruleOf = ({ step }) => step.split("#")[0];

function decidingStep(steps, outcome) {
  if (outcome === "constructor-error") return asked(steps, steps.length - 2);
  if (outcome === "network-error") return refusal(steps);
  if (outcome === "cors") return steps.findLast((step) => ruleOf(step) === "cors_check");
  return steps.findLast(({ step }) => step === SETTLES[outcome]);
}

function refusal(steps) {
  const first = steps.findIndex(({ value }) => value?.type === "error");
  let at = MAKE_ERRORS.includes(steps[first].step) ? first : first - 1;
  if (MAIN_FETCH_GOES_ON.includes(steps[at].step)) {
    at = steps.slice(0, at).findLastIndex(({ step, value }) => value === true && MAIN_FETCH_REFUSES.test(step));
  }
  return asked(steps, at);
}

function asked(steps, at) {
  let before = at - 1;
  while (before > 0 && BETWEEN.includes(ruleOf(steps[before]))) before--;
  const names = ASKED[steps[at].step] ?? [];
  return names.some((name) => [steps[before].step, ruleOf(steps[before])].includes(name)) ? steps[before] : steps[at];
}
