"""What the minifier has written, and its source map: https://tc39.es/ecma426/."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .pieces import kept_apart
from .scopes import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .pieces import Piece

NAMED = NAMES | {"private_property_identifier"}
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


@dataclass(frozen=True, slots=True)
class Minified:
    """A minified module and the one that it was made of; `mappings` and `names` are those of a source map."""

    text: str
    module: str
    mappings: str
    names: tuple[str, ...]

    def source_map(self, source: str) -> str:
        """Give the source map as JSON. It brings the readable module along, under the address `source`."""
        fields = {
            "version": 3,
            "sources": [source],
            "sourcesContent": [self.module],
            "names": self.names,
            "mappings": self.mappings,
        }
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def written(module: str, pieces: Iterable[Piece]) -> Minified:
    """Write pieces one after another, and where each stood in the module."""
    text: list[str] = []
    lines: list[list[str]] = [[]]
    names: dict[str, int] = {}
    column = 0
    before = [0, 0, 0, 0, 0]  # the column, which counts anew in each line; the source, its row and column; the name
    for piece in kept_apart(pieces):
        if piece.at is not None:
            place = [column, 0, piece.at.row, piece.at.column]
            if piece.text != piece.at.text and piece.at.kind in NAMED:
                place.append(names.setdefault(piece.at.text, len(names)))
            lines[-1].append("".join(_digits(now - then) for now, then in zip(place, before, strict=False)))
            before = [*place, *before[len(place) :]]
        text.append(piece.text)
        *ended, last = piece.text.split("\n")
        column = len(last.encode("utf-16-le")) // 2 + (0 if ended else column)
        for _ in ended:
            lines.append([])
            before[0] = 0
    return Minified("".join(text), module, ";".join(map(",".join, lines)), tuple(names))


def _digits(number: int) -> str:
    """Write a number by five bits in a digit, the sign in the last of them; the sixth says that more follow."""
    left = -number << 1 | 1 if number < 0 else number << 1
    found = ""
    while left > 31:  # noqa: PLR2004 - five bits
        found += DIGITS[left & 31 | 32]
        left >>= 5
    return found + DIGITS[left]
