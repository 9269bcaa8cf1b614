"""The JavaScript print of a checked rule's expressions."""

from __future__ import annotations

import ast
import inspect
import json
import re
from typing import TYPE_CHECKING, Any, cast

from .calls import is_fullmatch
from .effects import rules_called
from .javascript_literals import literal
from .javascript_records import record_text
from .lists import last
from .methods import methods
from .numbering import depth_of
from .rule import Leaf, Rule
from .static_types import STR, items_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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


def target_text(target: ast.expr) -> str:
    """Write what a loop assigns: a name, or the names for the places of a tuple."""
    if isinstance(target, ast.Tuple):
        return f"[{', '.join(target_text(name) for name in target.elts)}]"
    return cast("ast.Name", target).id


class ExpressionPrint:
    """Prints the expressions of one rule; a numbered one goes through `$step`, or `$step1` and so on by its depth."""

    def __init__(self, rule: CheckedRule, *, filled: frozenset[type], follow: Mapping[ast.expr, int]) -> None:
        """Keep the rule, the records that have a filler, and how far each number follows from the one before it."""
        self.rule = rule
        self.scope = rule.rule.scope
        self.filled = filled
        self.follow = follow

    def text(self, node: ast.expr, least: int = ARROW) -> str:
        """Print an expression, in brackets where it holds together less than `least`."""
        number = self.rule.source.numbers.get(node)
        printed, strength = self._printed(node)
        if number is not None:
            further = self.follow.get(node)
            if further is None:
                return f"$step({json.dumps(number)}, {printed})"
            return f"$step{depth_of(number)}(/* {number} */ {printed}{f', {further}' if further > 1 else ''})"
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
            method = "has" if items_in(self.rule.types[right]) is None else "includes"
            found = f"{self.text(right, MEMBER)}.{method}({self.text(node.left)})"
            return (found, MEMBER) if isinstance(operator, ast.In) else (f"!{found}", UNARY)
        sign, strength = COMPARISONS[type(operator)]
        return f"{self.text(node.left, strength + 1)} {sign} {self.text(right, strength + 1)}", strength

    def _fullmatch(self, node: ast.Call, *, matches: bool) -> tuple[str, int]:
        written = cast("str", cast("ast.Constant", node.args[0]).value)
        pattern = re.sub(r"\\.|/", lambda piece: "\\/" if piece[0] == "/" else piece[0], written)
        whole = pattern if pattern and "|" not in pattern else f"(?:{pattern})"
        test = f"/^{whole}$/u.test({self.text(node.args[1])})"
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
        target = target_text(loop.target)
        name = f"({target})"
        printed = self.text(loop.iter, MEMBER)
        itself = isinstance(node.elt, ast.Name) and node.elt.id == target
        if len(loop.ifs) + (not itself) > 1 and any(rules_called(node, self.scope)):
            # Item by item, as Python does: the steps of the rules have to come in the same order.
            tests = " && ".join(self.text(test, EQUALITY) for test in loop.ifs)
            return f"{printed}.flatMap({name} => {tests} ? [{self.text(node.elt)}] : [])", MEMBER
        for test in loop.ifs:
            printed += f".filter({name} => {self.text(test)})"
        if not itself:
            item = self.text(node.elt)
            printed += f".map({name} => {f'({item})' if item.startswith('{') else item})"
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
        of_text = self.rule.types[node.value] == STR
        if isinstance(node.slice, ast.Constant) and all(kind.name == "tuple" for kind in self.rule.types[node.value]):
            return f"{self.text(node.value, MEMBER)}[{literal(node.slice.value)}]", MEMBER
        if not isinstance(node.slice, ast.Slice):
            owner = f"$points({self.text(node.value)})" if of_text else self.text(node.value)
            return f"$item({owner}, {self.text(node.slice)})", MEMBER
        bounds = [node.slice.lower or ast.Constant(0), *([node.slice.upper] if node.slice.upper else [])]
        written = ", ".join(self.text(bound) for bound in bounds)
        if of_text or not all(isinstance(bound, ast.Constant) for bound in bounds):
            return f"{'$part' if of_text else '$slice'}({self.text(node.value)}, {written})", MEMBER
        return f"{self.text(node.value, MEMBER)}.slice({written})", MEMBER

    def _call(self, node: ast.Call) -> tuple[str, int]:
        match node.func:
            case ast.Attribute(value=owner, attr=name):
                return methods()[name].javascript(self.text(owner, MEMBER), self.text(node.args[0], MEMBER)), MEMBER
            case ast.Name(id="len") if self.rule.types[node.args[0]] == STR:
                return f"$points({self.text(node.args[0])}).length", MEMBER
            case ast.Name(id="len"):
                return f"{self.text(node.args[0], MEMBER)}.length", MEMBER
            case ast.Name(id="int"):
                return f"$int({self.text(node.args[0])})", MEMBER
            case ast.Name(id=name) if self.scope[name] is last:
                return f"$last({self.text(node.args[0])})", MEMBER
        return self._named_call(node, cast("ast.Name", node.func).id), MEMBER

    def _named_call(self, node: ast.Call, name: str) -> str:
        called = self.scope[name]
        if isinstance(called, Rule | Leaf):
            return f"{name}({', '.join(self._arguments(node, inspect.signature(called.function)).values())})"
        given = self._arguments(node, inspect.signature(cast("type", called)))
        # In the order of the call, since that is the order in which the values are made.
        order = [*[*given][: len(node.args)], *(str(keyword.arg) for keyword in node.keywords)]
        return record_text(self.rule, node, {name: given[name] for name in order}, fill=called in self.filled)

    def _arguments(self, node: ast.Call, signature: inspect.Signature) -> dict[str, str]:
        keywords = {str(keyword.arg): keyword.value for keyword in node.keywords}
        bound = signature.bind(*node.args, **keywords).arguments
        return {name: self.text(argument) for name, argument in bound.items()}
