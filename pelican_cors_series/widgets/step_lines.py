"""One step of the Standard in words: what it came to, its name, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pelican_cors_series.rules.fetch_records import FetchParams, Request, RequestObject, Response
from pelican_cors_series.rules.inventory import inventory
from pelican_cors_series.rules.request_origin import current_url
from pelican_cors_series.rules.scenario import as_json_value
from pelican_cors_series.text import sentence, step_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pelican_cors_series.rules import Step
    from pelican_cors_series.rules.inventory import Algorithm
    from pelican_cors_series.text import Text


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the Standard: what it came to, its name and its address; `within`, the steps that it rests on."""

    sentence: str
    name: str
    spec: str
    within: tuple[StepLine, ...] = ()


def step_line(step: Step, text: Text) -> StepLine:
    """Return what one step came to, in the language of `text`. Raises KeyError where that has no sentence for it."""
    algorithm = algorithms()[step.rule]
    return StepLine(
        sentence=sentence(text.steps[step.rule][step.number], step.value, step.given, _shown),
        name=step_name(algorithm.name, step.number, text),
        spec=algorithm.url,
    )


@cache
def algorithms() -> Mapping[str, Algorithm]:
    """Return the algorithms of the Standard by the names of their rules: how each is called and where it stands."""
    return inventory()


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
