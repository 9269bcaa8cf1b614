// Leads an address in the wrong case, or one of the old blog's, to its page, where the host has no redirects of its own.

const source = document.querySelector("[data-addresses]").dataset.addresses;

/** The address as the table has it: in lower case, and without what a host leaves away. */
function spelled(path) {
  let plain = path;
  try {
    plain = decodeURIComponent(path);
  } catch {
    // What is no encoding stands for itself.
  }
  return plain.normalize("NFC").toLowerCase().replace(/\.html?$/, "");
}

const answer = await fetch(source);
if (answer.ok) {
  const table = await answer.json();
  const asked = spelled(location.pathname);
  // A folder's address has a slash behind it, a text's has none; people write either.
  const bare = asked.replace(/\/$/, "");
  const found = [asked, bare, `${bare}/`].find((each) => Object.hasOwn(table, each));
  const target = found && table[found];
  if (target && target !== location.pathname) location.replace(target + location.search + location.hash);
}
