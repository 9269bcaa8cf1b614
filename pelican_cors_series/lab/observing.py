"""Scenarios run for real in the engines: what script got, what reached the servers, and what the console said."""

from __future__ import annotations

import queue
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .browser import Browser
from .engines import NAMES, EngineName, engine
from .server import LabServer
from .session import Result, Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pelican_cors_series.rules import RequestScenario, WireEntry
    from pelican_cors_series.rules.scenario_fetch import Outcome

# How long a browser may say nothing, in seconds: a scenario's patience, and then some. How often it is started.
SILENCE, STARTS = 45.0, 3
LIMIT = 3600.0


@dataclass(frozen=True, slots=True)
class Observation:
    """What an engine did with a scenario.

    index: the scenario's place among those that were given. outcome: None where the engine came to no end with it.
    status, readable_headers, wire: as in a verdict. message: the error that script got, as the engine words it.
    console: the lines that the engine wrote to its console, where they were asked for.
    """

    engine: EngineName
    index: int
    scenario: RequestScenario
    outcome: Outcome | None
    status: int | None
    readable_headers: tuple[str, ...]
    wire: tuple[WireEntry, ...]
    message: str | None = None
    console: tuple[str, ...] = ()


class BrokenEngineError(RuntimeError):
    """An engine ended or fell silent again and again; the message ends with what it last said."""


def observe(
    scenarios: Iterable[RequestScenario],
    engines: Sequence[EngineName] = NAMES,
    *,
    server: LabServer | None = None,
) -> Iterator[Observation]:
    """Run scenarios in engines, one engine after the other, and give what happened as it comes in."""
    given = list(scenarios)
    if not given:
        return
    with LabServer(LIMIT) as own:
        for name in engines:
            for result in _results(name, own, given):
                yield Observation(
                    name,
                    result.index,
                    given[result.index],
                    result.outcome,
                    result.status,
                    result.readable_headers,
                    result.wire,
                    result.message,
                )


def _results(name: EngineName, server: LabServer, scenarios: Sequence[RequestScenario]) -> Iterator[Result]:
    results: queue.SimpleQueue[Result | None] = queue.SimpleQueue()
    session = Session(server, scenarios, results.put)
    said = ""
    for _ in range(STARTS):
        with Browser(engine(name), server, session.start(), LIMIT) as browser:
            heard = time.monotonic()
            while browser.runs() and not server.ended.is_set() and time.monotonic() - heard < SILENCE:
                try:
                    result = results.get(timeout=0.2)
                except queue.Empty:
                    continue
                if result is None:
                    session.close()
                    return
                heard = time.monotonic()
                yield result
            said = browser.output()
    session.close()
    raise BrokenEngineError(f"{name}: {said[-2000:]}")
