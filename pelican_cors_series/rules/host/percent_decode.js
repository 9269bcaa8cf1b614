// https://url.spec.whatwg.org/#string-percent-decode
export function percent_decode(text) {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
}
