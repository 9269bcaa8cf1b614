"""What the printer refuses of statements and of the steps' numbers: where it stands, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example_rule import is_refused

if TYPE_CHECKING:
    from pathlib import Path

# Signature and body, the line and column within them, and a part of the message.
REFUSED = {
    "while with a number": ("(a: int) -> int", "while a:\n        return a\n    return a", 2, 11, "takes a boolean"),
    "while else": (
        "(a: bool) -> int",
        "while a:\n        return 1\n    else:\n        return 0",
        2,
        5,
        "While",
    ),
    "after while True": ("(a: int) -> int", "while True:\n        x = a\n    return x", 4, 5, "nothing leads here"),
    "after break": (
        "(a: list[int]) -> int",
        "for x in a:\n        break\n        return x\n    return 0",
        4,
        9,
        "nothing leads here",
    ),
    "unassigned at a break": (
        "(a: list[int]) -> int",
        "while True:\n        if len(a) == 0:\n            break\n        x = 1\n        break\n    return x",
        7,
        12,
        "may have no value",
    ),
    "member of a frozen record": (
        "(a: Url) -> Url",
        "a.path = ''\n    return a",
        2,
        5,
        "Url has no member path that can",
    ),
    "member that there is not": ("(a: Shelf) -> Shelf", "a.pathh = ''\n    return a", 2, 5, "no member pathh"),
    "member of a call": ("(a: Shelf) -> Shelf", "example(a).name = ''\n    return a", 2, 5, "that has a name"),
    "record found before the call": (
        "(a: Shelf, b: Shelf) -> str",
        "if a.next is None:\n        return ''\n    a.next.name = example(a, b)\n    a.next = b\n    return ''",
        4,
        19,
        "before this call",
    ),
    "narrowing lost by another name": (
        "(a: Shelf, b: Shelf) -> str",
        "if a.label is None:\n        return ''\n    b.label = None\n    return f'{a.label}'",
        5,
        15,
        "str | None",
    ),
    "narrowing lost in a call": (
        "(a: Shelf) -> str",
        "if a.label is None:\n        return ''\n    clear(a)\n    return f'{a.label}'",
        5,
        15,
        "str | None",
    ),
    "narrowing lost at continue": (
        "(a: Shelf) -> str",
        (
            "if a.label is None:\n        return ''\n    for x in a.words:\n        a.label = None\n        continue\n"
            "    return f'{a.label}'"
        ),
        7,
        15,
        "str | None",
    ),
    "narrowing lost at break": (
        "(a: Shelf) -> str",
        (
            "if a.label is None:\n        return ''\n    while not a.full:\n        a.label = None\n        break\n"
            "    return f'{a.label}'"
        ),
        7,
        15,
        "str | None",
    ),
    "narrowing lost in a test": (
        "(a: Shelf) -> str",
        "if a.label is not None and clear(a) is None:\n        return f'{a.label}'\n    return ''",
        3,
        19,
        "str | None",
    ),
    "append to a tuple": ("(a: tuple[int, int]) -> int", "a.append(2)\n    return 1", 2, 5, "append belongs to a list"),
    "append as a value": ("(a: list[int]) -> int", "x = a.append(2)\n    return 1", 2, 9, "append of list[int]"),
    "append to items of no type": (
        "(a: str) -> list[str]",
        "x = []\n    x.append(a)\n    return x",
        3,
        5,
        "as a list of str",
    ),
    "call that changes nothing": ("(a: str) -> str", "ascii_lowercase(a)\n    return a", 2, 5, "for what they change"),
    "text as a statement": ("(a: str) -> str", "x = a\n    'x'\n    return x", 3, 5, "Expr"),
    "three names for two places": (
        "(a: list[tuple[str, int]]) -> int",
        "for x, y, z in a:\n        return 1\n    return 0",
        2,
        9,
        "other places than",
    ),
    "two names for a list": (
        "(a: list[list[int]]) -> int",
        "for x, y in a:\n        return 1\n    return 0",
        2,
        9,
        "other places than",
    ),
    "names within names": (
        "(a: list[tuple[str, int]]) -> int",
        "for x, (y, z) in a:\n        return 1\n    return 0",
        2,
        9,
        "a name for each place",
    ),
    "loop over a set": ("(a: str) -> int", "for x in PRIMES:\n        return x\n    return 0", 2, 14, "frozenset[int]"),
    "raise": ("(a: int) -> int", "raise ValueError", 2, 5, "Raise"),
    "for else": ("(a: list[int]) -> int", "for x in a:\n        return x\n    else:\n        return 0", 2, 5, "For"),
    "for over a text": ("(a: str) -> int", "for x in a:\n        return 1\n    return 0", 2, 14, "has to be a list"),
    "two targets": ("(a: list[int]) -> int", "x, y = a\n    return x", 2, 5, "Assign in this form"),
    "text that grows": ("(a: str) -> str", "x = a\n    x += a\n    return x", 3, 5, "f-string"),
    "list that grows": ("(a: list[str]) -> list[str]", "x = a\n    x += a\n    return x", 3, 5, "[*one, *other]"),
    "item that grows": ("(a: list[int]) -> list[int]", "a[0] += 1\n    return a", 2, 5, "AugAssign"),
    "growing argument": ("(a: int) -> int", "a += 1\n    return a", 2, 5, "keeps its value"),
    "new argument": ("(a: int) -> int", "a = 1\n    return a", 2, 5, "keeps its value"),
    "no return": ("(a: bool) -> int", "if a:\n        return 1", 2, 5, "without a return"),
    "after a return": ("(a: int) -> int", "return a\n    return 1", 3, 5, "nothing leads here"),
    "maybe unassigned": ("(a: bool) -> int", "if a:\n        x = 1\n    return x", 4, 12, "may have no value"),
    "after a loop": ("(a: list[int]) -> int", "for x in a:\n        y = x\n    return x", 4, 12, "may have no value"),
    "narrowing lost": (
        "(a: Url, b: Url) -> str",
        "x = a\n    if x.host is None:\n        return ''\n    x = b\n    return f'{x.host}'",
        6,
        15,
        "str | None",
    ),
    "growing type": (
        "(a: list[int]) -> int",
        "x: list[int] = []\n    y = x\n    for z in a:\n        y = [y]\n    return 1",
        4,
        5,
        "each round",
    ),
    "number on break": (
        "(a: list[int]) -> int",
        "for x in a:\n        break  # 1\n    return 0",
        3,
        16,
        "records nothing",
    ),
    "number on nothing": ("(a: int) -> int", "x = [\n        a,  # 1\n    ]\n    return a", 3, 13, "records nothing"),
    "number twice": ("(a: int) -> int", "x = a  # 1\n    return x  # 1", 3, 15, "stands twice"),
    "number on else": (
        "(a: bool) -> int",
        "if a:\n        return 1\n    else:  # 1\n        return 2",
        4,
        12,
        "records nothing",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_statement_that_may_differ_between_the_languages_is_refused_where_it_stands(
    name: str, tmp_path: Path
) -> None:
    is_refused(tmp_path, *REFUSED[name])
