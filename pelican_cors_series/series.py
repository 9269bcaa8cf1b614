"""Series: parts → the series they form, in each language in the order of their numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pelican_cors_series.part import Membership, Part
from pelican_cors_series.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# An id that ends in a greater number first is inferred to be numbered by something else than parts.
_MOST_PARTS = 99
_NUMBERED = re.compile(r"(?:id[_-])?(?P<name>.*?)[_-]?(?P<number>[0-9]{1,6})")


@dataclass(frozen=True, slots=True)
class Series:
    """One series. name: as its address has it ("about-cors"). title: as its parts' ids spell it ("About CORS").

    parts: language → its parts in order; a language without parts is not there.
    """

    name: str
    title: str
    parts: Mapping[str, tuple[Part, ...]]


def membership(pair_id: str, series: str | None, number: int | None) -> Membership | None:
    """Return which part of which series a text is: as declared, else as its id says (id_About_CORS_2), else None."""
    if series is not None and number is not None:
        return Membership(series, number, inferred=False)
    match = _NUMBERED.fullmatch(pair_id)
    if match is None or not match["name"]:
        return None
    return Membership(match["name"].replace("_", " ").strip(), int(match["number"]), inferred=True)


def address_of(title: str) -> str:
    """Return the piece of an address that stands for a series: "About CORS" → "about-cors"."""
    return re.sub(r"[^\w]+", "-", title.lower()).strip("-")


def find_series(parts: Iterable[Part]) -> tuple[dict[str, Series], list[Problem]]:
    """Return the series by name, and what is wrong with them: a number taken twice, a gap.

    An inferred series needs two parts at least: one id that ends in a number is no series.
    """
    members = [part for part in parts if part.membership]
    members.sort(key=lambda part: (_name(part), part.language, _number(part), part.path))
    found: dict[str, Series] = {}
    problems: list[Problem] = []
    for name, group in groupby(members, _name):
        together = list(group)
        inferred = all(part.membership and part.membership.inferred for part in together)
        if inferred and len({part.pair_id for part in together}) == 1:
            continue
        by_language: dict[str, tuple[Part, ...]] = {}
        for language, of_language in groupby(together, lambda part: part.language):
            by_language[language], wrong = _in_order(list(of_language))
            problems += wrong
        titles = sorted(part.membership.series for part in together if part.membership)
        found[name] = Series(name, titles[0], by_language)
    return found, problems


def in_language(series: Series, code: str) -> list[Part]:
    """Return a series as readers of a language meet it: each number once, in that language where there is one.

    What is not translated stands in the language that comes first among those that have it.
    """
    found = {_number(part): part for part in series.parts[code]}
    paired = {part.pair_id for part in found.values()}
    for parts in series.parts.values():
        for part in parts:
            if part.pair_id not in paired:
                found.setdefault(_number(part), part)
    return [found[number] for number in sorted(found)]


def _name(part: Part) -> str:
    return address_of(part.membership.series) if part.membership else ""


def _number(part: Part) -> int:
    return part.membership.number if part.membership else 0


def _in_order(parts: list[Part]) -> tuple[tuple[Part, ...], list[Problem]]:
    """Return one language's parts, the first of each number, with the problems of their numbers."""
    taken: dict[int, Part] = {}
    problems = []
    for part in parts:
        number, previous = _number(part), max(taken, default=0)
        place = part.place("part" if "part" in part.places else "lng_pair")
        values: dict[str, Any] = {
            "series": part.membership.series if part.membership else "",
            "language": part.language,
        }
        if number in taken:
            problems.append(problem("series-part-taken", place, number=number, other=taken[number].path, **values))
            continue
        if number > previous + 1 and not (previous == 0 and _is_no_count(part)):
            missing = f"{previous + 1}" if number == previous + 2 else f"{previous + 1} to {number - 1}"
            problems.append(problem("series-gap", place, missing=missing, **values))
        taken[number] = part
    return tuple(taken.values()), problems


def _is_no_count(part: Part) -> bool:
    """Whether the number is a year or the like, which nobody counts up to from 1."""
    return part.membership is not None and part.membership.inferred and part.membership.number > _MOST_PARTS
