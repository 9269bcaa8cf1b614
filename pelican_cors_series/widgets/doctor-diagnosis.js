// A case and a reader's answers → the verdict of the printed rules, what would let script read the response, and what a
// server has to be told for it.
import { remedy } from "./exchange-change.js";
import { overHttps } from "./exchange-https.js";
import { judge, run, scenarioOf } from "./exchange-scenario.js";
import { scenariosOf } from "./doctor-scenario.js";

/**
 * {scenario, verdict, remedy, assumed, open, policy}. `open` tells that no answer is known at all, so that the verdict
 * only shows what a server has to answer; `policy` is that, null where no answer helps. Throws an Unreadable for an address that
 * is none.
 */
export function diagnose(it, answers) {
  const { hopeful, bare, nothing, assumed } = scenariosOf(it, answers);
  const unanswered = !it.scenario.server.some(({ preflight, response }) => preflight !== undefined || response !== undefined);
  const open = unanswered && !it.engine && !answers.preflight && !answers.response;
  let scenario = whole(open ? nothing : hopeful);
  const verdict = judge(scenario);
  // What a preflight has ended says nothing of the answer after it: that has to allow the page as well.
  if (!open && verdict.result === "blocked" && verdict.wire.at(-1)?.preflight) scenario = whole(bare);
  let helps = verdict.result === "readable" ? null : remedy(scenario);
  if (helps?.request?.servers) helps = overHttps(scenario);
  return { scenario, verdict, remedy: helps, assumed, open: open && helps !== null, policy: helps && policyOf(helps) };
}

/** An answer of the reader's that is none; `field` is its name. */
export class Unreadable extends Error {
  constructor(field) {
    super(field);
    this.field = field;
  }
}

/** A scenario of plain values, once its addresses are some. */
function whole(plain) {
  if (!URL.canParse(plain.page)) throw new Unreadable("page");
  if (!URL.canParse(plain.request.url)) throw new Unreadable("url");
  return scenarioOf(plain);
}

/** What the servers have to allow: {origin, methods, headers, credentials}; null where no header of theirs is missing. */
function policyOf({ change, request, fixed }) {
  const changes = [...change, ...(request?.change ?? [])].filter(({ name }) => name?.startsWith("Access-Control-"));
  if (!changes.length || !fixed) return null;
  const hop = changes.at(-1).hop;
  const entries = run(fixed).wire.filter((entry) => entry.hop === hop);
  const asked = entries.find(({ asks_headers }) => asks_headers)?.asks_headers ?? "";
  const credentials = fixed.request.credentials === "include";
  const origin = entries.at(-1)?.origin ?? null;
  return {
    // Every page can be "null" by a sandboxed frame: to name it is to allow everybody.
    origin: origin === "null" && !credentials ? "*" : origin,
    methods: [...new Set(["GET", "HEAD", "POST", fixed.request.method.toUpperCase()])],
    headers: asked.split(",").filter(Boolean),
    credentials,
  };
}

/**
 * Of the cases of a message those that the rules judge as the message says, one for each step, of a preflight or not;
 * all where none is judged so. Where the page is not known it is one with which they are.
 */
export function fitting(cases) {
  if (!cases.some(({ step }) => step)) return cases.map(withCredentials);
  const fit = cases.map(asTold).filter(Boolean);
  const found = new Map();
  for (const it of fit.length ? fit : cases) {
    const key = `${it.step} ${it.preflight}`;
    if (!found.has(key)) found.set(key, it);
  }
  return [...found.values()];
}

function asTold(it) {
  const pages = it.pages.length ? [it.scenario.page, ...it.pages] : [it.scenario.page];
  const ways = pages.map((page) => ({ ...it, scenario: { ...it.scenario, page } }));
  return ways.find((way) => {
    try {
      return judge(whole(scenariosOf(way, {}).hopeful)).decidedBy.step === it.step;
    } catch {
      return false;
    }
  });
}

/** A request that has failed though without credentials nothing is in its way was sent with them, if that explains it. */
function withCredentials(it) {
  if (!it.failed || it.scenario.request.credentials) return it;
  const result = (way) => judge(whole(scenariosOf(way, {}).hopeful)).result;
  const scenario = { ...it.scenario, request: { ...it.scenario.request, credentials: "include" } };
  const other = { ...it, scenario, inferred: true };
  try {
    return result(it) === "readable" && result(other) === "blocked" ? other : it;
  } catch {
    return it;
  }
}
