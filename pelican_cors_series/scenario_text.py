"""The text of one scenario, in YAML or JSON → the scenario and its verdict, or the problems in it with their places."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pelican_cors_series.problems import Problem
from pelican_cors_series.rules import ScenarioError, mismatches, read_json, read_scenario, verdict_on
from pelican_cors_series.yaml_mapping import YamlError
from pelican_cors_series.yaml_values import YamlValues, read_values, with_instead

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pelican_cors_series.problems import Place
    from pelican_cors_series.rules import Scenario, Verdict

Read = TypeVar("Read")

# What to do about each error. The codes are those of ScenarioError, and one for what is no YAML.
HINTS = {
    "domain-on-opaque-origin": "take it out, or give the address beside it a scheme such as https://",
    "domain-refused": "write the host of the address beside it, or a domain above that which someone can register",
    "invalid-domain": "write the host that document.domain was set to, such as shop.example",
    "invalid-header": "write name and value as the server sends them; quote a value with “: ” or “ #” in it",
    "invalid-status": "write the status of a final answer, such as 200, 204 or 302",
    "invalid-url": "write a whole address, such as https://shop.example/",
    "invalid-value": "see “cors-series schema scenario” for what may stand here",
    "missing-member": "see “cors-series schema scenario” for what a scenario has to say",
    "opaque-origin": "write the scheme, the host and, where it is not the default, the port of the server",
    "scenario-yaml": "quote a value with “: ” or “ #” in it, indent with spaces, and write each name once",
    "two-forms": "write server for a chain of answers, or response and preflight for a single one",
    "unknown-member": "correct its name or take it out; “cors-series schema scenario” lists what there is",
    "verdict-mismatch": "correct expect, or the scenario",
}
# These are about a name, the others about what it stands for.
ABOUT_NAMES = ("unknown-member",)


# What stands in for a value that must be there, until the rest has been read.
STAND_INS: Mapping[str, tuple[object, ...]] = {
    "invalid-url": ("https://stand-in.example/",),
    "opaque-origin": ("https://stand-in.example/",),
    "invalid-status": (200,),
}


def judge_text(
    text: str, place: Callable[[int, int], Place], read: Callable[[object], Scenario] = read_scenario
) -> tuple[tuple[Scenario, Verdict] | None, list[Problem]]:
    """Read and judge a scenario.

    place: line and column of the text, from 1 → the place that a problem names. read: what reads the plain values.
    Comes back with the scenario and its verdict, None where it can't be judged, and with every problem in it: what
    stands in its way, otherwise one for each `expect` that does not hold.
    """

    def judged(value: object) -> tuple[tuple[Scenario, Verdict], list[ScenarioError]]:
        scenario = read(value)
        verdict = verdict_on(scenario)
        return (scenario, verdict), mismatches(scenario, verdict)

    return read_text(text, place, judged)


def read_text(
    text: str, place: Callable[[int, int], Place], read: Callable[[object], tuple[Read, list[ScenarioError]]]
) -> tuple[Read | None, list[Problem]]:
    """Read anything that is written as a scenario is.

    read: what reads the plain values. It raises ScenarioError for the first thing that stands in its way, and comes
    back with what it has read and with the errors in that. Comes back with what was read, None where it can't be, and
    with every problem in it.
    """
    try:
        values = _values(text)
    except YamlError as error:
        where = place(error.line, error.column)
        return None, [_error(where, "scenario-yaml", f"the scenario cannot be read: {error.reason}")]
    found, errors = _read(values.value, read)
    return found, [_problem(error, values, place) for error in errors]


def _read(
    value: object, read: Callable[[object], tuple[Read, list[ScenarioError]]]
) -> tuple[Read | None, list[ScenarioError]]:
    errors: list[ScenarioError] = []
    rest = value
    while True:
        try:
            found, remaining = read(rest)
        except ScenarioError as error:
            # What is wrong is taken out, so that the next thing that is wrong shows in the same run; what lacks then
            # was there, under a wrong name perhaps.
            if error.code == "missing-member" and any(_beside(error, each) for each in errors):
                return None, errors
            errors.append(error)
            less = with_instead(rest, error.member, *STAND_INS.get(error.code, ()))
            if less == rest:
                return None, errors
            rest = less
            continue
        return (None, errors) if errors else (found, remaining)


def _beside(error: ScenarioError, other: ScenarioError) -> bool:
    return error.member.rpartition(".")[0] == other.member.rpartition(".")[0]


def _values(text: str) -> YamlValues:
    try:
        value = read_json(text)
    except ScenarioError:
        # JSON with a slip in it is YAML with one, and there the slip has a place.
        return read_values(text)
    try:
        return YamlValues(value, read_values(text).node)
    except YamlError:
        # The one thing that JSON has and YAML lacks: \\ud83d\\ude00, a character in two halves.
        return YamlValues(value, None)


def _problem(error: ScenarioError, values: YamlValues, place: Callable[[int, int], Place]) -> Problem:
    where = place(*values.place(error.member, of_name=error.code in ABOUT_NAMES))
    name = "" if not error.member or error.code == "verdict-mismatch" else f"{error.member}: "
    return _error(where, error.code, f"{name}{error.message}")


def _error(place: Place, code: str, message: str) -> Problem:
    # What it quotes of the text may hold line breaks, and a report has one line for each problem.
    flat = " ".join(message.split())
    return Problem(place.path, place.line, place.column, "error", code, flat, HINTS[code])
