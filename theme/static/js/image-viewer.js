// Images that open large: a link to the image's file, which opens it over the page where script runs.

const viewer = document.querySelector(".image-viewer");
const [image, caption] = viewer.querySelectorAll("img, p");

function open(event) {
  // Who asks for a new tab or a download gets it.
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const shown = event.currentTarget.querySelector("img");
  image.src = event.currentTarget.href;
  image.alt = shown.alt;
  caption.textContent = shown.alt;
  viewer.showModal();
}

for (const link of document.querySelectorAll(".image-link")) link.addEventListener("click", open);
// A press anywhere closes it, and so does Escape; the focus goes back to the link by itself.
viewer.addEventListener("click", () => viewer.close());
viewer.addEventListener("close", () => image.removeAttribute("src"));
