"""A seed names the same scenarios everywhere, and they are as various as what is to be compared."""

from __future__ import annotations

from itertools import islice

from pelican_cors_series.lab import random_scenarios
from pelican_cors_series.rules import RequestScenario, judge_request
from pelican_cors_series.rules.request_verdict import RESULTS


def plain(scenario: RequestScenario) -> tuple[object, ...]:
    answers = [
        answer and (answer.status, answer.header_list)
        for hop in scenario.server
        for answer in (hop.preflight, hop.response)
    ]
    return scenario.page, scenario.sandboxed, scenario.request, [hop.at for hop in scenario.server], answers


def test_a_seed_makes_the_same_scenarios_again_and_another_makes_others() -> None:
    one, again, other = ([plain(it) for it in islice(random_scenarios(seed), 50)] for seed in (1, 1, 2))
    assert one == again
    assert one != other


def test_a_few_hundred_come_to_every_outcome_with_and_without_preflights_and_redirects() -> None:
    verdicts = [judge_request(scenario) for scenario in islice(random_scenarios(3), 400)]
    assert {verdict.outcome for verdict in verdicts} == set(RESULTS)
    assert {len(verdict.wire) for verdict in verdicts} >= {0, 1, 2, 3}
    assert {entry.preflight for verdict in verdicts for entry in verdict.wire} == {True, False}
    assert len({verdict.decided_by for verdict in verdicts}) > 15
