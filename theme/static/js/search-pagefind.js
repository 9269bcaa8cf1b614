// Search by Pagefind, for a site of very many texts: it says which texts have the words, and search-index.js where in them.

import { prepared, search as within, wordsOf } from "./search-index.js";

const MOST = 20;
const PLACES = 3;
// The heading under which the build hands Pagefind what Korean words end with.
const ENDS = "~ends~";

export { wordsOf };

/** Loads Pagefind; the answer is what search() takes. */
export async function open(address) {
  const pagefind = await import(address);
  await pagefind.init?.();
  return pagefind;
}

/** The first of what Pagefind finds, in its order and in the form of search-index.js, and how many there are. */
export async function search(pagefind, query) {
  // At these Pagefind parts words of a text, but not those of a query.
  const { results } = await pagefind.search(query.normalize("NFC").replace(/[<=>]/g, " ").trim());
  const texts = await Promise.all(results.slice(0, MOST).map((result) => result.data()));
  const found = texts.map((text) => within(prepared([sectioned(text)]), query)[0] ?? likened(text)).filter(Boolean);
  return Object.assign(found, { total: results.length > MOST ? results.length : found.length });
}

/** A text as search-index.js has it: [url, title, [[id, heading, text], …]]. */
function sectioned({ content, meta, anchors }) {
  const words = content.split(" ");
  const marks = [{ id: "", text: meta.title, location: 0 }, ...anchors.filter(({ element }) => element !== "h1")];
  const sections = marks.map(({ id, text, location }, at) => {
    const section = words.slice(location, marks[at + 1]?.location).join(" ");
    // A heading is the beginning of its section; Pagefind ends it with a full stop.
    const rest = section.startsWith(text) ? section.slice(text.length).replace(/^\.?\s*/, "") : section;
    return [id, id && text, rest];
  });
  return [meta.url, meta.title, sections.filter(([id]) => id !== ENDS)];
}

/** A text that has another form of a word (compares for comparing): where, as Pagefind tells it. */
function likened({ meta, sub_results: places }) {
  const inText = places.filter(({ anchor }) => anchor?.id !== ENDS);
  return (
    inText.length && {
      url: meta.url,
      title: [[meta.title, false]],
      places: inText.slice(0, PLACES).map(({ url, title, anchor, excerpt }) => ({
        url,
        heading: anchor ? [[title, false]] : [],
        snippet: piecesOf(excerpt),
      })),
    }
  );
}

/** An excerpt in pieces; it is HTML, in which words that were looked for are marked. */
function piecesOf(excerpt) {
  const { body } = new DOMParser().parseFromString(excerpt, "text/html");
  return [...body.childNodes].map((node) => [node.textContent, node.nodeName === "MARK"]);
}
