"""Which numbers of a rule's steps follow from the step before, whatever way the rule has taken to them.

A print need not say those: most steps are the next one at their depth, so that `2.1` follows `2`, and `3` both of them.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .source import RuleSource

# A rule has not come to any step yet.
START = "0"
# Some other number that the analysis does not follow.
UNKNOWN = "?"
DEEPEST = 4
FURTHEST = 9

Numbers = frozenset[str]


def depth_of(number: str) -> int:
    """Count the parts of a number: `4.[2].1` has three."""
    return number.count(".") + 1


def number_after(number: str, depth: int, further: int = 1) -> str:
    """Give the next number at a depth: `4.1` after `4` or `4.2` after `4.1` at depth 2, `5` after all at depth 1.

    With `further` it is the next but one and so on: `7` after `4` and 3 further.
    """
    *before, last = [*number.split("."), "0"][:depth]
    counted = re.sub("[0-9]+|[a-z]", lambda it: _further(it[0], further), last, count=1)
    return ".".join([*before, counted])


def _further(part: str, further: int) -> str:
    return str(int(part) + further) if part.isdigit() else chr(ord(part) + further)


def steps_that_follow(source: RuleSource) -> dict[ast.expr, int]:
    """Find the numbered expressions whose number follows, at its depth, on every way to them: by how much further."""
    ways = _Ways(source.numbers)
    ways.block(source.tree.body, frozenset({START}))
    found = {node: _how_far(before, source.numbers[node]) for node, before in ways.before.items()}
    return {node: further for node, further in found.items() if further is not None}


def _how_far(before: Numbers, number: str) -> int | None:
    depth = number.count(".") + 1
    for further in range(1, FURTHEST + 1) if depth <= DEEPEST else ():
        if all(number_after(each, depth, further) == number for each in before):
            return further
    return None


class _Ways:
    """Runs a rule along all its ways at once, with the numbers that its last step can have."""

    def __init__(self, numbers: Mapping[ast.expr, str]) -> None:
        self.numbers = numbers
        self.before: dict[ast.expr, Numbers] = defaultdict(frozenset)
        self.left: list[Numbers] = []

    def block(self, body: Iterable[ast.stmt], last: Numbers) -> Numbers:
        """Give the numbers after a block: none where each way leaves it."""
        for statement in body:
            last = self._statement(statement, last)
        return last

    def _statement(self, node: ast.stmt, last: Numbers) -> Numbers:
        match node:
            case ast.If():
                last = self._expression(node.test, last)
                return self.block(node.body, last) | self.block(node.orelse, last)
            case ast.For():
                return self._loop(node.body, None, self._expression(node.iter, last))
            case ast.While():
                return self._loop(node.body, node.test, last)
            case ast.Break() | ast.Continue():
                self.left[-1] |= last
                return frozenset()
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                last = self._expression(child, last)
        return frozenset() if isinstance(node, ast.Return) else last

    def _loop(self, body: list[ast.stmt], test: ast.expr | None, last: Numbers) -> Numbers:
        """Run a loop until a round adds no number; what leaves a round early may go on or be done."""
        while True:
            self.left.append(frozenset())
            tested = last if test is None else self._expression(test, last)
            end = self.block(body, tested) | self.left.pop()
            if end <= last:
                return tested | end
            last |= end

    def _expression(self, node: ast.expr, last: Numbers) -> Numbers:
        last = self._operands(node, last)
        if node not in self.numbers:
            return last
        self.before[node] |= last
        return frozenset({self.numbers[node]})

    def _operands(self, node: ast.expr, last: Numbers) -> Numbers:
        match node:
            case ast.BoolOp(values=values):
                found: Numbers = frozenset()
                for value in values:
                    last = self._expression(value, last)
                    found |= last
                return found
            case ast.IfExp(test=test, body=body, orelse=orelse):
                last = self._expression(test, last)
                return self._expression(body, last) | self._expression(orelse, last)
        numbered = [child for child in _expressions_in(node) if any(inner in self.numbers for inner in ast.walk(child))]
        repeated = isinstance(node, ast.ListComp) or len(numbered) > 1  # or in an order of JavaScript's own
        for child in numbered:
            last = self._expression(child, frozenset({UNKNOWN}) if repeated else last)
        return frozenset({UNKNOWN}) if repeated and numbered else last


def _expressions_in(node: ast.expr) -> Iterable[ast.expr]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            yield child
        elif isinstance(child, ast.keyword):
            yield child.value
        elif isinstance(child, ast.comprehension):
            yield from (child.iter, *child.ifs)
