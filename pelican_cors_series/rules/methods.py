"""The methods that the subset knows: those that mean the same in both languages, and how JavaScript writes them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .static_types import BOOL, STR, Type, list_of

if TYPE_CHECKING:
    from collections.abc import Callable

# The pieces of a regular expression that mean the same to `re` and to a JavaScript expression with the u flag: no dot,
# no \w, \d or \s, no anchor, look-around, back reference, flag or possessive quantifier.
PATTERN_PIECE = r"""
    [A-Za-z0-9 !"\#%&',/:;<=>@_`~-]                               # a character that stands for itself
  | \\[\^$\\.*+?()\[\]{}|/]                                       # an escaped one
  | \[\^?(?:[A-Za-z0-9 !"\#$%&'()*+,./:;<=>?@_`{|}~-]|\\[\[\]\\^-])+\]  # a class
  | \((?:\?:)?(?!\?) | \) | \|                                    # a group, an alternative
  | (?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})\??(?![*+?{])                 # a quantifier
"""
PATTERN = re.compile(f"(?:{PATTERN_PIECE})*", re.VERBOSE)


@dataclass(frozen=True, slots=True)
class Method:
    """One method: the kind it belongs to, the types it takes and gives, and its JavaScript.

    `literal`: its argument has to be a string literal that is not empty. `result` None is the mapping's value or None.
    """

    owner: str
    takes: Type | None
    result: Type | None
    javascript: Callable[[str, str], str]
    literal: bool = False


def methods() -> dict[str, Method]:
    """Give the methods by name."""
    return {
        "startswith": Method("str", STR, BOOL, lambda text, part: f"{text}.startsWith({part})"),
        "endswith": Method("str", STR, BOOL, lambda text, part: f"{text}.endsWith({part})"),
        "split": Method("str", STR, list_of(STR), lambda text, part: f"{text}.split({part})", literal=True),
        "join": Method("str", list_of(STR), STR, lambda text, parts: f"{parts}.join({text})"),
        "removeprefix": Method(
            "str", STR, STR, lambda text, part: f'{text}.replace(/^{_escaped(part)}/, "")', literal=True
        ),
        "removesuffix": Method(
            "str", STR, STR, lambda text, part: f'{text}.replace(/{_escaped(part)}$/, "")', literal=True
        ),
        "get": Method("dict", None, None, lambda mapping, key: f"({mapping}.get({key}) ?? null)"),
    }


def _escaped(literal: str) -> str:
    """Write what a string literal holds as a pattern; a quote needs no escape there."""
    signs = re.compile(r"[\\^$.*+?()\[\]{}|/]")
    return "".join(
        f"\\{each}" if signs.match(each) else each if each == '"' else json.dumps(each)[1:-1]
        for each in json.loads(literal)
    )
