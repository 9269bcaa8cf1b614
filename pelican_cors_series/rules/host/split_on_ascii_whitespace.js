// https://infra.spec.whatwg.org/#split-on-ascii-whitespace
export function split_on_ascii_whitespace(text) {
  return text.match(/[^\t\n\f\r ]+/g) ?? [];
}
