"""The body of an origin-compare fence: YAML text → the values that its author wrote, and every problem in its form.

Its keys: `a`, an address or null; `b`, another, or a list of those that are to be compared with it; `expect`, what the
author says of the two, or of each in the list, in a list or once for all; `ask`, whether readers are asked first; and,
beside two addresses, `a_domain` and `b_domain`, what their pages have set document.domain to.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from pelican_cors_series.problems import Place, Problem, nearest, problem
from pelican_cors_series.yaml_mapping import Entry, Value, YamlError, read_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KIND = "origin-compare"
ADDRESSES = ("a", "b")
DOMAINS = ("a_domain", "b_domain")
LISTS = ("b", "expect")
RELATIONS = ("same-origin", "same-site", "schemelessly-same-site", "cross-site")

_EXAMPLES = {
    "a": "https://shop.example:443/cart",
    "b": "https://www.shop.example/",
    "a_domain": "shop.example",
    "b_domain": "shop.example",
    "expect": "same-origin",
    "ask": "true",
}
# More than anyone reads.
MOST = 20


def read_fence(kind: str, source: str, opening: Place) -> tuple[dict[str, Value], list[Problem]]:
    """Return the values of a fence by their keys, and everything that is wrong with its form.

    kind: the fence's name. source: its body. opening: the place of the line that opens it; the body begins in the
    line after it and, like it, at its column. A value that has a problem is left out.
    """
    try:
        entries = read_mapping(source)
    except YamlError as error:
        place = within(opening, error.line, error.column)
        code = "fence-no-mapping" if error.is_yaml else "fence-yaml"
        return {}, [problem(code, place, kind=kind, reason=error.reason, found=error.reason)]
    problems = [found for entry in entries for found in _problems(kind, entry, opening)]
    written = {entry.key for entry in entries}
    missing = (key for key in ADDRESSES if key not in written)
    problems += [problem("fence-missing-key", opening, kind=kind, key=key, example=_EXAMPLES[key]) for key in missing]
    good = {entry.key: entry.value for entry in entries if not any(_problems(kind, entry, opening))}
    return good, [*problems, *_misfits(good, opening)]


def each_of(value: Value) -> tuple[Value, ...]:
    """Return the members of a list, or the one value that it is."""
    return value.members or (value,)


def asks(value: Value | None) -> bool:
    """Tell whether `ask` says that readers are to be asked first."""
    return value is not None and value.text == "true"


def within(opening: Place, line: int, column: int) -> Place:
    """Return the place in the file of a line and a column (from 1) of the body of the fence opened at `opening`."""
    return Place(opening.path, opening.line + line, opening.column + column - 1)


def _problems(kind: str, entry: Entry, opening: Place) -> Iterator[Problem]:
    key_place = within(opening, entry.line, entry.column)
    if entry.key not in _EXAMPLES:
        suggestion = nearest(entry.key, _EXAMPLES, f"its keys are {', '.join(_EXAMPLES)}")
        yield problem("fence-unknown-key", key_place, kind=kind, key=entry.key, suggestion=suggestion)
    elif entry.first is not None:
        yield problem("repeated-key", key_place, key=entry.key, first=opening.line + entry.first)
    else:
        for value in each_of(entry.value) if entry.key in LISTS else (entry.value,):
            if wanted := _wanted(entry.key, value):
                place = within(opening, value.line, value.column)
                found, example = _found(entry.key, value), _example(entry.key, value)
                yield problem("wrong-type", place, key=entry.key, found=found, wanted=wanted, example=example)


def _misfits(values: Mapping[str, Value], opening: Place) -> Iterator[Problem]:
    """Yield what does not fit together: lists of different lengths, and what only two addresses can have."""
    count = len(each_of(values["b"])) if "b" in values else 1
    expected = values.get("expect")
    if expected is not None and expected.members and len(expected.members) != count:
        place = within(opening, expected.line, expected.column)
        found, wanted = f"a list of {len(expected.members)}", f"one relation, or a list of {count} as b has"
        yield problem("wrong-type", place, key="expect", found=found, wanted=wanted, example=_EXAMPLES["expect"])
    if count > MOST:
        place = within(opening, values["b"].line, values["b"].column)
        found, wanted = f"a list of {count}", f"an address, or a list of {MOST} at most"
        yield problem("wrong-type", place, key="b", found=found, wanted=wanted, example=_EXAMPLES["b"])
    for key in DOMAINS:
        if key in values and count > 1:
            place = within(opening, values[key].line, values[key].column)
            wanted = "left out where b is a list"
            yield problem("wrong-type", place, key=key, found=f"“{values[key].text}”", wanted=wanted, example="…")


def _wanted(key: str, value: Value) -> str:
    """Return what the value must be where it is not that, else ""."""
    text = value.text is not None and value.found == "text"
    if key == "expect":
        return "" if text and value.text in RELATIONS else f"one of {', '.join(RELATIONS)}"
    if key in DOMAINS:
        return "" if text else "the host that document.domain was set to"
    if key == "ask":
        return "" if value.text in ("true", "false") and value.found != "text" else "true or false"
    # A value left out is a slip of the author's; an opaque origin is asked for by name.
    return "" if text or (value.is_null and value.text) else "an address, null for an opaque origin, or a list of them"


def _found(key: str, value: Value) -> str:
    return f"“{value.text}”" if key in ("expect", "ask") and value.text else value.found


def _example(key: str, value: Value) -> str:
    near = difflib.get_close_matches(value.text or "", RELATIONS, n=1) if key == "expect" else []
    return near[0] if near else _EXAMPLES[key]
