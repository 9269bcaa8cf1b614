"""Where the print declares the names of a rule, and how it makes records."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from both_prints import come_to_the_same
from example_rule import example
from example_shelf import Shelf

from pelican_cors_series.rules.printer import javascript_module

if TYPE_CHECKING:
    from pathlib import Path

# A body over a: int and b: list[int], and the declarations of its print in order.
DECLARED = {
    "a constant": ("x = a\n    return x", ["const x ="]),
    "what changes later": ("x = a\n    x = x + 1\n    return x", ["let x ="]),
    "what a branch has for itself": (
        "if a == 1:\n        x = a + 1\n        return x\n    x = a\n    return x",
        ["const x =", "const x ="],
    ),
    "what two branches give to what follows": (
        "y = a\n    if a == 1:\n        x = 1\n    else:\n        x = 2\n    return x + y",
        ["const y =", "let x;"],
    ),
    "what one branch changes": ("x = a\n    if a == 1:\n        x = 2\n    return x", ["let x ="]),
    "each loop's own": (
        """found: list[int] = []
    for x in b:
        found.append(x)
    for x in b:
        found.append(x)
    return len(found)""",
        ["const found =", "const x of", "const x of"],
    ),
    "a loop's that is read after it": (
        "x = 0\n    for x in b:\n        if x == a:\n            break\n    return x",
        ["let x ="],
    ),
    "what a round keeps for itself": (
        "for x in b:\n        y = x + 1\n        if y == a:\n            return y\n    return 0",
        ["const x of", "const y ="],
    ),
    "what one round hands to the next": (
        "y = 0\n    for x in b:\n        y = y + x\n    return y",
        ["let y =", "const x of"],
    ),
    "places, each loop's own": (
        """for x, y in [(a, 1)]:
        if y == x:
            return y
    for x, y in [(a, 2)]:
        z = y
    x = a
    return x""",
        ["const [x, y] of", "const [x, y] of", "const z =", "const x ="],
    ),
    "a loop's places, of which one is declared before": (
        "y = 0\n    for x, y in [(a, 1)]:\n        if x == 1:\n            break\n    return y",
        ["let y =", "let x;"],
    ),
    "an else that is an if": (
        """if a == 1:
        return 1
    elif a == 2:
        x = 1
    elif a == 3:
        x = 2
    else:
        return 0
    return x""",
        ["let x;"],
    ),
    "a comprehension's own of the same name": (
        "y = len([x for x in b if x == a])\n    x = y\n    return x",
        ["const y =", "const x ="],
    ),
}


@pytest.mark.parametrize("name", DECLARED)
def test_a_name_is_declared_where_its_value_is_needed(name: str, tmp_path: Path) -> None:
    body, declared = DECLARED[name]
    rule = example(tmp_path, f"def example(a: int, b: list[int]) -> int:\n    {body}\n")
    printed = javascript_module([rule]).split("=> {\n", 1)[1]
    assert re.findall(r"(?:let|const) [^=;]+?(?: =| of|;)", printed) == declared


@pytest.mark.parametrize("name", DECLARED)
def test_what_is_declared_so_comes_to_the_same(name: str, tmp_path: Path) -> None:
    calls = [[a, b] for a in (1, 2, 3, 4) for b in ([], [1], [3, 2, 1])]
    come_to_the_same(tmp_path, "(a: int, b: list[int]) -> int", DECLARED[name][0], calls)


def test_a_copy_names_only_what_differs(tmp_path: Path) -> None:
    copy = "return Shelf(f'{a.name}!', a.label, full=a.full, count=a.count, words=[*a.words], next=a.next)"
    rule = example(tmp_path, f"def example(a: Shelf) -> Shelf:\n    {copy}\n")
    assert "return { ...a, name: `${a.name}!`, words: [...a.words] };" in javascript_module([rule])
    come_to_the_same(tmp_path, "(a: Shelf) -> Shelf", copy, [[Shelf("x", "y", ["z"], 3)]])


def test_a_copy_is_no_short_one_where_a_rule_may_change_its_source_first(tmp_path: Path) -> None:
    copy = "return Shelf(a.name, words=words_of(a), label=a.label, full=a.full, count=a.count, next=a.next)"
    rule = example(tmp_path, f"def example(a: Shelf) -> Shelf:\n    {copy}\n")
    assert "...a," not in javascript_module([rule])
    come_to_the_same(tmp_path, "(a: Shelf) -> Shelf", copy, [[Shelf("x", "y", ["z"], 3)]])


def test_defaults_that_are_left_out_again_and_again_are_printed_once(tmp_path: Path) -> None:
    body = "one = Shelf(a)\n    one.words.append(a)\n    return [one, Shelf(name='x')]"
    rule = example(tmp_path, f"def example(a: str) -> list[Shelf]:\n    {body}\n")
    printed = javascript_module([rule])
    assert printed.count("words: []") == 1
    assert "const one = $Shelf({ name: a });" in printed
    come_to_the_same(tmp_path, "(a: str) -> list[Shelf]", body, [["k"]])
