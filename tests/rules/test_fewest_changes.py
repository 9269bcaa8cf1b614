"""No fewer changes help than those that are named: held against what was observed and against trying every pair."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import Any

from conftest import shared
from corpora.engines import observed_rows
from hypothesis import given, settings
from hypothesis import strategies as st
from scenario_forms import CREDENTIALS, HEADERS, METHODS, ORIGIN, OTHER, PAGE, answer, form

from pelican_cors_series.rules.change import Change, changed, fewest_changes, is_readable
from pelican_cors_series.rules.fetch_records import Network
from pelican_cors_series.rules.request_scenario import RequestScenario, read_request_scenario
from pelican_cors_series.rules.request_verdict import RequestVerdict, judge_request


def nothing_before() -> Network:
    return Network([], [], [])


@cache
def refused_rows() -> list[tuple[dict[str, Any], RequestScenario, RequestVerdict]]:
    observed = observed_rows(shared("engines", "observed.jsonl.gz"))
    rows = [{name: value for name, value in row.items() if name not in ("id", "observed")} for row in observed]
    read = [(row, read_request_scenario(row)) for row in rows]
    all_judged = [(row, scenario, judge_request(scenario)) for row, scenario in read]
    return [it for it in all_judged if it[2].result != "readable"]


def thinkable(scenario: RequestScenario) -> list[Change]:
    """Every change of an answer that somebody might try, whether it has to do with the request or not."""
    request = scenario.request
    names = ",".join([*[name for name, _ in request.headers], "content-type"])
    headers = [*[(ORIGIN, value) for value in (scenario.page.rstrip("/"), "null", "*")], (CREDENTIALS, "true")]
    asked = [(METHODS, f"{request.method},{request.method.upper()}"), (HEADERS, names)]
    changes: list[Change] = []
    for at in range(len(scenario.server)):
        changes += [Change(at, "response", "header", *pair) for pair in headers]
        changes += [Change(at, "preflight", "header", *pair) for pair in [*headers, *asked]]
        changes.append(Change(at, "preflight", "status", None, 204))
    return changes


def helps(scenario: RequestScenario, *changes: Change) -> bool:
    return is_readable(changed(scenario, changes), nothing_before())


def test_what_was_observed_becomes_readable_by_its_change_and_by_no_part_of_it() -> None:
    for row, scenario, verdict in refused_rows():
        change, needed = verdict.change, verdict.request_must_change
        assert (change == ()) is (needed is not None)
        if needed is None:
            assert len(change) <= 2
            assert judge_request(changed(scenario, change)).result == "readable", row
            assert not any(helps(scenario, *part) for part in combinations(change, len(change) - 1)), row
        elif needed.member is not None or needed.change:
            asked = {**row["request"], **({} if needed.member is None else {needed.member: needed.value})}
            other = changed(read_request_scenario({**row, "request": asked}), needed.change)
            assert judge_request(other).result == "readable", row
        everywhere = [*change, *(() if needed is None else needed.change)]
        credentials = row["request"].get("credentials") == "include" and (needed is None or needed.member is None)
        assert not (credentials and any(it.value == "*" for it in everywhere)), row


def test_no_fewer_changes_than_those_that_are_named_help_what_was_observed() -> None:
    for row, scenario, verdict in refused_rows():
        if verdict.result == "blocked" and len(verdict.change) != 1:
            assert not any(helps(scenario, it) for it in thinkable(scenario)), row


values = {
    ORIGIN: [None, PAGE, "*", "null", OTHER],
    CREDENTIALS: [None, None, "true"],
    METHODS: [None, "PUT", "*", "P T"],
    HEADERS: [None, "x-a", "*", "/"],
}
header_sets = st.fixed_dictionaries({name: st.sampled_from(choices) for name, choices in values.items()})
answers = st.builds(
    lambda headers, code: answer({name: it for name, it in headers.items() if it is not None}, code),
    header_sets,
    st.sampled_from([200, 200, 404]),
)


@settings(deadline=None, max_examples=60)
@given(
    preflight=answers | st.none(),
    response=answers,
    method=st.sampled_from(["GET", "PUT"]),
    headers=st.sampled_from([{}, {"X-A": "1"}, {"Authorization": "1"}]),
    credentials=st.sampled_from(["same-origin", "include"]),
)
def test_trying_every_pair_finds_nothing_smaller(
    preflight: dict[str, Any] | None, response: dict[str, Any], method: str, headers: dict[str, str], credentials: str
) -> None:
    scenario = read_request_scenario(
        form({"preflight": preflight, "response": response}, method=method, headers=headers, credentials=credentials)
    )
    fewest = fewest_changes(scenario, nothing_before())
    assert fewest is not None
    assert helps(scenario, *fewest)
    tried = thinkable(scenario)
    for count in range(min(len(fewest), 3)):
        assert not any(helps(scenario, *some) for some in combinations(tried, count))
