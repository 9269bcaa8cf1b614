"""A scenario and its verdict → plain text for people: the verdict, why, and the requests on the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pelican_cors_series.rules import (
    OriginsScenario,
    OriginsVerdict,
    RequestScenario,
    RequestVerdict,
    SequenceScenario,
    SequenceVerdict,
)
from pelican_cors_series.widgets.comparison import compare_in_words
from pelican_cors_series.widgets.exchange import exchange_in_words, path_in_words
from pelican_cors_series.widgets.step_lines import step_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pelican_cors_series.rules import Scenario, Verdict, WireEntry
    from pelican_cors_series.text import Text
    from pelican_cors_series.widgets.step_lines import StepLine

# The steps that find how two addresses differ, or that they don't, and the values with which they do; None is any.
DIFFERENCES: Mapping[str, tuple[object, ...] | None] = {
    "same_origin#1": (True,),
    "same_origin#2.a": (False,),
    "same_origin#2.b": (False,),
    "same_origin#2.c": (False,),
    "same_site_of_two_origins#1": None,
    "same_site_of_two_origins#2": None,
    "same_site_of_two_sites#2": (True,),
    "same_site_of_two_sites#3": (True,),
    "same_site_of_two_sites#4": (True,),
    "schemelessly_same_site#2": (False,),
    "schemelessly_same_site#2.1": None,
}


def explain(scenario: Scenario, verdict: Verdict, text: Text) -> str:
    """Return what a verdict means, in the language of `text`, as lines of plain text.

    scenario: the one that `verdict` is on. Raises KeyError where the language lacks a word, TypeError
    where the two do not belong together.
    """
    match scenario, verdict:
        case OriginsScenario(), OriginsVerdict():
            lines = _origins(scenario, verdict, text)
        case RequestScenario(), RequestVerdict():
            lines = _request(scenario, verdict, text)
        case SequenceScenario(), SequenceVerdict():
            lines = _sequence(scenario, verdict, text)
        case _:
            message = "the verdict is not one on this kind of scenario"
            raise TypeError(message)
    return "\n".join(lines) + "\n"


def _origins(scenario: OriginsScenario, verdict: OriginsVerdict, text: Text) -> Iterator[str]:
    words = compare_in_words(scenario, verdict, text)
    yield words.title
    yield from filter(None, (words.meaning, words.origin_domain))
    decided_by = next(step for step in reversed(verdict.steps) if step.step == verdict.decided_by)
    yield from _why(step_line(decided_by, text), text)
    yield from _path(path_in_words(verdict.steps, decided_by, DIFFERENCES, text), text)


def _request(scenario: RequestScenario, verdict: RequestVerdict, text: Text) -> Iterator[str]:
    words = exchange_in_words(scenario, verdict, text)
    yield words.title
    yield from filter(None, (words.seen, words.cached))
    yield from _why(words.why, text)
    yield from _console(words.console, text)
    yield from _path(words.path, text)
    remedy = [f"{where} {line}" for where, line in words.remedy]
    # The id is what the deviation stands under on the site's page of the engines.
    engines = [f"{line.engine}: {line.sentence} ({line.why})" for line in words.engines]
    for heading, lines in (("change", remedy), ("engines", engines)):
        if lines:
            yield from _numbered(heading, lines, text)
    wire = [on_the_wire(entry, scenario, text) for entry in verdict.wire]
    yield from _numbered("wire", wire or [text("explain.empty_wire")], text)


def _sequence(scenario: SequenceScenario, verdict: SequenceVerdict, text: Text) -> Iterator[str]:
    total = len(verdict.exchanges)
    for number, ((_, exchange), found) in enumerate(zip(scenario.exchanges, verdict.exchanges, strict=True), 1):
        method, url = exchange.request.method, exchange.request.url
        yield from ("",) * (number > 1)
        yield text("explain.exchange", number=number, total=total, method=method, url=url)
        yield from _request(exchange, found, text)


def _why(why: StepLine, text: Text) -> Iterator[str]:
    yield from ("", text("explain.why"), f"  {why.sentence}", f"  {why.name}: {why.spec}")


def _console(console: Sequence[tuple[str, Sequence[str]]], text: Text) -> Iterator[str]:
    if console:
        yield from ("", text("explain.console"))
    for browser, lines in console:
        yield f"  {browser}"
        yield from (f"    {line}" for line in lines)


def _path(path: Sequence[StepLine], text: Text) -> Iterator[str]:
    yield from _numbered("path", [f"{line.sentence} ({line.name})" for line in path], text)


def on_the_wire(entry: WireEntry, scenario: RequestScenario, text: Text) -> str:
    """Return what reached a server as lines of plain text, all but the first indented by five."""
    kind = "preflight" if entry.preflight else "request"
    line = text(f"explain.on_wire.{kind}", method=entry.method, server=scenario.server[entry.hop].at)
    headers = {"Origin": entry.origin, "Access-Control-Request-Headers": entry.asks_headers}
    return "\n     ".join([line, *(f"{name}: {value}" for name, value in headers.items() if value is not None)])


def _numbered(heading: str, lines: Sequence[str], text: Text) -> Iterator[str]:
    yield from ("", text(f"explain.{heading}"))
    yield from (f"  {number}. {line}" for number, line in enumerate(lines, 1))
