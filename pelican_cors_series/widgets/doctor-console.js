// Lines of a browser's console → which message they are, and the weakest scenarios that make a browser write it.

// Longer than any message: what is longer is no line of one
const LONGEST_LINE = 6_000;
const MOST_LINES = 400;
const ONE_WORD = new Set(["url", "first_url", "previous_url", "origin", "sent_origin", "method", "status", "port"]);
const ADDRESSES = ["page", "url", "first_url", "previous_url", "location"];
// A message that more causes share than a reader can try tells nothing by itself.
const MOST_CAUSES = 8;
// A line that was broken on its way here is looked for in one piece, unless one of its pieces tells as much.
const TELLING = 4;

// What browsers call a request that no fetch() has made; the messages are the same but for that.
const INITIATORS = [
  [/Access to [\w -]{1,40} at '/, "Access to fetch at '"],
  [/\b(XMLHttpRequest|EventSource|Image|Font|Script|Stylesheet) cannot load /i, "Fetch API cannot load "],
  [/Cross-Origin Request Blocked: ?The Same Origin Policy/, "Cross-Origin Request Blocked: The Same Origin Policy"],
];
const EXCEPTIONS = /\b(Failed to fetch|NetworkError when attempting to fetch resource|Load failed|Network Error)\b/;

/** The line with one kind of quotation marks, as the patterns have it. */
const plain = (line) =>
  INITIATORS.reduce(
    (text, [way, usual]) => text.replace(way, usual),
    line.replace(/[‘’`]/g, "'").replace(/[“”]/g, '"').trim(),
  );

/** The facts that a line names by a pattern; null where it is another line. What stands around it is no matter. */
function factsIn(line, { parts, names }) {
  let at = line.indexOf(parts[0]);
  if (at < 0) return null;
  at += parts[0].length;
  const facts = new Map();
  for (const [place, name] of names.entries()) {
    const part = parts[place + 1];
    const last = place === names.length - 1;
    const end = !last ? line.indexOf(part, at) : part ? line.lastIndexOf(part) : line.length;
    if (end < at) return null;
    const value = line.slice(at, end);
    if (ONE_WORD.has(name) && value.includes(" ")) return null;
    facts.set(name, value);
    at = end + part.length;
  }
  return facts;
}

function best(line, patterns) {
  let found = null;
  for (const [place, pattern] of patterns.entries()) {
    if (found && pattern.weight <= found.weight) continue;
    const facts = factsIn(line, pattern);
    if (facts) found = { place, facts, weight: pattern.weight, line };
  }
  return found;
}

/**
 * What the lines prove: null where none is a message of a browser, else the line that tells most, how many other
 * errors there are, and the cases, the likeliest first: each a browser, a step and a scenario. No cases where the
 * message has too many causes.
 */
export function readConsole(text, { patterns, cases }) {
  const lines = text.split("\n", MOST_LINES).filter((line) => line.length < LONGEST_LINE);
  const whole = text.length < LONGEST_LINE ? [text.replace(/\s+/g, " ")] : [];
  const find = (given) => given.map((line) => best(plain(line), patterns)).filter(Boolean);
  const known = (each) => cases.filter((it) => it.lines.includes(each.place));
  const causes = (each) => new Set(known(each).map(({ step }) => step)).size;
  const found = find(lines);
  if (!found.some((each) => causes(each) <= TELLING)) found.push(...find(whole));
  if (!found.length) return EXCEPTIONS.test(text) ? { exception: true, cases: [], others: 0 } : null;
  const main = found.reduce((best, each) => (causes(each) < causes(best) ? each : best));
  const together = found.filter((each) => !contradict(each.facts, main.facts));
  const fitting = narrowed(known(main), new Set(together.map(({ place }) => place)));
  const others = found.filter((each) => contradict(each.facts, main.facts)).length;
  if (new Set(fitting.map(({ step }) => step)).size > MOST_CAUSES) return { line: main.line, cases: [], others };
  const facts = new Map([...together.flatMap((each) => [...each.facts]), ...main.facts]);
  return { line: main.line, facts, others, cases: fitting.map((it) => ({ ...it, scenario: instance(it, facts) })) };
}

const contradict = (one, other) => one.has("url") && other.has("url") && one.get("url") !== other.get("url");

/**
 * The cases in which all the lines stand, those first in which no other stands besides, then those whose step mostly
 * says this, and of these the ones that say least.
 */
function narrowed(all, places) {
  let left = all;
  for (const place of places) {
    const together = left.filter((it) => it.lines.includes(place));
    if (together.length) left = together;
  }
  const exact = left.filter((it) => it.lines.length === places.size);
  // Of several lines somebody has copied all; a line alone may have been picked.
  if (exact.length && places.size > 1) left = exact;
  const size = ({ scenario }) => JSON.stringify(scenario).length;
  // Most of what people bring here is about CORS.
  const mostly = ({ share, step }) => Math.round(Math.log2(share) + (step.startsWith("cors_") ? 3 : 0));
  return left.toSorted((a, b) => a.lines.length - b.lines.length || mostly(b) - mostly(a) || size(a) - size(b));
}

/** The origin of the page; the one that was sent is the page's too, unless it is null, as after some redirects. */
export function originIn(facts) {
  const sent = facts.get("sent_origin");
  return facts.get("origin") ?? (sent === "null" ? undefined : sent);
}

/** The scenario of a case with what the lines name in the place of what the recorded ones named. */
function instance({ scenario, facts: recorded, preflight }, facts) {
  const instead = new Map();
  const put = (before, after) => instead.has(before) || instead.set(before, after);
  for (const [name, before] of Object.entries(recorded)) {
    const after = facts.get(name);
    if (after === undefined) continue;
    put(before.toLowerCase(), after);
    if (ADDRESSES.includes(name) && URL.canParse(before) && URL.canParse(after)) {
      put(new URL(before).origin, new URL(after).origin);
    }
    if (name.endsWith("origin") && after !== "null") put(`${before.toLowerCase()}/`, `${after}/`);
  }
  const filled = (value) => {
    if (typeof value === "string") return instead.get(value.toLowerCase()) ?? value;
    if (Array.isArray(value)) return value.map(filled);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, filled(item)]));
  };
  const made = filled(scenario);
  const origin = originIn(facts);
  if (origin !== undefined) {
    made.sandboxed = origin === "null";
    if (URL.canParse(origin)) made.page = facts.get("page") ?? `${origin}/`;
  }
  // Where nothing was sent the recording needs no server; whoever tries again does.
  if (!made.server.length && /^https?:/.test(made.request.url)) made.server.push({});
  // The servers of a chain of redirects as far as the lines name them.
  const [first, last] = [made.server[0], made.server.at(-1)];
  if (first && URL.canParse(made.request.url)) first.at = new URL(made.request.url).origin;
  if (last !== first && URL.canParse(facts.get("url"))) {
    last.at = new URL(facts.get("url")).origin;
    const headers = made.server.at(-2).response?.headers ?? [];
    const location = headers.find(([name]) => name.toLowerCase() === "location");
    if (location) location[1] = facts.get("url");
  }
  const status = Number(facts.get("status"));
  const answers = made.server.map((hop) => hop[preflight ? "preflight" : "response"]).filter(Boolean);
  if (answers.length && status >= 200 && status <= 599) answers.at(-1).status = status;
  return made;
}
