"""What printed rules need of JavaScript besides each other: each piece stands in a print that uses it."""

from __future__ import annotations

# Each entry of a trace has the members of a Step: its name, its value, and the arguments that its rule was given.
STEPS = """\
const $steps = (rule, given, trace) => (number, value) => {
  trace?.push({ step: `${rule}#${number}`, value, given });
  return value;
};
"""

ASSERT = """\
const $assert = (holds, rule) => {
  if (!holds) throw new Error(`${rule}: assertion`);
};
"""

# Where Python raises IndexError, JavaScript by itself would go on with undefined.
ITEM = """\
const $item = (list, index) => {
  if (index >= 0 && index < list.length) return list[index];
  throw new RangeError(`no item ${index}`);
};
"""

LAST = """\
const $last = (list) => $item(list, list.length - 1);
"""

# Neither language's counting from the end is meant.
SLICE = """\
const $slice = (list, from, to = list.length) => {
  if (from >= 0 && to >= 0) return list.slice(from, to);
  throw new RangeError(`no slice ${from}, ${to}`);
};
"""

# A text as Python counts it, by code points: itself where it has no surrogates.
POINTS = """\
const $points = (text) => (/[\\ud800-\\udfff]/.test(text) ? [...text] : text);
"""

PART = """\
const $part = (text, from, to) => {
  const part = $slice($points(text), from, to);
  return part.join?.("") ?? part;
};
"""

INT = """\
const $int = (digits) => {
  const number = /^[0-9]+$/.test(digits) ? +digits : NaN;
  if (Number.isSafeInteger(number)) return number;
  throw new RangeError(`no exact number ${digits}`);
};
"""


def runtime_for(functions: list[str]) -> list[str]:
    """Give the pieces that printed functions use, and those that these pieces use."""
    text = "".join(functions)
    found: list[str] = []
    # A piece stands here after those that use it.
    for mark, piece in (
        ("$steps(", STEPS),
        ("$assert(", ASSERT),
        ("$int(", INT),
        ("$last(", LAST),
        ("$item(", ITEM),
        ("$part(", PART),
        ("$slice(", SLICE),
        ("$points(", POINTS),
    ):
        if mark in text:
            found.append(piece)
            text += piece
    return found
