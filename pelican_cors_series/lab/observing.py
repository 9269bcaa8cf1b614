"""Scenarios run for real in the engines: what script got, what reached the servers, and what the console said."""

from __future__ import annotations

import queue
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .browser import Browser
from .console import lines_by_mark
from .engine import EngineError
from .engines import NAMES, engine
from .server import LabServer
from .session import Session

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pelican_cors_series.rules import RequestScenario, WireEntry
    from pelican_cors_series.rules.scenario_fetch import Outcome

    from .console import ConsoleLine
    from .engine import EngineName
    from .session import Result

# How long a browser may say nothing, in seconds: longer than a scenario may take. How often it is started at most.
SILENCE, STARTS = 60.0, 3
# How long everything may take, in seconds.
LIMIT = 3600.0
# Where the console is read: the milliseconds before and after a scenario's end, and the seconds before all is read.
PAUSE, SETTLE = 150, 0.5
LOOK = 0.2
LAST_WORDS = 2000


@dataclass(frozen=True, slots=True)
class Observation:
    """What an engine did with a scenario.

    index: the scenario's place among those that were given. outcome: None where the engine came to no end with it.
    status, readable_headers, wire: as in a verdict. message: the error that script got, in the engine's words.
    console: what stood in its console, and `reasons` the engine's own names for what went wrong, such as
    MissingAllowOriginHeader; both only where consoles were asked for.
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
    reasons: tuple[str, ...] = ()


class BrokenEngineError(EngineError):
    """An engine ended or fell silent again and again, or the time is up; the message ends with what it last said."""


def observe(
    scenarios: Iterable[RequestScenario],
    engines: Sequence[EngineName] = NAMES,
    *,
    consoles: bool = False,
    limit: float = LIMIT,
) -> Iterator[Observation]:
    """Run scenarios in engines, one engine after the other, and give what happened as it comes in, in any order.

    consoles: whether what the engines write to their consoles is wanted too; scenarios then run one at a time. limit:
    the seconds that everything may take.

    Raises CannotRunError for a scenario whose page is no http or https one, EngineError where an engine is missing or
    can't be driven, MissingLibraryError where trustme is missing, and OSError where no port can be had.
    """
    given = list(scenarios)
    if not given:
        return
    with LabServer(limit) as server:
        for name in engines:
            yield from _observe_in(name, server, given, consoles=consoles, limit=limit)


def _observe_in(
    name: EngineName, server: LabServer, scenarios: Sequence[RequestScenario], *, consoles: bool, limit: float
) -> Iterator[Observation]:
    results: queue.SimpleQueue[Result | None] = queue.SimpleQueue()
    session = Session(server, scenarios, results.put, PAUSE if consoles else None)
    said = ""
    try:
        for _ in range(STARTS):
            with Browser(engine(name), server, session.start(), console=consoles, limit=limit) as browser:
                # Without consoles each result goes out at once; with them it waits for its lines.
                held: list[Result] = []
                for result in _results(browser, server, results):
                    if not consoles:
                        yield _observation(name, session, result, scenarios, [])
                    held.append(result)
                if consoles:
                    lines = _lines(browser, held)
                    for result in held:
                        yield _observation(name, session, result, scenarios, lines[result.mark])
                if session.ended:
                    return
                said = browser.output()[-LAST_WORDS:]
            if server.ended.is_set():
                message = f"{name} was ended before all scenarios had run: the time is up"
                raise BrokenEngineError(message)
    finally:
        session.close()
    message = f"{name} ended or fell silent {STARTS} times. Its last words:\n{said}"
    raise BrokenEngineError(message)


def _results(browser: Browser, server: LabServer, results: queue.SimpleQueue[Result | None]) -> Iterator[Result]:
    """Give the results until there are no more, or the browser, or the server, has ended, or nothing comes."""
    heard = time.monotonic()
    while time.monotonic() - heard < SILENCE:
        try:
            result = results.get(timeout=LOOK)
        except queue.Empty:
            if not browser.runs() or server.ended.is_set():
                return
            continue
        if result is None:
            return
        heard = time.monotonic()
        yield result


def _lines(browser: Browser, results: Sequence[Result]) -> dict[str, list[ConsoleLine]]:
    time.sleep(SETTLE)
    lines = [] if browser.console is None else browser.console.lines()
    return lines_by_mark(lines, [result.mark for result in results])


def _observation(
    name: EngineName,
    session: Session,
    result: Result,
    scenarios: Sequence[RequestScenario],
    lines: Sequence[ConsoleLine],
) -> Observation:
    return Observation(
        engine=name,
        index=result.index,
        scenario=scenarios[result.index],
        outcome=result.outcome,
        status=result.status,
        readable_headers=result.readable_headers,
        wire=result.wire,
        message=None if result.message is None else session.plain(result.message, result),
        console=tuple(session.plain(line.text, result) for line in lines if line.text),
        reasons=tuple(line.reason for line in lines if line.reason is not None),
    )
