"""A record that rules change, and rules that change it, for the tests of the printer."""

from __future__ import annotations

from dataclasses import dataclass, field

from pelican_cors_series.rules.rule import rule

STANDARD = "https://standard.example/#"


@dataclass(slots=True, eq=False)
class Shelf:
    name: str
    label: str | None = None
    words: list[str] = field(default_factory=list)
    count: int = 0
    full: bool = False
    next: Shelf | None = None


@dataclass
class Checked:
    name: str

    def __post_init__(self) -> None:
        self.name = self.name.strip()


@rule(STANDARD + "clear")
def clear(shelf: Shelf) -> None:
    shelf.label = None  # 1
    shelf.words = []  # 2


@rule(STANDARD + "words")
def words_of(shelf: Shelf) -> list[str]:
    shelf.count += 1  # 1
    return shelf.words  # 2


@rule(STANDARD + "short")
def is_short(word: str) -> bool:
    return len(word) < 3  # 1
