"""The usual reasons of a CORS error: for each the messages of the browsers, why, and what helps, all by the rules."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pelican_cors_series.rules import judge_request, read_request_scenario

from .exchange import exchange_in_words

if TYPE_CHECKING:
    from pelican_cors_series.rules import RequestScenario, RequestVerdict
    from pelican_cors_series.text import Text

    from .step_lines import StepLine


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason in one language.

    messages: the browsers that write to their console, each with its messages. why: the step that blocks it.
    remedy: what would let script read the response: where, and the line to write there.
    """

    id: str
    title: str
    messages: tuple[tuple[str, tuple[str, ...]], ...]
    why: StepLine
    remedy: tuple[tuple[str, str], ...]


# A line that stands beside so many causes tells none of them.
_COMMON = 4


def causes(text: Text) -> tuple[Cause, ...]:
    """Return the causes of doctor_causes.toml in their order, in the language of `text`.

    Of the messages of a browser those are left out that only repeat that something has failed.
    """
    found = [_cause(name, *judged, text) for name, judged in _judged().items()]
    counted = Counter(line for cause in found for _, lines in cause.messages for line in lines)
    return tuple(
        replace(
            cause,
            messages=tuple(
                (browser, tuple(line for line in lines if counted[line] < _COMMON) or lines)
                for browser, lines in cause.messages
            ),
        )
        for cause in found
    )


def _cause(name: str, scenario: RequestScenario, verdict: RequestVerdict, text: Text) -> Cause:
    words = exchange_in_words(scenario, verdict, text)
    return Cause(name, text(f"cors_doctor.cause.{name}"), words.console, words.why, words.remedy)


@cache
def _judged() -> dict[str, tuple[RequestScenario, RequestVerdict]]:
    found = tomllib.loads(files(__package__).joinpath("doctor_causes.toml").read_text("utf-8"))
    scenarios = {name: read_request_scenario(scenario) for name, scenario in found.items()}
    return {name: (scenario, judge_request(scenario)) for name, scenario in scenarios.items()}
