"""The mutants of a rule: its syntax tree with one thing changed."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, cast

from .dropped import dropped, recorded
from .turned import turned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pelican_cors_series.rules import Rule


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one rule: `before` and `after` are its text, `step` the number of the step that it touches.

    `place` counts the changes of the same rule and step that read alike.
    """

    rule: str
    step: str | None
    before: str
    after: str
    place: int
    tree: ast.FunctionDef = field(repr=False, compare=False)

    def __str__(self) -> str:
        """Say what is changed where."""
        where = self.rule if self.step is None else f"{self.rule}#{self.step}"
        again = "" if self.place == 1 else f" ({self.place})"
        return f"{where}: {self.before} → {self.after}{again}"


def mutants_of(rule: Rule[..., object]) -> Iterator[Mutant]:
    """Make the mutants of a rule; a change that comes up twice, or that changes nothing, is left out."""
    tree = rule.source.tree
    steps, parents = _steps(rule), _parents(tree)
    seen: set[tuple[ast.AST, str]] = set()
    alike: Counter[tuple[str | None, str, str]] = Counter()
    in_place = ((node, other) for node in _expressions(tree) for other in turned(node))
    for node, other in chain(in_place, dropped(rule)):
        change = node, ast.dump(other)
        if change in seen or change[1] == ast.dump(node):
            continue
        seen.add(change)
        name = steps.get(node), ast.unparse(node), ast.unparse(other)
        alike[name] += 1
        yield Mutant(rule.name, *name, alike[name], _with(parents, node, other))


def function_of(mutant: Mutant, rule: Rule[..., object]) -> Callable[..., object]:
    """Compile a mutant; what its module has is there for it."""
    namespace = {**rule.function.__globals__}
    module = ast.fix_missing_locations(ast.Module([mutant.tree], type_ignores=[]))
    exec(compile(module, rule.source.path, "exec"), namespace)  # noqa: S102 - the tree is the rule's own source
    function: Callable[..., object] = namespace[rule.name]
    namespace[rule.name] = rule
    return function


def _expressions(tree: ast.FunctionDef) -> Iterator[ast.AST]:
    """Give the expressions that run; annotations do not."""
    for statement in tree.body:
        waiting: list[ast.AST] = [statement]
        while waiting:
            node = waiting.pop(0)
            yield node
            waiting += [child for name, child in _children(node) if name != "annotation"]


def _children(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield name, child


def _steps(rule: Rule[..., object]) -> dict[ast.AST, str]:
    """Tell of which step each node is a part: an expression's own, else its statement's, else that of the block."""
    numbers = rule.source.numbers
    found: dict[ast.AST, str] = {}

    def enter(node: ast.AST, step: str | None) -> None:
        own = [numbers[part] for part in recorded(node) if part in numbers] if isinstance(node, ast.stmt) else []
        inner = own[0] if own else numbers.get(node, step) if isinstance(node, ast.expr) else step
        if inner is not None:
            found[node] = inner
        for name, child in _children(node):
            enter(child, step if name == "orelse" else inner)

    enter(rule.source.tree, None)
    return found


def _parents(tree: ast.FunctionDef) -> dict[ast.AST, ast.AST]:
    return {child: node for node in ast.walk(tree) for _, child in _children(node)}


def _with(parents: Mapping[ast.AST, ast.AST], node: ast.AST, other: ast.AST) -> ast.FunctionDef:
    """Give the tree with another node in the place of one: what stands above it is copied, all else is shared."""
    while node in parents:
        parent = copy.copy(parents[node])
        for name, value in ast.iter_fields(parent):
            if value is node:
                setattr(parent, name, other)
            elif isinstance(value, list):
                setattr(parent, name, [other if item is node else item for item in value])
        node, other = parents[node], parent
    tree = cast("ast.FunctionDef", other)
    tree.decorator_list = []
    return tree
