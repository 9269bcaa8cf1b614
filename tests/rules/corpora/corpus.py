"""A corpus: rows that say what has to come out, each checked by calling rules in a way that the caller chooses."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias, TypeVar

from .known_differences import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pelican_cors_series.rules import Rule

T = TypeVar("T")
Row: TypeAlias = dict[str, Any]


class Way(Protocol):
    """A way to call a rule: in Python alone, or in both languages. `arguments` makes new ones for each call."""

    def __call__(self, rule: Rule[..., T], arguments: Callable[[], tuple[object, ...]], /) -> T: ...


class Answer(NamedTuple):
    """Whether what the rules come to is what a row of a corpus says, and what tells the reason why not."""

    corpus: str
    row: str
    holds: bool
    tell: Callable[[], str | None] | None = None

    @property
    def reason(self) -> str | None:
        """The reason why the row does not hold; found when asked for, since it may take the rules."""
        return None if self.holds or self.tell is None else self.tell()


Case: TypeAlias = "Callable[[Way], Iterator[Answer]]"
Check: TypeAlias = "Callable[[Way, Row], bool]"


@dataclass(frozen=True, slots=True)
class Corpus:
    """The rows of one file as cases that can run in any order.

    A case answers one row or, where rows belong together, several. `sources` tells where the rows come from, the
    source of most of them first.
    """

    name: str
    sources: tuple[str, ...]
    cases: tuple[Case, ...]


def plainly(rule: Rule[..., T], arguments: Callable[[], tuple[object, ...]]) -> T:
    """Call a rule in Python alone, recording nothing."""
    return rule(*arguments())


def read_rows(file: Path) -> list[Row]:
    return [json.loads(line) for line in file.read_text("utf-8").split("\n") if line]


def row_of_line(name: str, number: int) -> str:
    """Name a row of a file whose rows have no names: by its line, from 1."""
    return f"{name}-{number}"


def one_case_a_row(name: str, rows: list[Row], check: Check) -> Corpus:
    """Make a corpus of rows that each stand alone."""
    cases = [
        partial(_one_row, name, check, number, pair)
        for number, pair in enumerate(zip([{}, *rows], rows, strict=False), start=1)
    ]
    return Corpus(name, sources_of(rows), tuple(cases))


def _one_row(name: str, check: Check, number: int, rows: tuple[Row, Row], way: Way) -> Iterator[Answer]:
    before, row = rows
    yield Answer(name, row_of_line(name, number), check(way, row), partial(reason_of, name, row, before))


def sources_of(rows: Iterable[Row]) -> tuple[str, ...]:
    """Name the suites that rows come from; what is printed in a standard itself is of no suite."""
    suites = ("wpt", "gecko", "psl")
    names = [row["src"].split("/")[0] for row in rows]
    found = Counter(name if name in suites else "standards" for name in names)
    return tuple(name for name, _ in found.most_common())
