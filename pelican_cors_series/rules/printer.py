"""The printer: the rules as one JavaScript module whose exports bear the rules' names."""

from __future__ import annotations

import difflib
from importlib.resources import files
from typing import TYPE_CHECKING

from .catalogue import all_rules
from .javascript import javascript_function, takes_trace
from .javascript_expressions import literal
from .javascript_runtime import runtime_for
from .printer_error import PrinterError
from .rule import Leaf, Rule
from .subset import CheckedRule, checked

if TYPE_CHECKING:
    from collections.abc import Iterable


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


def print_rules(names: Iterable[str] | None = None) -> str:
    """Print rules as the text of an ECMAScript module.

    `names` are the rules wanted, None all of them; what they call and what they need of the host comes along, and
    nothing else. Each exported function takes the arguments of its rule and, where steps are numbered, an array
    `trace` that `{step, value, given}` are pushed to. The same names always give the same text.

    Raises UnknownRuleError for a name that no rule bears, PrinterError for a rule that leaves the printer's subset.
    """
    everything = all_rules()
    wanted = list(everything) if names is None else list(names)
    for name in wanted:
        if name not in everything:
            raise UnknownRuleError(name, everything)
    return javascript_module([everything[name] for name in wanted], order=list(everything))


def javascript_module(rules: Iterable[Rule[..., object]], order: Iterable[str] = ()) -> str:
    """Print these rules and what they use; `order` names the rules that come first in the text, in their order."""
    found = _with_what_they_use(rules)
    places = {name: place for place, name in enumerate(order)}
    used = _uses(found.values())
    leaves = sorted(name for name, value in used.items() if isinstance(value, Leaf))
    constants = sorted((name, value) for name, value in used.items() if not isinstance(value, Rule | Leaf))
    pass_trace = takes_trace(found)
    parts = [_host_part(name) for name in leaves]
    parts += [f"const {name} = {literal(value)};\n" for name, value in constants]
    ordered = sorted(found, key=lambda name: (places.get(name, len(places)), name))
    functions = [javascript_function(found[name], pass_trace=pass_trace) for name in ordered]
    return "\n".join([*parts, *runtime_for(functions), *functions])


def _with_what_they_use(rules: Iterable[Rule[..., object]]) -> dict[str, CheckedRule]:
    found: dict[str, CheckedRule] = {}
    waiting = list(rules)
    while waiting:
        rule = waiting.pop()
        if rule.name not in found:
            found[rule.name] = checked(rule)
            waiting += [used for used in found[rule.name].uses.values() if isinstance(used, Rule)]
    return found


def _uses(rules: Iterable[CheckedRule]) -> dict[str, object]:
    used: dict[str, object] = {}
    for rule in rules:
        for name, value in rule.uses.items():
            if used.setdefault(name, value) != value:
                message = f"{name} stands for something else in another module, and the print has one name for both"
                raise PrinterError.at(rule.source.path, rule.source.tree, message)
    return used


def _host_part(name: str) -> str:
    return files(__package__).joinpath("host", f"{name}.js").read_text("utf-8")
