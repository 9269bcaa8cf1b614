"""A scenario and its verdict → plain text for people: the verdict, why, and the requests on the wire."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pelican_cors_series.rules import (
    OriginsScenario,
    OriginsVerdict,
    RequestScenario,
    RequestVerdict,
    SequenceScenario,
    SequenceVerdict,
)
from pelican_cors_series.rules.deciding_step import deciding_step
from pelican_cors_series.rules.fetch_records import FetchParams, Request, RequestObject, Response
from pelican_cors_series.rules.inventory import inventory
from pelican_cors_series.rules.request_origin import current_url
from pelican_cors_series.rules.scenario import as_json_value
from pelican_cors_series.text import sentence
from pelican_cors_series.widgets.comparison import compare_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pelican_cors_series.rules import Scenario, Step, Verdict, WireEntry
    from pelican_cors_series.rules.inventory import Algorithm
    from pelican_cors_series.text import Text

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
# The steps at which a fetch takes a turn that a reader wants to know of, likewise.
TURNS: Mapping[str, tuple[object, ...] | None] = {
    "main_fetch#12.[2]": (True, False),
    "main_fetch#12.[4]": (True,),
    "main_fetch#12.[6]": (True, False),
    "http_fetch#4.1.a": (True,),
    "http_fetch#4.1.b": (True,),
    "http_network_or_cache_fetch#8.3.a": (True,),
    "cors_preflight_fetch#3": None,
    "cors_preflight_fetch#4": None,
    "cors_preflight_fetch#7": (True, False),
    "http_fetch#4.1.2": (False,),
    "http_fetch#6": (True,),
    "http_redirect_fetch#12": (True,),
    "http_redirect_fetch#13": (True,),
    "http_redirect_fetch#18": None,
    "serializing_a_request_origin#2": (True,),
    "main_fetch#14.1.1": None,
}
# Their steps are shown one by one where they have settled it; of the longer ones only the turns are.
SHORT_RULES = ("cors_check", "cross_origin_resource_policy_internal_check", "validate")


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
    yield from _why(verdict.steps, decided_by, DIFFERENCES, text)


def _request(scenario: RequestScenario, verdict: RequestVerdict, text: Text) -> Iterator[str]:
    yield text(f"explain.outcome.{verdict.outcome}")
    if verdict.result == "readable":
        names = ", ".join(verdict.readable_headers) or text("explain.no_headers")
        yield text("explain.readable", status=verdict.status, names=names)
    if verdict.preflight_cached:
        yield text("explain.preflight_cached")
    yield from _why(verdict.steps, deciding_step(verdict.steps, verdict.outcome), TURNS, text)
    if verdict.result != "readable":
        yield from _remedy(scenario, verdict, text)
    wire = [on_the_wire(entry, scenario, text) for entry in verdict.wire]
    yield from _numbered("wire", wire or [text("explain.empty_wire")], text)


def _sequence(scenario: SequenceScenario, verdict: SequenceVerdict, text: Text) -> Iterator[str]:
    total = len(verdict.exchanges)
    for number, ((_, exchange), found) in enumerate(zip(scenario.exchanges, verdict.exchanges, strict=True), 1):
        method, url = exchange.request.method, exchange.request.url
        yield from ("",) * (number > 1)
        yield text("explain.exchange", number=number, total=total, method=method, url=url)
        yield from _request(exchange, found, text)


def _why(
    steps: Sequence[Step], decided_by: Step, shown: Mapping[str, tuple[object, ...] | None], text: Text
) -> Iterator[str]:
    algorithms = inventory()
    name = text("origin_compare.step", rule=algorithms[decided_by.rule].name, number=decided_by.number)
    yield from ("", text("explain.why"), f"  {_sentence(decided_by, text)}")
    yield f"  {name}: {algorithms[decided_by.rule].url}"
    # A redirect brings the same turns again: once is enough to read.
    path = dict.fromkeys(_line(step, text, algorithms) for step in _path(steps, decided_by, shown))
    yield from _numbered("path", list(path), text)


def _path(steps: Sequence[Step], decided_by: Step, shown: Mapping[str, tuple[object, ...] | None]) -> Iterator[Step]:
    """Give the steps worth showing, up to the one that has settled it."""
    for step in steps:
        values = shown.get(step.step, ())
        # Each call of a rule has arguments of its own, so this tells one CORS check from another.
        in_short = step.rule in SHORT_RULES and step.given is decided_by.given
        if step is decided_by or in_short or values is None or step.value in values:
            yield step
        if step is decided_by:
            return


def _remedy(scenario: RequestScenario, verdict: RequestVerdict, text: Text) -> Iterator[str]:
    """Give what would let script read the response: found by asking the rules, so there may be nothing."""
    request, answers = verdict.request_must_change, verdict.change
    lines = []
    if request is not None:
        answers = request.change
        if request.member is not None:
            written = json.dumps(request.value, ensure_ascii=False)
            form = "in_request" if request.value is not None else "out_of_request"
            lines.append(text(f"explain.{form}", member=request.member, value=written))
    for change in answers:
        line = f"{change.name}: {change.value}" if change.name else text("explain.status", status=change.value)
        lines.append(text(f"explain.in_answer.{change.answer}", server=scenario.server[change.hop].at, line=line))
    if lines:
        yield from _numbered("change", lines, text)


def _line(step: Step, text: Text, algorithms: Mapping[str, Algorithm]) -> str:
    name = text("origin_compare.step", rule=algorithms[step.rule].name, number=step.number)
    return f"{_sentence(step, text)} ({name})"


def on_the_wire(entry: WireEntry, scenario: RequestScenario, text: Text) -> str:
    """Return what reached a server as lines of plain text, all but the first indented by five."""
    kind = "preflight" if entry.preflight else "request"
    line = text(f"explain.on_wire.{kind}", method=entry.method, server=scenario.server[entry.hop].at)
    headers = {"Origin": entry.origin, "Access-Control-Request-Headers": entry.asks_headers}
    return "\n     ".join([line, *(f"{name}: {value}" for name, value in headers.items() if value is not None)])


def _numbered(heading: str, lines: Sequence[str], text: Text) -> Iterator[str]:
    yield from ("", text(f"explain.{heading}"))
    yield from (f"  {number}. {line}" for number, line in enumerate(lines, 1))


def _sentence(step: Step, text: Text) -> str:
    return sentence(text.steps[step.rule][step.number], step.value, step.given, _shown)


def _shown(value: object) -> object:
    """Return a value of the trace as a sentence shows it."""
    match value:
        case Request():
            return current_url(value).href
        case RequestObject() | FetchParams():
            return _shown(value.request)
        case Response():
            return value.status
        case tuple():
            return ": ".join(str(_shown(item)) for item in value)
        case list():
            return ", ".join(str(_shown(item)) for item in value)
    return as_json_value(value)
