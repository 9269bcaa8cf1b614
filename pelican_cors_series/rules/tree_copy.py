"""A copy of a syntax tree, and which of its nodes is which: several times as fast as copy.deepcopy."""

from __future__ import annotations

import ast
from typing import TypeVar, cast

N = TypeVar("N", bound=ast.AST)


def tree_copy(tree: N) -> tuple[N, dict[ast.AST, ast.AST]]:
    """Copy a tree; comes back with the copy, and with the copied node of each of the tree's own."""
    copies: dict[ast.AST, ast.AST] = {}
    return cast("N", _copied(tree, copies)), copies


def _copied(value: object, copies: dict[ast.AST, ast.AST]) -> object:
    if isinstance(value, list):
        return [_copied(item, copies) for item in value]
    if not isinstance(value, ast.AST):
        return value
    node = type(value)()
    for name, part in vars(value).items():
        setattr(node, name, _copied(part, copies))
    copies[value] = node
    return node
