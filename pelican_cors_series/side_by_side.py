"""What an engine did with a scenario beside what the rules say → plain text for people."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING

from pelican_cors_series.explanation import on_the_wire

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pelican_cors_series.lab import Observation
    from pelican_cors_series.rules import RequestScenario, RequestVerdict, WireEntry
    from pelican_cors_series.text import Text


def by_the_rules(scenario: RequestScenario, verdict: RequestVerdict, text: Text) -> str:
    """Return what the rules say of a scenario: what script gets and what reaches the servers, as lines."""
    lines = [
        text("lab.rules"),
        *_got(verdict.outcome, verdict.status, verdict.readable_headers, text),
        *_wire(verdict.wire, scenario, text),
    ]
    return "\n".join(lines) + "\n"


def beside_the_rules(name: str, seen: Observation, verdict: RequestVerdict, text: Text) -> str:
    """Return what an engine did, and whether that is what the verdict on the same scenario says, as lines.

    name: the engine with its version.
    """
    return "\n".join([name, *_beside(seen, verdict, text)]) + "\n"


def same_outcome(seen: Observation, verdict: RequestVerdict) -> bool:
    """Tell whether script got what the rules say."""
    ours = (verdict.outcome, verdict.status, verdict.readable_headers)
    return (seen.outcome, seen.status, seen.readable_headers) == ours


def same_wire(seen: Observation, verdict: RequestVerdict) -> bool:
    """Tell whether what reached the servers is what the rules say."""
    return list(map(astuple, seen.wire)) == list(map(astuple, verdict.wire))


def _beside(seen: Observation, verdict: RequestVerdict, text: Text) -> Iterator[str]:
    if seen.outcome is None:
        yield f"  {text('lab.no_answer')}"
    else:
        yield from _got(seen.outcome, seen.status, seen.readable_headers, text)
        outcome, wire = same_outcome(seen, verdict), same_wire(seen, verdict)
        key = "other_outcome" if not outcome else "same" if wire else "other_wire"
        yield f"  {text(f'lab.{key}')}"
        if not wire:
            yield from _wire(seen.wire, seen.scenario, text)
    if seen.message is not None:
        yield f"  {text('lab.error', message=seen.message)}"
    if seen.console:
        yield f"  {text('lab.console')}"
        yield from (f"    {line}" for line in seen.console)


def _got(outcome: str, status: int | None, readable_headers: Sequence[str], text: Text) -> Iterator[str]:
    yield f"  {text(f'explain.outcome.{outcome}')}"
    if outcome in ("basic", "cors"):
        names = ", ".join(readable_headers) or text("explain.no_headers")
        yield f"  {text('explain.readable', status=status, names=names)}"


def _wire(wire: Sequence[WireEntry], scenario: RequestScenario, text: Text) -> Iterator[str]:
    yield f"  {text('explain.wire')}"
    lines = [on_the_wire(entry, scenario, text) for entry in wire] or [text("explain.empty_wire")]
    yield from ("    " + f"{number}. {line}".replace("\n", "\n  ") for number, line in enumerate(lines, 1))
