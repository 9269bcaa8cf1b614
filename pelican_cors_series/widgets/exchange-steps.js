// The steps that led to a verdict, as the cors-exchange widget lists them when someone unfolds them.
import { ruleOf, stepLine, tree } from "./exchange.js";

/** The items of the steps worth showing, up to the one that has settled it; `words` are those of the steps. */
export function viewOfSteps({ steps, decidedBy }, words) {
  const seen = new Set(); // A redirect brings the same turns again: once is enough to read.
  const items = [];
  for (const step of steps.slice(0, steps.indexOf(decidedBy) + 1)) {
    const values = words.turns[step.step];
    const inShort = words.short.includes(ruleOf(step)) && step.given === decidedBy.given;
    if (step !== decidedBy && !inShort && values !== null && !values?.includes(step.value)) continue;
    const line = stepLine(step, words);
    const key = `${step.step} ${line[0].textContent}`;
    if (!seen.has(key)) items.push(tree("li", {}, ...line));
    seen.add(key);
  }
  return items;
}
