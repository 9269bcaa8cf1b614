// The element site-search: finds while one types, keeps the query in the address, and can be used by keyboard alone.

// A screen reader hears how much was found when the typing rests, not with each letter.
const REST = 500;

class SiteSearch extends HTMLElement {
  #source; // A promise of [what searches, what it searches].
  #words;
  #input;
  #list;
  #status;
  #turn = 0;
  #rest;

  connectedCallback() {
    if (this.#input) return;
    this.#words = JSON.parse(this.dataset.words);
    this.#input = this.querySelector("input");
    this.#list = this.querySelector("ol");
    this.#status = this.querySelector("[role=status]");
    this.#source = this.#open();
    this.#source.catch(() => this.#say(this.#words.unreachable));
    this.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#links[0]?.click();
    });
    this.#input.addEventListener("input", (event) => this.#find(event.isComposing));
    this.#input.addEventListener("compositionend", () => this.#find());
    // Who comes back from a result finds what they had typed, however fast they went.
    this.#list.addEventListener("click", () => this.#keepQuery(this.#input.value.trim()));
    this.addEventListener("keydown", (event) => this.#move(event));
    document.addEventListener("keydown", (event) => this.#focus(event));
    addEventListener("popstate", () => this.#takeQuery());
    this.#takeQuery();
    // Once the page is drawn: to focus something earlier makes the browser lay out all of it at once, in one go with this.
    if (!this.#input.value) requestAnimationFrame(() => this.#input.focus({ preventScroll: true }));
  }

  async #open() {
    const source = await import(`./search-${this.dataset.with}.js`);
    return [source, await source.open(this.dataset.index)];
  }

  #takeQuery() {
    this.#input.value = new URLSearchParams(location.search).get("q") ?? this.#input.value;
    if (this.#input.value) this.#find();
  }

  async #find(isComposing = false) {
    const turn = ++this.#turn;
    const query = this.#input.value;
    let found;
    try {
      const [source, texts] = await this.#source;
      found = await source.search(texts, query);
      if (turn !== this.#turn) return;
      // Half a syllable on its way to being a whole one (섭 before 서버) need not be in any text.
      if (isComposing && !found.length) return;
      this.#list.replaceChildren(...found.map(resultOf));
      this.#tell(source.wordsOf(query).length ? (found.total ?? found.length) : null, found.length, query.trim());
    } catch {
      this.#say(this.#words.unreachable);
    }
  }

  /** Says how much was found: at once to the eye, later to the ear. count: null where nothing was asked. shown: of it. */
  #tell(count, shown, query) {
    let words = "";
    if (count === 0) words = this.#words.nothing.replace("{query}", () => query);
    else if (count !== null) {
      const form = new Intl.PluralRules(this.#language).select(count);
      const written = (number) => new Intl.NumberFormat(this.#language).format(number);
      const all = this.#words.found[form] ?? this.#words.found.other;
      words = (shown < count ? this.#words.first : all)
        .replace("{count}", written(count))
        .replace("{shown}", written(shown));
    }
    this.querySelector('[data-slot="count"]').textContent = words;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#status.textContent = words;
      this.#keepQuery(query);
    }, REST);
  }

  #say(words) {
    this.querySelector('[data-slot="count"]').textContent = words;
    this.#status.textContent = words;
  }

  /** Puts the query into the address without a step in the history. */
  #keepQuery(query) {
    const address = new URL(location);
    if (query) address.searchParams.set("q", query);
    else address.searchParams.delete("q");
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  }

  /** The slash leads into the field from anywhere, unless something is being typed. */
  #focus(event) {
    const { target } = event;
    const isTyping = target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.nodeName);
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
    event.preventDefault();
    this.#input.focus();
    this.#input.select();
  }

  /** Arrows go through the field and the results; Escape leads back to the field. */
  #move(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const stops = [this.#input, ...this.#links];
    const at = stops.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Escape: 0 }[event.key];
    // In the field, Escape empties it as in any other.
    if (at < 0 || to === undefined || !stops[to] || to === at) return;
    event.preventDefault();
    stops[to].focus();
  }

  get #links() {
    return [...this.#list.querySelectorAll("a")];
  }

  get #language() {
    return this.closest("[lang]").lang;
  }
}

function resultOf({ url, title, places }) {
  const item = document.createElement("li");
  const heading = document.createElement("h2");
  heading.append(link(url, title));
  item.append(heading);
  for (const place of places) {
    const paragraph = document.createElement("p");
    if (place.heading.length) {
      paragraph.append(link(place.url, place.heading), " ");
    }
    paragraph.append(...nodesOf(place.snippet));
    item.append(paragraph);
  }
  return item;
}

function link(url, pieces) {
  const made = document.createElement("a");
  made.href = url;
  made.append(...nodesOf(pieces));
  return made;
}

function nodesOf(pieces) {
  return pieces.map(([text, isMarked]) => {
    if (!isMarked) return text;
    const mark = document.createElement("mark");
    mark.textContent = text;
    return mark;
  });
}

customElements.define("site-search", SiteSearch);
