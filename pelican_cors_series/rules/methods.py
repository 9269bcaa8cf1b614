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

    `literal`: its argument has to be a string literal that is not empty. `plain`: it is printed with its object
    standing twice, which therefore has to be a name or a name's members. `result` None is the mapping's value or None.
    """

    owner: str
    takes: Type | None
    result: Type | None
    javascript: Callable[[str, str], str]
    literal: bool = False
    plain: bool = False


def methods() -> dict[str, Method]:
    """Give the methods by name."""
    return {
        "startswith": Method("str", STR, BOOL, lambda text, part: f"{text}.startsWith({part})"),
        "endswith": Method("str", STR, BOOL, lambda text, part: f"{text}.endsWith({part})"),
        "split": Method("str", STR, list_of(STR), lambda text, part: f"{text}.split({part})", literal=True),
        "join": Method("str", list_of(STR), STR, lambda text, parts: f"{parts}.join({text})"),
        "removeprefix": Method("str", STR, STR, _removeprefix, literal=True, plain=True),
        "removesuffix": Method("str", STR, STR, _removesuffix, literal=True, plain=True),
        "get": Method("dict", None, None, lambda mapping, key: f"({mapping}.get({key}) ?? null)"),
    }


def _removeprefix(text: str, part: str) -> str:
    return f"({text}.startsWith({part}) ? {text}.slice({_length(part)}) : {text})"


def _removesuffix(text: str, part: str) -> str:
    return f"({text}.endsWith({part}) ? {text}.slice(0, -{_length(part)}) : {text})"


def _length(literal: str) -> int:
    """Count the code units of a string literal as JavaScript does."""
    return len(str(json.loads(literal)).encode("utf-16-le")) // 2
