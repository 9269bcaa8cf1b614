"""Scenarios out of random ones that come to what the others do not: a greedy cover, each cut down to what it needs."""

from __future__ import annotations

import copy
from itertools import islice
from typing import TYPE_CHECKING

from pelican_cors_series.lab import random_scenarios
from pelican_cors_series.observations import plain_scenario
from pelican_cors_series.rules import ScenarioError, judge_request, read_request_scenario

from .steps import reached

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from .forms import Plain

SEED, COUNT = 1, 6000


def cover(known: Collection[str]) -> Iterator[Plain]:
    """Give scenarios that come to a side of a step that neither `known` has nor one before."""
    seen = set(known)
    for scenario in islice(random_scenarios(SEED), COUNT):
        found = reached([judge_request(scenario)])
        if found - seen:
            yield _least(plain_scenario(scenario), found - seen)
            seen |= found


def _least(scenario: Plain, wanted: Collection[str]) -> Plain:
    """Leave out of a scenario what it can do without and still come to all that is wanted."""
    smaller = next(_smaller(scenario, wanted), None)
    return scenario if smaller is None else _least(smaller, wanted)


def _smaller(scenario: Plain, wanted: Collection[str]) -> Iterator[Plain]:
    for path in [*_places(scenario)]:
        tried = copy.deepcopy(scenario)
        inner = tried
        for name in path[:-1]:
            inner = inner[name]
        del inner[path[-1]]
        try:
            verdict = judge_request(read_request_scenario(tried))
        except ScenarioError:
            continue
        if reached([verdict]) >= wanted:
            yield tried


def _places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in items:
        # The marks that keep caches out stay.
        if inner != ["Cache-Control", "no-store"]:
            yield (*path, name)
            yield from _places(inner, (*path, name))
