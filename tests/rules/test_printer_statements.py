"""The printer's statements: loops, branches, changes of records and lists, in both languages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from both_prints import come_to_the_same
from example_rule import example
from example_shelf import Shelf
from quickjs_twin import QuickJsTwin

from pelican_cors_series.rules.printer import javascript_module

if TYPE_CHECKING:
    from pathlib import Path

SHELF = Shelf("s", words=["w"])

# Signature, body, and calls: both prints have to come to the same.
ACCEPTED = {
    "a loop that carries a name": (
        "(a: list[int]) -> int | None",
        """last: int | None = None  # 1
    for x in a:  # 2
        if last is None or x > last:  # 2.a
            last = x  # 2.b
    return last  # 3""",
        [[[1, 5, 3]], [[]]],
    ),
    "a rule that calls itself": (
        "(a: list[int]) -> int",
        "if len(a) == 0:  # 1\n        return 0\n    return 1 + example(a[1:])  # 2",
        [[[7, 7, 7]]],
    ),
    "while with break and continue": (
        "(a: list[int]) -> list[int]",
        """found: list[int] = []
    at = 0  # 1
    while at < len(a) and a[at] != 9:  # 2
        x = a[at]
        at += 1  # 2.1
        if x == 0:  # 2.2
            continue
        if x == 5:  # 2.3
            break
        found.append(x)  # 2.4
    found.append(at)
    return found  # 3""",
        [[[]], [[1, 0, 2, 9, 3]], [[1, 5, 2]], [[0, 0]]],
    ),
    "while True": (
        "(a: int) -> int",
        """n = a
    while True:  # 1
        n = n - 3
        if n < 0:
            break
        if n == 1:
            return 100
    return n  # 2""",
        [[4], [6], [-1]],
    ),
    "a while that narrows": (
        "(a: Shelf) -> list[str]",
        """shelf: Shelf | None = a
    names: list[str] = []
    while shelf is not None:  # 1
        names.append(f'{shelf.name}/{shelf.count}')  # 1.1
        shelf = shelf.next  # 1.2
    return names""",
        [[Shelf("x")], [Shelf("x", next=Shelf("y", count=2))]],
    ),
    "loops within loops": (
        "(a: list[list[int]]) -> list[int]",
        """found: list[int] = []
    for row in a:  # 1
        if len(row) > 3:
            continue
        for x in row:  # 1.1
            if x == 2:
                break
            found.append(x)  # 1.1.1
        found.append(last(row) if len(row) > 0 else 0)
    return found""",
        [[[[1, 2, 3], [3], [], [4, 4, 4, 4], [2]]]],
    ),
    "a name for each place of a tuple": (
        "(a: list[tuple[str, int | None]]) -> list[str]",
        """found = [f'{n}!' for n, v in a if v is not None]
    for name, value in a:  # 1
        if value is not None and value > 1:  # 1.1
            found.append(name)
    for word, number in PAIRS:
        found.append(f'{word}{number + 1}')
    for _, number in [(found[0], 3), ('x', 4)]:
        found.append(f'{number}')
    return found""",
        [[[("p", None), ("q", 1), ("r", 2)]]],
    ),
    "members assigned": (
        "(a: Shelf, b: bool) -> Shelf",
        """a.name = f'{a.name}!'  # 1
    a.count += 2  # 2
    a.full = a.count > 2 or b  # 3
    a.label = None
    if b:
        a.label = 'x'  # 4
    a.words.append(a.name)  # 5
    other = a
    other.next = Shelf('y')  # 6
    if a.next is not None:
        a.next.label = f'{other.count}'  # 7
    return a  # 8""",
        [[Shelf("s"), True], [Shelf("s", count=1, words=["w"]), False]],
    ),
    "a record made anew each time": (
        "(a: str) -> list[Shelf]",
        """one = Shelf(a)
    one.words.append(a)
    two = Shelf(count=len(one.words), name='z', words=[*one.words, 'b'])
    return [one, two, Shelf(a)]""",
        [["k"]],
    ),
    "what a called rule changes": (
        "(a: Shelf) -> list[str]",
        """a.label = 'x'  # 1
    clear(a)  # 2
    words = words_of(a)  # 3
    if a.next is not None:
        a.next.words = words_of(a)  # 4
    words.append('w')
    words_of(Shelf(f'{a.name}'))
    return [*a.words, 'none' if a.label is None else f'{a.label}', f'{a.count}']""",
        [[Shelf("s", words=["v"])], [Shelf("s", next=Shelf("t"))]],
    ),
    "one record in two places": (
        "(a: list[Shelf], b: Shelf) -> list[bool]",
        """x = a[0]
    x.count += 1
    a[0].words.append('z')
    (b if x is b else x).words.append('y')
    return [x is b, a[1] is b, last(b.words) == 'y']""",
        [[[SHELF, Shelf("y", words=SHELF.words)], SHELF], [[Shelf("x"), SHELF], SHELF]],
    ),
    "a rule that gives nothing": (
        "(a: Shelf) -> None",
        """if a.full:  # 1
        return  # 2
    clear(a)  # 3""",
        [[Shelf("s", full=True)], [Shelf("s", "l")]],
    ),
    "narrowing by what comes before": (
        "(a: str | None, b: bool) -> str",
        """if a is None or b:
        return 'none'
    elif not (a is not None):
        return 'never'
    return f'{a}!'""",
        [[None, False], ["x", True], ["x", False]],
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_both_prints_of_statements_come_to_the_same(name: str, tmp_path: Path) -> None:
    come_to_the_same(tmp_path, *ACCEPTED[name])


def test_a_rule_that_fails_leaves_its_trace_behind(tmp_path: Path) -> None:
    rule = example(tmp_path, "def example(a: str) -> str:\n    assert a == 'x'  # 1\n    return a  # 2\n")
    context = QuickJsTwin(javascript_module([rule])).context
    context.eval('const trace = []; try { rules.example("y", trace); } catch { trace.push("failed"); }')
    context.eval('rules.example("x"); rules.example("x", []);')
    assert json.loads(context.eval("JSON.stringify(trace.map((step) => step.step ?? step))")) == ["example#1", "failed"]
