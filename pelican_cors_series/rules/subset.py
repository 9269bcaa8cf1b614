"""The check of one rule: within the subset of Python that means the same in JavaScript, or a PrinterError says why."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .expressions import Expressions
from .flow import assigned, joined, narrowed
from .static_types import annotation_in, hints

if TYPE_CHECKING:
    from .flow import Known
    from .rule import Rule
    from .source import RuleSource
    from .static_types import Type

# How often the body of a loop is checked until no name's type changes any more; two or three rounds are the rule.
MOST_ROUNDS = 9


@dataclass(frozen=True, slots=True)
class CheckedRule:
    """A rule that can be printed: its source, the types of its expressions, and the globals that it uses."""

    rule: Rule[..., object]
    source: RuleSource
    types: dict[ast.expr, Type]
    uses: dict[str, object]


def checked(rule: Rule[..., object]) -> CheckedRule:
    """Check a rule. Raises PrinterError at the first thing that leaves the subset."""
    source = rule.source
    scope = rule.function.__globals__
    expressions = Expressions(source.path, scope)
    if not rule.standard and source.numbers:
        raise expressions.refusal(source.tree, "a function of our own has no numbered steps")
    known = _parameters(expressions, source, rule)
    end = _Statements(expressions, source, set(known)).block(source.tree.body, known)
    if end is not None:
        raise expressions.refusal(source.tree.body[-1], "the rule can end here without a return")
    return CheckedRule(rule, source, expressions.types, expressions.globals)


def _parameters(check: Expressions, source: RuleSource, rule: Rule[..., object]) -> Known:
    arguments = source.tree.args
    others = [*arguments.posonlyargs, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    if any(other is not None for other in others) or arguments.defaults:
        raise check.refusal(source.tree, "a rule has plain parameters without defaults")
    names = [argument.arg for argument in arguments.args]
    for argument in arguments.args:
        check.refuse_taken(argument, argument.arg)
    try:
        found = hints(rule.function, rule.function.__globals__)
    except (TypeError, NameError) as error:
        raise check.refusal(source.tree, str(error)) from error
    for name in [*names, "return"]:
        if name not in found:
            raise check.refusal(source.tree, f"{name} needs an annotation")
    return {name: found[name] for name in names}


class _Statements:
    """The statements of one rule, in the order in which they run."""

    def __init__(self, check: Expressions, source: RuleSource, parameters: set[str]) -> None:
        self.check = check
        self.source = source
        self.parameters = parameters

    def block(self, body: list[ast.stmt], known: Known) -> Known | None:
        """Check a block; None where it always ends the rule."""
        after: Known | None = known
        for statement in body:
            if after is None:
                raise self.check.refusal(statement, "nothing leads here")
            after = self._statement(statement, after)
        return after

    def _statement(self, node: ast.stmt, known: Known) -> Known | None:  # noqa: PLR0911 - one for each kind
        match node:
            case ast.Return(value=ast.expr() as value):
                self.check.type_of(value, known)
                return None
            case ast.Assert(test=test, msg=None):
                self.check.boolean(test, known, "assert")
                return narrowed(known, test, holds=True, type_of=self.check.type_of)
            case ast.Assign(targets=[ast.Name() as target], value=value):
                return self._assignment(target, self.check.type_of(value, known), known)
            case ast.AnnAssign(target=ast.Name() as target, value=ast.expr() as value):
                return self._assignment(target, self._annotated(node, value, known), known)
            case ast.If():
                return self._branches(node, known)
            case ast.For(target=ast.Name() as target, orelse=[]):
                return self._loop(node, target, known)
            case ast.Expr(value=ast.Constant(value=str())) if node is self.source.tree.body[0]:
                return known
        raise self.check.refusal(node, f"{type(node).__name__} in this form is outside the subset")

    def _assignment(self, target: ast.Name, found: Type, known: Known) -> Known:
        self.check.refuse_taken(target, target.id)
        if target.id in self.parameters:
            raise self.check.refusal(target, "an argument keeps its value: the trace shows what the rule was given")
        return assigned(known, target.id, found)

    def _annotated(self, node: ast.AnnAssign, value: ast.expr, known: Known) -> Type:
        self.check.type_of(value, known)
        try:
            return annotation_in(self.check.scope, ast.unparse(node.annotation))
        except (TypeError, NameError) as error:
            raise self.check.refusal(node.annotation, str(error)) from error

    def _branches(self, node: ast.If, known: Known) -> Known | None:
        self.check.boolean(node.test, known, "if")
        held = self.block(node.body, narrowed(known, node.test, holds=True, type_of=self.check.type_of))
        return joined(
            held, self.block(node.orelse, narrowed(known, node.test, holds=False, type_of=self.check.type_of))
        )

    def _loop(self, node: ast.For, target: ast.Name, known: Known) -> Known:
        item = self.check.items_of(node.iter, known)
        before = known
        for _ in range(MOST_ROUNDS):
            again = joined(before, self.block(node.body, self._assignment(target, item, before)))
            if again == before or again is None:
                return before
            before = again
        raise self.check.refusal(node, "the type of a name changes with each round of this loop")
