"""Which numbered steps a request can lead to, and the sides that the decision at each has."""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING

from pelican_cors_series.rules import Rule, all_rules
from pelican_cors_series.rules.static_types import BOOL, NONE
from pelican_cors_series.rules.subset import checked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pelican_cors_series.rules import RequestVerdict

# Where every request begins.
ENTRY = "fetch_method"


@cache
def request_rules() -> Mapping[str, Rule[..., object]]:
    """Give the rules that a request can lead to: those that the first one calls, and those that these call."""
    found: dict[str, Rule[..., object]] = {}
    waiting = [ENTRY]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = all_rules()[name]
            waiting += _called_by(found[name])
    return found


@cache
def sides() -> frozenset[str]:
    """Name each side of each step, as `cors_check#2 true`.

    A step that comes to a boolean has two, one that may come to nothing has `null` and `else`, any other has but one.
    """
    return frozenset(
        f"{name}#{number}{side}"
        for name, rule in request_rules().items()
        for node, number in rule.source.numbers.items()
        for side in _sides_of(node, rule)
    )


def reached(verdicts: Iterable[RequestVerdict]) -> set[str]:
    """Name the sides that verdicts went through."""
    return {_side(step.step, _written(step.value)) for verdict in verdicts for step in verdict.steps}


def _called_by(rule: Rule[..., object]) -> Iterator[str]:
    for node in ast.walk(rule.source.tree):
        if isinstance(node, ast.Name) and isinstance(rule.scope.get(node.id), Rule):
            yield rule.scope[node.id].name


def _sides_of(node: ast.AST, rule: Rule[..., object]) -> tuple[str, ...]:
    """Name the sides of one step: what a line states, or asserts, has but one."""
    kind = checked(rule).types[node]
    if isinstance(node, ast.Constant):
        return (f" {_written(node.value)}",)
    if any(isinstance(each, ast.Assert) and each.test is node for each in ast.walk(rule.source.tree)):
        return (" true",)
    if kind == BOOL:
        return (" true", " false")
    return (" null", " else") if kind >= NONE else ("",)


@cache
def _side(step: str, value: str) -> str:
    """Name the side that a value is on."""
    return next(side for side in (f"{step} {value}", f"{step} else", step) if side in sides())


def _written(value: object) -> str:
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else "else"
