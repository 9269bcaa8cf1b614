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
  const isUpgraded = await until(() => widget.querySelector("input, button, select, textarea, [data-slot=edit]"));
  const verdict = isUpgraded ? await VERDICTS[widget.localName]?.(widget) : undefined;
  return { name: widget.localName, isUpgraded, verdict: verdict ?? null };
}

function type(field, text) {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

async function settled(found, expected) {
  await until(() => found() === expected);
  return found();
}

// What an element says once something was done with it, by its name.
const VERDICTS = {
  async "origin-compare"(widget) {
    const [first, ...others] = widget.querySelectorAll("input");
    if (!first) return null;
    type(first, "https://one.example/");
    type(others.at(-1), "https://one.example:443/two");
    return settled(() => [...widget.querySelectorAll("[data-relation]")].at(-1)?.dataset.relation, "same-origin");
  },
  async "cors-exchange"(widget) {
    const button = () => widget.querySelector("[data-slot=change] button");
    button()?.click();
    return settled(() => widget.dataset.result, "readable");
  },
  async "predict-first"(widget) {
    widget.querySelector(`[data-choice="${widget.dataset.answer}"] button`).click();
    return settled(() => widget.dataset.result, "right");
  },
  async "cors-doctor"(widget) {
    const message =
      "Access to fetch at 'https://api.example/' from origin 'https://app.example' has been blocked by CORS policy: " +
      "No 'Access-Control-Allow-Origin' header is present on the requested resource.";
    type(widget.querySelector("textarea"), message);
    const change = () => widget.querySelector("[data-slot=change] code")?.textContent;
    return settled(change, "Access-Control-Allow-Origin: https://app.example");
  },
  async "site-search"(widget) {
    type(widget.querySelector("input"), "preflight");
    return settled(() => Boolean(widget.querySelector(".results > li a")), true);
  },
};

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
