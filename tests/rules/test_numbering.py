"""Numbers of steps that need no writing: which follow from the step before, on every way to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from example_rule import example

from pelican_cors_series.rules.numbering import number_after
from pelican_cors_series.rules.printer import javascript_module

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("number", "depth", "further", "after"),
    [
        ("0", 1, 1, "1"),
        ("9", 1, 1, "10"),
        ("3.2.1", 1, 1, "4"),
        ("3", 2, 1, "3.1"),
        ("3.9", 2, 2, "3.11"),
        ("2.[1].4", 2, 1, "2.[2]"),
        ("2.[1]", 3, 1, "2.[1].1"),
        ("1.b", 2, 3, "1.e"),
        ("4", 1, 8, "12"),
    ],
)
def test_the_next_number_at_a_depth(number: str, depth: int, further: int, after: str) -> None:
    assert number_after(number, depth, further) == after


# The body of a rule, and its steps in the order of the print; those whose number is not written in brackets.
FOLLOWING = {
    "one after the other": ("x = a  # 1\n    y = x  # 2\n    return y  # 4", "(1) (2) (4)"),
    "into a branch and past it": (
        """if a == 1:  # 1
        x = a  # 1.1
        if x == a:  # 1.2
            return 0  # 1.2.1
    return a  # 2""",
        "(1) (1.1) (1.2) (1.2.1) (2)",
    ),
    "into the second of two branches": (
        "if a == 1:  # 1\n        x = a  # 1.1\n    else:\n        x = 2  # 1.2\n    return x  # 2",
        "(1) (1.1) (1.2) (2)",
    ),
    "what two ways come to with other numbers": (
        "x = 2\n    if a == 1:\n        x = a  # 1\n    return x  # 2",
        "(1) 2",
    ),
    "the head of a loop and its first step": (
        """x = a
    while x != 0:  # 1
        x = x - 1  # 1.1
    for y in [x]:  # 2
        x = y  # 2.1
    return x  # 3""",
        "1 (1.1) (2) 2.1 (3)",
    ),
    "after a loop that is left early": (
        """for x in [a]:  # 1
        if x == 1:
            continue
        if x == 2:
            break
        y = x  # 1.1
        return y  # 1.2
    return a  # 2""",
        "(1) (1.1) (1.2) (2)",
    ),
    "operands, of which not each is asked": (
        "if (\n        a == 1  # 1.a\n        or a == 2  # 1.b\n    ):  # 1\n        return 1  # 2\n    return a  # 3",
        "1.a (1.b) 1 (2) (3)",
    ),
    "more steps left out than a digit can say": ("x = a  # 1\n    return x  # 20", "(1) 20"),
    "deeper than is counted": ("x = a  # 1.1.1.1.1\n    return x  # 2", "1.1.1.1.1 (2)"),
}


@pytest.mark.parametrize("name", FOLLOWING)
def test_a_number_is_written_where_it_does_not_follow(name: str, tmp_path: Path) -> None:
    body, steps = FOLLOWING[name]
    rule = example(tmp_path, f"def example(a: int) -> int:\n    {body}\n")
    printed = re.findall(r'\$step(?:\d\(/\* (.+?) \*/|\("(.+?)")', javascript_module([rule], counts=True))
    assert sorted(steps.split()) == sorted(written or f"({counted})" for counted, written in printed)


def test_a_small_print_has_all_numbers_written(tmp_path: Path) -> None:
    rule = example(tmp_path, "def example(a: int) -> int:\n    x = a  # 1\n    return x  # 2\n")
    assert '$step("2", x)' in javascript_module([rule])
