// https://webidl.spec.whatwg.org/#js-ByteString
export function is_a_byte_string(text) {
  return !/[^\0-\xff]/.test(text);
}
