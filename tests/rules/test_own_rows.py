"""Rows of our own, written from the standards for what no foreign row touches: they hold in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from corpora.corpus import plainly, read_rows
from corpora.own import CASES, check, own_corpora, prepared
from fetch_twin import FetchTwin

from pelican_cors_series.rules import all_rules

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted(CASES.glob("*.jsonl"))
VERDICT = {"outcome", "status", "readable_headers", "wire"}


@pytest.fixture(scope="module")
def twin() -> FetchTwin:
    return FetchTwin(all_rules().values())


def test_every_row_holds_in_both_languages(twin: FetchTwin) -> None:
    answers = [answer for corpus in own_corpora() for case in corpus.cases for answer in case(twin.both)]
    assert [answer for answer in answers if not answer.holds] == []
    assert len(answers) > 500


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_row_has_a_source_and_states_something(file: Path) -> None:
    for row in read_rows(file):
        assert row["src"]
        if "rule" in row:
            assert {*row} <= {"src", "rule", "given", "result", "after"}
            assert "result" in row or row["after"]
        else:
            assert {*row} <= {"src", "scenario", "verdict", "exchanges"}
            for exchange in row.get("exchanges", [row]):
                assert set() < {*exchange["verdict"]} <= VERDICT


@pytest.mark.parametrize(
    ("rule", "given", "result", "after", "holds"),
    [
        ("same_origin", {"a": "null", "b": {"same as": "a"}}, True, {}, True),
        ("same_origin", {"a": "null", "b": "null"}, False, {}, True),
        ("same_origin", {"a": "null", "b": "null"}, None, {}, False),
        ("ok_status", {"status": 200}, 1, {}, False),
        ("obtain_a_site", {"origin": "null"}, {"same as": "origin"}, {}, True),
        ("obtain_a_site", {"origin": "http://a.b.example"}, {"scheme": "http", "host": "b.example"}, {}, True),
        ("obtain_a_site", {"origin": "http://a.b.example"}, {"scheme": "https"}, {}, False),
        ("origin_of_a_url", {"url": "https://a.example:1/"}, "https://a.example:1", {}, True),
        ("origin_of_a_url", {"url": "https://a.example:1/"}, "https://a.example", {}, False),
        ("access_control_allow_methods_values", {"value": "a, b"}, ["a", "b"], {}, True),
        ("access_control_allow_methods_values", {"value": "a, b"}, ["a"], {}, False),
        (
            "headers_append",
            {"headers": {"guard": "none"}, "name": "A", "value": "1"},
            True,
            {"headers": {"header_list": []}},
            False,
        ),
    ],
)
def test_a_row_says_plainly_what_goes_in_and_what_comes_out(
    rule: str, given: dict[str, Any], result: object, after: dict[str, Any], holds: bool
) -> None:
    row = prepared({"rule": rule, "given": given, "result": result, "after": after})
    assert check(plainly, row) is holds


def test_a_verdict_that_is_another_does_not_hold() -> None:
    scenario = {"page": "https://app.example/", "request": {"url": "/x"}, "response": {"status": 200}}
    assert check(plainly, {"scenario": scenario, "verdict": {"outcome": "basic", "status": 200}})
    assert not check(plainly, {"scenario": scenario, "verdict": {"outcome": "cors"}})
    exchange = {"scenario": scenario, "verdict": {"wire": []}}
    assert not check(plainly, {"exchanges": [exchange]})
