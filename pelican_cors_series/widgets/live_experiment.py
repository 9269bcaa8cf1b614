"""The live-experiment widget: what a sandboxed frame shall do → HTML with the verdict of the rules, or the problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pelican_cors_series.rules import ScenarioError
from pelican_cors_series.scenario_text import read_text

from .experiment import read_experiment
from .experiment_hosts import judge_experiment
from .experiment_markup import experiment_markup
from .fence import within

if TYPE_CHECKING:
    from pelican_cors_series.problems import Place, Problem
    from pelican_cors_series.rules.scenario_fetch import Result
    from pelican_cors_series.text import Text

    from .experiment import Side
    from .experiment_hosts import JudgedExperiment

KIND = "live-experiment"


def render_live_experiment(source: str, opening: Place, text: Text) -> tuple[str, list[Problem]]:
    """Return the widget of a fence's body as HTML, "" where it has an error, and the problems in it."""
    judged, problems = read_text(source, lambda line, column: within(opening, line, column), _judged)
    if judged is None or problems:
        return "", problems
    return experiment_markup(judged, text), []


def _judged(given: object) -> tuple[JudgedExperiment, list[ScenarioError]]:
    judged = judge_experiment(read_experiment(given))
    return judged, _mismatches(judged)


def _mismatches(judged: JudgedExperiment) -> list[ScenarioError]:
    """Give an error for each kind of plain host on which an experiment does not come to what its author expects."""
    errors = (_mismatch(judged, side, expected) for side, expected in judged.experiment.expect.items())
    return [error for error in errors if error is not None]


def _mismatch(judged: JudgedExperiment, side: Side, expected: Result) -> ScenarioError | None:
    row = judged.on_plain_host(side)
    result, by = ("blocked", "the Storage Standard") if row is None else (row.result, row.step.step)
    if result == expected:
        return None
    host = f"a host {side} Access-Control-Allow-Origin: *"
    message = f"expect says {expected}, but on {host} it is {result} (decided by {by})"
    return ScenarioError(f"expect.{side}", "verdict-mismatch", message)
