// Making nodes, as every element of a widget does.

/** A new element with attributes, and nodes or texts in it; markup in a text stays text. */
export function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}
