// Running an experiment: what the host of this page sends is read first, then a sandboxed frame does what it is about.

import { element } from "./nodes.js";

/** Why an experiment did not run: `message` is a key of the words, `values` what it names in braces. */
export class ExperimentError extends Error {
  constructor(key, values = {}) {
    super(key);
    this.values = values;
  }
}

const ORIGIN = "Access-Control-Allow-Origin";
const CREDENTIALS = "Access-Control-Allow-Credentials";
// How long after its loading, in milliseconds, a frame may be silent.
const GRACE = 1000;
// Longer than any error of a browser.
const LONGEST_DETAIL = 300;
const RESULTS = ["readable", "opaque", "blocked"];

/**
 * Asks the host of this page for the file of an experiment, as a page of its own origin may: what the host sends with
 * it, and, where the frame's request has a preflight, what it answers to OPTIONS. Comes back with the name that
 * experiment_hosts.py has for such a host, and the lines to show; null where the experiment asks for no file.
 */
export async function ask(page, { file, asksMethod, asksHeaders }, signal) {
  if (!file) return null;
  const answer = async (method) => {
    try {
      return await fetch(new URL(file, page), { method, cache: "no-store", signal });
    } catch (error) {
      throw new ExperimentError("no_host", { detail: error.name });
    }
  };
  const sent = await answer("HEAD");
  if (!sent.ok) throw new ExperimentError("no_host", { detail: sent.status });
  const value = sent.headers.get("Cross-Origin-Resource-Policy");
  if (value === "same-origin" || value === "same-site") throw new ExperimentError("corp", { value });
  const lines = [ORIGIN, CREDENTIALS].filter((name) => sent.headers.has(name));
  const host = { name: named(sent), lines: lines.map((name) => `${name}: ${sent.headers.get(name)}`) };
  if (asksMethod === undefined) return host;
  const options = await answer("OPTIONS");
  host.name = `${named(options)}.${allows(options, asksMethod, asksHeaders)}/${host.name}`;
  host.options = String(options.status);
  return host;
}

/** What a host says of origins: any value but * and the frame's own, null, allows somebody else. */
function named({ headers }) {
  const value = headers.get(ORIGIN);
  if (value === null) return "none";
  if (value === "*") return "star";
  if (value !== "null") return "other";
  return headers.get(CREDENTIALS) === "true" ? "null-credentials" : "null";
}

/** Whether an answer to OPTIONS is one that lets a preflight pass, and allows what it asks for. */
function allows(answer, method, names) {
  if (!answer.ok) return "refused.nothing";
  const listed = (header) => (answer.headers.get(header) ?? "").split(",").map((name) => name.trim());
  const methods = listed("Access-Control-Allow-Methods");
  const headers = listed("Access-Control-Allow-Headers").map((name) => name.toLowerCase());
  const asked = [...(method ? [[methods, method]] : []), ...names.split(",").filter(Boolean).map((it) => [headers, it])];
  if (asked.every(([list, name]) => list.includes(name))) return "ok.named";
  return asked.every(([list, name]) => list.includes(name) || list.includes("*")) ? "ok.any" : "ok.nothing";
}

/**
 * Runs an experiment: `page` is the file that is framed, `place` the element that the frame stands in meanwhile.
 * Comes back with what the frame tells: a result, and a detail in the browser's own words.
 */
export async function run(page, place, signal) {
  const { does, crossorigin, request } = place.dataset;
  const nonce = crypto.getRandomValues(new Uint32Array(4)).join("-");
  const given = { nonce, does, crossorigin: crossorigin !== undefined, request: request && JSON.parse(request) };
  const frame = element("iframe", { sandbox: "allow-scripts", "aria-hidden": "true", tabindex: "-1", title: does });
  frame.src = `${page}#${encodeURIComponent(JSON.stringify(given))}`;
  const done = new AbortController();
  try {
    return await new Promise((resolve, reject) => {
      let started = false;
      const fail = (key, values) => reject(new ExperimentError(key, values));
      const end = () => fail(started ? "no_end" : "no_start");
      signal.addEventListener("abort", end, { signal: done.signal });
      const take = ({ source, origin, data }) => {
        // Any window may send this page a message; this one comes from the frame, and answers this run.
        if (source !== frame.contentWindow || origin !== "null" || data?.nonce !== nonce) return;
        started = true;
        if (data.forbidden) fail("forbidden", { directive: String(data.forbidden) });
        else if (data.missing) fail("missing", { name: String(data.missing) });
        else if (RESULTS.includes(data.result)) resolve({ result: data.result, detail: text(data.detail) });
      };
      addEventListener("message", take, { signal: done.signal });
      // A page that the host or the browser forbids to frame loads as well, as an empty one that says nothing.
      frame.addEventListener("load", () => setTimeout(() => started || end(), GRACE));
      if (signal.aborted) end();
      else place.append(frame);
    });
  } finally {
    done.abort();
    frame.remove();
  }
}

const text = (detail) => String(detail ?? "").slice(0, LONGEST_DETAIL);
