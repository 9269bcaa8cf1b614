// The element predict-first: makes the choices before a folded-away verdict into buttons, and says who was right.
import { element } from "./nodes.js";

customElements.define(
  "predict-first",
  class extends HTMLElement {
    connectedCallback() {
      const [choices, feedback, answer] = ["choices", "feedback", "answer"].map((slot) =>
        this.querySelector(`:scope > [data-slot="${slot}"]`),
      );
      for (const item of choices.querySelectorAll("li:not(:has(button))")) {
        const button = element("button", { type: "button", "aria-pressed": "false" }, item.textContent);
        button.addEventListener("click", () => {
          const isRight = item.dataset.choice === this.dataset.answer;
          choices.querySelectorAll("button").forEach((each) => (each.ariaPressed = `${each === button}`));
          this.dataset.result = isRight ? "right" : "wrong";
          feedback.textContent = isRight ? this.dataset.right : this.dataset.wrong;
          answer.open = true;
        });
        item.replaceChildren(button);
      }
    }
  },
);
