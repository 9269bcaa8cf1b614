"""The cors-exchange widget: a request scenario in a fence → the exchange as HTML, or the problems in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pelican_cors_series.rules import RequestScenario, RequestVerdict, read_request_scenario
from pelican_cors_series.scenario_text import judge_text

from .exchange_markup import exchange_markup
from .fence import within

if TYPE_CHECKING:
    from pelican_cors_series.problems import Place, Problem
    from pelican_cors_series.text import Text

KIND = "cors-exchange"


def render_cors_exchange(source: str, opening: Place, text: Text) -> tuple[str, list[Problem]]:
    """Return the widget of a fence's body as HTML, "" where it has an error, and the problems in it."""
    judged, problems = judge_text(source, lambda line, column: within(opening, line, column), read_request_scenario)
    if judged is None or problems:
        return "", problems
    scenario, verdict = judged
    return exchange_markup(cast("RequestScenario", scenario), cast("RequestVerdict", verdict), text), []
