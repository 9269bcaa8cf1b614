"""The check of a rule's calls: to rules, leaves, records, len, re.fullmatch and the methods of the subset."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
from typing import TYPE_CHECKING, TypeGuard

from .effects import rules_called
from .lists import last
from .methods import PATTERN, methods
from .rule import Leaf, Rule
from .static_types import (
    INT,
    NONE,
    STR,
    Type,
    described,
    fields_of,
    hints_of,
    is_record,
    items_in,
    list_of,
    of_constant,
    only_kind,
    record_type,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .expressions import Expressions
    from .flow import Known


def call_type(check: Expressions, node: ast.Call, known: Known) -> Type:
    """Check a call and give the type of its result."""
    if is_fullmatch(node, check.scope):
        raise check.refusal(node, "a match is only compared with None: its groups differ between the languages")
    match node.func:
        case ast.Attribute(value=owner, attr=name):
            return _method(check, node, owner, name, known)
        case ast.Name(id="len") if "len" not in check.scope:
            argument = _only_argument(check, node)
            if check.type_of(argument, known) != STR:
                check.items_of(argument, known)
            return INT
        case ast.Name(id="int") if "int" not in check.scope:
            argument = _only_argument(check, node)
            if check.type_of(argument, known) != STR:
                raise check.refusal(argument, "int reads a text of ASCII digits")
            return INT
        case ast.Name(id=name) if name not in known and check.scope.get(name) is last:
            return check.items_of(_only_argument(check, node), known)
        case ast.Name(id=name) if name not in known:
            return _named(check, node, name, known)
    raise check.refusal(
        node, "only rules, leaves, records, len, int, last, re.fullmatch and the subset's methods are called"
    )


def check_append(check: Expressions, node: ast.Call, owner: ast.expr, known: Known) -> None:
    """Check the statement that appends to a list."""
    item = check.type_of(_only_argument(check, node), known)
    holder = only_kind(check.type_of(owner, known), "list")
    if holder is None:
        raise check.refusal(owner, "append belongs to a list")
    if not holder.inner[0]:
        raise check.refusal(
            owner, f"the items of this list have no type yet: annotate it as a list of {described(item)}"
        )


def is_fullmatch(node: ast.expr, scope: Mapping[str, object]) -> TypeGuard[ast.Call]:
    """Tell whether an expression is a call of `re.fullmatch`."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=module), attr="fullmatch")):
            return scope.get(module) is re
    return False


def check_fullmatch(check: Expressions, node: ast.Call, known: Known) -> None:
    """Check a call of `re.fullmatch` that is compared with None: its pattern has to mean the same in JavaScript."""
    pattern = node.args[0] if node.args else None
    if len(node.args) != 2 or node.keywords:  # noqa: PLR2004 - a pattern and a text
        raise check.refusal(node, "re.fullmatch takes a pattern and a text, and no flags")
    if not isinstance(pattern, ast.Constant) or not isinstance(pattern.value, str):
        raise check.refusal(node, "the pattern has to be a literal, so that it can be checked")
    if not PATTERN.fullmatch(pattern.value):
        raise check.refusal(
            pattern, "this pattern may mean something else in JavaScript (dot, \\w, \\d, \\s, anchors, …)"
        )
    try:
        re.compile(pattern.value)
    except re.error as error:
        raise check.refusal(pattern, f"this is no pattern: {error}") from error
    if check.type_of(node.args[1], known) != STR:
        raise check.refusal(node.args[1], "re.fullmatch matches a text")


def _method(check: Expressions, node: ast.Call, owner: ast.expr, name: str, known: Known) -> Type:
    found = check.type_of(owner, known)
    method = methods().get(name)
    kind = only_kind(found, method.owner) if method else None
    if method is None or kind is None:
        raise check.refusal(node, f"{name} of {described(found)} is outside the subset{_advice(name)}")
    argument = _only_argument(check, node)
    given = check.type_of(argument, known)
    texts = method.takes == list_of(STR) and items_in(given) == STR
    if not texts and given != (kind.inner[0] if method.takes is None else method.takes):
        raise check.refusal(argument, f"{name} takes something else than {described(given)}")
    if method.literal and not (isinstance(argument, ast.Constant) and argument.value):
        raise check.refusal(argument, f"{name} takes a literal that is not empty")
    if name == "join":
        check.refuse_turned(owner, argument)
    return kind.inner[1] | NONE if method.result is None else method.result


def _advice(name: str) -> str:
    if name in ("lower", "upper", "casefold", "title", "capitalize", "swapcase"):
        return ": case is mapped beyond ASCII in two ways, use the leaf ascii_lowercase"
    if name in ("strip", "lstrip", "rstrip", "isspace", "isdigit", "isalpha", "isalnum"):
        return ": the two languages know different characters of that class"
    return ""


def _named(check: Expressions, node: ast.Call, name: str, known: Known) -> Type:
    called = check.scope.get(name)
    arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
    for argument in arguments:
        check.type_of(argument, known)
    if isinstance(called, Rule | Leaf):
        given = _bind(check, node, inspect.signature(called.function))
        first = [*inspect.signature(called.function).parameters][: len(given)]
        if set(given) != set(first) or (given != first and any(rules_called(each, check.scope) for each in arguments)):
            raise check.refusal(
                node, "the arguments stand in the order of the parameters, and none is left out between"
            )
        check.globals[name] = called
        return hints_of(called.function)["return"]
    if is_record(called):
        _bind(check, node, inspect.signature(called))
        _check_record(check, node, called)
        return record_type(called)
    raise check.refusal(node, f"{name} is no rule, leaf or dataclass")


def _bind(check: Expressions, node: ast.Call, signature: inspect.Signature) -> list[str]:
    """Name the parameters that a call gives, in the order in which it gives them."""
    if any(keyword.arg is None for keyword in node.keywords):
        raise check.refusal(node, "** is outside the subset")
    named = {str(keyword.arg): keyword.value for keyword in node.keywords}
    try:
        signature.bind(*node.args, **named)
    except TypeError as error:
        raise check.refusal(node, str(error)) from error
    return [*[*signature.parameters][: len(node.args)], *named]


def _check_record(check: Expressions, node: ast.Call, record: type) -> None:
    if hasattr(record, "__post_init__") or fields_of(record).keys() != inspect.signature(record).parameters.keys():
        raise check.refusal(node, f"{record.__name__} is made of more or less than its fields")
    for field in dataclasses.fields(record):
        plain = field.default in (dataclasses.MISSING, None) or of_constant(field.default) is not None
        if not plain or field.default_factory not in (dataclasses.MISSING, list, dict):
            raise check.refusal(node, f"the default of {record.__name__}.{field.name} is no constant or empty list")


def _only_argument(check: Expressions, node: ast.Call) -> ast.expr:
    if len(node.args) != 1 or node.keywords or isinstance(node.args[0], ast.Starred):
        raise check.refusal(node, "this takes one argument")
    return node.args[0]
