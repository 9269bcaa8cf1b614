// What curl prints and what a network panel copies → the messages in it, in their order: requests and answers.

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const ASKS = /^([A-Z]{3,12}) (\S+) HTTP\/[\d.]+$/i;
const ANSWERS = /^HTTP\/[\d.]+ (\d{3})\b/i;
const MOST_LINES_OF_HTTP = 4_000;

// Headers that stand in one of the two alone; a list that is copied without a heading is told by them.
const OF_REQUESTS = /^(?:origin|host|referer|user-agent|accept|accept-(?:encoding|language)|cookie|authorization|sec-.*|access-control-request-.*|if-.*|:(?:authority|method|path|scheme))$/;
const OF_ANSWERS = /^(?:access-control-(?:allow|expose|max)-.*|server|set-cookie|vary|etag|age|location|last-modified|cross-origin-.*|timing-allow-origin|x-powered-by|www-authenticate|:status)$/;

// The headings and the first rows of a network panel, in the two languages that browsers' users here have.
const GENERAL = {
  "request url": "url",
  "요청 url": "url",
  "request method": "method",
  "요청 메서드": "method",
  "요청 메소드": "method",
  "status code": "status",
  "상태 코드": "status",
  "referrer policy": "ignored",
  "리퍼러 정책": "ignored",
  "remote address": "ignored",
  "원격 주소": "ignored",
};
const HEADINGS = [
  [/^(?:response headers|응답 헤더)\b/i, "response"],
  [/^(?:request headers|요청 헤더)\b/i, "request"],
  [/^(?:general|일반)$/i, null],
];

/** The messages of a text: {kind, method, target, status, headers, url}. `verbose`: the requests stand there too. */
export function readMessages(text) {
  const lines = text.split("\n", MOST_LINES_OF_HTTP).map((line) => line.replace(/\r$/, "").trimEnd());
  const plain = readPlain(lines);
  if (plain.length) return plain;
  return readPanel(lines);
}

const answer = (status) => ({ kind: "response", status, headers: [] });
const request = (method, target) => ({ kind: "request", method: method.toUpperCase(), target, headers: [] });

/** Messages as they stand on the wire, with or without curl's marks before each line. */
function readPlain(lines) {
  const found = [];
  let open = null;
  for (const whole of lines) {
    const marked = /^[<>] ?/.test(whole);
    if (!marked && /^[*{}] /.test(whole)) continue;
    const line = marked ? whole.replace(/^[<>] ?/, "") : whole.trim();
    const asks = ASKS.exec(line);
    const answers = ANSWERS.exec(line);
    if (asks) found.push((open = request(asks[1], asks[2])));
    else if (answers) found.push((open = { ...answer(Number(answers[1])), tunnel: /connection established/i.test(line) }));
    else if (line === "") open = null;
    else if (open) addLine(open, line);
  }
  return found;
}

function addLine(message, line) {
  const colon = line.indexOf(":", 1);
  const name = line.slice(0, colon);
  if (colon > 0 && TOKEN.test(name.replace(/^:/, ""))) put(message, name, line.slice(colon + 1).trim());
}

function put(message, name, value) {
  const lowered = name.toLowerCase();
  if (lowered === ":method") message.method = value.toUpperCase();
  else if (lowered === ":path") message.target = value;
  else if (lowered === ":scheme") message.scheme = value;
  else if (lowered === ":status") message.status = Number(value);
  else if (lowered === ":authority") message.headers.push(["Host", value]);
  else message.headers.push([name, value]);
}

/** The rows of a network panel: names and values on one line or on two in turn, under headings or without. */
function readPanel(lines) {
  const asked = request("GET", null);
  const answered = answer(null);
  let side = null;
  let rows = 0;
  for (const [name, value, heading] of rowsOf(lines)) {
    if (heading !== undefined) {
      side = heading;
      continue;
    }
    const lowered = name.toLowerCase();
    const general = Object.hasOwn(GENERAL, lowered) ? GENERAL[lowered] : null;
    rows += 1;
    if (general === "url") asked.url = value;
    else if (general === "method") asked.method = value.toUpperCase();
    else if (general === "status") answered.status = Number(/\d{3}/.exec(value)?.[0] ?? "") || null;
    else if (!general) {
      side = OF_ANSWERS.test(lowered) ? "response" : OF_REQUESTS.test(lowered) ? "request" : (side ?? "response");
      put(side === "request" ? asked : answered, name, value);
    }
  }
  const telling = [...asked.headers, ...answered.headers].some(([name]) => isKnown(name.toLowerCase()));
  if (!rows || !(asked.url || telling)) return [];
  const hasRequest = asked.url || asked.target || asked.headers.length;
  const hasAnswer = answered.headers.length || answered.status;
  return [...(hasRequest ? [asked] : []), ...(hasAnswer ? [answered] : [])];
}

const isKnown = (lowered) => OF_REQUESTS.test(lowered) || OF_ANSWERS.test(lowered) || lowered.startsWith("content-");

/** The rows of a panel: [name, value], or [null, null, side] for a heading. */
function rowsOf(lines) {
  const full = lines.map((line) => line.trim()).filter(Boolean);
  const found = [];
  for (let at = 0; at < full.length; at++) {
    const line = full[at];
    const heading = HEADINGS.find(([pattern]) => pattern.test(line));
    const pair = /^(:?[^:]{1,100}):\s*(.*)$/.exec(line);
    if (heading) found.push([null, null, heading[1]]);
    else if (standsAlone(line) && at + 1 < full.length) found.push([line.replace(/:$/, ""), full[++at]]);
    else if (pair && (Object.hasOwn(GENERAL, pair[1].toLowerCase()) || isName(pair[1]))) found.push([pair[1], pair[2]]);
  }
  return found;
}

const isName = (text) => TOKEN.test(text.replace(/^:/, ""));

/** Whether a line is a name whose value stands in the next one. */
function standsAlone(line) {
  const bare = line.replace(/:$/, "");
  const lowered = bare.toLowerCase();
  if (Object.hasOwn(GENERAL, lowered)) return true;
  return isName(bare) && (line.endsWith(":") || isKnown(lowered) || isRow(bare));
}

// A name alone in its line: one of a panel's first rows, or with a hyphen, as most headers have.
const isRow = (bare) => Object.hasOwn(GENERAL, bare.toLowerCase()) || /^[a-z]+(?:-[a-z]+)+$/i.test(bare) || bare === "date";
