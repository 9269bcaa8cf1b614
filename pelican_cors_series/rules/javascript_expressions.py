"""The JavaScript print of a checked rule's expressions."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import json
import re
from typing import TYPE_CHECKING, Any, cast

from .calls import is_fullmatch
from .methods import methods
from .rule import Leaf, Rule
from .static_types import only_kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from .subset import CheckedRule

# How tightly an expression holds together in JavaScript.
ARROW, CONDITIONAL, OR, AND, EQUALITY, ORDER, SUM, PRODUCT, UNARY, MEMBER = range(10)

COMPARISONS: dict[type[ast.cmpop], tuple[str, int]] = {
    ast.Eq: ("===", EQUALITY),
    ast.NotEq: ("!==", EQUALITY),
    ast.Is: ("===", EQUALITY),
    ast.IsNot: ("!==", EQUALITY),
    ast.Lt: ("<", ORDER),
    ast.LtE: ("<=", ORDER),
    ast.Gt: (">", ORDER),
    ast.GtE: (">=", ORDER),
}
ARITHMETIC: dict[type[ast.operator], tuple[str, int]] = {
    ast.Add: ("+", SUM),
    ast.Sub: ("-", SUM),
    ast.Mult: ("*", PRODUCT),
}


def literal(value: object) -> str:
    """Write a constant: a scalar, a tuple as an array, a mapping as a Map."""
    match value:
        case tuple():
            return f"[{', '.join(literal(item) for item in value)}]"
        case dict():
            return f"new Map([{', '.join(literal(pair) for pair in value.items())}])"
    return json.dumps(value)


class ExpressionPrint:
    """Prints the expressions of one rule; a numbered one goes through the function `$step`."""

    def __init__(self, rule: CheckedRule, *, pass_trace: frozenset[str]) -> None:
        """Keep the rule, and the names of the rules that take the trace."""
        self.rule = rule
        self.scope = rule.rule.function.__globals__
        self.pass_trace = pass_trace

    def text(self, node: ast.expr, least: int = ARROW) -> str:
        """Print an expression, in brackets where it holds together less than `least`."""
        number = self.rule.source.numbers.get(node)
        printed, strength = self._printed(node)
        if number is not None:
            return f"$step({json.dumps(number)}, {printed})"
        return f"({printed})" if strength < least else printed

    def _printed(self, node: ast.expr) -> tuple[str, int]:
        prints: dict[type[ast.expr], Callable[[Any], tuple[str, int]]] = {
            ast.Constant: lambda node: (literal(node.value), MEMBER),
            ast.Name: lambda node: (node.id, MEMBER),
            ast.Attribute: lambda node: (f"{self.text(node.value, MEMBER)}.{node.attr}", MEMBER),
            ast.Compare: self._comparison,
            ast.BoolOp: self._logic,
            ast.UnaryOp: lambda node: (f"!{self.text(node.operand, UNARY)}", UNARY),
            ast.BinOp: self._arithmetic,
            ast.IfExp: self._conditional,
            ast.List: self._display,
            ast.Tuple: self._display,
            ast.Starred: lambda node: (f"...{self.text(node.value)}", MEMBER),
            ast.Dict: self._mapping,
            ast.ListComp: self._comprehension,
            ast.JoinedStr: self._formatted,
            ast.Subscript: self._subscript,
            ast.Call: self._call,
        }
        return prints[type(node)](node)

    def _comparison(self, node: ast.Compare) -> tuple[str, int]:
        operator, right = node.ops[0], node.comparators[0]
        if is_fullmatch(node.left, self.scope):
            return self._fullmatch(node.left, matches=isinstance(operator, ast.IsNot))
        if isinstance(operator, ast.In | ast.NotIn):
            method = "includes" if only_kind(self.rule.types[right], "list") else "has"
            found = f"{self.text(right, MEMBER)}.{method}({self.text(node.left)})"
            return (found, MEMBER) if isinstance(operator, ast.In) else (f"!{found}", UNARY)
        sign, strength = COMPARISONS[type(operator)]
        return f"{self.text(node.left, strength + 1)} {sign} {self.text(right, strength + 1)}", strength

    def _fullmatch(self, node: ast.Call, *, matches: bool) -> tuple[str, int]:
        written = cast("str", cast("ast.Constant", node.args[0]).value)
        pattern = re.sub(r"\\.|/", lambda piece: "\\/" if piece[0] == "/" else piece[0], written)
        test = f"/^(?:{pattern})$/u.test({self.text(node.args[1])})"
        return (test, MEMBER) if matches else (f"!{test}", UNARY)

    def _logic(self, node: ast.BoolOp) -> tuple[str, int]:
        sign, strength = ("&&", AND) if isinstance(node.op, ast.And) else ("||", OR)
        return f" {sign} ".join(self.text(value, strength + 1) for value in node.values), strength

    def _arithmetic(self, node: ast.BinOp) -> tuple[str, int]:
        sign, strength = ARITHMETIC[type(node.op)]
        return f"{self.text(node.left, strength)} {sign} {self.text(node.right, strength + 1)}", strength

    def _conditional(self, node: ast.IfExp) -> tuple[str, int]:
        test, body, orelse = self.text(node.test, OR), self.text(node.body, CONDITIONAL), self.text(node.orelse)
        return f"{test} ? {body} : {orelse}", CONDITIONAL

    def _display(self, node: ast.List | ast.Tuple) -> tuple[str, int]:
        return f"[{', '.join(self.text(item) for item in node.elts)}]", MEMBER

    def _mapping(self, node: ast.Dict) -> tuple[str, int]:
        pairs = zip(node.keys, node.values, strict=True)
        entries = [f"[{self.text(cast('ast.expr', key))}, {self.text(value)}]" for key, value in pairs]
        return f"new Map([{', '.join(entries)}])", MEMBER

    def _comprehension(self, node: ast.ListComp) -> tuple[str, int]:
        loop = node.generators[0]
        name = cast("ast.Name", loop.target).id
        printed = self.text(loop.iter, MEMBER)
        for test in loop.ifs:
            printed += f".filter(({name}) => {self.text(test)})"
        if not (isinstance(node.elt, ast.Name) and node.elt.id == name):
            item = self.text(node.elt)
            printed += f".map(({name}) => {f'({item})' if item.startswith('{') else item})"
        return printed, MEMBER

    def _formatted(self, node: ast.JoinedStr) -> tuple[str, int]:
        printed = ""
        for value in node.values:
            if isinstance(value, ast.FormattedValue):
                printed += f"${{{self.text(value.value)}}}"
            else:
                text = json.dumps(cast("ast.Constant", value).value)[1:-1].replace('\\"', '"')
                printed += text.replace("`", "\\`").replace("$", "\\$")
        return f"`{printed}`", MEMBER

    def _subscript(self, node: ast.Subscript) -> tuple[str, int]:
        if not isinstance(node.slice, ast.Slice):
            return f"$item({self.text(node.value)}, {self.text(node.slice)})", MEMBER
        owner = self.text(node.value, MEMBER)
        lower = "0" if node.slice.lower is None else self.text(node.slice.lower)
        upper = "" if node.slice.upper is None else f", {self.text(node.slice.upper)}"
        return f"{owner}.slice({lower}{upper})", MEMBER

    def _call(self, node: ast.Call) -> tuple[str, int]:
        match node.func:
            case ast.Attribute(value=owner, attr=name):
                return methods()[name].javascript(self.text(owner, MEMBER), self.text(node.args[0], MEMBER)), MEMBER
            case ast.Name(id="len"):
                return f"{self.text(node.args[0], MEMBER)}.length", MEMBER
        return self._named_call(node, cast("ast.Name", node.func).id), MEMBER

    def _named_call(self, node: ast.Call, name: str) -> str:
        called = self.scope[name]
        if isinstance(called, Rule | Leaf):
            arguments = list(self._arguments(node, inspect.signature(called.function)).values())
            trace = ["trace"] if name in self.pass_trace else []
            return f"{name}({', '.join([*arguments, *trace])})"
        given = self._arguments(node, inspect.signature(cast("type", called)))
        members = []
        for field in dataclasses.fields(cast("Any", called)):
            value = given[field.name] if field.name in given else literal(field.default)
            members.append(field.name if value == field.name else f"{field.name}: {value}")
        return f"{{ {', '.join(members)} }}"

    def _arguments(self, node: ast.Call, signature: inspect.Signature) -> dict[str, str]:
        keywords = {str(keyword.arg): keyword.value for keyword in node.keywords}
        bound = signature.bind(*node.args, **keywords).arguments
        return {name: self.text(argument) for name, argument in bound.items()}
