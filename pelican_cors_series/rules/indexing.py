"""The check of a rule's indexes and slices, of lists, tuples and texts."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .static_types import INT, STR, Type, described, items_in, list_of, places_in

if TYPE_CHECKING:
    from .expressions import Expressions
    from .flow import Known


def subscript_type(check: Expressions, node: ast.Subscript, known: Known) -> Type:
    """Check an index or a slice.

    A number that turns out negative is an error in the traced Python and in JavaScript; so is an index that misses. A
    slice ends where its list does.
    """
    found = check.type_of(node.value, known)
    item = STR if found == STR else items_in(found)
    if item is None:
        raise check.refusal(node, f"this has to be a list or a text, and it is {described(found)}")
    match node.slice:
        case ast.Slice(step=None):
            for bound in (node.slice.lower, node.slice.upper):
                if bound is not None:
                    _number(check, node, bound, known)
            return STR if found == STR else list_of(item)
        case ast.Slice():
            raise check.refusal(node, "a slice has no step")
        case ast.Constant(value=int(place)) if found != STR and all(kind.name == "tuple" for kind in found):
            places = [places_in(frozenset({kind}), len(kind.inner)) or [] for kind in found]
            if not all(place < len(types) for types in places):
                raise check.refusal(node, f"{described(found)} has no place {place}")
            return frozenset().union(*(types[place] for types in places))
    _number(check, node, node.slice, known)
    return item


def _number(check: Expressions, node: ast.Subscript, bound: ast.expr, known: Known) -> None:
    if isinstance(bound, ast.UnaryOp):
        raise check.refusal(
            node, "an index or a bound of a slice is not negative: JavaScript does not count from the end, use last"
        )
    found = check.type_of(bound, known)
    if found != INT:
        raise check.refusal(bound, f"an index or a bound of a slice is a number, and this is {described(found)}")
