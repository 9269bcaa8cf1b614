"""The printer: the rules as one JavaScript module whose exports bear the rules' names."""

from __future__ import annotations

import difflib
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING

from .catalogue import all_rules
from .javascript import javascript_function, takes_trace
from .javascript_literals import literal
from .javascript_records import filler, members_used, records_to_fill
from .javascript_runtime import runtime_for
from .printer_error import PrinterError
from .rule import Leaf, Rule
from .subset import CheckedRule, checked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

# From so many numbered steps on, what counts them weighs less than their numbers.
WORTH_COUNTING = 100


class UnknownRuleError(KeyError):
    """A name that no rule bears; `name` is what was asked for, `close` the names most like it."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        """Look for names that were meant."""
        super().__init__(name)
        self.name = name
        self.close = difflib.get_close_matches(name, known, n=3)

    def __str__(self) -> str:
        """Say what was asked for and what may have been meant."""
        meant = f"; did you mean {' or '.join(self.close)}?" if self.close else ""
        return f"no rule is named {self.name!r}{meant}"


def print_rules(names: Iterable[str] | None = None, *, steps: Collection[str] | None = None) -> str:
    """Print rules as the text of an ECMAScript module.

    `names` are the rules and leaves wanted, None all of them; what they call and what they need of the host comes
    along, and nothing else. The module exports those that are wanted, and what the page has to call before: a leaf
    may need data. Each takes the arguments of its rule and, where steps are numbered, an array `trace` after them that
    `{step, value, given}` are pushed to. `steps` are those that it records, as `same_origin#2`, None all of them: a
    page carries no number that it never shows. The same names always give the same text.

    Raises UnknownRuleError for a name that no rule bears, PrinterError for a rule that leaves the printer's subset.
    """
    everything, leaves = all_rules(), _leaf_names()
    wanted = None if names is None else set(names)
    for name in wanted or ():
        if name not in everything and name not in leaves:
            raise UnknownRuleError(name, [*everything, *leaves])
    rules = [rule for name, rule in everything.items() if wanted is None or name in wanted]
    return javascript_module(rules, list(everything), wanted, steps=steps)


def javascript_module(
    rules: Iterable[Rule[..., object]],
    order: Iterable[str] = (),
    wanted: Collection[str] | None = None,
    *,
    counts: bool | None = None,
    steps: Collection[str] | None = None,
) -> str:
    """Print these rules and what they use; `order` names the rules that come first in the text, in their order.

    `wanted` are the rules and leaves to export, None all. `counts`: the print counts steps instead of writing each
    number; None where that makes it shorter. `steps` are those to record, None all.
    """
    found = _with_what_they_use(rules)
    if steps is not None:
        found = {name: _recording(rule, steps) for name, rule in found.items()}
    places = {name: place for place, name in enumerate(order)}
    used = _uses(found.values())
    leaves = {name for name, value in used.items() if isinstance(value, Leaf)} | (_leaf_names() & {*(wanted or ())})
    constants = sorted((name, value) for name, value in used.items() if not isinstance(value, Rule | Leaf))
    parts = [_host_part(name, exported=wanted is None or name in wanted) for name in sorted(leaves)]
    parts += [f"const {name} = {literal(value)};\n" for name, value in constants]
    traced, filled = takes_trace(found), records_to_fill(found.values())
    recorded = sum(len(rule.source.numbers) for rule in found.values())
    functions = [
        javascript_function(
            found[name],
            exported=wanted is None or name in wanted,
            takes_trace=name in traced,
            counts=recorded >= WORTH_COUNTING if counts is None else counts,
            filled=filled,
        )
        for name in sorted(found, key=lambda name: (places.get(name, len(places)), name))
    ]
    # A page that calls a few rules by their names never sees a member that none of them knows.
    members = None if wanted is None else members_used(found.values())
    fillers = [filler(record, members) for record in sorted(filled, key=lambda record: record.__name__)]
    return "\n".join([*parts, *runtime_for(functions), *fillers, *functions])


def _with_what_they_use(rules: Iterable[Rule[..., object]]) -> dict[str, CheckedRule]:
    found: dict[str, CheckedRule] = {}
    waiting = list(rules)
    while waiting:
        rule = waiting.pop()
        if rule.name not in found:
            found[rule.name] = checked(rule)
            waiting += [used for used in found[rule.name].uses.values() if isinstance(used, Rule)]
    return found


def _recording(rule: CheckedRule, steps: Collection[str]) -> CheckedRule:
    """Give a rule that records some of its steps only."""
    numbers = {node: it for node, it in rule.source.numbers.items() if f"{rule.rule.name}#{it}" in steps}
    return replace(rule, source=replace(rule.source, numbers=numbers))


def _uses(rules: Iterable[CheckedRule]) -> dict[str, object]:
    used: dict[str, object] = {}
    for rule in rules:
        for name, value in rule.uses.items():
            if used.setdefault(name, value) != value:
                message = f"{name} stands for something else in another module, and the print has one name for both"
                raise PrinterError.at(rule.source.path, rule.source.tree, message)
    return used


def _host_part(name: str, *, exported: bool) -> str:
    text = files(__package__).joinpath("host", f"{name}.js").read_text("utf-8")
    return text if exported else text.replace(f"export function {name}(", f"function {name}(")


def _leaf_names() -> set[str]:
    return {file.name.removesuffix(".js") for file in files(__package__).joinpath("host").iterdir()}
