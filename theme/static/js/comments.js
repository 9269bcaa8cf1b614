// Comments by Giscus, once the reader has asked for them.

const ORIGIN = "https://giscus.app";
const section = document.querySelector(".comments");
const button = section.querySelector("button");
const status = section.querySelector("[role=status]");
const root = document.documentElement;

/** The colours that the reader has chosen here, or those of their device. */
const theme = () => root.dataset.theme ?? "preferred_color_scheme";

function load() {
  status.textContent = status.dataset.loading;
  status.classList.remove("unseen");
  const script = document.createElement("script");
  Object.assign(script.dataset, button.dataset, { theme: theme() });
  script.crossOrigin = "anonymous";
  script.addEventListener("load", () => {
    status.textContent = "";
    // The keyboard goes on where the button was.
    section.querySelector("iframe")?.focus({ preventScroll: true });
  });
  script.addEventListener("error", () => {
    status.textContent = status.dataset.failed;
    script.remove();
    ask.hidden = false;
  });
  script.src = `${ORIGIN}/client.js`;
  ask.hidden = true;
  section.append(script);
}

/** Who changes the colours of the page changes those of the comments. */
function follow() {
  const frame = section.querySelector("iframe");
  frame?.contentWindow.postMessage({ giscus: { setConfig: { theme: theme() } } }, ORIGIN);
}

const ask = section.querySelector(".ask");
button.addEventListener("click", load);
new MutationObserver(follow).observe(root, { attributeFilter: ["data-theme"] });
// Who comes back from signing in at GitHub has asked before.
if (new URLSearchParams(location.search).has("giscus")) load();
