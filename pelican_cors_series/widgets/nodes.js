// Making nodes, as every element of a widget does.

/** A new element with attributes and a text; markup in the text stays text. */
export function element(name, attributes = {}, text = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}
