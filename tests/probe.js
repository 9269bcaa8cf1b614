// Wakes every widget of a page, as a reader who scrolls would, and tells the test what came of each.
const problems = [];
addEventListener("error", (event) => problems.push(`error: ${event.message}`));
addEventListener("unhandledrejection", (event) => problems.push(`rejection: ${event.reason}`));
addEventListener("securitypolicyviolation", (event) => problems.push(`policy: ${event.violatedDirective}`));

const PATIENCE = 15_000;
const rest = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function until(condition) {
  const start = performance.now();
  while (!condition() && performance.now() - start < PATIENCE) await rest(50);
  return Boolean(condition());
}

async function wake(widget) {
  for (let around = widget; (around = around.parentElement?.closest("details")); ) around.open = true;
  widget.scrollIntoView();
  const isUpgraded = await until(() => widget.querySelector("input, button, select, textarea"));
  return { name: widget.localName, isUpgraded, verdict: await verdictOf(widget) };
}

/** What a comparison says once its last address is made that of the first. */
async function verdictOf(widget) {
  const [first, ...others] = widget.localName === "origin-compare" ? widget.querySelectorAll("input") : [];
  if (!first) return null;
  first.value = "https://one.example/";
  others.at(-1).value = "https://one.example:443/two";
  for (const input of [first, others.at(-1)]) input.dispatchEvent(new Event("input", { bubbles: true }));
  const last = () => [...widget.querySelectorAll("[data-relation]")].at(-1)?.dataset.relation;
  await until(() => last() === "same-origin");
  return last();
}

async function report() {
  const found = [...document.querySelectorAll("main *")].filter((each) => customElements.get(each.localName));
  const widgets = [];
  for (const widget of found) widgets.push(await wake(widget));
  await rest(500);
  const body = JSON.stringify({ page: location.pathname, widgets, problems });
  const { next } = await (await fetch("/probe/report", { method: "POST", body })).json();
  if (next) location.assign(next);
}

addEventListener("load", report);
