"""The printer's expressions in both languages, and where both of them raise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from both_prints import both_prints, come_to_the_same
from example_shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path

# Signature, body, and calls: both prints have to come to the same.
ACCEPTED = {
    "operators keep their order": (
        "(a: int, b: int) -> list[int]",
        "return [a - (b - a), (a + b) * 2, a * b + 1, a - b - a]",
        [[5, 3], [0, 7]],
    ),
    "and within or": (
        "(a: bool, b: bool) -> list[bool]",
        "return [a or (b and not a), (a or b) and not (a and b), not (a is None) and b]",
        [[True, False], [False, True], [True, True]],
    ),
    "numbered operands": (
        "(a: int) -> bool",
        """if (
        a > 1  # 1.a
        and (
            a < 5  # 1.b
            or a == 9  # 1.c
        )
    ):  # 1
        return True  # 2
    return False  # 3""",
        [[0], [3], [7], [9]],
    ),
    "a conditional in a conditional": (
        "(a: int) -> str",
        "return ('x' if a == 1 else 'y') if a < 3 else 'z' if a == 3 else 'w'",
        [[1], [2], [3], [4]],
    ),
    "what an f-string escapes": ("(a: str) -> str", "return f'`${{{a}}}\\\\\"\\n{a}`'", [["x"], ["${`"]]),
    "comprehensions and displays": (
        "(a: list[str]) -> list[list[str]]",
        "return [[x, *a] for x in a if x != '' if x not in WORDS]",
        [[["", "one", "p", "q"]], [[]]],
    ),
    "mappings": (
        "(a: str) -> list[int | None]",
        "return [BY_WORD.get(a), {'one': 3, 'toString': 4}.get(a), 1 if a in BY_WORD else 0]",
        [["one"], ["toString"], ["constructor"], ["__proto__"]],
    ),
    "slices": ("(a: list[str]) -> list[list[str]]", "return [a[1:], a[:2], a[1:2], a[:]]", [[["p", "q", "r"]], [[]]]),
    "affixes": (
        "(a: str) -> list[str]",
        "return [a.removeprefix('ab'), a.removesuffix('\U0001f600'), '-'.join(a.split('b')), ascii_lowercase(a)]",
        [["abab"], ["ab\U0001f600\U0001f600"], [""], ["K\u212aİ"]],
    ),
    "affixes with signs of patterns": (
        "(a: str) -> list[str]",
        r"return [f'{a}'.removeprefix('^a.\\/\n$\"'), a.removesuffix('.[(\u2028)]*')]",
        [['^a.\\/\n$"x'], ['^a.\\/\n$"^a.\\/\n$"'], ["x.[(\u2028)]*"], ["^ab"], [""], ["x.[(\u2028)]*\n"]],
    ),
    "patterns": (
        "(a: str) -> list[bool]",
        "return [re.fullmatch(r'(?:[^a/]|b\\.){1,2}[-x]?|/', a) is not None, re.fullmatch('', a) is None]",
        [["\U0001f600\U0001f600"], ["b.b."], ["/"], ["a"], ["zz-"], ["z\n"], ["z\u2028"], [""]],
    ),
    "a slash in a pattern": (
        "(a: str) -> list[bool]",
        r"return [re.fullmatch(r'\\/', a) is None, re.fullmatch(r'[/\\]\/', a) is None]",
        [["\\/"], ["/"], ["//"]],
    ),
    "places of a tuple": (
        "(a: tuple[str, int]) -> list[str]",
        "return [f'{a[1] * 2}', a[0], PAIRS[1][0], f'{len(a)}', last(PAIRS)[0]]",
        [[("x", 4)]],
    ),
    "steps in the order of the items": (
        "(a: list[str]) -> list[bool]",
        "return [is_short(x) for x in a if is_short(f'{x}{x}') if x != 'y' or is_short(x)]",
        [[["xyzz", "y", "", "xy"]]],
    ),
    "values in the order of the call": (
        "(a: Shelf) -> Shelf",
        "return Shelf(full=is_short(a.name), words=words_of(a), name=f'{a.count}', count=a.count + 1)",
        [[Shelf("s")]],
    ),
    "indexes and slices that vary": (
        "(a: list[int], b: int, c: int) -> list[list[int]]",
        "return [a[b:c], a[b:], a[:c], a[b + 1 : c * 2], [a[b]] if b < len(a) else []]",
        [[[1, 2, 3], 0, 2], [[1, 2, 3], 2, 1], [[1, 2, 3], 5, 9], [[], 0, 0]],
    ),
    "indexes and slices of a text": (
        "(a: str, b: int, c: int) -> list[str]",
        "return [a[b:c], a[b:], a[:c], a[1:], a[:2], a[b] if b < len(a) else '', f'{len(a)}', f'{a[b:c]}'[:1]]",
        [
            ["abc", 0, 2],
            ["abc", 2, 1],
            ["abc", 5, 9],
            ["", 0, 0],
            ["\U0001f600x\U0001f600y", 1, 3],
            ["\ud83d", 0, 1],
            ["é\U0001f600", 1, 2],
        ],
    ),
    "constants that are sets": (
        "(a: int, b: str | None) -> list[bool]",
        "return [a in PRIMES, a not in PRIMES, b in WORDS, b not in ('one', 'x')]",
        [[7, "one"], [8, "x"], [0, None]],
    ),
    "digits as numbers": (
        "(a: str, b: str) -> list[bool]",
        """if is_larger_number(a, '9007199254740991') or is_larger_number(b, '9007199254740991'):
        return [is_larger_number(a, b)]
    return [is_larger_number(a, b), int(a) > int(b), int(a) + 1 > int(b)]""",
        [
            ["9", "10"],
            ["010", "9"],
            ["0", "000"],
            ["9007199254740991", "9007199254740990"],
            ["9007199254740993", "9007199254740992"],
            ["1" + "0" * 5000, "9" * 5000],
        ],
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_both_prints_of_expressions_come_to_the_same(name: str, tmp_path: Path) -> None:
    come_to_the_same(tmp_path, *ACCEPTED[name])


# What Python alone would let pass: a number that counts from the end, digits that JavaScript can't hold, and others'.
RAISED = {
    "a negative index": ("(a: list[int], b: int) -> int", "return a[b]", [[[1, 2], -1], [[1, 2], 2], [[], 0]]),
    "a negative index of a text": ("(a: str, b: int) -> str", "return a[b - 1]", [["ab", 0], ["ab", 3], ["", 1]]),
    "a negative slice": (
        "(a: list[int], b: int, c: int) -> list[int]",
        "return a[b:c]",
        [[[1, 2], -1, 2], [[1, 2], 0, -1], [[1, 2], -1, -1]],
    ),
    "a negative slice of a text": ("(a: str, b: int) -> str", "return a[b:]", [["ab", -1], ["\U0001f600", -1]]),
    "the last of nothing": ("(a: list[int]) -> int", "return last(a)", [[[]]]),
    "what is no number": (
        "(a: str) -> int",
        "return int(a)",
        [["9007199254740992"], ["9" * 20], ["9" * 5000], [""], ["-1"], ["+1"], [" 1"], ["1_0"], ["1\n"], ["\u0661"]],
    ),
}


@pytest.mark.parametrize("name", RAISED)
def test_both_prints_of_expressions_raise(name: str, tmp_path: Path) -> None:
    signature, body, calls = RAISED[name]
    for traced, printed in both_prints(tmp_path, signature, f"{body}  # 1", calls):
        assert traced == printed == {"raised": True, "trace": []}
