// The site's own search: the JSON of a language's texts → what is found in them. Korean joins words into one
// (웹서버), so a word is found wherever its letters stand; upper and lower case are one.

// What counts first is how many of the words stand in the title, then how many in headings, then how often in the text.
const TITLE = 10_000;
const HEADING = 100;
const MOST_IN_TEXT = 99;
const PLACES = 3;
const BEFORE = 40;
const SNIPPET = 170;

/** A text in lower case, each letter where it was: a case that changes its length (İ) would move what follows. */
const folded = (text) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** Fetches and prepares the texts; the answer is what search() takes. */
export async function open(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status}`);
  return prepared(await response.json());
}

/** The texts with each piece in the form in which it is compared, too. */
export function prepared(texts) {
  return texts.map(([url, title, sections]) => ({
    url,
    title,
    inTitle: folded(title),
    sections: sections.map(([id, heading, text]) => ({
      id,
      heading,
      text,
      inHeading: folded(heading),
      inText: folded(text),
    })),
  }));
}

/** The words of a query, each once, as they are compared. */
export function wordsOf(query) {
  return [...new Set(folded(query.normalize("NFC")).split(/\s+/).filter(Boolean))];
}

/**
 * What has all the words, the likeliest first: [{url, title, places: [{url, heading, snippet}]}]. title, heading and
 * snippet are pieces, [text, whether it was looked for].
 */
export function search(texts, query) {
  const words = wordsOf(query);
  if (!words.length) return [];
  const found = [];
  for (const text of texts) {
    const scored = text.sections.map((section) => ({ section, ...scoreOf(section, words) }));
    const everywhere = words.every((word) => text.inTitle.includes(word) || scored.some(({ has }) => has.has(word)));
    if (!everywhere) continue;
    const best = scored.filter(({ score }) => score).sort((a, b) => b.score - a.score);
    const inTitle = words.filter((word) => text.inTitle.includes(word)).length;
    const inHeadings = words.filter((word) => best.some(({ section }) => section.inHeading.includes(word))).length;
    const inText = best.reduce((sum, { times }) => sum + times, 0);
    found.push({ text, best, score: TITLE * inTitle + HEADING * inHeadings + Math.min(MOST_IN_TEXT, inText) });
  }
  found.sort((a, b) => b.score - a.score);
  return found.map(({ text, best }) => ({
    url: text.url,
    title: marked(text.title, text.inTitle, words),
    places: best.slice(0, PLACES).map(({ section }) => ({
      url: section.id ? `${text.url}#${encodeURIComponent(section.id)}` : text.url,
      heading: marked(section.heading, section.inHeading, words),
      snippet: snippetOf(section, words),
    })),
  }));
}

/** Which of the words a section has, how often, and how well it answers: each word counts for more than repetitions. */
function scoreOf(section, words) {
  const has = new Set();
  let [score, times] = [0, 0];
  for (const word of words) {
    const isInHeading = section.inHeading.includes(word);
    const count = section.inText.split(word).length - 1;
    if (!isInHeading && !count) continue;
    has.add(word);
    times += count;
    score += (isInHeading ? HEADING : 0) + 10 + Math.min(9, count);
  }
  return { has, times, score };
}

/** A text in pieces, [text, whether it is one of the words]; overlapping words are one. */
function marked(text, compared, words) {
  const at = [];
  for (const word of words) {
    for (let from = compared.indexOf(word); from >= 0; from = compared.indexOf(word, from + word.length)) {
      at.push([from, from + word.length]);
    }
  }
  at.sort((a, b) => a[0] - b[0]);
  const pieces = [];
  let end = 0;
  for (const [from, to] of at) {
    if (to <= end) continue;
    const begin = Math.max(from, end);
    if (begin > end) pieces.push([text.slice(end, begin), false]);
    pieces.push([text.slice(begin, to), true]);
    end = to;
  }
  if (end < text.length) pieces.push([text.slice(end), false]);
  return pieces;
}

/** A stretch of a section around the first of the words, cut between words. */
function snippetOf({ text, inText }, words) {
  const places = words.map((word) => inText.indexOf(word)).filter((place) => place >= 0);
  const first = places.length ? Math.min(...places) : 0;
  let start = first > BEFORE ? inText.indexOf(" ", first - BEFORE) + 1 : 0;
  if (start === 0 && first > BEFORE) start = first - BEFORE;
  if (start > first) start = first;
  const cut = text.length > start + SNIPPET ? text.lastIndexOf(" ", start + SNIPPET) : text.length;
  const end = cut > first ? cut : Math.min(text.length, start + SNIPPET);
  const pieces = marked(text.slice(start, end), inText.slice(start, end), words);
  return [...(start > 0 ? [["… ", false]] : []), ...pieces, ...(end < text.length ? [[" …", false]] : [])];
}
