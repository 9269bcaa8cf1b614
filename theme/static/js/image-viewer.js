// Images that open large: a link to the image's file, which opens it over the page where script runs.

const viewer = document.querySelector(".image-viewer");
const caption = viewer.querySelector("p");

function open(event) {
  // Who asks for a new tab or a download gets it.
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const shown = event.currentTarget.querySelector("img");
  const image = new Image();
  image.alt = shown.alt;
  image.src = event.currentTarget.href;
  caption.before(image);
  caption.textContent = shown.alt;
  viewer.showModal();
}

for (const link of document.querySelectorAll(".image-link")) link.addEventListener("click", open);
// A press anywhere closes it, and so does Escape; the focus goes back to the link by itself.
viewer.addEventListener("click", () => viewer.close());
viewer.addEventListener("close", () => viewer.querySelector("img").remove());
