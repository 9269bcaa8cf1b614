"""The page of the engines: all that browsers do otherwise than the Standard, each with the scenario that shows it."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import date
from typing import TYPE_CHECKING

from pelican_cors_series.locales import day_in_words
from pelican_cors_series.rules import judge_request, read_request_scenario
from pelican_cors_series.rules.conformance import conformance
from pelican_cors_series.rules.deviations import ENGINES, TOPICS, all_deviations, deviations_of, last_sighting
from pelican_cors_series.text import step_name
from pelican_cors_series.widgets.fetch_call import fetch_call
from pelican_cors_series.widgets.step_lines import algorithms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pelican_cors_series.rules import Answer, RequestScenario, RequestVerdict
    from pelican_cors_series.rules.conformance import Conformance
    from pelican_cors_series.rules.deviations import Deviation, Engine
    from pelican_cors_series.text import Text


@dataclass(frozen=True, slots=True)
class EngineRow:
    """An engine: its name, its version in full, how many deviations it has, and how many observed outcomes agree.

    rows: the observed ones. hold: those that are the Standard's. with_deviations: those that are the engine's rules'.
    """

    name: str
    version: str
    deviations: int
    rows: int
    hold: int
    with_deviations: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A request or an answer on the wire: what it is, in words, and its headers as lines."""

    line: str
    headers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """What comes of a scenario. who: the Standard or engines, in words. seen: what script sees, "" for nothing.

    wire: what reaches the servers; empty where all whom the page names send the same.
    """

    who: str
    outcome: str
    seen: str
    wire: tuple[Sent, ...]


@dataclass(frozen=True, slots=True)
class DeviationRow:
    """One thing that browsers do otherwise. steps: (name, address) of those that read otherwise.

    engines: with their versions. comings: the Standard's first. page, sandboxed, call, answers: the scenario.
    """

    id: str
    title: str
    sentence: str
    engines: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]
    comings: tuple[Coming, ...]
    page: str
    sandboxed: bool
    call: str
    answers: tuple[Sent, ...]


@dataclass(frozen=True, slots=True)
class TopicRow:
    """What several deviations are about. anchor: its id on the page."""

    anchor: str
    name: str
    deviations: tuple[DeviationRow, ...]


@dataclass(frozen=True, slots=True)
class EnginesPage:
    """All that the page shows. day: in words, and as ISO 8601, of the last time that all were seen."""

    count: int
    day: str
    day_iso: str
    engines: tuple[EngineRow, ...]
    topics: tuple[TopicRow, ...]


def engines_page(text: Text, run: Conformance | None = None) -> EnginesPage:
    """Return what the page shows in the language of these words. run: the last one where none is given."""
    sighting = last_sighting()
    rows = [(deviation.topic, _deviation(deviation, text)) for deviation in all_deviations()]
    return EnginesPage(
        count=len(rows),
        day=day_in_words(date.fromisoformat(sighting.day), text.language),
        day_iso=sighting.day,
        engines=tuple(_engines(run or conformance(), sighting.versions, text)),
        topics=tuple(
            TopicRow(f"topic-{topic}", text(f"engines_page.topic.{topic}"), found)
            for topic in TOPICS
            if (found := tuple(row for about, row in rows if about == topic))
        ),
    )


def _engines(run: Conformance, versions: Mapping[Engine, str], text: Text) -> Iterator[EngineRow]:
    known = {deviation.id for deviation in all_deviations()}
    observed = {each.engine: each for each in run.engines}
    for engine in ENGINES:
        seen = observed.get(engine)
        explained = {each.row for each in seen.differences if each.reason in known} if seen else set()
        yield EngineRow(
            name=text(f"rules_page.engine.{engine}"),
            version=versions[engine],
            deviations=len(deviations_of(engine)),
            rows=seen.rows if seen else 0,
            hold=seen.hold if seen else 0,
            with_deviations=seen.hold + len(explained) if seen else 0,
        )


def _deviation(deviation: Deviation, text: Text) -> DeviationRow:
    scenario = read_request_scenario(dict(deviation.scenario))
    steps = (step.partition("#") for step in deviation.reads)
    return DeviationRow(
        id=deviation.id,
        title=text(f"deviation_titles.{deviation.id}"),
        sentence=text(f"deviations.{deviation.id}"),
        engines=tuple(_versioned(engine, version, text) for engine, version in deviation.engines.items()),
        steps=tuple(
            (step_name(algorithms()[rule].name, number, text), algorithms()[rule].url) for rule, _, number in steps
        ),
        comings=_comings(deviation, scenario, text),
        page=scenario.page,
        sandboxed=scenario.sandboxed,
        call=fetch_call(scenario.request),
        answers=tuple(_answers(scenario, text)),
    )


def _comings(deviation: Deviation, scenario: RequestScenario, text: Text) -> tuple[Coming, ...]:
    """Return what comes of it by the Standard, and then in the engines, those together that do the same."""
    standard = judge_request(scenario)
    theirs: dict[tuple[object, ...], tuple[RequestVerdict, list[str]]] = {}
    for engine, version in deviation.engines.items():
        verdict = judge_request(read_request_scenario({**deviation.scenario, "engine": engine}))
        key = (verdict.outcome, verdict.status, verdict.readable_headers, *map(astuple, verdict.wire))
        theirs.setdefault(key, (verdict, []))[1].append(_versioned(engine, version, text))
    wires = {tuple(map(astuple, verdict.wire)) for verdict in (standard, *(verdict for verdict, _ in theirs.values()))}
    with_wire = len(wires) > 1
    return (
        _coming(text("engines_page.by_the_standard"), standard, text, with_wire=with_wire),
        *(_coming(", ".join(names), verdict, text, with_wire=with_wire) for verdict, names in theirs.values()),
    )


def _coming(who: str, verdict: RequestVerdict, text: Text, *, with_wire: bool) -> Coming:
    names = ", ".join(verdict.readable_headers) or text("explain.no_headers")
    return Coming(
        who=who,
        outcome=text(f"explain.outcome.{verdict.outcome}"),
        seen=text("explain.readable", status=verdict.status, names=names) if verdict.result == "readable" else "",
        wire=tuple(_wire(verdict, text)) if with_wire else (),
    )


def _wire(verdict: RequestVerdict, text: Text) -> Iterator[Sent]:
    if not verdict.wire:
        yield Sent(text("explain.empty_wire"), ())
    for entry in verdict.wire:
        kind = "preflight" if entry.preflight else "request"
        server = verdict.scenario.server[entry.hop].at
        headers = {"Origin": entry.origin, "Access-Control-Request-Headers": entry.asks_headers}
        lines = tuple(f"{name}: {value}" for name, value in headers.items() if value is not None)
        yield Sent(text(f"explain.on_wire.{kind}", method=entry.method, server=server), lines)


def _answers(scenario: RequestScenario, text: Text) -> Iterator[Sent]:
    for hop in scenario.server:
        for kind, answer in (("preflight", hop.preflight), ("request", hop.response)):
            if answer is not None:
                yield Sent(text(f"cors_exchange.server.{kind}", server=hop.at), _lines(answer))


def _lines(answer: Answer) -> tuple[str, ...]:
    return (str(answer.status), *(f"{name}: {value}" for name, value in answer.header_list))


def _versioned(engine: Engine, version: str, text: Text) -> str:
    return f"{text(f'rules_page.engine.{engine}')} {version}"
