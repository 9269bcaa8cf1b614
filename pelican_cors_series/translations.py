"""Translations: parts → pairs by lng_pair; who lacks a partner, and which translation is behind."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pelican_cors_series.problems import Problem, Severity, nearest, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pelican_cors_series.part import Part

Pairs = dict[str, dict[str, "Part"]]

# Two texts that are revised in one sitting, or on two sides of midnight, are equally new.
_ONE_SITTING = timedelta(days=1)


def find_pairs(parts: Iterable[Part]) -> tuple[Pairs, list[Problem]]:
    """Return id → language → part, and a problem for each id that a language uses twice (the first path keeps it)."""
    pairs: Pairs = {}
    problems = []
    for part in sorted(parts, key=lambda part: part.path):
        pair = pairs.setdefault(part.pair_id, {})
        if part.language in pair:
            values: dict[str, Any] = {
                "pair": part.pair_id,
                "other": pair[part.language].path,
                "language": part.language,
            }
            problems.append(problem("pair-id-taken", part.place("lng_pair"), **values))
        else:
            pair[part.language] = part
    return pairs, problems


def without_partner(
    pairs: Mapping[str, Mapping[str, Part]], languages: Sequence[str], *, required: bool
) -> list[Problem]:
    """Return a problem for each pair that lacks a language: a warning, or an error where translations are required.

    The hint names an id that differs a little, or a file of the same name: most pairs are split by a slip.
    """
    severity: Severity = "error" if required else "warning"
    halves = {pair_id: pair for pair_id, pair in pairs.items() if len(pair) < len(languages)}
    problems = []
    for pair_id, pair in halves.items():
        missing = [language for language in languages if language not in pair]
        part = next(iter(pair.values()))
        problems.append(
            problem(
                "pair-without-partner",
                part.place("lng_pair"),
                severity=severity,
                pair=pair_id,
                languages=", ".join(missing),
                suggestion=_suggestion(part, missing, halves),
            ),
        )
    return problems


def newer_text(part: Part, pair: Mapping[str, Part]) -> Part | None:
    """Return the translation whose text is newer: revised more than a day after this one, None where there is none.

    pair: language → part. Only a text that says when it was modified can be newer: one that merely came out later was
    translated from the one that was there.
    """
    own = part.modified or part.date
    newer = [each for each in pair.values() if each.modified and each.modified - own > _ONE_SITTING]
    return max(newer, key=lambda each: each.modified or each.date, default=None)


def behind(pairs: Mapping[str, Mapping[str, Part]]) -> list[Problem]:
    """Return a warning for each part that is older than one of its translations."""
    problems = []
    for pair in pairs.values():
        for part in pair.values():
            newer = newer_text(part, pair)
            if newer is not None and newer.modified is not None:
                place = part.place("meta_modify_date" if part.modified else "date")
                day = f"{newer.modified:%Y-%m-%d}"
                problems.append(problem("translation-behind", place, other=newer.path, day=day))
    return problems


def _suggestion(part: Part, missing: list[str], halves: Mapping[str, Mapping[str, Part]]) -> str:
    others = {
        pair_id: other
        for pair_id, pair in halves.items()
        for language, other in pair.items()
        if language in missing and pair_id != part.pair_id
    }
    for pair_id, other in others.items():
        if other.stem.lower() == part.stem.lower():
            return f"{other.path} has the same name and the id {pair_id}: did you mean that one?"
    otherwise = f"write one with the same lng_pair in {missing[0]}"
    return nearest(part.pair_id, others, otherwise)
