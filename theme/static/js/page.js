// What a page does for its reader where script runs: it shows the colours that they have chosen, offers their language,
// keeps their place when they change it, marks the section that they are reading, and copies its address.
//
// It stands in the head and is not deferred: the colours are set before anything is drawn, so that a page never shows in
// light and then turns dark. One file and not two, since each one that is asked for costs more than its bytes.

(() => {
  const LANGUAGE = "language-chosen";
  const THEME = "theme";

  /** What the browser has kept under a name; null where there is nothing, or where it keeps nothing. */
  function kept(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  }

  /** Keep a text under a name; null takes it away. Where the browser keeps nothing, it lasts as long as the page. */
  function keep(name, text) {
    try {
      if (text === null) localStorage.removeItem(name);
      else localStorage.setItem(name, text);
    } catch {
      // The next page asks again.
    }
  }

  const root = document.documentElement;
  const darkSetting = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : darkSetting.matches);

  /** Show a theme, "light" or "dark"; anything else follows the reader's setting. */
  function showTheme(theme) {
    const chosen = theme === "light" || theme === "dark";
    if (chosen) root.dataset.theme = theme;
    else delete root.dataset.theme;
    for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
      const own = (meta.dataset.media ??= meta.media);
      // What the browser paints around the page: the colour of the chosen theme counts always, the other never.
      if (chosen) meta.media = own.includes(theme) ? "all" : "not all";
      else meta.media = own;
    }
  }

  function offerThemes() {
    const button = document.querySelector(".theme");
    if (!button) return;
    const tell = () => button.setAttribute("aria-pressed", String(isDark()));
    button.addEventListener("click", () => {
      const wanted = isDark() ? "light" : "dark";
      // Who goes back to what their device says wants to follow it again.
      const theme = wanted === (darkSetting.matches ? "dark" : "light") ? null : wanted;
      showTheme(theme);
      keep(THEME, theme);
      tell();
    });
    darkSetting.addEventListener("change", tell);
    // Another tab of the site has changed it.
    addEventListener("storage", ({ key, newValue }) => {
      if (key !== THEME) return;
      showTheme(newValue);
      tell();
    });
    tell();
    button.hidden = false;
  }

  /** The first of the reader's languages that the page exists in: "ko" for "ko-KR". */
  function preferred(available) {
    for (const wanted of navigator.languages) {
      for (let tag = wanted; tag; tag = tag.slice(0, Math.max(0, tag.lastIndexOf("-")))) {
        const found = available.find((code) => `${code}-`.toLowerCase().startsWith(`${tag}-`.toLowerCase()));
        if (found) return found;
      }
    }
    return null;
  }

  function offerLanguage() {
    const own = document.documentElement.lang;
    const offers = [...document.querySelectorAll(".offer")];
    const wanted = preferred([own, ...offers.map((offer) => offer.lang)]);
    const offer = offers.find((each) => each.lang === wanted);
    if (!offer || kept(LANGUAGE) !== null) return;
    offer.hidden = false;
    offer.querySelector("button").addEventListener("click", () => {
      keep(LANGUAGE, own);
      offer.hidden = true;
    });
  }

  /** The same page in another language has the same sections: a reader goes on where they are. */
  function keepPlace() {
    for (const link of document.querySelectorAll(".languages a, .offer a")) {
      link.addEventListener("click", () => {
        keep(LANGUAGE, link.hreflang);
        link.hash = location.hash;
      });
    }
  }

  /** Mark in the contents which section is being read: the last one whose heading has come into the upper third. */
  function followReading() {
    const links = new Map();
    for (const link of document.querySelectorAll(".contents a")) {
      const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (heading) links.set(heading, link);
    }
    const passed = new Set();
    const mark = (changes) => {
      for (const change of changes) {
        if (change.isIntersecting) passed.add(change.target);
        else passed.delete(change.target);
      }
      const current = links.get([...links.keys()].findLast((heading) => passed.has(heading)));
      for (const link of links.values()) {
        if (link === current) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      }
      const box = current?.closest(".contents");
      // Where the contents are longer than the screen, they scroll along.
      if (box && box.scrollHeight > box.clientHeight) box.scrollTop = current.offsetTop - box.clientHeight / 2;
    };
    // All that lies above the line counts, however far above: a reader may jump.
    const observer = new IntersectionObserver(mark, { rootMargin: "10000000px 0px -66% 0px" });
    for (const heading of links.keys()) observer.observe(heading);
  }

  function copyAddress() {
    const button = document.querySelector(".share button");
    // A page that is not served over https has no clipboard.
    if (!button || !navigator.clipboard) return;
    const status = button.parentElement.querySelector("[role=status]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      status.textContent = button.dataset.copied;
      setTimeout(() => (status.textContent = ""), 4000);
    });
  }

  showTheme(kept(THEME));
  addEventListener("DOMContentLoaded", () => {
    offerThemes();
    offerLanguage();
    keepPlace();
    followReading();
    copyAddress();
  });
})();
