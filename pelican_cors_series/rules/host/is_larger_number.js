// Runs of ASCII digits of any length, as numbers.
export function is_larger_number(digits, other) {
  return BigInt(digits) > BigInt(other);
}
