"""The check of a rule's comparisons."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .calls import check_fullmatch, is_fullmatch
from .static_types import BOOL, INT, NONE, Type, described, items_in, only_kind, scalar_base

if TYPE_CHECKING:
    from .expressions import Expressions
    from .flow import Known


def comparison_type(check: Expressions, node: ast.Compare, known: Known) -> Type:
    """Check a comparison: one operator, between two values that both languages compare alike."""
    if len(node.ops) > 1:
        raise check.refusal(node, "a chain of comparisons means something else in JavaScript: join two with and")
    operator, right = node.ops[0], node.comparators[0]
    if isinstance(operator, ast.Is | ast.IsNot) and is_fullmatch(node.left, check.scope):
        check_fullmatch(check, node.left, known)
        _identity(check, node, BOOL | NONE, check.type_of(right, known))
        return BOOL
    left_type, right_type = check.type_of(node.left, known), check.type_of(right, known)
    match operator:
        case ast.Is() | ast.IsNot():
            _identity(check, node, left_type, right_type)
        case ast.Eq() | ast.NotEq():
            _equality(check, node, left_type, right_type)
        case ast.In() | ast.NotIn():
            _membership(check, node, left_type, right_type)
        case _ if left_type != INT or right_type != INT:
            raise check.refusal(node, "only numbers are ordered alike in both languages")
    return BOOL


def _identity(check: Expressions, node: ast.Compare, left: Type, right: Type) -> None:
    if NONE not in (left, right) and not all(kind.record for kind in (left | right) - NONE):
        raise check.refusal(node, "is compares records or asks for None; scalars are compared with ==")


def _equality(check: Expressions, node: ast.Compare, left: Type, right: Type) -> None:
    if NONE in (left, right):
        raise check.refusal(node, "None is asked for with is")
    base = scalar_base(left)
    if base is None or base != scalar_base(right):
        message = f"== compares two scalars of one kind, and these are {described(left)} and {described(right)}"
        raise check.refusal(node, f"{message}; lists and records would be compared by identity in JavaScript")


def _membership(check: Expressions, node: ast.Compare, left: Type, right: Type) -> None:
    holder = only_kind(right, "frozenset") or only_kind(right, "dict")
    item = holder.inner[0] if holder else items_in(right)
    if item is None:
        raise check.refusal(
            node, f"in looks into a list, a tuple, a frozenset or a mapping, not into {described(right)}"
        )
    base = scalar_base(left)
    if base is None or (item and base != scalar_base(item)):
        raise check.refusal(node, f"{described(left)} is looked for among {described(item)}")
    check.refuse_turned(node.left, node.comparators[0])
