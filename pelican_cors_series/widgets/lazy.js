// When an element comes to life: as it comes into view, or at once where the address names it.
import { stateIsOf } from "./state.js";

/** Calls back once, when a widget is about to be seen or a link leads to a state of it. */
export function whenNeeded(widget, start) {
  const named = () => stateIsOf(widget) && go();
  const view = new IntersectionObserver((entries) => entries.at(-1).isIntersecting && go(), {
    rootMargin: "50%",
  });
  const go = () => {
    view.disconnect();
    removeEventListener("hashchange", named);
    start();
  };
  view.observe(widget);
  addEventListener("hashchange", named);
  named();
}
