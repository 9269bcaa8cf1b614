"""A scenario of any kind, as plain values: which kind it is, its verdict, and whether what its author expects holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from .located_values import Located
from .origins_scenario import read_origins_scenario
from .request_scenario import RequestScenario, SequenceScenario, read_request_scenario, read_sequence_scenario
from .request_verdict import RequestVerdict, SequenceVerdict, judge_request, judge_sequence
from .scenario import OriginsScenario, OriginsVerdict, ScenarioError, compare

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Scenario: TypeAlias = OriginsScenario | RequestScenario | SequenceScenario
Verdict: TypeAlias = OriginsVerdict | RequestVerdict | SequenceVerdict

READERS: dict[str, Callable[[object], Scenario]] = {
    "origins": read_origins_scenario,
    "request": read_request_scenario,
    "sequence": read_sequence_scenario,
}


def judge(given: Mapping[str, object]) -> Verdict:
    """Judge a scenario of any kind, given as plain values in the form that YAML or JSON has.

    `kind` is origins, request or sequence; where it is left out, `exchanges` make a sequence, `request` or `page` a
    request, and anything else is taken for two addresses. Comes back with the verdict of that kind. Raises
    ScenarioError for the first thing that is wrong, and with the code verdict-mismatch where an `expect` of the
    scenario does not hold.
    """
    scenario = read_scenario(given)
    verdict = verdict_on(scenario)
    for mismatch in mismatches(scenario, verdict):
        raise mismatch
    return verdict


def read_scenario(given: object) -> Scenario:
    """Read a scenario of any kind from plain values. Raises ScenarioError for the first thing that is wrong."""
    return READERS[_kind(Located(given))](given)


def verdict_on(scenario: Scenario) -> Verdict:
    """Judge a scenario that has been read; what it expects plays no part. Raises ScenarioError as `compare` does."""
    match scenario:
        case OriginsScenario():
            return compare(scenario)
        case RequestScenario():
            return judge_request(scenario)
    return judge_sequence(scenario)


def mismatches(scenario: Scenario, verdict: Verdict) -> list[ScenarioError]:
    """Give an error for each `expect` of a scenario that its verdict contradicts, with the path of that `expect`."""
    match scenario, verdict:
        case OriginsScenario(), OriginsVerdict():
            holds = scenario.expect in (None, verdict.relation)
            return [] if holds else [_mismatch("", scenario.expect, verdict.relation, verdict.decided_by)]
        case RequestScenario(), RequestVerdict():
            return _request_mismatch("", scenario, verdict)
        case SequenceScenario(), SequenceVerdict():
            pairs = zip(scenario.exchanges, verdict.exchanges, strict=True)
            found = [
                _request_mismatch(f"exchanges[{at}].", exchange, of) for at, ((_, exchange), of) in enumerate(pairs)
            ]
            return [error for errors in found for error in errors]
    message = "the verdict is not one on this kind of scenario"
    raise TypeError(message)


def _kind(whole: Located) -> str:
    given = whole.value
    if not isinstance(given, dict):
        whole.refuse("invalid-value", "a scenario has to be a mapping, with members such as page and request")
    if given.get("kind") is not None:
        return Located(given["kind"], "kind").one_of(tuple(READERS))
    if "exchanges" in given:
        return "sequence"
    return "request" if "request" in given or "page" in given else "origins"


def _request_mismatch(at: str, scenario: RequestScenario, verdict: RequestVerdict) -> list[ScenarioError]:
    if scenario.expect is None or verdict.meets(scenario.expect):
        return []
    return [_mismatch(at, scenario.expect, verdict.result, verdict.decided_by)]


def _mismatch(at: str, expected: str | None, found: str, decided_by: str) -> ScenarioError:
    message = f"expect says {expected}, but by the rules it is {found} (decided by {decided_by})"
    return ScenarioError(f"{at}expect", "verdict-mismatch", message)
