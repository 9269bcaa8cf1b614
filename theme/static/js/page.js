// What a page does for its reader where script runs: it offers their language, keeps their place when they change it,
// marks the section that they are reading, and copies its address.

const CHOSEN = "language-chosen";

/** Whether the reader has once answered an offer, or taken another language. A browser may keep nothing: then not. */
function hasChosen() {
  try {
    return localStorage.getItem(CHOSEN) !== null;
  } catch {
    return false;
  }
}

function remember(code) {
  try {
    localStorage.setItem(CHOSEN, code);
  } catch {
    // The next page asks again.
  }
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
  if (!offer || hasChosen()) return;
  offer.hidden = false;
  offer.querySelector("button").addEventListener("click", () => {
    remember(own);
    offer.hidden = true;
  });
}

/** The same page in another language has the same sections: a reader goes on where they are. */
function keepPlace() {
  for (const link of document.querySelectorAll(".languages a, .offer a")) {
    link.addEventListener("click", () => {
      remember(link.hreflang);
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

offerLanguage();
keepPlace();
followReading();
copyAddress();
