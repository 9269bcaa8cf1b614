"""What a rule changes: the members that it, or a rule that it calls, assigns."""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING

from .rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def rules_called(node: ast.AST, scope: Mapping[str, object]) -> Iterator[Rule[..., object]]:
    """Find the rules that are called anywhere below a node."""
    for inner in ast.walk(node):
        match inner:
            case ast.Call(func=ast.Name(id=name)):
                called = scope.get(name)
                if isinstance(called, Rule):
                    yield called


def changed_members(node: ast.AST, scope: Mapping[str, object]) -> frozenset[str]:
    """Name the members that some record may have anew once a node has run."""
    seen: set[Rule[..., object]] = set()
    waiting = list(rules_called(node, scope))
    while waiting:
        rule = waiting.pop()
        if rule not in seen:
            seen.add(rule)
            waiting += _calls(rule)
    return frozenset().union(_assigned_members(node), *(_members(rule) for rule in seen))


@cache
def _calls(rule: Rule[..., object]) -> list[Rule[..., object]]:
    return list(rules_called(rule.source.tree, rule.scope))


@cache
def _members(rule: Rule[..., object]) -> frozenset[str]:
    return _assigned_members(rule.source.tree)


def _assigned_members(node: ast.AST) -> frozenset[str]:
    return frozenset(
        inner.attr for inner in ast.walk(node) if isinstance(inner, ast.Attribute) and isinstance(inner.ctx, ast.Store)
    )
