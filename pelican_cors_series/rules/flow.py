"""What is known at one point of a rule: the types of its names, and of the members that a test has narrowed."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, TypeAlias

from .static_types import NONE, Type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# A name, or a name's members as `a.port`, with its type here. A name that may be unassigned is not in it.
Known: TypeAlias = dict[str, Type]


def path_of(node: ast.expr) -> str | None:
    """Write a name or a name's members; None for any other expression."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attribute):
            owner = path_of(value)
            return None if owner is None else f"{owner}.{attribute}"
    return None


def assigned(known: Known, name: str, found: Type) -> Known:
    """Give what is known once a name has a value: nothing remains of its former members."""
    kept = {path: kind for path, kind in known.items() if not path.startswith(f"{name}.")}
    return {**kept, name: found}


def forgotten(known: Known, members: frozenset[str]) -> Known:
    """Give what is known once these members of any record may have new values."""
    return {path: kind for path, kind in known.items() if members.isdisjoint(path.split(".")[1:])}


def joined(one: Known | None, other: Known | None) -> Known | None:
    """Give what is known where two ways meet; None is a way that ends before."""
    if one is None or other is None:
        return other if one is None else one
    return {path: one[path] | other[path] for path in one if path in other}


def narrowed(known: Known, test: ast.expr, holds: bool, type_of: Callable[[ast.expr, Known], Type]) -> Known:
    """Give what is known once a test has come out as `holds`."""
    for node, is_none in _facts(test, holds):
        path = path_of(node)
        if path is not None:
            found = type_of(node, known)
            known = {**known, path: found & NONE if is_none else found - NONE}
    return known


def _facts(test: ast.expr, holds: bool) -> Iterator[tuple[ast.expr, bool]]:
    match test:
        case ast.Compare(left=left, ops=[ast.Is() | ast.IsNot() as operator], comparators=[ast.Constant(value=None)]):
            yield left, isinstance(operator, ast.Is) is holds
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield from _facts(operand, not holds)
        case ast.BoolOp(op=operator, values=values) if isinstance(operator, ast.And) is holds:
            for value in values:
                yield from _facts(value, holds)
