"""cors-series lab: what engines did beside what the rules say, in every language, or what stands in the way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import OWN_LANGUAGES

from pelican_cors_series import lab
from pelican_cors_series.cli import main
from pelican_cors_series.lab import Observation
from pelican_cors_series.rules import judge_request, read_request_scenario
from pelican_cors_series.side_by_side import beside_the_rules, by_the_rules
from pelican_cors_series.text import load_text

if TYPE_CHECKING:
    from collections.abc import Iterator

PUT = """\
page: https://app.example/
request: {url: https://api.example/items/7, method: PUT}
preflight: {status: 204, headers: {Access-Control-Allow-Origin: https://app.example}}
"""
SCENARIO = read_request_scenario(
    {
        "page": "https://app.example/",
        "request": {"url": "https://api.example/x", "method": "PUT"},
        "preflight": {"status": 204, "headers": {"Access-Control-Allow-Origin": "*"}},
    }
)
VERDICT = judge_request(SCENARIO)
SEEN = Observation("webkit", 0, SCENARIO, VERDICT.outcome, VERDICT.status, VERDICT.readable_headers, VERDICT.wire)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "put.yaml"
    path.write_text(PUT, encoding="utf-8")
    return path


def test_where_they_agree_it_says_so_and_does_not_repeat_the_requests() -> None:
    shown = beside_the_rules("WebKitGTK 2.50.6", SEEN, VERDICT, load_text("en")).splitlines()
    assert shown == [
        "WebKitGTK 2.50.6",
        "  Blocked: script gets an error instead of the response.",
        "  Outcome and requests are those of the rules.",
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"outcome": "cors", "status": 200, "readable_headers": ("etag",)}, "This is not what the rules say."),
        ({"status": 0}, "This is not what the rules say."),
        ({"wire": ()}, "but other requests reached the servers."),
        ({"outcome": None}, "It did not finish"),
    ],
)
def test_where_they_differ_it_says_in_what(change: dict[str, Any], expected: str) -> None:
    assert expected in beside_the_rules("x", replace(SEEN, **change), VERDICT, load_text("en"))


def test_a_difference_that_is_known_is_told_by_its_name() -> None:
    anything = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*"}
    scenario = read_request_scenario(
        {
            "page": "https://app.example/",
            "request": {"url": "https://api.example/x", "headers": {"Authorization": "t"}},
            "preflight": {"status": 204, "headers": anything},
            "response": {"status": 200, "headers": anything},
        }
    )
    verdict, text = judge_request(scenario), load_text("en")
    seen = replace(SEEN, engine="firefox", scenario=scenario, outcome="cors", status=200)
    known = text("lab.known", sentence=text("deviations.authorization-by-wildcard")) + " (authorization-by-wildcard)"
    assert known in beside_the_rules("x", seen, verdict, text, engine="firefox")
    assert "It is known" not in beside_the_rules("x", replace(seen, status=404), verdict, text, engine="firefox")
    assert "It is known" not in beside_the_rules("x", seen, verdict, text)


def test_other_requests_are_shown() -> None:
    other = replace(VERDICT.wire[0], method="GET", preflight=False, origin="null")
    shown = beside_the_rules("x", replace(SEEN, wire=(*VERDICT.wire, other)), VERDICT, load_text("en"))
    assert "    1. OPTIONS to https://api.example (preflight)\n       Origin: https://app.example\n" in shown
    assert "    2. GET to https://api.example\n       Origin: null\n" in shown


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_error_and_console_stand_in_the_words_of_the_engine(language: str) -> None:
    seen = replace(SEEN, message="TypeError: Load failed", console=("one", "two"))
    shown = beside_the_rules("x", seen, VERDICT, load_text(language), console=seen.console).splitlines()
    assert shown[-2:] == ["    one", "    two"]
    assert any("TypeError: Load failed" in line for line in shown)


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_the_rules_come_first_then_each_engine_as_it_comes_in(
    file: Path, language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def observe(scenarios: list[Any], engines: list[lab.EngineName], **_: object) -> Iterator[Observation]:
        verdict = judge_request(scenarios[0])
        for name in engines:
            yield Observation(name, 0, scenarios[0], verdict.outcome, None, (), verdict.wire)

    monkeypatch.setattr(lab, "observe", observe)
    monkeypatch.setattr(lab, "installed", lambda: ("chromium", "webkit"))
    monkeypatch.setattr(lab.Engine, "found", lambda self: None if self.name == "firefox" else ("x",))
    monkeypatch.setattr(lab.Engine, "version", lambda self: f"1.{len(self.name)}")
    assert main(["lab", str(file), "--language", language]) == 0
    shown = capsys.readouterr()
    text = load_text(language)
    blocks = shown.out.split("\n\n")
    assert [block.splitlines()[0] for block in blocks] == [text("lab.rules"), "Chromium 1.8", "WebKitGTK 1.6"]
    assert all(text("lab.same") in block for block in blocks[1:])
    assert shown.err == text("lab.missing", title="Firefox", line=lab.engine("firefox").apt_line()) + "\n"
    assert "firefox-esr libnss3-tools" in shown.err


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_where_no_engine_is_there_each_is_named_with_what_installs_it(
    file: Path, language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lab.Engine, "found", lambda _: None)
    assert main(["lab", str(file), "--language", language]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert [name for name in lab.NAMES if lab.engine(name).apt_line() in shown.err] == list(lab.NAMES)


@pytest.mark.parametrize(
    "text", ["a: https://a.example/\nb: null\n", f"exchanges: [{{{'page: https://a.example/, request: {url: /x}'}}}]\n"]
)
def test_only_a_request_can_be_run(file: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(text, encoding="utf-8")
    assert main(["lab", str(file)]) == 1
    assert capsys.readouterr().err == f"cors-series: {load_text('en')('lab.requests_only')}\n"


def test_a_file_that_cannot_be_judged_is_reported_as_elsewhere(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text("page: https://app.example/\nrequest: {}\n", encoding="utf-8")
    assert main(["lab", str(file)]) == 1
    assert "put.yaml:2:" in capsys.readouterr().err


def test_a_page_that_no_server_can_serve_is_an_error_and_no_traceback(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("trustme")
    file.write_text("page: about:blank\nrequest: {url: https://api.example/}\n", encoding="utf-8")
    monkeypatch.setattr(lab.Engine, "found", lambda _: ("x", "x"))
    assert main(["lab", str(file), "--engine", "chromium"]) == 1
    assert "cors-series: a browser's page has to be at an http or https address; about:blank" in capsys.readouterr().err


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_the_rules_are_told_in_every_language(language: str) -> None:
    text = load_text(language)
    shown = by_the_rules(SCENARIO, VERDICT, text).splitlines()
    assert shown[:2] == [text("lab.rules"), f"  {text('explain.outcome.network-error')}"]
