"""Translations: parts → pairs by lng_pair; who lacks a partner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pelican_cors_series.problems import Problem, Severity, nearest, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pelican_cors_series.part import Part

Pairs = dict[str, dict[str, "Part"]]


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
