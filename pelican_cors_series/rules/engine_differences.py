"""Where an engine makes something else of a request than the Standard, and by which of its deviations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .deviations import ENGINES, deviations_of
from .scenario_fetch import copy_of, fetch_arguments, fetch_method_of, seen_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from .deviations import Engine
    from .fetch_records import Network
    from .request_scenario import RequestScenario
    from .rule import Step
    from .scenario_fetch import Outcome, Seen


@dataclass(frozen=True, slots=True)
class EngineDifference:
    """An engine whose outcome, status or readable headers are others than the Standard's; `why` is a deviation's id."""

    engine: Engine
    outcome: Outcome
    why: str


def engine_differences(
    scenario: RequestScenario, before: Network, seen: Seen, steps: Sequence[Step]
) -> tuple[EngineDifference, ...]:
    """Ask each engine's rules, and give a row for each deviation without which an engine would do as the Standard does.

    `seen` and `steps` are what the Standard's rules came to; `before` is the network as the request finds it.
    """
    ran = {step.step for step in steps}
    return tuple(row for engine in ENGINES for row in _of_engine(engine, scenario, before, seen, ran))


def _of_engine(
    engine: Engine, scenario: RequestScenario, before: Network, seen: Seen, ran: Collection[str]
) -> Iterator[EngineDifference]:
    # Until a step that reads otherwise is reached, both run alike.
    if not any(step in ran for deviation in deviations_of(engine) for step in deviation.reads):
        return
    steps: list[Step] = []
    theirs = seen_of(fetch_method_of(engine).traced(steps, *fetch_arguments(scenario, copy_of(before))))
    if theirs == seen:
        return
    reached = {step.step for step in steps}
    every = [deviation.id for deviation in deviations_of(engine)]
    needed = [deviation.id for deviation in deviations_of(engine) if reached & deviation.reads.keys()]

    for why in [*needed]:
        others = [other for other in needed if other != why]
        fetch = fetch_method_of(engine, without=tuple(one for one in every if one not in others))
        if seen_of(fetch(*fetch_arguments(scenario, copy_of(before)))) == theirs:
            needed = others
    yield from (EngineDifference(engine, theirs.outcome, why) for why in needed)
