// What a text states, with a reader's answers and what has to be assumed → whole scenarios, in the form of SCENARIO.md.
import { originOf } from "./doctor-recognise.js";

// Hosts that belong to nobody stand in for what is not known.
const PAGE = "https://app.example/";
const URL_ASKED = "https://api.example/";

/**
 * The scenarios of a case: `hopeful` takes an answer that is not known for one that allows all, `bare` for one that
 * allows nothing. `assumed` names what neither the text nor the reader has said. answers: what the reader has withAnswers
 * in, by the names in `unknown`; "" is no answer.
 */
export function scenariosOf({ scenario, unknown }, answers) {
  const told = (name) => (answers[name] ? answers[name] : undefined);
  const page = told("page") ? withScheme(told("page")) : (scenario.page ?? PAGE);
  const url = told("url") ? withScheme(told("url")) : (scenario.request.url ?? URL_ASKED);
  const request = {
    ...scenario.request,
    url,
    method: told("method") ?? scenario.request.method,
    credentials: told("credentials") ?? scenario.request.credentials,
    headers: told("headers") ? headersOf(told("headers")) : (scenario.request.headers ?? []),
  };
  const sandboxed = told("page") ? told("page") === "null" : scenario.sandboxed;
  const base = { page: sandboxed && told("page") ? PAGE : page, sandboxed, request };
  const server = scenario.server.map((hop, at) => answered(hop, at === scenario.server.length - 1, told));
  if (told("url") || !scenario.request.url) server[0] = { ...server[0], at: originOf(url) ?? server[0].at };
  const origin = sandboxed ? "null" : (originOf(page) ?? "null");
  return {
    hopeful: clean({ ...base, server: server.map((hop) => withAnswers(hop, allowing(request, origin))) }),
    bare: clean({ ...base, server: server.map((hop) => withAnswers(hop, allowing(request, origin), { status: 200 })) }),
    nothing: clean({ ...base, server: server.map((hop) => withAnswers(hop, { preflight: { status: 204 } }, { status: 200 })) }),
    assumed: unknown.filter((name) => !told(name)),
  };
}

/** A hop with the answers that the reader has pasted; those that concern the last one. */
function answered(hop, isLast, told) {
  const given = (name) => (isLast && told(name) ? pastedAnswer(told(name)) : hop[name]);
  return { at: hop.at ?? originOf(URL_ASKED), preflight: given("preflight"), response: given("response") };
}

const withAnswers = ({ at, preflight, response }, allow, bare = allow.response) => ({
  at,
  preflight: preflight === undefined ? allow.preflight : preflight,
  response: response === undefined ? bare : response,
});

/** Answers that allow a request all that it asks for. */
function allowing({ method, credentials, headers }, origin) {
  const known = [
    // After a redirect the origin may be null: where it can, an answer that is not known allows all.
    ["Access-Control-Allow-Origin", credentials === "include" ? origin : "*"],
    ...(credentials === "include" ? [["Access-Control-Allow-Credentials", "true"]] : []),
  ];
  const names = headers.map(([name]) => name).join(", ");
  const preflight = [["Access-Control-Allow-Methods", method ?? "GET"], ...(names ? [["Access-Control-Allow-Headers", names]] : [])];
  return { preflight: { status: 204, headers: [...known, ...preflight] }, response: { status: 200, headers: known } };
}

/** A scenario without the members that are not known; a mode or a header that no fetch() can have is left out. */
function clean({ page, sandboxed, request, server }) {
  const usable = {
    mode: ["cors", "no-cors", "same-origin"],
    credentials: ["omit", "same-origin", "include"],
    redirect: ["follow", "error", "manual"],
  };
  const kept = Object.entries(request).filter(
    ([name, value]) => value !== undefined && (!Object.hasOwn(usable, name) || usable[name].includes(value)),
  );
  const bytes = ([name, value]) => [name, value.replace(/[^\t\x20-\x7e\x80-\xff]/g, "")];
  const made = Object.fromEntries(kept);
  const answer = (given) => given && { ...given, headers: (given.headers ?? []).filter(isHeader).map(bytes) };
  return {
    page,
    ...(sandboxed ? { sandboxed: true } : {}),
    request: { ...made, headers: made.headers.filter(isHeader).map(bytes) },
    server: server.map(({ at, preflight, response }) => ({ at, preflight: answer(preflight), response: answer(response) })),
  };
}

const isHeader = ([name]) => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name);

/** Lines of headers as pairs; a name alone stands for a header of any value. */
export function headersOf(text) {
  const lines = text.split(/\n|,(?=\s*[\w-]+\s*(?:,|$))/).map((line) => line.trim()).filter(Boolean);
  return lines.map((line) => {
    const colon = line.indexOf(":", 1);
    return colon < 0 ? [line, "…"] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
}

/** An answer as pasted: its status, where there is one, and its headers. */
function pastedAnswer(text) {
  const status = Number(/^\s*(?:HTTP\/[\d.]+\s+)?(\d{3})\b/.exec(text)?.[1] ?? 200);
  const rest = text.replace(/^\s*(?:HTTP\/[\d.]+\s+)?\d{3}\b[^\n]*\n?/, "");
  return { status: Math.min(599, Math.max(200, status)), headers: headersOf(rest).filter(([, value]) => value !== "…") };
}

const withScheme = (address) => (/^[a-z][\w+.-]*:/i.test(address) && !/^localhost:/i.test(address) ? address : `https://${address}`);
