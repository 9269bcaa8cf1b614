"""The JavaScript print of one checked rule: an exported function that bears the rule's name."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING

from .javascript_expressions import MEMBER, ExpressionPrint, target_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .subset import CheckedRule


def javascript_function(rule: CheckedRule, *, pass_trace: frozenset[str]) -> str:
    """Print a rule. `pass_trace` are the names of the rules that take a trace as their last argument."""
    name = rule.rule.name
    parameters = [argument.arg for argument in rule.source.tree.args.args]
    trace = ["trace"] if name in pass_trace else []
    lines = [
        f"// {rule.rule.url or 'Not an algorithm of a standard.'}",
        f"export function {name}({', '.join([*parameters, *trace])}) {{",
    ]
    if rule.source.numbers:
        lines.append(f'  const $step = $steps("{name}", {{ {", ".join(parameters)} }}, trace);')
    body = _StatementPrint(rule, pass_trace)
    if body.hoisted:
        lines.append(f"  let {', '.join(body.hoisted)};")
    lines += body.block(rule.source.tree.body, "  ")
    lines += ["  return null;"] if rule.open_end else []
    return "\n".join([*lines, "}", ""])


def takes_trace(rules: dict[str, CheckedRule]) -> frozenset[str]:
    """Name the rules that have numbered steps or call one that has."""
    found: frozenset[str] = frozenset(name for name, rule in rules.items() if rule.source.numbers)
    while True:
        more = found | {name for name, rule in rules.items() if found & rule.uses.keys()}
        if more == found:
            return found
        found = more


class _StatementPrint:
    """Prints the statements of one rule; a name that is assigned once, outside any block, is a constant."""

    def __init__(self, rule: CheckedRule, pass_trace: frozenset[str]) -> None:
        self.rule = rule
        self.print = ExpressionPrint(rule, pass_trace=pass_trace)
        tree = rule.source.tree
        times = Counter(_targets(tree))
        self.constants = {name for statement in tree.body for name in _target(statement) if times[name] == 1}
        self.hoisted = [name for name in times if name not in self.constants]

    def block(self, body: list[ast.stmt], indent: str) -> Iterator[str]:
        for statement in body:
            yield from self._statement(statement, indent)

    def _statement(self, node: ast.stmt, indent: str) -> Iterator[str]:  # noqa: C901 - one for each kind
        match node:
            case ast.Return(value=ast.expr() as value):
                yield f"{indent}return {self.print.text(value)};"
            case ast.Assert(test=test):
                yield f'{indent}$assert({self.print.text(test)}, "{self.rule.rule.name}");'
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield self._assignment(name, value, indent)
            case ast.Assign(targets=[ast.Attribute() as member], value=value):
                yield f"{indent}{self.print.text(member)} = {self.print.text(value)};"
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield self._assignment(name, value, indent)
            case ast.If():
                yield from self._branches(node, indent)
            case ast.For():
                yield f"{indent}for ({target_text(node.target)} of {self.print.text(node.iter)}) {{"
                yield from self.block(node.body, f"{indent}  ")
                yield f"{indent}}}"
            case ast.While():
                yield f"{indent}while ({self.print.text(node.test)}) {{"
                yield from self.block(node.body, f"{indent}  ")
                yield f"{indent}}}"
            case ast.Break() | ast.Continue():
                yield f"{indent}{type(node).__name__.lower()};"
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=owner, attr="append"), args=[item])):
                yield f"{indent}{self.print.text(owner, MEMBER)}.push({self.print.text(item)});"
            case ast.Expr(value=ast.Call() as call):
                yield f"{indent}{self.print.text(call)};"

    def _assignment(self, name: str, value: ast.expr, indent: str) -> str:
        return f"{indent}{'const ' if name in self.constants else ''}{name} = {self.print.text(value)};"

    def _branches(self, node: ast.If, indent: str, before: str = "") -> Iterator[str]:
        header = f"{indent}{before}if ({self.print.text(node.test)})"
        match node:
            case ast.If(body=[ast.Return() | ast.Break() | ast.Continue() as only], orelse=[]) if not before:
                yield f"{header} {' '.join(self._statement(only, ''))}"
                return
        yield f"{header} {{"
        yield from self.block(node.body, f"{indent}  ")
        match node.orelse:
            case [ast.If() as other]:
                yield from self._branches(other, indent, "} else ")
                return
            case [_, *_]:
                yield f"{indent}}} else {{"
                yield from self.block(node.orelse, f"{indent}  ")
        yield f"{indent}}}"


def _targets(tree: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            yield from _target(node)
            if isinstance(node, ast.For):
                yield from (name.id for name in ast.walk(node.target) if isinstance(name, ast.Name))


def _target(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            yield name
