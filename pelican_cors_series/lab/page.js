// The page of the lab: takes its scenarios from the server in batches, runs them, and posts what came of each.
"use strict";

const bodies = {
  text: () => "text",
  urlencoded: () => new URLSearchParams({ a: "1" }),
  "form-data": () => {
    const form = new FormData();
    form.append("a", "1");
    return form;
  },
  "json-blob": () => new Blob(["{}"], { type: "application/json" }),
  blob: () => new Blob(["blob"]),
  bytes: () => new Uint8Array([1, 2, 3]),
};

const rest = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function run({ mark, url, init, body, patience }) {
  const controller = new AbortController();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    controller.abort();
  }, patience);
  const result = { mark, outcome: "network-error", status: null, headers: [], message: null };
  try {
    // The signal stands in the Request: handed to fetch() it would reset the referrer policy.
    const options = { ...init, signal: controller.signal };
    if (body !== null) options.body = bodies[body]();
    let request;
    try {
      request = new Request(url, options);
    } catch (error) {
      return { ...result, outcome: "constructor-error", message: String(error) };
    }
    try {
      const response = await fetch(request);
      result.outcome = response.type;
      result.status = response.status;
      result.headers = [...new Set(response.headers.keys())].sort();
      // A body that is read to its end leaves its connection to the next request.
      await response.arrayBuffer().catch(() => null);
    } catch (error) {
      result.message = String(error);
      if (late) result.outcome = "no-answer";
    }
    return result;
  } finally {
    clearTimeout(timer);
    // An opaque response keeps its connection until it is told to let go.
    controller.abort();
  }
}

async function runAll(tasks, atOnce, results) {
  const waiting = [...tasks];
  const worker = async () => {
    while (waiting.length > 0) results.push(await run(waiting.shift()));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

// Where consoles are read the lines between two of these belong to one scenario, and come a moment after it.
async function runAloud(tasks, pause, results) {
  for (const task of tasks) {
    console.info(`[lab begin ${task.mark}]`);
    results.push(await run(task));
    await rest(pause);
    console.info(`[lab end ${task.mark}]`);
    await rest(pause);
  }
}

async function work(control) {
  let results = [];
  for (;;) {
    const response = await fetch(control, { method: "POST", body: JSON.stringify(results), cache: "no-store" });
    const { tasks, at_once: atOnce, pause, go } = await response.json();
    if (go !== undefined) return go;
    results = [];
    if (pause === null) await runAll(tasks, atOnce, results);
    else await runAloud(tasks, pause, results);
  }
}

const { control, frame } = document.currentScript.dataset;
const go = (address) => {
  if (address !== null) location.replace(address);
};
if (frame === undefined) {
  work(control).then((address) => (window === top ? go(address) : parent.postMessage(address, "*")));
} else {
  window.addEventListener("message", ({ data }) => go(data));
  const sandbox = document.createElement("iframe");
  sandbox.sandbox = "allow-scripts";
  sandbox.src = frame;
  document.documentElement.append(sandbox);
}
