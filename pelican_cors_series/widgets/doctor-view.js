// A diagnosis as nodes: the verdict and its reason, what helps, the lines for a server, and how to find out the rest.
import { canBeNamed, fillSnippet } from "./doctor-snippets.js";
import { filled, sentenceOf, stepName, tree, viewOfVerdict } from "./exchange-view.js";
import { element } from "./nodes.js";

/**
 * {answer, rest, said}: what is shown before and after the questions, and what a screen reader is told. also: the other cases of the same message. act:
 * choose(case), link(note).
 */
export function viewOfDiagnosis(it, diagnosis, also, words, act) {
  const { scenario, verdict, remedy, open, policy } = diagnosis;
  const browser = words.browser[it.engine] ?? "";
  const other = it.step && verdict.result !== "blocked";
  const notes = [
    it.engine && !other && filled(words.proof, { browser }),
    it.engine && other && filled(words.otherwise, { browser }),
    it.withoutOrigin && words.without_origin,
    it.inferred && words.inferred,
    open && words.open,
    verdict.result === "readable" && diagnosis.assumed.length && words.readable,
  ].filter(Boolean);
  const shown = viewOfVerdict(scenario, verdict, remedy, words.exchange);
  const then = !open && verdict.wire.at(-1)?.preflight && remedy ? [element("p", { "data-slot": "then" }, words.then)] : [];
  const verdictNodes = open ? shown.filter(({ dataset }) => dataset.slot !== "verdict") : shown;
  const answer = [
    ...notes.map((note) => element("p", { "data-slot": "note" }, note)),
    tree("div", { "data-slot": "answer", "data-result": open ? "open" : verdict.result }, ...verdictNodes, ...then),
    ...alsoNodes(also, words, act),
  ];
  const rest = [
    ...(policy ? serverNodes(policy, words) : []),
    ...commandNodes(diagnosis, it, words),
    linkNode(words, act),
  ];
  const why = open ? words.open : `${words.exchange.outcome[verdict.outcome]} ${sentenceOf(verdict.decidedBy, words.exchange)}`;
  return { answer, rest, said: why };
}

function alsoNodes(also, words, { choose }) {
  if (!also.length) return [];
  const items = also.map((other) => {
    const label = stepName(other.step, words.exchange);
    const button = element("button", { type: "button" }, other.preflight ? `${label} ${words.also_preflight}` : label);
    button.addEventListener("click", () => choose(other));
    return tree("li", {}, button);
  });
  return [tree("div", { "data-slot": "also" }, element("p", {}, words.also), tree("ul", {}, ...items))];
}

function serverNodes(policy, words) {
  const heading = element("p", {}, "");
  heading.append(element("strong", {}, words.snippet));
  if (!canBeNamed(policy)) return [tree("div", { "data-slot": "server" }, heading, element("p", {}, words.unnamed))];
  const select = element("select", { "aria-label": words.snippet });
  for (const { id, name } of words.servers) select.append(element("option", { value: id }, name));
  const code = element("code");
  const docs = element("a", {}, words.docs);
  const security = element("p", {}, words.spring_security);
  const show = () => {
    const server = words.servers.find(({ id }) => id === select.value);
    code.textContent = fillSnippet(server.template, policy);
    docs.href = server.docs;
    security.hidden = server.id !== "spring";
  };
  select.addEventListener("change", show);
  show();
  return [
    tree(
      "div",
      { "data-slot": "server" },
      heading,
      tree("p", { "data-slot": "tools" }, select, copyButton(() => code.textContent, words)),
      tree("pre", { tabindex: "0" }, code),
      security,
      tree("p", {}, words.one_place, " ", docs),
    ),
  ];
}

function copyButton(text, words) {
  const button = element("button", { type: "button" }, words.copy);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = words.copied;
    } catch {
      button.remove(); // Where the browser does not let the page copy, the lines can still be selected.
    }
  });
  return button;
}

/** The commands whose output would say what is not known. */
function commandNodes({ scenario, assumed, verdict }, it, words) {
  const wanted = [
    assumed.includes("preflight") && verdict.wire.some(({ preflight }) => preflight) && preflightCommand(scenario),
    (assumed.includes("response") || it.engine || it.withoutOrigin) && requestCommand(scenario),
  ].filter(Boolean);
  if (!wanted.length) return [];
  return [
    tree(
      "details",
      { "data-slot": "commands" },
      element("summary", {}, words.commands),
      element("p", {}, words.commands_lead),
      ...wanted.map((line) => tree("pre", { tabindex: "0" }, element("code", {}, line))),
    ),
  ];
}

// What stands in single quotes is one word to a shell, whatever it is.
const shellWord = (text) => `'${text.replaceAll("'", "'\\''").replace(/[\0-\x1f]/g, "")}'`;
const originSent = ({ page, sandboxed }) => (sandboxed ? "null" : new URL(page).origin);

function requestCommand(scenario) {
  const { method, url, headers } = scenario.request;
  const sent = [["Origin", originSent(scenario)], ...headers].map(([name, value]) => ` -H ${shellWord(`${name}: ${value}`)}`);
  return `curl -i${method === "GET" ? "" : ` -X ${shellWord(method)}`} ${shellWord(url)}${sent.join("")}`;
}

function preflightCommand(scenario) {
  const { method, url, headers } = scenario.request;
  const names = headers.map(([name]) => name.toLowerCase()).join(",");
  const sent = [
    ["Origin", originSent(scenario)],
    ["Access-Control-Request-Method", method],
    ...(names ? [["Access-Control-Request-Headers", names]] : []),
  ];
  return `curl -i -X OPTIONS ${shellWord(url)}${sent.map((pair) => ` -H ${shellWord(pair.join(": "))}`).join("")}`;
}

function linkNode(words, { link }) {
  const note = element("span");
  const button = element("button", { type: "button" }, words.link);
  button.addEventListener("click", () => link(note));
  return tree("p", { "data-slot": "link" }, button, " ", note);
}
