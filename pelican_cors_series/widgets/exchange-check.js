// Whether plain values are a scenario that can be judged: the twin of rules/request_scenario.py and located_values.py.
import {
  is_a_byte_string,
  is_a_header_name,
  is_a_header_value,
  normalize_a_header_value,
  originAt,
  parse_url,
  percent_decode,
  SILENT,
} from "./exchange.js";

/** What is wrong with plain values: the path of the member, such as server[0].response.status, and a code. */
export class Refusal extends Error {
  constructor(path, code = "invalid-value") {
    super(`${path}: ${code}`);
    Object.assign(this, { path, code });
  }
}

export const CHOICES = {
  mode: ["cors", "no-cors", "same-origin", "navigate"],
  credentials: ["same-origin", "include", "omit"],
  redirect: ["follow", "error", "manual"],
  body: ["text", "urlencoded", "form-data", "json-blob", "blob", "bytes"],
  referrerPolicy: [
    "",
    "no-referrer",
    "no-referrer-when-downgrade",
    "same-origin",
    "origin",
    "strict-origin",
    "origin-when-cross-origin",
    "strict-origin-when-cross-origin",
    "unsafe-url",
  ],
  cache: ["default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"],
};

const ENGINES = ["standard", "chromium", "firefox", "webkit"];
const TOP = ["kind", "page", "sandboxed", "request", "server", "preflight", "response", "expect", "engine"];
const REQUEST = ["url", "method", "mode", "credentials", "redirect", "headers", "body", "referrerPolicy", "cache"];

/** Reads a scenario; `engine` is the only judge that it may ask for. Throws a Refusal for the first thing wrong. */
export function readScenario(given, engine) {
  const top = members(given, "", TOP, ["page", "request"]);
  top.optional("kind", oneOf(["request"]));
  const page = top.read("page", address);
  const request = top.read("request", readRequest);
  top.optional("expect", (value, path) => {
    if (!/^(?:readable|opaque|blocked(?: by [a-z_]+#\S+)?)$/.test(text(value, path))) refuse(path);
  });
  const server = readServer(top, parse_url(request.url, page.href));
  const sandboxed = top.optional("sandboxed", boolean) ?? false;
  top.optional("engine", oneOf(engine ? [engine] : ENGINES));
  return { page: top.read("page", text), sandboxed, request, server };
}

function readRequest(given, path) {
  const all = members(given, path, [...REQUEST, "integrity", "keepalive"], ["url"]);
  const choice = (name) => all.optional(name, oneOf(CHOICES[name])) ?? SILENT[name] ?? null;
  return {
    url: all.read("url", text),
    method: all.optional("method", text) ?? SILENT.method,
    mode: choice("mode"),
    credentials: choice("credentials"),
    redirect: choice("redirect"),
    headers: (all.optional("headers", pairs) ?? []).map(([name, value]) => [scalar(...name), scalar(...value)]),
    body: choice("body"),
    referrer_policy: choice("referrerPolicy"),
    cache: choice("cache"),
    integrity: all.optional("integrity", text),
    keepalive: all.optional("keepalive", boolean),
  };
}

function readServer(top, url) {
  const single = top.has("preflight") || top.has("response");
  if (!top.has("server")) {
    return single ? [hopOf(top, url ? originAt(url) : "null")] : [];
  }
  if (single) refuse("", "two-forms");
  return top.read("server", items).map(([given, path]) => {
    const hop = members(given, path, ["at", "preflight", "response"], ["at"]);
    const at = originAt(hop.read("at", address));
    return at === "null" ? refuse(`${path}.at`, "opaque-origin") : hopOf(hop, at);
  });
}

const hopOf = (hop, at) => {
  const preflight = hop.optional("preflight", readAnswer);
  return { at, preflight, response: hop.optional("response", readAnswer) };
};

function readAnswer(given, path) {
  const answer = members(given, path, ["status", "headers"], ["status"]);
  const status = answer.read("status", (value, path) => (Number.isInteger(value) ? value : refuse(path)));
  if (status < 200 || status > 599) refuse(`${path}.status`, "invalid-status");
  return { status, header_list: (answer.optional("headers", pairs) ?? []).map(readHeader) };
}

function readHeader([name, value]) {
  let written = scalar(...value);
  // What is no byte goes out in UTF-8.
  if (!is_a_byte_string(written)) {
    written = percent_decode(encodeURIComponent(written.replace(/\p{Cs}/gu, "?")));
  }
  written = normalize_a_header_value(written);
  const called = scalar(...name);
  if (!is_a_byte_string(called) || !is_a_header_name(called)) refuse(name[1], "invalid-header");
  if (!is_a_header_value(written)) refuse(value[1], "invalid-header");
  return [called, written];
}

const refuse = (path, code) => {
  throw new Refusal(path, code);
};
const isMapping = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const below = (path, name) => (path ? `${path}.${name}` : name);
const text = (value, path) => (typeof value === "string" ? value : refuse(path));
const boolean = (value, path) => (typeof value === "boolean" ? value : refuse(path));
const scalar = (value, path) =>
  typeof value === "boolean" || Number.isInteger(value) ? String(value) : text(value, path);
const oneOf = (known) => (value, path) => (known.includes(value) ? value : refuse(path));
const items = (value, path) =>
  Array.isArray(value) ? value.map((item, place) => [item, `${path}[${place}]`]) : refuse(path);
const address = (value, path) => parse_url(text(value, path)) ?? refuse(path, "invalid-url");

/** The members of a mapping by name; those that are null count as left out. */
function members(given, path, known, required) {
  if (!isMapping(given)) refuse(path);
  const found = new Map(Object.entries(given));
  for (const name of found.keys()) if (!known.includes(name)) refuse(below(path, name), "unknown-member");
  const has = (name) => (found.get(name) ?? null) !== null;
  const read = (name, as) => as(found.get(name), below(path, name));
  for (const name of required) if (!has(name)) refuse(below(path, name), "missing-member");
  return { has, read, optional: (name, as) => (has(name) ? read(name, as) : null) };
}

/** Names with their values, each with its path: a mapping, or a list of pairs. */
function pairs(given, path) {
  if (isMapping(given)) {
    return Object.entries(given).map(([name, value]) => [[name, below(path, name)], [value, below(path, name)]]);
  }
  const found = items(given, path).map((item) => items(...item));
  found.forEach((pair, place) => pair.length === 2 || refuse(`${path}[${place}]`));
  return found;
}

