"""The line under an exchange: what three engines were seen to do with it, and where one does otherwise."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from conftest import OWN_LANGUAGES

from pelican_cors_series.observations import observed, recorded_rows, recording
from pelican_cors_series.problems import Place
from pelican_cors_series.rules.deviations import all_deviations
from pelican_cors_series.text import load_text
from pelican_cors_series.widgets import render

if TYPE_CHECKING:
    from pelican_cors_series.observations import Observed
    from pelican_cors_series.rules import RequestScenario
    from pelican_cors_series.rules.deviations import Engine

OPENING = Place("content/en/part.md", 41, 1)
DEVIATIONS = {deviation.id: deviation.scenario for deviation in all_deviations()}


def line_under(scenario: object, language: str = "en") -> str | None:
    markup, problems = render("cors-exchange", json.dumps(scenario), OPENING, load_text(language))
    assert problems == []
    found = BeautifulSoup(markup, "html.parser").select('[data-slot="observed"]')
    assert len(found) < 2
    return found[0].text if found else None


def recorded(name: str) -> dict[str, object]:
    row = next(row for row in recorded_rows() if row.id == name).as_json()
    return {member: value for member, value in row.items() if member not in ("id", "observed")}


def test_what_three_engines_did_alike_is_one_clause() -> None:
    assert line_under(recorded("article-en-2023-06-12-cors-1-1")) == (
        "Observed in Chromium 156, Firefox 153 and WebKit 2.50: all three blocked it."
    )
    assert recording().engines["webkit"].startswith("2.50.")


def test_who_does_otherwise_stands_behind_those_that_do_as_the_standard_says() -> None:
    assert line_under(DEVIATIONS["status-407-is-an-error"]) == (
        "Observed in Chromium 156, Firefox 153 and WebKit 2.50: Firefox and WebKit let script read the answer; "
        "Chromium blocked it (unlike the Standard; the reason stands above)."
    )
    line = line_under(DEVIATIONS["authorization-by-wildcard"])
    assert line is not None
    assert line.endswith(": all three let script read the answer (unlike the Standard; the reason stands above).")


def test_where_only_the_headers_differ_they_are_named() -> None:
    line = line_under(DEVIATIONS["data-url-exposes-length"])
    assert line is not None
    assert "(status 200, headers: content-type); Firefox" in line
    assert "headers: content-length, content-type" in line


def test_other_requests_with_the_same_result_are_told_with_their_reason() -> None:
    line = line_under(DEVIATIONS["delete-becomes-get"])
    assert line is not None
    assert line.endswith(
        "What WebKit sent differs from the Standard: "
        "A DELETE that is redirected to another origin goes on as GET, even with 307 and 308."
    )


def test_other_requests_that_no_deviation_explains_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    def twice(scenario: RequestScenario) -> dict[Engine, Observed]:
        seen = dict(observed(scenario))
        return {**seen, "firefox": replace(seen["firefox"], wire=seen["firefox"].wire * 2)}

    monkeypatch.setattr("pelican_cors_series.widgets.observed.observed", twice)
    line = line_under(recorded("article-en-2023-06-12-cors-1-1"))
    assert line is not None
    request = "POST to https://api.app.example"
    assert line.endswith(f" What Firefox sent differs from the Standard: {request}, {request}.")


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_an_engine_that_is_asked_for_does_not_change_what_was_observed(language: str) -> None:
    scenario = dict(DEVIATIONS["status-407-is-an-error"])
    by_the_standard = line_under(scenario, language)
    assert by_the_standard is not None
    assert line_under({**scenario, "engine": "chromium"}, language) == by_the_standard


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_what_was_never_recorded_carries_no_line(language: str) -> None:
    never = {"page": "https://app.example/", "request": {"url": "https://never.example/"}, "response": {"status": 200}}
    assert line_under(never, language) is None


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_every_recorded_scenario_has_its_words(language: str) -> None:
    for deviation in DEVIATIONS.values():
        line = line_under(deviation, language)
        assert line is not None
        assert "{" not in line
