"""Pieces of a text that know where they come from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .syntax import Syntax

_WORD = re.compile(r"[\w$]")


class Piece(NamedTuple):
    """A bit of the text; `at` is the node of the module that it stands for, None for a sign that was added."""

    text: str
    at: Syntax | None = None


def between(parts: Iterable[Iterable[Piece]], sign: str) -> Iterator[Piece]:
    """Put a sign between parts."""
    for place, part in enumerate(parts):
        if place:
            yield Piece(sign)
        yield from part


def kept_apart(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Put a space wherever two pieces would run together; the text of a template stays as it is."""
    before = Piece("\n")
    for piece in pieces:
        if not (_is_of_a_template(before) or _is_of_a_template(piece)) and _run_together(before.text, piece.text):
            yield Piece(" ")
        yield piece
        before = piece


def _is_of_a_template(piece: Piece) -> bool:
    return piece.at is not None and piece.at.kind in ("raw", "${")


def _run_together(one: str, other: str) -> bool:
    before, after = one[-1], other[0]
    return bool(_WORD.match(before) and (_WORD.match(after) or after == "#")) or (before == after and before in "+-/")
