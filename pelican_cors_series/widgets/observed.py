"""What three engines did with an exchange, by the recording, as one line under the widget."""

from __future__ import annotations

from dataclasses import astuple, replace
from html import escape
from typing import TYPE_CHECKING, TypeAlias

from pelican_cors_series.observations import observed, recording
from pelican_cors_series.rules import judge_request
from pelican_cors_series.rules.deviations import ENGINES, deviations_of
from pelican_cors_series.rules.fetch_records import Network
from pelican_cors_series.rules.scenario_fetch import fetch_arguments, fetch_method_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pelican_cors_series.observations import Observed
    from pelican_cors_series.rules import RequestScenario, RequestVerdict, WireEntry
    from pelican_cors_series.rules.deviations import Engine
    from pelican_cors_series.text import Text

SLOT = 'data-slot="observed"'
# How much of a version people say.
SAID: dict[Engine, int] = {"chromium": 1, "firefox": 1, "webkit": 2}
Seen: TypeAlias = "tuple[str, int | None, tuple[str, ...]]"


def observed_markup(scenario: RequestScenario, verdict: RequestVerdict, text: Text) -> Iterator[str]:
    """Give the line as HTML; nothing where the scenario is not in the recording."""
    seen = observed(scenario)
    if seen:
        if scenario.engine != "standard":
            scenario = replace(scenario, engine="standard")
            verdict = judge_request(scenario)
        words = observed_in_words(scenario, verdict, seen, text)
        yield f"<p {SLOT}>{escape(words)}</p>"


def observed_in_words(
    scenario: RequestScenario, verdict: RequestVerdict, seen: Mapping[Engine, Observed], text: Text
) -> str:
    """Say in one or two sentences what each engine did, the way of the Standard first, whose verdict this is."""
    ours = (verdict.outcome, verdict.status, verdict.readable_headers)
    groups: dict[Seen, list[Engine]] = {ours: []}
    for engine, it in seen.items():
        groups.setdefault((it.outcome, it.status, it.readable_headers), []).append(engine)
    told = {row.engine for row in verdict.deviations}
    did = [
        _did(engines, _outcome(found, groups, text), text, above=found != ours and told.issuperset(engines))
        for found, engines in groups.items()
        if engines
    ]
    versions = recording().engines
    named = [text(f"explain.engine.{it}", version=_short(versions[it], SAID[it])) for it in ENGINES]
    sentences = [text("observed.line", engines=_listed(named, text), did=text("observed.and_then").join(did))]
    return " ".join([*sentences, *_other_requests(groups[ours], scenario, verdict, seen, text)])


def is_unobserved(markup: str) -> bool:
    """Tell whether the HTML of an exchange has no such line."""
    return bool(markup) and SLOT not in markup


def _outcome(found: Seen, groups: Mapping[Seen, Sequence[Engine]], text: Text) -> str:
    outcome, status, headers = found
    did = text(f"observed.did.{outcome}")
    if [each[0] for each, engines in groups.items() if engines].count(outcome) > 1:
        # They differ in nothing but this.
        did += text("observed.with", status=status, names=", ".join(headers) or text("explain.no_headers"))
    return did


def _did(engines: Sequence[Engine], did: str, text: Text, *, above: bool) -> str:
    did += text("observed.above") if above else ""
    if len(engines) == len(ENGINES):
        return text("observed.all", did=did)
    return text("observed.some", names=_listed([text(f"observed.engine.{it}") for it in engines], text), did=did)


def _other_requests(
    alike: Sequence[Engine],
    scenario: RequestScenario,
    verdict: RequestVerdict,
    seen: Mapping[Engine, Observed],
    text: Text,
) -> Iterator[str]:
    """Say of engines with the Standard's result where they have sent something else, and why."""
    by_reason: dict[str, list[str]] = {}
    for engine in alike:
        wire = seen[engine].wire
        if not _same(wire, verdict.wire):
            reasons = [text(f"deviations.{it}") for it in _deviations_on_the_wire(engine, scenario)]
            lines = [text("observed.request", method=it.method, server=scenario.server[it.hop].at) for it in wire]
            why = " ".join(reasons) or f"{', '.join(lines) or text('observed.nothing')}."
            by_reason.setdefault(why, []).append(text(f"observed.engine.{engine}"))
    for why, names in by_reason.items():
        yield text("observed.requests", names=_listed(names, text), why=why)


def _deviations_on_the_wire(engine: Engine, scenario: RequestScenario) -> Sequence[str]:
    """Name the deviations without which the engine's rules would send something else."""

    def wire(*without: str) -> list[WireEntry]:
        network = Network(hops=[], wire=[], preflight_cache=[])
        fetch_method_of(engine, without)(*fetch_arguments(scenario, network))
        return network.wire

    sent = wire()
    return [it.id for it in deviations_of(engine) if not _same(wire(it.id), sent)]


def _same(wire: Sequence[WireEntry], other: Sequence[WireEntry]) -> bool:
    return list(map(astuple, wire)) == list(map(astuple, other))


def _listed(names: Sequence[str], text: Text) -> str:
    *first, last = names
    return text("observed.pair", first=", ".join(first), last=last) if first else last


def _short(version: str, parts: int) -> str:
    return ".".join(version.split(".")[:parts])
