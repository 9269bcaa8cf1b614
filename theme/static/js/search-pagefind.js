// Search by Pagefind, for a site of very many texts: what `npx pagefind --site output` has written, in the form of
// search-index.js.

const MOST = 20;
const PLACES = 3;

/** Loads Pagefind; the answer is what search() takes. */
export async function open(address) {
  const pagefind = await import(address);
  await pagefind.init?.();
  return pagefind;
}

/** The words of a query, as search-index.js has it. */
export const wordsOf = (query) => query.normalize("NFC").split(/\s+/).filter(Boolean);

/** What Pagefind finds, its first results alone. */
export async function search(pagefind, query) {
  const { results } = await pagefind.search(query.normalize("NFC"));
  const found = await Promise.all(results.slice(0, MOST).map((result) => result.data()));
  return found.map(({ url, meta, excerpt, sub_results: places }) => ({
    url,
    title: [[meta.title ?? url, false]],
    places: (places?.length ? places : [{ url, title: "", excerpt }]).slice(0, PLACES).map((place) => ({
      url: place.url,
      heading: place.title === meta.title ? [] : [[place.title, false]],
      snippet: piecesOf(place.excerpt),
    })),
  }));
}

/** An excerpt in pieces; it is HTML, in which words that were looked for are marked. */
function piecesOf(excerpt) {
  const { body } = new DOMParser().parseFromString(excerpt, "text/html");
  return [...body.childNodes].map((node) => [node.textContent, node.nodeName === "MARK"]);
}
