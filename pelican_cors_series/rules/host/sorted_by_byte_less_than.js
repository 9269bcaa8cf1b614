// https://infra.spec.whatwg.org/#byte-less-than, on texts that have one code point for each byte.
export function sorted_by_byte_less_than(texts) {
  return [...texts].sort();
}
