// The steps of a comparison in words, fetched when a reader asks for them. The twin of comparison_steps.py.
import { RULES, STEP, STEPS, WITHIN } from "./words.js";

/** The steps that compare the two, each with those before it that ask about one of them alone. */
export function stepLines(trace, serialize) {
  const shown = (value) => (value?.map ? value.map(shown).join(", ") : value?.scheme?.at ? serialize(value) : `${value}`);
  const fill = (template, values) =>
    template.replace(/\{([\w.]+)\}/g, (_, path) => shown(path.split(".").reduce((record, name) => record[name], values)));
  const lines = [];
  const seen = new Set(); // The algorithms ask for the same registrable domain again and again: once is enough to read.
  let within = [];
  for (const { step, value, given } of trace) {
    const choice = STEPS[step];
    const template = choice?.at ? choice : choice?.[value] ?? choice?.else;
    if (!template) continue;
    const sentence = fill(template, { ...given, value });
    const compares = "b" in given;
    const [rule, number] = step.split("#");
    const key = [sentence, step, compares].join();
    if (seen.has(key)) continue;
    seen.add(key);
    const line = { sentence, name: fill(STEP, { rule: RULES[rule][0], number }), spec: RULES[rule][1], within: [] };
    (compares ? lines : within).push(line);
    if (compares) [line.within, within] = [within, []];
  }
  return lines;
}

/** The lines as a list, what stands behind each folded away. element: makes nodes, as nodes.js does. */
export function stepList(trace, serialize, element) {
  const list = (lines) =>
    element(
      "ol",
      {},
      ...lines.map(({ sentence, name, spec, within }) => {
        const item = element("li", {}, element("span", {}, sentence), " ", element("a", { href: spec }, name));
        if (!within[0]) return item;
        item.append(element("details", {}, element("summary", {}, WITHIN), list(within)));
        return item;
      }),
    );
  return list(stepLines(trace, serialize));
}
