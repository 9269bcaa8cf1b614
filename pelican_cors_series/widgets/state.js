// The state of a widget in the address: #KIND-N?name=value&…, so that prose, a chat or a bug report can point at it.

// Longer than any state that a widget writes; what is longer was not written by one.
const LONGEST = 20_000;

/** The name of a widget in addresses: its element, and which of them it is on its page, from 1. */
export function nameOf(widget) {
  const all = [...document.querySelectorAll(widget.localName)];
  return `${widget.localName}-${all.indexOf(widget) + 1}`;
}

/**
 * What the address says of a widget: null where it says nothing, else its values, a URLSearchParams.
 * Throws a RangeError where the text is too long, and a URIError where it is no text that an address can hold.
 */
export function stateOf(widget) {
  const [, ...rest] = location.hash.split("?");
  if (!rest.length || !stateIsOf(widget)) return null;
  const written = rest.join("?");
  if (written.length > LONGEST) throw new RangeError();
  decodeURIComponent(written.replaceAll("+", " ")); // URLSearchParams would put U+FFFD where this throws.
  return new URLSearchParams(written);
}

/** The address of this page with a widget in a state; values: pairs of a name and a text, none for the author's own. */
export function addressWith(widget, values) {
  const address = new URL(location);
  const written = `?${new URLSearchParams(values)}`;
  address.hash = nameOf(widget) + (written[1] ? written : "");
  return address.href;
}

/** Puts a widget's state into the address without a step in the history; the author's own state needs no mention. */
export function keepState(widget, values) {
  if (!values.length && !stateIsOf(widget)) return;
  history.replaceState(history.state, "", values.length ? addressWith(widget, values) : location.pathname + location.search);
}

/** Calls back at once and whenever a link leads to a state of a widget, which is brought into view. */
export function whenStateChanges(widget, show) {
  const look = () => {
    if (!stateIsOf(widget)) return;
    for (let around = widget; (around = around.parentElement.closest("details")); ) around.open = true;
    show();
    widget.scrollIntoView();
  };
  addEventListener("hashchange", look);
  look();
}

/** Whether the address names a widget. */
export const stateIsOf = (widget) => location.hash.split("?")[0] === `#${nameOf(widget)}`;
