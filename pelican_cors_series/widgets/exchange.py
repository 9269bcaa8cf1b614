"""A verdict on a request → the words in which cors-exchange and `cors-series explain` tell it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pelican_cors_series.rules.deciding_step import deciding_step
from pelican_cors_series.rules.deviations import all_deviations
from pelican_cors_series.rules.over_https import where_they_answer
from pelican_cors_series.rules.request_change import MIXED_CONTENT

from .step_lines import StepLine, step_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pelican_cors_series.rules import RequestScenario, RequestVerdict, Step
    from pelican_cors_series.rules.engine_differences import EngineDifference
    from pelican_cors_series.rules.request_change import RequestChange
    from pelican_cors_series.text import Text

# The steps at which a fetch takes a turn that a reader wants to know of.
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
SHORT_RULES = (
    "cors_check",
    "cross_origin_resource_policy_internal_check",
    "should_fetching_request_be_blocked_as_mixed_content",
    "validate",
)


@dataclass(frozen=True, slots=True)
class EngineLine:
    """A browser that does otherwise: its name with the version, what comes of it there, and the deviation's id."""

    engine: str
    sentence: str
    why: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """All that is told of an exchange but the messages, in one language.

    `seen` is "" where script sees nothing, `why` the step that settled it, `path` the steps that led there, `remedy`
    what would let script read the response (where, and the line to write there), `engines` the browsers that do
    otherwise, `cached` "" unless a preflight was spared. `console` are the browsers that write to their console, each
    with its messages.
    """

    title: str
    seen: str
    cached: str
    why: StepLine
    path: tuple[StepLine, ...]
    remedy: tuple[tuple[str, str], ...]
    engines: tuple[EngineLine, ...]
    console: tuple[tuple[str, tuple[str, ...]], ...]


def exchange_in_words(scenario: RequestScenario, verdict: RequestVerdict, text: Text) -> Exchange:
    """Return what there is to say of a verdict, in the language of `text`. Raises KeyError where it lacks a word."""
    names = ", ".join(verdict.readable_headers) or text("explain.no_headers")
    readable = verdict.result == "readable"
    decided_by = deciding_step(verdict.steps, verdict.outcome)
    return Exchange(
        title=text(f"explain.outcome.{verdict.outcome}"),
        seen=text("explain.readable", status=verdict.status, names=names) if readable else "",
        cached=text("explain.preflight_cached") if verdict.preflight_cached else "",
        why=step_line(decided_by, text),
        path=path_in_words(verdict.steps, decided_by, TURNS, text),
        remedy=() if readable else tuple(_remedy(scenario, verdict, text)),
        engines=tuple(_engine(row, text) for row in verdict.deviations),
        console=tuple(_console(verdict, text)),
    )


def path_in_words(
    steps: Sequence[Step], decided_by: Step, shown: Mapping[str, tuple[object, ...] | None], text: Text
) -> tuple[StepLine, ...]:
    """Return the steps worth showing, up to the one that has settled it.

    shown: the names of steps, with the values that are worth it; None is any. A redirect brings the same turns again:
    once is enough to read.
    """
    return tuple(dict.fromkeys(step_line(step, text) for step in _path(steps, decided_by, shown)))


def _path(steps: Sequence[Step], decided_by: Step, shown: Mapping[str, tuple[object, ...] | None]) -> Iterator[Step]:
    for step in steps:
        values = shown.get(step.step, ())
        # Each call of a rule has arguments of its own, so this tells one CORS check from another.
        in_short = step.rule in SHORT_RULES and step.given is decided_by.given
        if step is decided_by or in_short or values is None or step.value in values:
            yield step
        if step is decided_by:
            return


def _remedy(scenario: RequestScenario, verdict: RequestVerdict, text: Text) -> Iterator[tuple[str, str]]:
    """Give what would let script read the response: found by asking the rules, so there may be nothing."""
    request, answers = verdict.request_must_change, verdict.change
    servers = [hop.at for hop in scenario.server]
    if request is not None:
        answers = request.change
        if request.member is not None:
            written = json.dumps(request.value, ensure_ascii=False)
            if request.value is None:
                yield text("explain.out_of_request"), request.member
            else:
                yield text("explain.in_request"), f"{request.member}: {written}"
        if request.code == MIXED_CONTENT:
            known, servers = servers, where_they_answer(servers, _addresses(request))
            yield from ((text("explain.answers_at"), at) for at in dict.fromkeys(servers) if at not in known)
    for change in answers:
        line = f"{change.name}: {change.value}" if change.name else text("explain.status", status=change.value)
        yield text(f"explain.in_answer.{change.answer}", server=servers[change.hop]), line


def _addresses(request: RequestChange) -> list[str]:
    """Return the addresses that have to be asked for instead."""
    named = [request.value, *(change.value for change in request.change if change.name == "Location")]
    return [address for address in named if isinstance(address, str)]


def _console(verdict: RequestVerdict, text: Text) -> Iterator[tuple[str, tuple[str, ...]]]:
    for engine, lines in verdict.console.items():
        if lines:
            yield text(f"explain.browser.{engine}"), tuple(line.rstrip("\n") for line in lines)


def _engine(row: EngineDifference, text: Text) -> EngineLine:
    version = next(deviation.engines[row.engine] for deviation in all_deviations() if deviation.id == row.why)
    name = text(f"explain.engine.{row.engine}", version=version)
    sentence = f"{text(f'explain.outcome.{row.outcome}')} {text(f'deviations.{row.why}')}"
    return EngineLine(name, sentence, row.why)
