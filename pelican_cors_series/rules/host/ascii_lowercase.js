// https://infra.spec.whatwg.org/#ascii-lowercase
export function ascii_lowercase(text) {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
