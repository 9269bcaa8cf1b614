"""What an engine did with a scenario beside what the rules say → plain text for people."""

from __future__ import annotations

from dataclasses import astuple, replace
from typing import TYPE_CHECKING, Protocol

from pelican_cors_series.explanation import on_the_wire
from pelican_cors_series.rules import judge_request

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pelican_cors_series.lab import EngineName
    from pelican_cors_series.rules import RequestScenario, RequestVerdict, WireEntry
    from pelican_cors_series.rules.scenario_fetch import Outcome
    from pelican_cors_series.text import Text


class Seen(Protocol):
    """What a browser did with a scenario: lab's Observation, or its Result."""

    @property
    def outcome(self) -> Outcome | None:
        """What script got; None where it came to no end."""

    @property
    def status(self) -> int | None:
        """What script sees, as in a verdict."""

    @property
    def readable_headers(self) -> tuple[str, ...]:
        """Their names, as in a verdict."""

    @property
    def wire(self) -> tuple[WireEntry, ...]:
        """What reached the servers."""

    @property
    def message(self) -> str | None:
        """The error that script got."""


def by_the_rules(scenario: RequestScenario, verdict: RequestVerdict, text: Text) -> str:
    """Return what the rules say of a scenario: what script gets and what reaches the servers, as lines."""
    lines = [
        text("lab.rules"),
        *_got(verdict.outcome, verdict.status, verdict.readable_headers, text),
        *_wire(verdict.wire, scenario, text),
    ]
    return "\n".join(lines) + "\n"


def beside_the_rules(  # noqa: PLR0913 - two of them are what only some know
    name: str,
    seen: Seen,
    verdict: RequestVerdict,
    text: Text,
    *,
    engine: EngineName | None = None,
    console: Sequence[str] = (),
) -> str:
    """Return what an engine did, and whether that is what the verdict on the same scenario says, as lines.

    name: the engine with its version. engine: which of those whose deviations are known. console: its lines there.
    """
    return "\n".join([name, *_beside(seen, verdict, engine, text), *_console(console, text)]) + "\n"


def known_deviations(seen: Seen, verdict: RequestVerdict, engine: EngineName | None) -> tuple[str, ...]:
    """Return the ids of the deviations by which an engine does what was seen; none where it is as new as the rest."""
    if engine is None or same_outcome(seen, verdict):
        return ()
    theirs = judge_request(replace(verdict.scenario, engine=engine))
    return tuple(row.why for row in theirs.deviations) if same_outcome(seen, theirs) else ()


def same_outcome(seen: Seen, verdict: RequestVerdict) -> bool:
    """Tell whether script got what the rules say."""
    ours = (verdict.outcome, verdict.status, verdict.readable_headers)
    return (seen.outcome, seen.status, seen.readable_headers) == ours


def same_wire(seen: Seen, verdict: RequestVerdict) -> bool:
    """Tell whether what reached the servers is what the rules say."""
    return list(map(astuple, seen.wire)) == list(map(astuple, verdict.wire))


def _beside(seen: Seen, verdict: RequestVerdict, engine: EngineName | None, text: Text) -> Iterator[str]:
    if seen.outcome is None:
        yield f"  {text('lab.no_answer')}"
    else:
        yield from _got(seen.outcome, seen.status, seen.readable_headers, text)
        outcome, wire = same_outcome(seen, verdict), same_wire(seen, verdict)
        key = "other_outcome" if not outcome else "same" if wire else "other_wire"
        yield f"  {text(f'lab.{key}')}"
        yield from (
            f"  {text('lab.known', sentence=text(f'deviations.{why}'))} ({why})"
            for why in known_deviations(seen, verdict, engine)
        )
        if not wire:
            yield from _wire(seen.wire, verdict.scenario, text)
    if seen.message is not None:
        yield f"  {text('lab.error', message=seen.message)}"


def _console(lines: Sequence[str], text: Text) -> Iterator[str]:
    if lines:
        yield f"  {text('lab.console')}"
        yield from (f"    {line}" for line in lines)


def _got(outcome: str, status: int | None, readable_headers: Sequence[str], text: Text) -> Iterator[str]:
    yield f"  {text(f'explain.outcome.{outcome}')}"
    if outcome in ("basic", "cors"):
        names = ", ".join(readable_headers) or text("explain.no_headers")
        yield f"  {text('explain.readable', status=status, names=names)}"


def _wire(wire: Sequence[WireEntry], scenario: RequestScenario, text: Text) -> Iterator[str]:
    yield f"  {text('explain.wire')}"
    lines = [on_the_wire(entry, scenario, text) for entry in wire] or [text("explain.empty_wire")]
    yield from ("    " + f"{number}. {line}".replace("\n", "\n  ") for number, line in enumerate(lines, 1))
