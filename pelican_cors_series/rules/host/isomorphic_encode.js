// https://infra.spec.whatwg.org/#isomorphic-encode
export function isomorphic_encode(text) {
  return Array.from(text, (character) => character.codePointAt(0));
}
