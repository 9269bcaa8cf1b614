"""The cors-exchange widget: a request scenario in a fence → the exchange as HTML, or the problems in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pelican_cors_series.scenario_text import judge_text

from .ask import AskedScenario, about_an_exchange, ask_first
from .exchange_markup import exchange_markup
from .fence import within

if TYPE_CHECKING:
    from pelican_cors_series.problems import Place, Problem
    from pelican_cors_series.rules import RequestScenario, RequestVerdict
    from pelican_cors_series.text import Text

KIND = "cors-exchange"


def render_cors_exchange(source: str, opening: Place, text: Text) -> tuple[str, list[Problem]]:
    """Return the widget of a fence's body as HTML, "" where it has an error, and the problems in it."""
    asked = AskedScenario()
    judged, problems = judge_text(source, lambda line, column: within(opening, line, column), asked.read)
    if judged is None or problems:
        return "", problems
    scenario, verdict = cast("RequestScenario", judged[0]), cast("RequestVerdict", judged[1])
    widget = exchange_markup(scenario, verdict, text)
    return ask_first(widget, about_an_exchange(scenario, verdict, text), text) if asked.ask else widget, []
