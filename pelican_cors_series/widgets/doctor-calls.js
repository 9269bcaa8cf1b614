// A copied call of fetch() or a copied curl command → the request that it makes. Nothing of it is run.

const DEEPEST = 20;
const LONGEST_CALL = 200_000;
const UNKNOWN = Symbol("an expression that is no literal");

/** The first call of fetch() in a text: {url, options}, a Map; null where there is none with an address. */
export function readFetch(text) {
  const call = /\bfetch\s*\(/.exec(text);
  if (!call) return null;
  const reader = new Literals(text.slice(call.index + call[0].length, LONGEST_CALL));
  const url = reader.value(0);
  if (typeof url !== "string") return null;
  const options = reader.takes(",") ? reader.value(0) : null;
  return { url, options: options instanceof Map ? options : new Map() };
}

/** JavaScript's literals, as far as a copied call has them; what is none is UNKNOWN. Maps keep every name harmless. */
class Literals {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  skip() {
    const rest = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
    rest.lastIndex = this.at;
    this.at += rest.exec(this.text)[0].length;
  }

  takes(mark) {
    this.skip();
    if (!this.text.startsWith(mark, this.at)) return false;
    this.at += mark.length;
    return true;
  }

  value(depth) {
    this.skip();
    const mark = this.text[this.at];
    if (depth > DEEPEST || mark === undefined) return this.expression();
    const found = mark === "{" ? this.map(depth) : mark === "[" ? this.list(depth) : this.simple(mark);
    this.skip();
    // Whatever goes on, such as "a" + b, is no literal.
    return /[,}\])]|undefined/.test(String(this.text[this.at])) ? found : this.expression();
  }

  simple(mark) {
    if (/["'`]/.test(mark)) return this.string(mark);
    const word = /[\w.+-]+/y;
    word.lastIndex = this.at;
    const found = word.exec(this.text)?.[0];
    if (found === undefined) return this.expression();
    this.at += found.length;
    const known = { null: null, true: true, false: false, undefined: null };
    if (Object.hasOwn(known, found)) return known[found];
    return Number.isFinite(Number(found)) ? Number(found) : UNKNOWN;
  }

  string(quote) {
    let found = "";
    let known = true;
    for (this.at += 1; this.at < this.text.length && this.text[this.at] !== quote; this.at += 1) {
      if (quote === "`" && this.text.startsWith("${", this.at)) known = false;
      if (this.text[this.at] !== "\\") found += this.text[this.at];
      else found += this.escape();
    }
    this.at += 1;
    return known ? found : UNKNOWN;
  }

  escape() {
    const mark = this.text[++this.at] ?? "";
    const code = /(?:u([\da-f]{4})|x([\da-f]{2}))/iy;
    code.lastIndex = this.at;
    const digits = code.exec(this.text);
    if (digits) {
      this.at += digits[0].length - 1;
      return String.fromCharCode(Number.parseInt(digits[1] ?? digits[2], 16));
    }
    return { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", 0: "\0", "\n": "" }[mark] ?? mark;
  }

  map(depth) {
    const found = new Map();
    this.at += 1;
    while (!this.takes("}") && this.at < this.text.length) {
      const name = this.name();
      if (name === null) this.expression();
      else if (this.takes(":")) found.set(name, this.value(depth + 1));
      else found.set(name, this.expression() ?? UNKNOWN);
      if (!this.takes(",") && !this.takes("}")) this.expression();
      else if (this.text[this.at - 1] === "}") break;
    }
    return found;
  }

  name() {
    this.skip();
    if (/["']/.test(this.text[this.at] ?? "")) return this.string(this.text[this.at]);
    const word = /[\w$]+/y;
    word.lastIndex = this.at;
    const found = word.exec(this.text)?.[0] ?? null;
    this.at += found?.length ?? 0;
    return found;
  }

  list(depth) {
    const found = [];
    this.at += 1;
    while (!this.takes("]") && this.at < this.text.length) {
      const before = this.at;
      found.push(this.value(depth + 1));
      this.takes(",");
      if (this.at === before) this.at += 1;
    }
    return found;
  }

  /** Goes on to where an expression ends that is no literal. */
  expression() {
    let depth = 0;
    for (; this.at < this.text.length; this.at += 1) {
      const mark = this.text[this.at];
      if (/["'`]/.test(mark)) {
        this.string(mark);
        this.at -= 1;
      } else if (/[([{]/.test(mark)) depth += 1;
      else if (depth === 0 && /[,)\]}]/.test(mark)) break;
      else if (/[)\]}]/.test(mark)) depth -= 1;
    }
    return UNKNOWN;
  }
}

/** The request of a call: what is not a literal, or not said, is left out. */
export function requestOfCall({ url, options }) {
  const text = (name) => (typeof options.get(name) === "string" ? options.get(name) : undefined);
  const given = options.get("headers");
  const pairs = given instanceof Map ? [...given] : Array.isArray(given) ? given.filter(Array.isArray) : [];
  const headers = pairs
    .map(([name, value]) => [name, value === UNKNOWN ? "…" : value])
    .filter(([name, value]) => typeof name === "string" && ["string", "number", "boolean"].includes(typeof value))
    .map(([name, value]) => [name, String(value)]);
  const sends = options.has("body") && options.get("body") !== null;
  return {
    url,
    method: text("method"),
    mode: text("mode"),
    credentials: text("credentials"),
    redirect: text("redirect"),
    referrer: text("referrer"),
    headers,
    body: sends ? "text" : undefined,
  };
}

// curl's options that take a value and say nothing here.
const WITH_VALUE = /^(?:-[oAuwmxcKTETUbeFr]|--(?:output|max-time|connect-timeout|proxy|cacert|cert|key|resolve|retry|write-out|user|range|interface|cookie-jar|config|upload-file|proxy-user|ciphers|connect-to))$/;
const DATA = /^(?:-d|--data|--data-(?:raw|binary|ascii|urlencode)|--json|-F|--form)$/;

/** The first curl command in a text as a request; null where there is none with an address. */
export function readCurl(text) {
  const command = /(?:^|\n)[ \t]*(?:[$%#>][ \t]*)?curl(?:\.exe)?[ \t]+/.exec(text);
  if (!command) return null;
  const words = wordsOf(text.slice(command.index + command[0].length, LONGEST_CALL));
  const found = { headers: [], url: undefined, method: undefined, body: undefined, preflight: false };
  for (let at = 0; at < words.length; at++) at = option(words, at, found);
  return found.url === undefined ? null : found;
}

function option(words, at, found) {
  const word = words[at];
  const next = words[at + 1] ?? "";
  if (word === "-H" || word === "--header") addHeaderOption(found, next);
  else if (word === "-X" || word === "--request") found.method = next.toUpperCase();
  else if (/^-X./.test(word)) return setMethod(found, word.slice(2), at);
  else if (word === "-I" || word === "--head") return setMethod(found, found.method ?? "HEAD", at);
  else if (word === "-b" || word === "--cookie") found.headers.push(["Cookie", next]);
  else if (word === "-e" || word === "--referer") found.headers.push(["Referer", next]);
  else if (word === "--url") found.url ??= next;
  else if (DATA.test(word)) addData(found, word);
  else if (!WITH_VALUE.test(word)) {
    if (!word.startsWith("-")) found.url ??= word;
    return at;
  }
  return at + 1;
}

const setMethod = (found, method, at) => {
  found.method = method.toUpperCase();
  return at;
};

function addHeaderOption(found, line) {
  const colon = line.indexOf(":");
  if (colon > 0) found.headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
}

function addData(found, word) {
  found.method ??= "POST";
  found.body = "text";
  const type = word === "--json" ? "application/json" : /form|-F/.test(word) ? "multipart/form-data" : null;
  const said = found.headers.some(([name]) => name.toLowerCase() === "content-type");
  // What curl itself sends for -d; a copied command says so with -H where the page has sent something else.
  if (!said) found.headers.push(["Content-Type", type ?? "application/x-www-form-urlencoded"]);
}

/** The words of a command, by the quoting of a POSIX shell or, where it begins so, of cmd.exe. */
function wordsOf(text) {
  const given = /\^"|\^\n/.test(text) ? text.replace(/\^\r?\n/g, " ").replace(/\^(.)/g, "$1") : text;
  const found = [];
  let word = null;
  for (let at = 0; at < given.length; at++) {
    const mark = given[at];
    if (mark === "'" || mark === '"') {
      const dollar = mark === "'" && word?.endsWith("$");
      const [inside, end] = quoted(given, at, mark, dollar);
      word = (dollar ? word.slice(0, -1) : (word ?? "")) + inside;
      at = end;
    } else if (mark === "\\") {
      const next = given[++at] ?? "";
      if (next === "\r") at += 1;
      else if (next !== "\n") word = (word ?? "") + next;
    } else if (/\s/.test(mark)) {
      if (word !== null) found.push(word);
      word = null;
      if (mark === "\n") break;
    } else if (word === null && /[|;&]/.test(mark)) break;
    else word = (word ?? "") + mark;
  }
  return word === null ? found : [...found, word];
}

function quoted(text, start, quote, dollar) {
  let inside = "";
  let at = start + 1;
  for (; at < text.length && text[at] !== quote; at++) {
    const escapes = text[at] === "\\" && (dollar || (quote === '"' && /["\\$`\n]/.test(text[at + 1] ?? "")));
    if (escapes) at += 1;
    inside += text[at] ?? "";
  }
  return [inside, at];
}
