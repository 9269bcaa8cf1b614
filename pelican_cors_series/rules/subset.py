"""The check of one rule: within the subset of Python that means the same in JavaScript, or a PrinterError says why."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING

from .calls import check_append
from .expressions import Expressions
from .flow import assigned, forgotten, joined, path_of
from .rule import Rule
from .static_types import NONE, Type, annotation_in, fields_of, hints_of, is_frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from .flow import Known
    from .source import RuleSource

# How often the body of a loop is checked until no name's type changes any more; two or three rounds are the rule.
MOST_ROUNDS = 9


@dataclass(frozen=True, slots=True)
class CheckedRule:
    """A rule that can be printed: its source, the types of its expressions, and the globals that it uses.

    `open_end`: its last line can be passed, and it gives None then.
    """

    rule: Rule[..., object]
    source: RuleSource
    types: dict[ast.expr, Type]
    uses: dict[str, object]
    open_end: bool


def checked(rule: Rule[..., object]) -> CheckedRule:
    """Check a rule. Raises PrinterError at the first thing that leaves the subset."""
    source = rule.source
    scope = rule.scope
    expressions = Expressions(source.path, scope)
    if not rule.standard and source.numbers:
        raise expressions.refusal(source.tree, "a function of our own has no numbered steps")
    known, result = _signature(expressions, source, rule)
    end = _Statements(expressions, source, set(known)).block(source.tree.body, known)
    if end is not None and result != NONE:
        raise expressions.refusal(source.tree.body[-1], "the rule can end here without a return")
    return CheckedRule(rule, source, expressions.types, expressions.globals, end is not None)


def _signature(check: Expressions, source: RuleSource, rule: Rule[..., object]) -> tuple[Known, Type]:
    arguments = source.tree.args
    others = [*arguments.posonlyargs, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    if any(other is not None for other in others) or arguments.defaults:
        raise check.refusal(source.tree, "a rule has plain parameters without defaults")
    names = [argument.arg for argument in arguments.args]
    for argument in arguments.args:
        check.refuse_taken(argument, argument.arg)
    try:
        found = hints_of(rule.function)
    except (TypeError, NameError) as error:
        raise check.refusal(source.tree, str(error)) from error
    for name in [*names, "return"]:
        if name not in found:
            raise check.refusal(source.tree, f"{name} needs an annotation")
    return {name: found[name] for name in names}, found["return"]


@dataclass(slots=True)
class _Loop:
    """What is known at each `break` and each `continue` of a loop."""

    breaks: list[Known] = field(default_factory=list)
    continues: list[Known] = field(default_factory=list)


class _Statements:
    """The statements of one rule, in the order in which they run."""

    def __init__(self, check: Expressions, source: RuleSource, parameters: set[str]) -> None:
        self.check = check
        self.source = source
        self.parameters = parameters
        self.loops: list[_Loop] = []

    def block(self, body: list[ast.stmt], known: Known) -> Known | None:
        """Check a block; None where it always ends the rule."""
        after: Known | None = known
        for statement in body:
            if after is None:
                raise self.check.refusal(statement, "nothing leads here")
            after = self._statement(statement, after)
        return after

    def _statement(self, node: ast.stmt, known: Known) -> Known | None:  # noqa: C901, PLR0911 - one for each kind
        match node:
            case ast.Return(value=ast.expr() as value):
                self.check.type_of(value, known)
                return None
            case ast.Assert(test=test, msg=None):
                self.check.boolean(test, known, "assert")
                return self.check.held(test, known, holds=True)
            case ast.Assign(targets=[ast.Name() as target], value=value):
                found = self.check.type_of(value, known)
                return self._assignment(target, found, self._after(value, known))
            case ast.Assign(targets=[ast.Attribute() as target], value=value):
                return self._member(target, value, known)
            case ast.AnnAssign(target=ast.Name() as target, value=ast.expr() as value):
                found = self._annotated(node, value, known)
                return self._assignment(target, found, self._after(value, known))
            case ast.If():
                return self._branches(node, known)
            case ast.For(orelse=[]):
                return self._for(node, known)
            case ast.While(orelse=[]):
                return self._while(node, known)
            case ast.Break():
                self.loops[-1].breaks.append(known)
                return None
            case ast.Continue():
                self.loops[-1].continues.append(known)
                return None
            case ast.Expr(value=ast.Call() as call):
                return self._call(call, known)
            case ast.Expr(value=ast.Constant(value=str())) if node is self.source.tree.body[0]:
                return known
        raise self.check.refusal(node, f"{type(node).__name__} in this form is outside the subset")

    def _after(self, node: ast.AST, known: Known) -> Known:
        return forgotten(known, self.check.changes(node))

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

    def _member(self, target: ast.Attribute, value: ast.expr, known: Known) -> Known:
        """Check `request.mode = …`; what is known of that member of any other record is known no longer."""
        found = self.check.type_of(value, known)
        path = path_of(target)
        if path is None:
            raise self.check.refusal(target, "a member is assigned to a record that has a name")
        self.check.refuse_turned(value, target.value)
        declared = self._declared(target, known)
        if self.check.changes(value) & {*path.split(".")[1:-1]}:
            raise self.check.refusal(
                value, "JavaScript finds the record before this call: give the result a name first"
            )
        kept = NONE if found == NONE else declared if found >= NONE else declared - NONE
        return {**self._after(target, self._after(value, known)), path: kept}

    def _declared(self, target: ast.Attribute, known: Known) -> Type:
        declared: Type = frozenset()
        for kind in self.check.type_of(target.value, known):
            fields = fields_of(kind.record) if kind.record is not None and not is_frozen(kind.record) else {}
            if target.attr not in fields:
                raise self.check.refusal(target, f"{kind.name} has no member {target.attr} that can be assigned")
            declared |= fields[target.attr]
        return declared

    def _call(self, node: ast.Call, known: Known) -> Known:
        match node.func:
            case ast.Attribute(value=owner, attr="append"):
                check_append(self.check, node, owner, known)
            case ast.Name(id=name) if isinstance(self.check.scope.get(name), Rule):
                self.check.type_of(node, known)
            case _:
                raise self.check.refusal(node, "only append and a rule are called for what they change")
        return self._after(node, known)

    def _branches(self, node: ast.If, known: Known) -> Known | None:
        self.check.boolean(node.test, known, "if")
        return joined(
            self.block(node.body, self.check.held(node.test, known, holds=True)),
            self.block(node.orelse, self.check.held(node.test, known, holds=False)),
        )

    def _for(self, node: ast.For, known: Known) -> Known | None:
        targets = self.check.targets(node.target, self.check.items_of(node.iter, known))

        def enter(head: Known) -> Known:
            for name, found in targets:
                head = self._assignment(name, found, head)
            return head

        head, breaks = self._rounds(node, self._after(node.iter, known), enter)
        return reduce(joined, [head, *breaks])

    def _while(self, node: ast.While, known: Known) -> Known | None:
        def enter(head: Known) -> Known:
            self.check.boolean(node.test, head, "while")
            return self.check.held(node.test, head, holds=True)

        head, breaks = self._rounds(node, known, enter)
        endless = isinstance(node.test, ast.Constant) and node.test.value is True
        return reduce(joined, [None if endless else self.check.held(node.test, head, holds=False), *breaks])

    def _rounds(
        self, node: ast.For | ast.While, head: Known, enter: Callable[[Known], Known]
    ) -> tuple[Known, list[Known | None]]:
        """Check a loop until a round adds nothing; give what is known at its head and at each `break`."""
        for _ in range(MOST_ROUNDS):
            self.loops.append(_Loop())
            end = self.block(node.body, enter(head))
            loop = self.loops.pop()
            again = reduce(joined, [head, end, *loop.continues])
            if again is None or again == head:
                return head, [*loop.breaks]
            head = again
        raise self.check.refusal(node, "the type of a name changes with each round of this loop")
