"""A file that holds one scenario, in YAML or JSON → the scenario, or the problems in it with their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pelican_cors_series.problems import Place, Problem, problem
from pelican_cors_series.rules import ScenarioError, mismatches, read_json, read_scenario, verdict_on
from pelican_cors_series.yaml_mapping import YamlError
from pelican_cors_series.yaml_values import YamlValues, read_values

if TYPE_CHECKING:
    from pathlib import Path

    from pelican_cors_series.rules import Scenario, Verdict

# What to do about each error. The codes are those of ScenarioError, and one for what is no YAML.
HINTS = {
    "domain-on-opaque-origin": "take it out, or give the address beside it a scheme such as https://",
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


def judge_file(path: Path) -> tuple[tuple[Scenario, Verdict] | None, list[Problem]]:
    """Read and judge the scenario of a file, in UTF-8.

    Comes back with the scenario and its verdict, None where it can't be judged, and with the problems: a single one
    where it can't be judged, otherwise one for each `expect` that does not hold.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        return None, [problem("file-unreadable", Place(str(path)), reason=error.strerror)]
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return None, [problem("not-utf-8", Place(str(path), line), byte=f"0x{error.object[error.start]:02x}")]
    try:
        values = _values(text)
        scenario = read_scenario(values.value)
        verdict = verdict_on(scenario)
    except YamlError as error:
        return None, [_unreadable(Place(str(path), error.line, error.column), error.reason)]
    except ScenarioError as error:
        return None, [_problem(error, values, path)]
    return (scenario, verdict), [_problem(error, values, path) for error in mismatches(scenario, verdict)]


def _values(text: str) -> YamlValues:
    try:
        value = read_json(text)
    except ScenarioError:
        # JSON with a slip in it is YAML with one, and there the slip has a place.
        return read_values(text)
    try:
        return YamlValues(value, read_values(text).node)
    except YamlError:
        # The one thing that JSON has and YAML lacks: \ud83d\ude00, a character in two halves.
        return YamlValues(value, None)


def _problem(error: ScenarioError, values: YamlValues, path: Path) -> Problem:
    place = Place(str(path), *values.place(error.member, of_name=error.code in ABOUT_NAMES))
    name = "" if not error.member or error.code == "verdict-mismatch" else f"{error.member}: "
    return _error(place, error.code, f"{name}{error.message}")


def _unreadable(place: Place, reason: str) -> Problem:
    return _error(place, "scenario-yaml", f"the scenario cannot be read: {reason}")


def _error(place: Place, code: str, message: str) -> Problem:
    # What it quotes of the file may hold line breaks, and a report has one line for each problem.
    flat = " ".join(message.split())
    return Problem(place.path, place.line, place.column, "error", code, flat, HINTS[code])
