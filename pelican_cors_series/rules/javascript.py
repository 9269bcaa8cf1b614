"""The JavaScript print of one checked rule: a constant that bears the rule's name."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .declarations import declarations
from .javascript_expressions import MEMBER, ExpressionPrint, target_text
from .numbering import steps_that_follow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .subset import CheckedRule


def javascript_function(
    rule: CheckedRule, *, exported: bool, takes_trace: bool, counts: bool, filled: frozenset[type]
) -> str:
    """Print a rule. `takes_trace`: called from outside, it takes a trace as its last argument.

    `counts`: the numbers of steps that follow from the step before are not written. `filled` are the records that have
    a filler.
    """
    parameters = [argument.arg for argument in rule.source.tree.args.args]
    traced = rule.source.numbers or (exported and takes_trace)
    opening, closing = (f'$rule("{" ".join([rule.rule.name, *parameters])}", ', ")") if traced else ("", "")
    body = _StatementPrint(
        rule, ExpressionPrint(rule, filled=filled, follow=steps_that_follow(rule.source) if counts else {})
    )
    lines = [
        f"// {rule.rule.url or 'Not an algorithm of a standard.'}",
        f"{'export ' if exported else ''}const {rule.rule.name} = {opening}({', '.join(parameters)}) => {{",
        *body.block(rule.source.tree.body, "  "),
        *(["  return null;"] if rule.open_end else []),
        f"}}{closing};",
        "",
    ]
    return "\n".join(lines)


def takes_trace(rules: dict[str, CheckedRule]) -> frozenset[str]:
    """Name the rules that have numbered steps or call one that has."""
    found: frozenset[str] = frozenset(name for name, rule in rules.items() if rule.source.numbers)
    while True:
        more = found | {name for name, rule in rules.items() if found & rule.uses.keys()}
        if more == found:
            return found
        found = more


class _StatementPrint:
    """Prints the statements of one rule."""

    def __init__(self, rule: CheckedRule, expressions: ExpressionPrint) -> None:
        self.print = expressions
        self.declared = declarations(rule.source.tree)

    def block(self, body: list[ast.stmt], indent: str) -> Iterator[str]:
        for statement in body:
            if statement in self.declared.before:
                yield f"{indent}let {', '.join(self.declared.before[statement])};"
            yield from self._statement(statement, indent)

    def _statement(self, node: ast.stmt, indent: str) -> Iterator[str]:  # noqa: C901 - one for each kind
        match node:
            case ast.Return(value=ast.expr() as value):
                yield f"{indent}return {self.print.text(value)};"
            case ast.Assert(test=test):
                yield f"{indent}$assert({self.print.text(test)});"
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield f"{indent}{self._word(node, name)}{name} = {self.print.text(value)};"
            case ast.Assign(targets=[ast.Attribute() as member], value=value):
                yield f"{indent}{self.print.text(member)} = {self.print.text(value)};"
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield f"{indent}{self._word(node, name)}{name} = {self.print.text(value)};"
            case ast.If():
                yield from self._branches(node, indent)
            case ast.For(target=target):
                first = next(name.id for name in ast.walk(target) if isinstance(name, ast.Name))
                declared = f"{self._word(node, first)}{target_text(target)}"
                yield f"{indent}for ({declared} of {self.print.text(node.iter)}) {{"
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

    def _word(self, node: ast.stmt, name: str) -> str:
        word = self.declared.words.get((node, name))
        return "" if word is None else f"{word} "

    def _branches(self, node: ast.If, indent: str, before: str = "") -> Iterator[str]:
        header = f"{indent}{before}if ({self.print.text(node.test)})"
        match node:
            case ast.If(body=[ast.Return() | ast.Break() | ast.Continue() as only], orelse=[]) if not before:
                yield f"{header} {' '.join(self._statement(only, ''))}"
                return
        yield f"{header} {{"
        yield from self.block(node.body, f"{indent}  ")
        match node.orelse:
            case [ast.If() as other] if other not in self.declared.before:
                yield from self._branches(other, indent, "} else ")
                return
            case [_, *_]:
                yield f"{indent}}} else {{"
                yield from self.block(node.orelse, f"{indent}  ")
        yield f"{indent}}}"
