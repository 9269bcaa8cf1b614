// The other spelling of a host beyond ASCII.

/** The Unicode spelling of a label that begins with xn--. https://www.rfc-editor.org/rfc/rfc3492#section-6.2 */
export function unicodeLabel(label) {
  try {
    return decoded(label);
  } catch {
    return label; // No parser of a special scheme lets that through.
  }
}

function decoded(label) {
  const [, basic, digits] = /^xn--(?:(.*)-)?(.*)/.exec(label);
  const found = [...(basic ?? "")];
  let [code, place, bias, at] = [128, 0, 72, 0];
  while (at < digits.length) {
    const before = place;
    for (let weight = 1, end = 36; ; end += 36) {
      // Digits are a to z, then 0 to 9; the other way round than parseInt has them.
      const digit = (parseInt(digits[at++], 36) + 26) % 36;
      const least = Math.min(Math.max(end - bias, 1), 26);
      place += digit * weight;
      if (!(digit >= least)) break;
      weight *= 36 - least;
    }
    const length = found.length + 1;
    let delta = Math.floor((place - before) / (before ? 2 : 700));
    delta += Math.floor(delta / length);
    for (bias = 0; delta > 455; bias += 36) delta = Math.floor(delta / 35);
    bias += Math.floor((36 * delta) / (delta + 38));
    code += Math.floor(place / length);
    place %= length;
    found.splice(place++, 0, String.fromCodePoint(code));
  }
  return found.join("");
}
