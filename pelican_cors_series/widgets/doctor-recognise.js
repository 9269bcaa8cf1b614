// What a reader has pasted → which form it has, and cases: scenarios as far as the text states them. No rules in here.
import { readCurl, readFetch, requestOfCall } from "./doctor-calls.js";
import { originIn, readConsole } from "./doctor-console.js";
import { readCopied, readHar } from "./doctor-har.js";
import { readMessages } from "./doctor-http.js";

// Longer than what anybody copies out of a console or a panel; a HAR may be longer.
const LONGEST = 200_000;

const FOR_PREFLIGHTS = /^access-control-allow-(?:methods|headers)$/i;

// Pages that a message may be about where it names none, the likeliest first; their hosts belong to nobody.
const PAGES = ["https://app.example/", "http://app.example/", "https://page.example/", "http://page.example/"];

// What browsers set by themselves, whatever a script does; the rest of a copied request is the script's.
const BROWSERS_OWN =
  /^(?:accept|accept-(?:charset|encoding|language)|access-control-request-.*|connection|content-length|cookie|cookie2|date|dnt|expect|host|keep-alive|origin|priority|proxy-.*|referer|sec-.*|te|trailer|transfer-encoding|upgrade|upgrade-insecure-requests|user-agent|via)$/i;

/**
 * Recognises a text: {form, cases, others, line}. A case is {label, scenario, unknown} where scenario has the members
 * of SCENARIO.md as far as the text states them (an answer that is not there is unknown, null is a closed connection);
 * a case of a console has the browser and the step as well. `messages`: the patterns and cases of the consoles.
 */
export function recognise(given, messages) {
  const text = given.replaceAll("\0", "");
  const json = /^\s*[[{]/.test(text) ? parsed(text) : undefined;
  const entries = json && readHar(json);
  if (entries) return { form: "har", others: 0, cases: casesOfHar(entries) };
  const short = text.slice(0, LONGEST);
  const copied = json && readCopied(json);
  if (copied) return fromHttp("panel", copied, null, "");
  const command = readCurl(short);
  const http = readMessages(short);
  const said = readConsole(short, messages);
  if (http.length && !(said?.cases.length && http.length < 2 && !http[0].headers.length)) {
    const form = command || /^[<>*] /m.test(short) ? "curl" : "headers";
    return fromHttp(form, http, command, short);
  }
  const call = readFetch(short);
  if (call) return fromRequest("fetch", requestOfCall(call));
  if (said?.cases.length) return fromConsole(said);
  if (command) return fromRequest("command", { ...command, method: command.method ?? "GET" });
  if (said) return { form: said.exception ? "exception" : "console", line: said.line, others: said.others, cases: [] };
  return { form: text.trim() ? "nothing" : "empty", others: 0, cases: [] };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const knowsPage = (facts) => facts.has("page") || (originIn(facts) ?? "null") !== "null";

function fromConsole({ line, others, cases, facts }) {
  return {
    form: "console",
    line,
    others,
    cases: cases.map(({ scenario, engine, step, preflight }) => ({
      label: line,
      engine,
      step,
      preflight,
      scenario,
      pages: knowsPage(facts) ? [] : PAGES,
      unknown: [
        ...(knowsPage(facts) || originIn(facts) === "null" ? [] : ["page"]),
        ...(facts.has("url") || facts.has("first_url") ? [] : ["url"]),
        ...(preflight && !facts.has("method") ? ["method", "headers"] : preflight ? ["headers"] : ["method"]),
        ...(scenario.request.credentials === "include" ? [] : ["credentials"]),
      ],
    })),
  };
}

function fromRequest(form, request) {
  const { page, sandboxed, asked } = requestOf(request.headers, request);
  const scenario = { page, sandboxed, request: asked, server: [{ at: originOf(asked.url) }] };
  const isPreflight = asked.method === "OPTIONS" && headerOf(request.headers, "access-control-request-method");
  if (isPreflight) Object.assign(asked, wantedBy(request.headers));
  const unknown = [...unknownIn(scenario), "preflight", "response"];
  return { form, others: 0, cases: [{ label: labelOf(asked), scenario, unknown }] };
}

/** Requests and answers in their order; `command`: the curl command that stands before them, or null. */
function fromHttp(form, messages, command, text) {
  const secure = schemeOf(messages, command, text);
  const hops = [];
  let asked = command ? requestOf(command.headers, command) : null;
  let wanted = null;
  let url = command?.url && wholeAddress(command.url);
  let asksFirst = command?.method === "OPTIONS" && Boolean(headerOf(command.headers, "access-control-request-method"));
  if (asksFirst) wanted = wantedBy(command.headers);
  let preflight;
  let tunnel = false;
  let leads = false;
  for (const message of messages) {
    if (message.kind === "request") {
      tunnel = message.method === "CONNECT";
      if (tunnel) continue;
      const requested = headerOf(message.headers, "access-control-request-method");
      asksFirst = message.method === "OPTIONS" && requested !== undefined;
      const address = message.url ?? addressOf(message, secure) ?? url;
      if (asksFirst) wanted = wantedBy(message.headers);
      else if (!hops.length) asked = requestOf(message.headers, { ...message, url: address });
      if (!hops.length) url = address;
      asked ??= requestOf(message.headers, { url: address });
    } else if (!tunnel && !message.tunnel && (message.status ?? 200) >= 200) {
      const answer = { status: message.status ?? 200, headers: message.headers };
      if (asksFirst) preflight = answer;
      else hops.push({ at: originOf(url), preflight, response: answer });
      if (!asksFirst) preflight = undefined;
      const location = headerOf(message.headers, "location");
      leads = !asksFirst && location !== undefined && answer.status >= 300 && answer.status < 400;
      if (leads) url = within(location, url);
      asksFirst = false;
    } else tunnel = false;
  }
  if (preflight) hops.push({ at: originOf(url), preflight });
  else if (hops.length && originOf(url) && leads) hops.push({ at: originOf(url) });
  // Of an answer that stands alone nobody knows what it answers; such headers are for preflights.
  const alone = messages.every(({ kind }) => kind === "response") && !command && hops.length === 1;
  if (alone && hops[0].response?.headers.some(([name]) => FOR_PREFLIGHTS.test(name))) hops[0].preflight = hops[0].response;
  if (!hops.length) hops.push({ at: originOf(url) });
  const { page, sandboxed, asked: request } = asked ?? requestOf([], {});
  if (wanted && (!request.method || request.method === "OPTIONS")) Object.assign(request, wanted);
  const scenario = { page, sandboxed, request, server: hops };
  const last = hops.at(-1);
  const unknown = [
    ...unknownIn(scenario),
    ...(hops.some((hop) => hop.preflight) ? [] : ["preflight"]),
    ...(last.response ? [] : ["response"]),
  ];
  const sentOrigin = !messages.some((it) => it.kind === "request") && !(command && headerOf(command.headers, "origin"));
  return {
    form,
    others: 0,
    cases: [{ label: labelOf(request), scenario, unknown, withoutOrigin: sentOrigin && form === "curl" }],
  };
}

function casesOfHar(entries) {
  const isPreflight = ({ method, request }) => method === "OPTIONS" && Boolean(wantedBy(request).method);
  // A browser may list a request before its preflight.
  const preflights = entries.filter(isPreflight);
  const chains = [];
  for (const entry of entries.filter((each) => !isPreflight(each))) {
    const at = preflights.findIndex(({ url, request }) => url === entry.url && wantedBy(request).method === entry.method);
    const [first] = at < 0 ? [] : preflights.splice(at, 1);
    const link = { entry, preflight: answerIn(first), response: answerIn(entry) };
    const before = chains.findLast((chain) => leadsTo(chain.at(-1)) === entry.url);
    if (before) before.push(link);
    else chains.push([link]);
  }
  // A preflight whose request was never sent stands alone.
  for (const entry of preflights) {
    const { method, headers } = wantedBy(entry.request);
    const asked = { ...entry, method, request: [...entry.request, ...headers], status: 0 };
    chains.push([{ entry: asked, preflight: answerIn(entry), response: undefined }]);
  }
  return chains.map(caseOfChain);
}

const answerIn = (entry) => (entry?.status ? { status: entry.status, headers: entry.response } : undefined);

/** Where an answer redirects to, undefined where it does not. */
function leadsTo({ entry, response }) {
  const location = response && headerOf(response.headers, "location");
  return location !== undefined && response.status >= 300 && response.status < 400 ? within(location, entry.url) : undefined;
}

function caseOfChain(chain) {
  const [{ entry }] = chain;
  const { page, sandboxed, asked } = requestOf(entry.request, { ...entry, body: entry.hasBody ? "text" : undefined });
  const server = chain.map(({ entry: each, preflight, response }) => ({ at: originOf(each.url), preflight, response }));
  const scenario = { page: page ?? (originOf(entry.page) ? entry.page : undefined), sandboxed, request: asked, server };
  return {
    label: labelOf(asked),
    scenario,
    unknown: [
      ...unknownIn(scenario),
      ...(server.some(({ preflight }) => preflight) ? [] : ["preflight"]),
      ...(server.at(-1).response ? [] : ["response"]),
    ],
    failed: chain.some((link) => !link.response || link.entry.error),
  };
}

/** What the headers of a request say of its page, and what the script has asked for. */
function requestOf(headers, { url, method, mode, credentials, redirect, referrer, body }) {
  const origin = headerOf(headers, "origin");
  const referer = headerOf(headers, "referer") ?? referrer;
  const cookie = headerOf(headers, "cookie") !== undefined;
  const sent = headerOf(headers, "sec-fetch-mode");
  return {
    page: originOf(referer) && (!originOf(origin) || originOf(referer) === origin) ? referer : originOf(origin) && `${origin}/`,
    sandboxed: origin === "null" ? true : origin === undefined ? undefined : false,
    asked: {
      url,
      method,
      mode: mode ?? sent,
      credentials: credentials ?? (cookie ? "include" : undefined),
      redirect,
      headers: headers.filter(([name]) => !BROWSERS_OWN.test(name)),
      body: method === "GET" || method === "HEAD" ? undefined : body,
    },
  };
}

/** The request that a preflight is for. */
function wantedBy(headers) {
  const names = headerOf(headers, "access-control-request-headers") ?? "";
  return {
    method: headerOf(headers, "access-control-request-method"),
    headers: names.split(",").map((name) => name.trim()).filter(Boolean).map(unsafe),
  };
}

// A preflight asks for a header only where its value is none of the harmless ones.
const unsafe = (name) => [name, name.toLowerCase() === "content-type" ? "application/json" : "…"];

function unknownIn({ page, request }) {
  return [
    ...(page ? [] : ["page"]),
    ...(originOf(request.url) ? [] : ["url"]),
    ...(request.method ? [] : ["method"]),
    ...(request.credentials ? [] : ["credentials"]),
  ];
}

const headerOf = (headers, name) => headers.find(([other]) => other.toLowerCase() === name)?.[1];
const labelOf = ({ method, url }) => `${method ?? "GET"} ${url ?? "…"}`;

function parsedAddress(address, base) {
  try {
    return typeof address === "string" ? new URL(address, base) : null;
  } catch {
    return null;
  }
}

/** The origin of an address, undefined where that is none. */
export function originOf(address) {
  const url = parsedAddress(address);
  return url && /^https?:$/.test(url.protocol) ? url.origin : undefined;
}

const within = (address, base) => (parsedAddress(address) ?? (originOf(base) ? parsedAddress(address, base) : null))?.href;
const wholeAddress = (address) => (/^[a-z][\w+.-]*:\/\//i.test(address) ? address : `http://${address}`);

function addressOf({ target, headers, scheme }, secure) {
  if (originOf(target ?? undefined)) return target;
  const host = headerOf(headers, "host");
  return host && target?.startsWith("/") ? `${scheme ?? secure}://${host}${target}` : undefined;
}

/** Whether a copied request went over https: what stands around it says so, or the page that it came from. */
function schemeOf(messages, command, text) {
  if (command?.url) return parsedAddress(wholeAddress(command.url))?.protocol.slice(0, -1) ?? "https";
  if (messages.some(({ method }) => method === "CONNECT") || /SSL connection|TLSv1|ALPN|HTTP\/2/.test(text)) return "https";
  const hosts = messages.flatMap(({ headers }) => headers).filter(([name]) => name.toLowerCase() === "host");
  const local = hosts.some(([, host]) => /^(?:localhost|127\.|\[::1\])/.test(host));
  return local || /^\* (?:Connected|Established|Trying)/m.test(text) ? "http" : "https";
}
