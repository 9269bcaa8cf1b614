// Runs one experiment from an opaque origin, and tells the page that framed this what came of it.
"use strict";

(() => {
  // Anyone may frame this file. Outside a sandbox it would act in the name of the site, so there it does nothing.
  if (self.origin !== "null") return;

  const { nonce, does, crossorigin, request } = JSON.parse(decodeURIComponent(location.hash.slice(1)));
  // Only a page at the address of this file hears of it; a page's message has no other origin to go by than null.
  const tell = (message) => parent.postMessage({ nonce, ...message }, location.origin);
  // A new address for each run: what a cache holds has been sent for another request.
  const fresh = (name) => new URL(`${name}?${nonce}`, location.href).href;

  const told = (error) => `${error.name}: ${error.message}`;
  const event = (target) =>
    new Promise((resolve, reject) => {
      target.onload = resolve;
      target.onerror = () => reject({ name: "event", message: "error" });
    });
  const read = (what) => ({ result: "readable", detail: what });

  async function drawn() {
    const image = new Image();
    if (crossorigin) image.crossOrigin = "anonymous";
    const loaded = event(image);
    image.src = fresh("image.svg");
    await loaded;
    const context = document.createElement("canvas").getContext("2d");
    context.drawImage(image, 0, 0);
    return openly(() => `pixel ${context.getImageData(0, 0, 1, 1).data.join(" ")}`);
  }

  async function styled() {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    if (crossorigin) link.crossOrigin = "anonymous";
    const loaded = event(link);
    link.href = fresh("style.css");
    document.head.append(link);
    await loaded;
    return openly(() => link.sheet.cssRules[0].cssText);
  }

  /** What is there, but may not be read, is opaque. */
  function openly(look) {
    try {
      return read(look());
    } catch (error) {
      return { result: "opaque", detail: told(error) };
    }
  }

  async function scripted() {
    const script = document.createElement("script");
    script.type = "module";
    const loaded = event(script);
    script.src = fresh("module.js");
    document.head.append(script);
    await loaded;
    if (!self.experimentRan) throw new Error("it did not run");
    return read("event: load");
  }

  async function fetched() {
    const response = await fetch(fresh("target.txt"), request);
    const detail = `type ${response.type}, status ${response.status}`;
    if (response.type === "opaque") return { result: "opaque", detail };
    await response.text();
    return read(detail);
  }

  const opened = (asked) =>
    new Promise((resolve, reject) => {
      asked.onsuccess = () => resolve(read(""));
      asked.onerror = () => reject(asked.error);
    });

  const experiments = {
    fetch: fetched,
    image: drawn,
    stylesheet: styled,
    module: scripted,
    import: async () => read(Object.keys(await import(fresh("module.js"))).join() || "it ran"),
    font: async () => read(`status ${(await new FontFace("Experiment", `url(${fresh("font.ttf")})`).load()).status}`),
    localStorage: async () => read(`${localStorage.length} keys`),
    IndexedDB: () => opened(indexedDB.open("experiment")),
    caches: async () => (self.caches ? read(`${(await caches.keys()).length} caches`) : { missing: "caches" }),
  };

  async function run() {
    try {
      return await experiments[does]();
    } catch (error) {
      return { result: "blocked", detail: told(error) };
    }
  }

  // A policy's violation is reported after what it has stopped; so that it is heard first, the outcome waits a little.
  addEventListener("securitypolicyviolation", ({ effectiveDirective }) => tell({ forbidden: effectiveDirective }));
  tell({ started: true });
  run().then((outcome) => setTimeout(tell, 100, outcome));
})();
