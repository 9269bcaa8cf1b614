"""Where engines do otherwise than the Standard: it shows, it has its sentences, and it is what was observed."""

from __future__ import annotations

import ast
import tomllib
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from conftest import shared
from corpora.engines import observed_rows, scenario_of
from fetch_twin import FetchTwin

from pelican_cors_series.rules import all_rules, judge, judge_request, read_request_scenario
from pelican_cors_series.rules.amended import AmendedRule, amended_source
from pelican_cors_series.rules.deviations import ENGINES, all_deviations, deviations_of, rules_with
from pelican_cors_series.rules.fetch_records import Network
from pelican_cors_series.rules.scenario_fetch import fetch_arguments, fetch_method_of, seen_of

if TYPE_CHECKING:
    from pelican_cors_series.rules.deviations import Deviation, Engine

EACH = [(deviation, engine) for deviation in all_deviations() for engine in deviation.engines]
ON_THE_WIRE = ("hop", "method", "preflight", "origin", "asks_headers")
each_deviation = pytest.mark.parametrize(
    ("deviation", "engine"), EACH, ids=[f"{deviation.id}-{engine}" for deviation, engine in EACH]
)


def is_unmarked(row: dict[str, Any]) -> bool:
    """Tell whether a redirect loses the mark by which the recording knew its hops."""
    headers = [header for hop in row["server"] if hop["response"] for header in hop["response"]["headers"]]
    return any(name.lower() == "location" and "hop=" not in value for name, value in headers)


def names_its_origin_for_storage(row: dict[str, Any]) -> bool:
    """Tell whether an engine that has a cookie may say who asks for the storage that it belongs to."""
    request = row["request"]
    return row.get("sandboxed") and (request["mode"], request["credentials"]) == ("no-cors", "include")


def everything(deviation: Deviation, engine: Engine, *without: str) -> object:
    """Give what a deviation's scenario comes to in an engine, for script and on the wire."""
    scenario = read_request_scenario(dict(deviation.scenario))
    network = Network([], [], [])
    seen = seen_of(fetch_method_of(engine, without)(*fetch_arguments(scenario, network)))
    return seen, network.wire


def in_form(seen_and_wire: object) -> str:
    return repr(seen_and_wire)


@each_deviation
def test_the_scenario_of_a_deviation_shows_it(deviation: Deviation, engine: Engine) -> None:
    assert in_form(everything(deviation, engine)) != in_form(everything(deviation, engine, deviation.id))


@each_deviation
def test_a_verdict_of_the_standard_lists_who_sees_something_else_and_why(deviation: Deviation, engine: Engine) -> None:
    verdict = judge_request(read_request_scenario(dict(deviation.scenario)))
    theirs = judge_request(read_request_scenario({**deviation.scenario, "engine": engine}))
    rows = [row for row in verdict.deviations if row.engine == engine]
    same = (theirs.outcome, theirs.status, theirs.readable_headers) == (
        verdict.outcome,
        verdict.status,
        verdict.readable_headers,
    )
    assert rows == list(theirs.deviations)
    assert [row.why for row in rows] == ([] if same else [deviation.id])
    assert all(row.outcome == theirs.outcome for row in rows)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_deviation_has_its_sentence(language: str) -> None:
    words = tomllib.loads(files("pelican_cors_series.text").joinpath(f"{language}.toml").read_text("utf-8"))
    assert words["deviations"].keys() == {deviation.id for deviation in all_deviations()}


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_has_one_reading_of_each_step(engine: Engine) -> None:
    ids = tuple(deviation.id for deviation in deviations_of(engine))
    assert {rule.name for rule in rules_with(ids).values() if isinstance(rule, AmendedRule) and rule.readings} == {
        step.partition("#")[0] for deviation in deviations_of(engine) for step in deviation.reads
    }


def test_two_readings_of_one_step_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    first = all_deviations()[0]
    other = replace(first, id="other", reads=dict.fromkeys(first.reads, "True"))
    monkeypatch.setattr("pelican_cors_series.rules.deviations.all_deviations", lambda: (first, other))
    with pytest.raises(ValueError, match=r"cors_preflight_fetch#7\.6"):
        rules_with((first.id, "other"))


def test_a_reading_may_go_on_from_another(monkeypatch: pytest.MonkeyPatch) -> None:
    first = replace(all_deviations()[0], id="first", reads={"cors_check#3": "origin == 'a'"})
    other = replace(first, id="other", reads={"cors_check#3": "as_read and request.method == 'GET'"})
    third = replace(first, id="third", reads={"cors_check#3": "as_read or origin == 'b'"})
    monkeypatch.setattr("pelican_cors_series.rules.deviations.all_deviations", lambda: (first, other, third))
    read = {ids: rules_with(ids)["cors_check"].source for ids in (("first", "other", "third"), ("third",))}
    of_step = {
        ids: next(ast.unparse(node) for node, number in source.numbers.items() if number == "3")
        for ids, source in read.items()
    }
    assert of_step == {
        ("first", "other", "third"): "origin == 'a' and request.method == 'GET' or origin == 'b'",
        ("third",): "request.credentials_mode != 'include' and origin == '*' or origin == 'b'",
    }


def test_a_reading_of_no_step_is_refused() -> None:
    with pytest.raises(ValueError, match="cors_check has no step 9"):
        amended_source(all_rules()["cors_check"].source, {"9": "True"})


def test_the_standards_own_rules_stay_as_they_are() -> None:
    before = all_rules()["cors_preflight_fetch"].source.numbers.copy()
    judge({**all_deviations()[0].scenario, "engine": "chromium"})
    assert rules_with(())["cors_preflight_fetch"] is all_rules()["cors_preflight_fetch"]
    assert all_rules()["cors_preflight_fetch"].source.numbers == before


@pytest.mark.parametrize("engine", ENGINES)
def test_with_its_deviations_an_engine_agrees_with_what_was_observed(engine: Engine) -> None:
    compared, other_requests = 0, []
    for row in observed_rows(shared("engines", "observed.jsonl.gz")):
        if row["request"].get("integrity"):
            continue  # no scenario holds a body whose integrity could be judged
        theirs = row["observed"][engine]
        verdict = judge_request(replace(scenario_of(row), engine=engine))
        ours = (verdict.outcome, verdict.status, list(verdict.readable_headers))
        assert ours == (theirs["outcome"], theirs["status"], theirs["readable_headers"]), row["id"]
        if is_unmarked(row) or names_its_origin_for_storage(row):
            continue
        wire = [tuple(getattr(entry, name) for name in ON_THE_WIRE) for entry in verdict.wire]
        if wire != [tuple(entry[name] for name in ON_THE_WIRE) for entry in theirs["wire"]]:
            other_requests.append(row["id"])
        compared += 1
    assert compared > 900
    assert len(other_requests) <= compared // 200, other_requests


@pytest.mark.parametrize("engine", ENGINES)
def test_both_languages_judge_as_an_engine_alike(engine: Engine) -> None:
    fetch = fetch_method_of(engine)
    twin = FetchTwin([fetch])
    for row in observed_rows(shared("engines", "observed.jsonl.gz"))[::3]:
        scenario = scenario_of(row)
        twin.both(fetch, lambda scenario=scenario: fetch_arguments(scenario, Network([], [], [])))
