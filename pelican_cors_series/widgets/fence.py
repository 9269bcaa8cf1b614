"""The body of an origin-compare fence: YAML text → the values that its author wrote, and every problem in its form."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from pelican_cors_series.problems import Place, Problem, nearest, problem
from pelican_cors_series.yaml_mapping import Entry, Value, YamlError, read_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDRESSES = ("a", "b")
DOMAINS = ("a_domain", "b_domain")
RELATIONS = ("same-origin", "same-site", "schemelessly-same-site", "cross-site")

_EXAMPLES = {
    "a": "https://shop.example:443/cart",
    "b": "https://www.shop.example/",
    "a_domain": "shop.example",
    "b_domain": "shop.example",
    "expect": "same-origin",
}


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
    return good, problems


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
    elif wanted := _wanted(entry.key, entry.value):
        place = within(opening, entry.value.line, entry.value.column)
        found, example = _found(entry.key, entry.value), _example(entry)
        yield problem("wrong-type", place, key=entry.key, found=found, wanted=wanted, example=example)


def _wanted(key: str, value: Value) -> str:
    """Return what the value must be where it is not that, else ""."""
    text = value.text is not None and value.found == "text"
    if key == "expect":
        return "" if text and value.text in RELATIONS else f"one of {', '.join(RELATIONS)}"
    if key in DOMAINS:
        return "" if text else "the host that document.domain was set to"
    # A value left out is a slip of the author's; an opaque origin is asked for by name.
    return "" if text or (value.is_null and value.text) else "an address, or null for an opaque origin"


def _found(key: str, value: Value) -> str:
    return f"“{value.text}”" if key == "expect" and value.text else value.found


def _example(entry: Entry) -> str:
    near = difflib.get_close_matches(entry.value.text or "", RELATIONS, n=1) if entry.key == "expect" else []
    return near[0] if near else _EXAMPLES[entry.key]
