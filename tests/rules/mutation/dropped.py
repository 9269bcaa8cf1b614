"""Mutations of numbered steps: a condition that is left out or always met, a value or a change that does not come.

An assertion is not dropped: the Standard states there what can't be otherwise.
"""

from __future__ import annotations

import ast
import types
import typing
from typing import TYPE_CHECKING

from pelican_cors_series.rules.static_types import (
    BOOL,
    INT,
    NONE,
    STR,
    Type,
    annotations_of,
    from_annotation,
    only_kind,
)
from pelican_cors_series.rules.subset import checked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pelican_cors_series.rules import Rule


def dropped(rule: Rule[..., object]) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Give a node of a numbered step and what may stand in its place, for each way to drop the step."""
    tree, numbers = rule.source.tree, rule.source.numbers
    kinds = checked(rule).types
    returned = annotations_of(rule.function, rule.function.__globals__)["return"]
    statements = {part: statement for statement in _statements(tree) for part in recorded(statement)}
    for step in numbers:
        match statements.get(step):
            case None | ast.If() | ast.While():
                yield from ((step, ast.Constant(value)) for value in (False, True))
            case ast.For():
                yield step, ast.List([], ast.Load())
            case ast.Return():
                yield from ((step, other) for other in _others(returned))
            case ast.Expr() as statement:
                yield statement, ast.Pass()
            case ast.Assign(targets=[target]) | ast.AnnAssign(target=target) as statement:
                has_value = isinstance(target, ast.Attribute) or _is_assigned_before(tree, statement, target)
                yield (statement, ast.Pass()) if has_value else (step, _neutral(kinds[step]))


def _statements(tree: ast.FunctionDef) -> Iterator[ast.stmt]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.stmt))


def recorded(statement: ast.stmt) -> list[ast.expr]:
    """Give what a number may record of a statement."""
    match statement:
        case ast.If(test=found) | ast.While(test=found) | ast.For(iter=found) | ast.Assert(test=found):
            return [found]
        case ast.Assign(value=found) | ast.AnnAssign(value=ast.expr() as found) | ast.Return(value=ast.expr() as found):
            return [found]
        case ast.Expr(value=ast.Call(args=arguments) as call):
            return [call, *arguments]
    return []


def _is_assigned_before(tree: ast.FunctionDef, statement: ast.stmt, target: ast.expr) -> bool:
    name = ast.unparse(target)
    return any(
        ast.unparse(other) == name
        for before in _statements(tree)
        if before.lineno < statement.lineno
        for other in (before.targets if isinstance(before, ast.Assign) else [getattr(before, "target", before)])
    )


def _neutral(kind: Type) -> ast.expr:
    if only_kind(kind, "list"):
        return ast.List([], ast.Load())
    values: dict[Type, bool | int | str] = {BOOL: False, INT: 0, STR: ""}
    return ast.Constant(values.get(kind))


def _others(returned: object) -> Iterator[ast.expr]:
    """Give the values that a rule might return as well; of a record there is none."""
    parts = typing.get_args(returned) if isinstance(returned, types.UnionType) else (returned,)
    for part in parts:
        if typing.get_origin(part) is typing.Literal:
            yield from map(ast.Constant, typing.get_args(part))
            continue
        kind = from_annotation(part)
        if kind == BOOL:
            yield from (ast.Constant(False), ast.Constant(True))
        elif kind in (INT, STR, NONE) or only_kind(kind, "list"):
            yield _neutral(kind)
