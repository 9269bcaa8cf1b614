// A HAR file, or the headers that Firefox copies as JSON → the exchanges in it, as messages.

const MOST_ENTRIES = 2_000;

const list = (value) => (Array.isArray(value) ? value : []);
const text = (value) => (typeof value === "string" ? value : "");
const pairs = (headers) =>
  list(headers)
    .filter((each) => typeof each?.name === "string" && typeof each?.value === "string" && !each.name.startsWith(":"))
    .map(({ name, value }) => [name, value]);

/** The entries of a HAR: {url, method, request, response, page, error}; null for what is no HAR. */
export function readHar(given) {
  const entries = given?.log?.entries;
  if (!Array.isArray(entries)) return null;
  const pages = new Map(list(given.log.pages).map((page) => [page?.id, text(page?.title)]));
  return entries
    .slice(0, MOST_ENTRIES)
    .filter((entry) => /^https?:\/\/[^/]/.test(text(entry?.request?.url)))
    .map((entry) => ({
      url: entry.request.url,
      method: text(entry.request.method).toUpperCase() || "GET",
      request: pairs(entry.request.headers),
      status: Number.isInteger(entry.response?.status) ? entry.response.status : 0,
      response: pairs(entry.response?.headers),
      page: pages.get(entry.pageref) ?? "",
      error: text(entry.response?._error ?? entry._error),
      hasBody: Boolean(entry.request.postData),
    }));
}

/** The headers that Firefox copies with “Copy All”, as messages; null for other JSON. */
export function readCopied(given) {
  const sections = Object.entries(given ?? {}).map(([name, value]) => [name, pairs(value?.headers)]);
  const of = (word) => sections.find(([name, headers]) => name.startsWith(word) && headers.length)?.[1];
  const [asked, answered] = [of("Request Headers"), of("Response Headers")];
  if (!asked && !answered) return null;
  const whole = Object.values(given).find((value) => text(value?.url) || text(value?.scheme));
  return [
    ...(asked ? [{ kind: "request", method: "GET", target: null, url: text(whole?.url) || undefined, headers: asked }] : []),
    ...(answered ? [{ kind: "response", status: null, headers: answered }] : []),
  ];
}
