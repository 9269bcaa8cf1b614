"""JSON lines: a line that holds a scenario → the line that holds its verdict, or the error that stands in its way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NoReturn

from .any_scenario import judge
from .located_values import Located
from .scenario import ScenarioError

if TYPE_CHECKING:
    from collections.abc import Iterator

# What an error is about where there are no members yet.
WHOLE = Located(None)


def judge_line(line: bytes) -> tuple[str, bool]:
    """Judge the scenario of one line, in UTF-8.

    Comes back with its verdict as one line of JSON in ASCII, without a line feed, and True; or with
    `{"error": {"code", "message", "path"}}` and False, where the line cannot be read or its `expect` does not hold.
    """
    try:
        verdict = judge(_mapping(read_json(_decoded(line)))).as_json()
    except ScenarioError as error:
        shown = {"code": error.code, "message": error.message, "path": error.member}
        return json.dumps({"error": shown}), False
    return json.dumps(verdict, allow_nan=False), True


def read_json(text: str) -> object:
    """Read JSON as RFC 8259 has it, and no more: no NaN, no name twice in one object.

    Raises ScenarioError with the code invalid-json or, at the path of the name, repeated-member.
    """
    repeats: list[_Repeated] = []

    def members(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            name = next(name for at, name in enumerate(names) if name in names[:at])
            repeats.append(_Repeated())
            found[name] = repeats[-1]
        return found

    try:
        value = json.loads(text, object_pairs_hook=members, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        _refuse(f"{error.msg}, at column {error.colno}")
    except RecursionError:
        _refuse("it is nested too deeply")
    except ValueError:  # int() has a limit of its own
        _refuse("it has a number with too many digits")
    if repeats:
        twice = next(place for place in _all_places(Located(value)) if isinstance(place.value, _Repeated))
        twice.refuse("repeated-member", "this name stands twice, and readers differ in which one they take")
    return value


class _Repeated:
    """What stands in place of a member whose name is there twice."""


def _decoded(line: bytes) -> str:
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        WHOLE.refuse("not-utf-8", f"the line is not UTF-8: its byte {error.start + 1} cannot be read")
    if not text.strip():
        _refuse("the line is empty")
    return text


def _mapping(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        Located(value).refuse("invalid-value", "a scenario has to be an object, with members such as page and request")
    return value


def _refuse(reason: str) -> NoReturn:
    WHOLE.refuse("invalid-json", f"this is no JSON: {reason}")


def _refuse_constant(name: str) -> NoReturn:
    _refuse(f"{name} is no number of JSON")


def _all_places(whole: Located) -> Iterator[Located]:
    # A list of its own instead of recursion: what is nested deeply enough to read may be too deep to walk.
    waiting = [whole]
    while waiting:
        place = waiting.pop()
        yield place
        if isinstance(place.value, dict):
            waiting += [value for _, value in place.pairs()]
        elif isinstance(place.value, list):
            waiting += place.items()
