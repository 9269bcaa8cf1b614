"""Every rule of the package by name."""

from __future__ import annotations

from . import documents, origins, public_suffix
from .rule import Rule


def all_rules() -> dict[str, Rule[..., object]]:
    """Gather the rules from the modules that hold them, in the order in which they are written."""
    modules = (public_suffix, origins, documents)
    found = [value for module in modules for value in vars(module).values() if isinstance(value, Rule)]
    return {rule.name: rule for rule in found}
