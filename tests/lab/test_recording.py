"""What was recorded with the lab, without a browser: the rules of each engine say it, and nothing is left out."""

from __future__ import annotations

from dataclasses import astuple, replace
from functools import cache
from itertools import islice

import pytest
from recorded.reasons import REASONS
from recorded.sources import articles, deviations, traps
from recorded.steps import reached, sides
from recorded.unreached import unreached

from pelican_cors_series.lab import random_scenarios
from pelican_cors_series.observations import Observed, Row, key_of, recorded_rows, recording
from pelican_cors_series.rules import RequestVerdict, judge_request
from pelican_cors_series.rules.deviations import ENGINES, Engine, all_deviations

BLOCKED_BY_CORS = ("cors_check", "cors_preflight_fetch")
RECORD = "what is recorded is behind: run “make record”"
# In how many rows script sees what it sees by the Standard, without one deviation.
LIKE_THE_STANDARD = {"chromium": 934, "firefox": 928, "webkit": 928}
CREDENTIALS = "WebKit checks the second redirect as one with credentials only when the preflight has gone out"
OTHER_REQUESTS = {
    "chromium": {},
    "firefox": {},
    "webkit": dict.fromkeys(("chain-63", "chain-66", "back-again-19", "back-again-20"), CREDENTIALS),
}


@cache
def rows() -> tuple[Row, ...]:
    return tuple(recorded_rows())


@cache
def verdicts(engine: Engine | None = None) -> dict[str, RequestVerdict]:
    """Judge every recorded scenario by the rules of an engine, or of the Standard."""
    return {row.id: judge_request(replace(row.scenario, engine=engine or "standard")) for row in rows()}


def sent(by: RequestVerdict | Observed) -> list[tuple[object, ...]]:
    return list(map(astuple, by.wire))


@pytest.mark.parametrize("engine", ENGINES)
def test_with_its_deviations_script_sees_what_was_recorded(engine: Engine) -> None:
    for row in rows():
        verdict, seen = verdicts(engine)[row.id], row.observed[engine]
        ours = (verdict.outcome, verdict.status, verdict.readable_headers)
        assert ours == (seen.outcome, seen.status, seen.readable_headers), (row.id, verdict.decided_by)


@pytest.mark.parametrize("engine", ENGINES)
def test_with_its_deviations_what_reached_the_servers_is_what_was_recorded(engine: Engine) -> None:
    other = [row.id for row in rows() if sent(verdicts(engine)[row.id]) != sent(row.observed[engine])]
    assert other == [*OTHER_REQUESTS[engine]]
    assert len(other) <= len(rows()) * 0.005


@pytest.mark.parametrize("engine", ENGINES)
def test_without_deviations_this_many_rows_are_like_the_standard(engine: Engine) -> None:
    alike = 0
    for row in rows():
        verdict, seen = verdicts()[row.id], row.observed[engine]
        alike += (verdict.outcome, verdict.status, verdict.readable_headers) == (
            seen.outcome,
            seen.status,
            seen.readable_headers,
        )
    assert alike == LIKE_THE_STANDARD[engine]


def test_every_article_every_deviation_and_every_curated_scenario_is_recorded() -> None:
    keys = {key_of(row.scenario) for row in rows()}
    wanted = [*articles(), *deviations(), *traps()]
    assert [name for name, scenario in wanted if key_of(scenario) not in keys] == [], RECORD
    names = {name for name, _ in wanted}
    assert {row.id for row in rows() if not row.id.startswith("cover-")} <= names, RECORD


def test_the_recording_is_of_the_versions_that_the_deviations_are_of() -> None:
    seen = {engine: version for deviation in all_deviations() for engine, version in deviation.engines.items()}
    assert all(recording().engines[engine].startswith(version) for engine, version in seen.items())


def test_each_side_of_each_step_is_come_to_unless_there_is_a_reason() -> None:
    assert sides() - reached(verdicts().values()) == {*unreached()}, RECORD


def test_no_other_scenario_comes_to_what_has_a_reason_not_to() -> None:
    found = reached(judge_request(scenario) for scenario in islice(random_scenarios(66187), 500))
    assert found & {*unreached()} == set()
    assert len([*unreached()]) == len({*unreached()})


@pytest.mark.parametrize("engine", ["chromium", "firefox"])
def test_the_reason_that_an_engine_tells_belongs_to_the_step_that_decided(engine: Engine) -> None:
    found: dict[str, set[str]] = {}
    for row in rows():
        for reason in row.observed[engine].reasons:
            found.setdefault(reason, set()).add(verdicts(engine)[row.id].decided_by)
    assert found == {reason: set(steps) for reason, steps in REASONS[engine].items()}
    told = [row for row in rows() if row.observed[engine].reasons]
    assert all(row.observed[engine].outcome == "network-error" for row in told)
    by_cors = [row.id for row in rows() if verdicts(engine)[row.id].decided_by.startswith(BLOCKED_BY_CORS)]
    blocked = [name for name in by_cors if verdicts(engine)[name].outcome == "network-error"]
    assert {*blocked} <= {row.id for row in told}
    assert len(blocked) > 100
