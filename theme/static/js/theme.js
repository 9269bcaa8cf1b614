// Light or dark: the reader's setting, or what they have chosen here. It runs before the page is drawn, so that a page
// never shows in one and then turns to the other.

(() => {
  const CHOSEN = "theme";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      return localStorage.getItem(CHOSEN);
    } catch {
      return null; // A browser may keep nothing.
    }
  }

  function keep(theme) {
    try {
      if (theme) localStorage.setItem(CHOSEN, theme);
      else localStorage.removeItem(CHOSEN);
    } catch {
      // Then it lasts as long as the page.
    }
  }

  /** Show a theme, "light" or "dark"; null follows the reader's setting. */
  function show(theme) {
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
      const own = (meta.dataset.media ??= meta.media);
      // What the browser paints around the page: the colour of the chosen theme counts always, the other never.
      if (theme) meta.media = own.includes(theme) ? "all" : "not all";
      else meta.media = own;
    }
  }

  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const known = (theme) => (theme === "light" || theme === "dark" ? theme : null);
  show(known(chosen()));

  addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector(".theme");
    if (!button) return;
    const tell = () => button.setAttribute("aria-pressed", String(isDark()));
    button.addEventListener("click", () => {
      const wanted = isDark() ? "light" : "dark";
      // Who goes back to what their device says wants to follow it again.
      const theme = wanted === (dark.matches ? "dark" : "light") ? null : wanted;
      show(theme);
      keep(theme);
      tell();
    });
    dark.addEventListener("change", tell);
    // Another tab of the site has changed it.
    addEventListener("storage", (event) => {
      if (event.key !== CHOSEN) return;
      show(known(event.newValue));
      tell();
    });
    tell();
    button.hidden = false;
  });
})();
