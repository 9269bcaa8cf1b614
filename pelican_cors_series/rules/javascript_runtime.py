"""What printed rules need of JavaScript besides each other: each piece stands in a print that uses it."""

from __future__ import annotations

import re

# Each entry of a trace has the members of a Step: its name, its value, and the arguments that its rule was given.
RULE = """\
// The trace that steps go to, and how one of the rule that runs now goes to it.
let $trace, $record;

// Makes a rule of its name, the names of its arguments, and what it does. It takes a trace after its arguments.
const $rule = (signature, run) => {
  const [rule, ...names] = signature.split(" ");
  return (...values) => {
    const trace = values[names.length] ?? $trace;
    if (!trace) return run(...values);
    const before = [$trace, $record];
    $trace = trace;
    const given = Object.fromEntries(names.map((name, place) => [name, values[place]]));
    $record = (number, value) => trace.push({ step: `${rule}#${number}`, value, given });
    try {
      return run(...values);
    } finally {
      [$trace, $record] = before;
    }
  };
};
"""

STEP = """\
// Records what a step came to.
const $step = (number, value) => {
  $record?.(number, value);
  return value;
};
"""

# The twin of numbering.number_after.
NEXT = """\
// Records what a step came to; each rule keeps the number of its last one.
const $step = (number, value) => {
  $record?.(($record.last = number), value);
  return value;
};

// The next number at a depth, or one `further`: 2.1 after 2, 3 after 2.1.
const $after = (number, depth, further) => {
  const parts = [...number.split("."), "0"].slice(0, depth);
  const last = parts.pop().replace(/\\w+/, (it) => +it + further || String.fromCharCode(it.charCodeAt() + further));
  return [...parts, last].join(".");
};

// Record a step whose number follows from that of the last one.
const $numbers = {};
const [$step1, $step2, $step3, $step4] = [1, 2, 3, 4].map((depth) => (value, further = 1) => {
  if (!$record) return value;
  const last = $record.last ?? "0";
  return $step(($numbers[`${last} ${depth} ${further}`] ??= $after(last, depth, further)), value);
});
"""

ASSERT = """\
const $assert = (holds) => {
  if (!holds) throw new Error("assertion");
};
"""

# Where Python raises IndexError, JavaScript by itself would go on with undefined.
ITEM = """\
const $item = (list, index) => {
  $assert(index >= 0 && index < list.length);
  return list[index];
};
"""

LAST = """\
const $last = (list) => $item(list, list.length - 1);
"""

# Neither language's counting from the end is meant.
SLICE = """\
const $slice = (list, from, to) => {
  $assert(from >= 0 && !(to < 0));
  return list.slice(from, to);
};
"""

# A text as Python counts it, by code points: itself where it has no surrogates.
POINTS = """\
const $points = (text) => (/[\\ud800-\\udfff]/.test(text) ? [...text] : text);
"""

PART = """\
const $part = (text, from, to) => [...$slice($points(text), from, to)].join("");
"""

INT = """\
const $int = (digits) => {
  $assert(/^[0-9]+$/.test(digits) && Number.isSafeInteger(+digits));
  return +digits;
};
"""


# What a piece is used as.
PIECES = (
    ("$rule(", RULE),
    ("$int(", INT),
    ("$last(", LAST),
    ("$item(", ITEM),
    ("$part(", PART),
    ("$slice(", SLICE),
    ("$points(", POINTS),
    ("$assert(", ASSERT),
)


def runtime_for(functions: list[str]) -> list[str]:
    """Give the pieces that printed functions use, and those that these pieces use."""
    text = "".join(functions)
    found: list[str] = []
    # A piece stands here after those that use it.
    for mark, piece in PIECES:
        if mark in text:
            found.append(piece)
            text += piece
    if re.search(r"\$step\d\(", text):
        found.append(NEXT)
    elif "$step(" in text:
        found.append(STEP)
    return found
