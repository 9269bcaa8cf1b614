// The page that a reader's own browser is shown: asks for a run, shows what came of it, and says that it is there.
"use strict";

const main = document.querySelector("main");
const result = document.getElementById("result");
const again = document.getElementById("again");
// How often the page says that it is there, in milliseconds: while a run is under way, and at rest.
const [SOON, AT_REST] = [250, 10_000];
let runs = Number(main.dataset.runs);
let running = false;
let timer;
let turn = 0;

async function say(what) {
  const response = await fetch(what, { method: "POST", cache: "no-store" });
  return response.json();
}

async function run() {
  running = true;
  again.disabled = true;
  main.dataset.state = "running";
  const { frame } = await say("run");
  const place = document.createElement("iframe");
  place.src = frame;
  place.hidden = true;
  document.querySelector("iframe")?.remove();
  document.body.append(place);
}

async function show() {
  const page = await (await fetch(location.href, { cache: "no-store" })).text();
  const { documentElement } = new DOMParser().parseFromString(page, "text/html");
  result.replaceChildren(...documentElement.querySelector("#result").childNodes);
  main.dataset.state = "done";
  running = false;
  again.disabled = false;
}

async function beat() {
  clearTimeout(timer);
  const mine = ++turn;
  try {
    const found = await say("beat");
    if (found.runs > runs) {
      runs = found.runs;
      await show();
    }
    // A click may have begun another round of beats in the meantime.
    if (mine === turn) timer = setTimeout(beat, running ? SOON : AT_REST);
  } catch {
    again.disabled = true;
    document.getElementById("over").hidden = false;
  }
}

async function runAndWatch() {
  try {
    await run();
  } catch {
    // The lab has ended: the beat says so.
  }
  await beat();
}

again.hidden = false;
again.addEventListener("click", runAndWatch);
addEventListener("pagehide", () => navigator.sendBeacon("gone"));
addEventListener("pageshow", ({ persisted }) => persisted && beat());
if (runs === 0) runAndWatch();
else beat();
