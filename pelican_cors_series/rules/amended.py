"""An amended rule: one in which some numbered steps read otherwise, as an engine has them, and what calls it."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

from .rule import Rule
from .source import RuleSource
from .tree_copy import tree_copy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import CodeType

# What stands in a reading for the step as it is read without it.
AS_READ = "as_read"

P = ParamSpec("P")
R = TypeVar("R")


class AmendedRule(Rule[P, R]):
    """A rule of which the steps in `readings` come to another expression; it calls the rules on its `shelf`.

    `readings` maps the number of a step to the text of an expression, in the printer's subset, over the names that the
    rule has at that step, the rules on the shelf and the `words`; in it `as_read` is what the step comes to without it.
    """

    def __init__(
        self,
        rule: Rule[P, R],
        readings: Mapping[str, str],
        words: Mapping[str, object],
        shelf: Mapping[str, Rule[..., object]],
    ) -> None:
        """Amend `rule`, which itself stays as it is."""
        super().__init__(rule.function, rule.url, standard=rule.standard)
        self.original = rule
        self.readings = readings
        self.words = words
        self.shelf = shelf

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run the amended rule, keeping no trace."""
        return self.traced([], *args, **kwargs)

    @property
    def scope(self) -> Mapping[str, object]:
        """The names of the rule's module, and the words where it is amended; the rules are those on the shelf."""
        names = {**self.function.__globals__, **(self.words if self.readings else {})}
        return {name: self.shelf[value.name] if isinstance(value, Rule) else value for name, value in names.items()}

    @cached_property
    def source(self) -> RuleSource:
        """The rule's syntax tree with the other readings. Raises ValueError for the number of no step."""
        return amended_source(self.original.source, self.readings)

    @cached_property
    def traced_code(self) -> CodeType:
        """The traced print, compiled; a rule that reads as the original shares its print, and calls others by it."""
        return super().traced_code if self.readings else self.original.traced_code


def amended_shelf(
    rules: Iterable[Rule[..., object]], readings: Mapping[str, Mapping[str, str]], words: Mapping[str, object]
) -> dict[str, Rule[..., object]]:
    """Amend rules that call each other. `readings` maps a rule's name to the readings of its steps."""
    shelf: dict[str, Rule[..., object]] = {}
    for rule in rules:
        shelf[rule.name] = AmendedRule(rule, readings.get(rule.name, {}), words, shelf)
    return shelf


def amended_source(source: RuleSource, readings: Mapping[str, str]) -> RuleSource:
    """Write other readings into a copy of a source; a step's own numbered parts go with it.

    Raises ValueError for the number of no step, SyntaxError for a reading that is no expression.
    """
    if not readings:
        return source
    unknown = readings.keys() - set(source.numbers.values())
    if unknown:
        message = f"{source.tree.name} has no step {', '.join(sorted(unknown))}"
        raise ValueError(message)
    tree, copies = tree_copy(source.tree)
    numbers = {cast("ast.expr", copies[node]): number for node, number in source.numbers.items()}
    rewriting = _Rewriting(numbers, readings)
    rewritten = cast("ast.FunctionDef", rewriting.visit(tree))
    standing = set(ast.walk(rewritten))
    kept = {node: number for node, number in rewriting.numbers.items() if node in standing}
    return RuleSource(source.path, rewritten, kept)


class _Rewriting(ast.NodeTransformer):
    def __init__(self, numbers: dict[ast.expr, str], readings: Mapping[str, str]) -> None:
        self.numbers = numbers
        self.readings = readings

    def visit(self, node: ast.AST) -> ast.AST:
        number = self.numbers.get(node) if isinstance(node, ast.expr) else None
        if not isinstance(node, ast.expr) or number is None or number not in self.readings:
            return cast("ast.AST", super().visit(node))
        reading = ast.parse(self.readings[number], mode="eval").body
        for inner in ast.walk(reading):
            if isinstance(inner, ast.expr):
                ast.copy_location(inner, node)
        # The number goes from the step as it was to what is read instead; the numbers within the step stay.
        del self.numbers[node]
        reading = _AsRead(cast("ast.expr", super().visit(node))).visit(reading)
        self.numbers[reading] = number
        return cast("ast.AST", reading)


class _AsRead(ast.NodeTransformer):
    """Puts a step where a reading of it says `as_read`."""

    def __init__(self, step: ast.expr) -> None:
        self.step = step

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.step if node.id == AS_READ else node
