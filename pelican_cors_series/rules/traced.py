"""The Python print of a rule: the same syntax tree, on the same lines, recording its numbered steps."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

from .rule import Rule, Step
from .static_types import MOST_EXACT
from .tree_copy import tree_copy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import CodeType

    from .source import RuleSource

P = ParamSpec("P")
R = TypeVar("R")


def traced_code(rule: Rule[P, R]) -> CodeType:
    """Compile the traced print of a rule."""
    module = ast.Module([_traced_tree(rule.source, rule.scope)], type_ignores=[])
    return compile(module, rule.source.path, "exec")


def traced_function(rule: Rule[..., R], code: CodeType) -> Callable[..., R]:
    """Run the compiled print of a rule; the function takes the trace before the rule's own arguments.

    It runs in a copy of what the rule's names stand for, so that the module itself stays as it is.
    """
    namespace: dict[str, object] = {**rule.scope, "__recorder": _recorder_for(rule.name), **_GUARDS}
    exec(code, namespace)  # noqa: S102 - it comes from the rule's own source
    function = cast("Callable[..., R]", namespace[rule.name])
    namespace[rule.name] = rule  # A rule that calls itself hands the trace on like any other.
    return function


def _recorder_for(name: str) -> Callable[..., object]:
    def recorder(trace: list[Step], given: Mapping[str, object]) -> Callable[[str, object], object]:
        def record(number: str, value: object) -> object:
            trace.append(Step(name, number, value, given))
            return value

        return record

    return recorder


def _traced_tree(source: RuleSource, scope: Mapping[str, object]) -> ast.FunctionDef:
    # Numbers hang on the nodes of the original tree, so they are carried over to the copy.
    tree, copies = tree_copy(source.tree)
    numbers = {copies[node]: number for node, number in source.numbers.items()}
    tree.body = [cast("ast.stmt", _Recording(numbers, scope).visit(statement)) for statement in tree.body]
    tree.decorator_list = []
    given = ", ".join(f"{argument.arg!r}: {argument.arg}" for argument in tree.args.args)
    opening = ast.parse(f"__record = __recorder(__trace, {{{given}}})").body[0]
    tree.body.insert(0, _on_line_of(tree, opening))
    tree.args.args.insert(0, ast.copy_location(ast.arg("__trace"), tree))
    return ast.fix_missing_locations(tree)


def _on_line_of(tree: ast.FunctionDef, statement: ast.stmt) -> ast.stmt:
    for node in ast.walk(statement):
        if isinstance(node, ast.expr | ast.stmt):
            ast.copy_location(node, tree)
            node.end_lineno = tree.lineno
    return statement


def _guarded(guard: str, node: ast.expr) -> ast.expr:
    if isinstance(node, ast.Constant):
        return node
    return ast.copy_location(ast.Call(ast.copy_location(ast.Name(guard, ast.Load()), node), [node], []), node)


def _place(place: int) -> int:
    if place < 0:
        message = f"no place {place}: an index or a bound of a slice is not negative"
        raise IndexError(message)
    return place


def _number(digits: str) -> int:
    number = int(digits) if re.fullmatch("[0-9]+", digits) else MOST_EXACT + 1
    if number > MOST_EXACT:
        message = f"{digits!r} is no number that both languages hold exactly: ask is_larger_number before"
        raise ValueError(message)
    return number


# What JavaScript's print does not let pass either.
_GUARDS = {"__place": _place, "__number": _number}


class _Recording(ast.NodeTransformer):
    """Hands each numbered expression to the recorder, and the trace to each rule that is called."""

    def __init__(self, numbers: dict[ast.AST, str], scope: Mapping[str, object]) -> None:
        self.numbers = numbers
        self.scope = scope

    def visit(self, node: ast.AST) -> ast.AST:
        number = self.numbers.get(node)
        visited = cast("ast.AST", super().visit(node))
        if number is None or not isinstance(visited, ast.expr):
            return visited
        call = ast.Call(ast.Name("__record", ast.Load()), [ast.Constant(number), visited], [])
        return ast.copy_location(call, visited)

    def visit_Subscript(self, node: ast.Subscript) -> ast.Subscript:
        self.generic_visit(node)
        match node.slice:
            case ast.Slice() as part:
                part.lower = part.lower and _guarded("__place", part.lower)
                part.upper = part.upper and _guarded("__place", part.upper)
            case place:
                node.slice = _guarded("__place", place)
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id == "int" and "int" not in self.scope and node.args:
            return _guarded("__number", node.args[0])
        if isinstance(node.func, ast.Name) and isinstance(self.scope.get(node.func.id), Rule):
            traced = ast.copy_location(ast.Attribute(node.func, "traced", ast.Load()), node.func)
            trace = ast.copy_location(ast.Name("__trace", ast.Load()), node.func)
            return ast.copy_location(ast.Call(traced, [trace, *node.args], node.keywords), node)
        return node
