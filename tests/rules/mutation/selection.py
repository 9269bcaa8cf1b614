"""Which rules a mutation run is about: those of a tier, a group, a module or a name."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from pelican_cors_series.rules import Rule, all_rules
from pelican_cors_series.rules.inventory import inventory

if TYPE_CHECKING:
    from collections.abc import Iterable

CORE = "core"


def rules_of(wanted: Iterable[str] = ()) -> list[Rule[..., object]]:
    """Give the rules that are wanted by a tier, a group's letter, a module or a name; those of the core by default.

    A tier or a group has the functions of our own with it that its rules call or that stand in a module of theirs.
    Raises LookupError for what is none of these.
    """
    rules = all_rules()
    found: set[str] = set()
    for word in wanted or [CORE]:
        chosen = _of(word, rules)
        if not chosen:
            message = f"no rule, module, group or tier is named {word!r}"
            raise LookupError(message)
        found |= chosen
    return [rule for name, rule in rules.items() if name in found]


def _of(word: str, rules: dict[str, Rule[..., object]]) -> set[str]:
    by_module = {name for name, rule in rules.items() if rule.__module__.rsplit(".", 1)[-1] == word}
    if word in rules or by_module:
        return by_module | ({word} & set(rules))
    chosen = {name for name, entry in inventory().items() if word in (entry.tier, entry.group.split(".")[0])}
    modules = {rules[name].__module__ for name in chosen}
    beside = {name for name, rule in rules.items() if not rule.standard and rule.__module__ in modules}
    return _with_what_they_call(chosen | beside, rules)


def _with_what_they_call(chosen: set[str], rules: dict[str, Rule[..., object]]) -> set[str]:
    found, waiting = set(chosen), list(chosen)
    while waiting:
        rule = rules[waiting.pop()]
        for node in ast.walk(rule.source.tree):
            used = rule.function.__globals__.get(node.id) if isinstance(node, ast.Name) else None
            if isinstance(used, Rule) and not used.standard and used.name not in found:
                found.add(used.name)
                waiting.append(used.name)
    return found
