"""cors-series explain: a scenario in a file → the verdict in plain words, or its mistakes with their places."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from any_scenarios import requests
from conftest import OWN_LANGUAGES, ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pelican_cors_series.cli import main
from pelican_cors_series.explanation import DIFFERENCES, explain
from pelican_cors_series.rules import ScenarioError, all_rules, read_scenario, verdict_on
from pelican_cors_series.rules.inventory import inventory
from pelican_cors_series.rules.request_verdict import RESULTS
from pelican_cors_series.scenario_file import judge_file
from pelican_cors_series.scenario_text import HINTS
from pelican_cors_series.text import load_text
from pelican_cors_series.widgets.exchange import SHORT_RULES, TURNS

PUT = """\
page: https://app.example/
request:
  url: https://api.example/items/7
  method: PUT
server:
  - at: https://api.example
    preflight: {status: 204, headers: {Access-Control-Allow-Origin: https://app.example}}
"""
SIMPLE = """\
page: https://app.example/
request: {url: https://api.example/}
response:
  status: 200
"""
ORIGINS = "a: https://shop.example:443/\nb: http://www.shop.example/\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def explained(folder: Path, text: str | bytes, *arguments: str, name: str = "s.yaml") -> int:
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return main(["explain", name, *arguments])


def test_the_verdict_comes_first_then_why_then_the_path_and_the_wire(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explained(folder, PUT) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].startswith("Blocked: ")
    headings = ("Why", "In the console", "How it came to that", "On the wire")
    assert tuple(line for line in shown if line in headings) == headings
    why = shown.index("Why")
    algorithm = inventory()["cors_preflight_fetch"]
    assert shown[why + 2] == f"  {algorithm.name}, step 7.5: {algorithm.url}"
    assert shown[-2:] == ["  1. OPTIONS to https://api.example (preflight)", "     Origin: https://app.example"]


def test_the_path_is_folded_to_the_turns_and_ends_with_the_step_that_settled_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    explained(folder, SIMPLE)
    lines = [line for line in capsys.readouterr().out.splitlines() if re.match(r"  \d+\. .*step", line)]
    assert [re.findall(r"\((.*?), (step .*)\)", line)[0] for line in lines] == [
        ("main fetch", "step 12, case 2"),
        ("main fetch", "step 12, case 6"),
        ("CORS check", "step 1"),
        ("CORS check", "step 2"),
    ]


def test_a_response_that_script_gets_is_shown_with_its_status_and_headers(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    allowed = SIMPLE + '  headers: {Access-Control-Allow-Origin: "*", Content-Type: text/plain}\n'
    assert explained(folder, allowed) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[:2] == [
        "Readable: CORS lets script have the response.",
        "Script sees the status 200 and these headers: content-type",
    ]


def test_two_addresses_are_explained_by_where_they_differ(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explained(folder, ORIGINS) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Cross-origin, same site but for the scheme\n")
    assert "  1. Different scheme: https and http (same origin, step 2.a)\n" in shown


def test_a_sequence_is_explained_request_by_request(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    allow = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": "PUT",
        "Access-Control-Max-Age": 5,
    }
    answers = {"preflight": {"status": 204, "headers": allow}, "response": {"status": 200, "headers": allow}}
    one = {"page": "https://a.example/", "request": {"url": "https://b.example/", "method": "PUT"}, **answers}
    assert explained(folder, json.dumps({"exchanges": [one, one]}), name="s.json") == 0
    shown = capsys.readouterr().out
    assert re.findall(r"^Request (\d of \d: \S+)", shown, re.MULTILINE) == ["1 of 2: PUT", "2 of 2: PUT"]
    assert shown.count("(preflight)") == 1
    assert shown.count("still valid") == 1


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("page: [", "2:1", "scenario-yaml"),
        ("a: 1\n\tb: 2", "2:1", "scenario-yaml"),
        ("a: &x [*x]", "1:4", "scenario-yaml"),
        ("a: 1\na: 2", "2:1", "scenario-yaml"),
        ("[a]: 1", "1:1", "scenario-yaml"),
        ("[" * 50_000, "1:201", "scenario-yaml"),
        ('{"a": ' * 900 + "1" + "}" * 900, "1:1", "missing-member"),
        ("a: \x01", "1:4", "scenario-yaml"),
        ("", "1:1", "invalid-value"),
        ("- a", "1:1", "invalid-value"),
        (SIMPLE.replace("page:", "pages:"), "1:1", "unknown-member"),
        (SIMPLE.replace("page: https://app.example/\n", ""), "1:1", "missing-member"),
        (SIMPLE.replace("https://app.example/", "app.example"), "1:7", "invalid-url"),
        (SIMPLE.replace("url: https", "uri: https"), "2:11", "unknown-member"),
        (SIMPLE.replace("200", "600"), "4:11", "invalid-status"),
        (SIMPLE.replace("200", "0o310"), "4:11", "invalid-value"),
        (SIMPLE + "server: []\n", "1:1", "two-forms"),
        (SIMPLE + "sandboxed: yes\n", "5:12", "invalid-value"),
        (SIMPLE + "  headers: {a b: c}\n", "5:18", "invalid-header"),
        (SIMPLE + "  headers: [[a, b], [c]]\n", "5:21", "invalid-value"),
        (PUT.replace("https://api.example\n", "data:,x\n"), "6:9", "opaque-origin"),
        (ORIGINS + "a_domain: a/b\n", "3:11", "invalid-domain"),
        ("a: ~\nb: null\nb_domain: a.example\n", "3:11", "domain-on-opaque-origin"),
        ("exchanges:\n- page: https://a/\n  request:\n    url: /\n  after: -1\n", "5:10", "invalid-value"),
        ('{\n\t"page": "https:\\/\\/a",\n\t"request": {"url": 5}\n}', "3:21", "invalid-value"),
    ],
)
def test_a_mistake_is_located(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, place: str, code: str
) -> None:
    assert explained(folder, text) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(f"s.yaml:{place}: error[{code}]: ")
    assert "\n    hint: " in shown.err
    assert shown.err.endswith("\n1 error\n")


def test_an_expectation_that_does_not_hold_is_located_beside_the_explanation(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explained(folder, SIMPLE + "expect: readable\n") == 1
    shown = capsys.readouterr()
    assert shown.out.startswith("Blocked: ")
    assert shown.err.startswith("s.yaml:5:9: error[verdict-mismatch]: expect says readable, but ")


def test_a_file_that_cannot_be_read_is_a_problem(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "none.yaml"]) == 1
    assert "none.yaml:1:1: error[file-unreadable]" in capsys.readouterr().err
    assert explained(folder, b"a: 1\nb: \xff") == 1
    assert "s.yaml:2:1: error[not-utf-8]: the file is not UTF-8: byte 0xff" in capsys.readouterr().err


def test_a_value_stays_what_its_author_wrote(folder: Path) -> None:
    headers = "{A: no, B: 007, C: 2023-06-13, D: True, E: true, F: 600, G: '1', H: 1_000}"
    (folder / "s.yaml").write_text(SIMPLE + f"  headers: {headers}\n", encoding="utf-8")
    judged, problems = judge_file(Path("s.yaml"))
    assert problems == []
    assert judged is not None
    answer = judged[0].server[0].response  # type: ignore[union-attr]
    assert dict(answer.header_list) == {
        "A": "no",
        "B": "007",
        "C": "2023-06-13",
        "D": "True",
        "E": "true",
        "F": "600",
        "G": "1",
        "H": "1_000",
    }


def test_json_with_a_character_in_two_halves_is_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explained(folder, json.dumps({"a": "https://a.example/\U0001f600", "b": None})) == 0
    assert capsys.readouterr().out.startswith("Cross-origin, cross-site\n")


def test_an_alias_may_say_again_what_was_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = PUT.replace("preflight: {", "preflight: &answer {") + "    response: *answer\n"
    assert explained(folder, text) == 0
    assert capsys.readouterr().err == ""


def test_what_is_shown_exists() -> None:
    steps = {f"{name}#{number}" for name, rule in all_rules().items() for number in rule.source.numbers.values()}
    assert {*DIFFERENCES, *TURNS} <= steps
    assert set(SHORT_RULES) <= set(all_rules())


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_each_language_has_a_word_for_each_outcome(language: str) -> None:
    words = load_text(language).words["explain"]
    assert set(words["outcome"]) == set(RESULTS)


def test_each_code_has_a_hint() -> None:
    sources = (ROOT / "pelican_cors_series/rules").glob("*scenario*.py")
    found = {code for file in sources for code in re.findall(r'"([a-z]+(?:-[a-z]+)+)"', file.read_text("utf-8"))}
    assert {code for code in found if re.match(r"(invalid|missing|unknown|opaque|two|domain)-", code)} <= set(HINTS)


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(requests, min_size=1, max_size=2))
def test_every_verdict_is_explained_in_every_language(exchanges: list[dict[str, Any]]) -> None:
    for given_values in (exchanges[0], {"exchanges": exchanges}):
        try:
            scenario = read_scenario(given_values)
        except ScenarioError:
            continue
        verdict = verdict_on(scenario)
        for language in OWN_LANGUAGES:
            shown = explain(scenario, verdict, load_text(language))
            assert "object at 0x" not in shown
            assert not re.search(r"\b(None|True|False)\b|\w+\(\w+=", shown)


def test_the_console_of_each_browser_is_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explained(folder, SIMPLE, "--language", "ko") == 0
    shown = capsys.readouterr().out.splitlines()
    at = shown.index("콘솔에는 이렇게 나옵니다")
    starts = [line[:22] for line in shown[at + 1 : shown.index("", at)]]
    assert starts == [
        "  Chromium",
        "    Access to fetch at",
        "    Failed to load res",
        "  Firefox",
        "    Cross-Origin Reque",
        "  Safari",
        "    Origin https://app",
        "    Fetch API cannot l",
    ]


def test_a_browser_that_writes_nothing_is_left_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused_by_mode = SIMPLE.replace("api.example/}", "app.example/, redirect: error}") + "  headers: {Location: /x}\n"
    assert explained(folder, refused_by_mode.replace("200", "302")) == 0
    shown = capsys.readouterr().out.splitlines()
    assert {"  Chromium", "  Safari"} <= {*shown}
    assert "  Firefox" not in shown
    for nothing_written in (SIMPLE.replace("api.example", "app.example"), SIMPLE.replace("//api", "//u:p@api")):
        assert explained(folder, nothing_written) == 0
        assert "In the console" not in capsys.readouterr().out


def test_a_line_that_ends_with_a_break_is_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    redirect = SIMPLE.replace("https://api.example/}", "/, mode: same-origin}").replace("200", "302")
    assert explained(folder, redirect + "  headers: {Location: https://api.example/}\n") == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[shown.index("  Chromium") + 2] == "  Firefox"


def test_what_would_let_script_read_it_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = "response: {status: 200}\n"
    for mode, lines in (
        ("cors", ["In the response of https://b.example: Access-Control-Allow-Origin: https://a.example"]),
        ("no-cors", ['In the request: mode: "cors"', "Access-Control-Allow-Origin: https://a.example"]),
    ):
        file = folder / f"{mode}.yaml"
        file.write_text(f"page: https://a.example/\nrequest: {{url: 'https://b.example/', mode: {mode}}}\n{answer}")
        assert main(["explain", str(file)]) == 0
        out = capsys.readouterr().out
        assert "What would let script read it" in out
        assert all(line in out for line in lines)


def test_of_mixed_content_it_is_said_that_the_server_has_to_answer_at_https(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server = "server: [{at: 'http://b.example', response: {status: 200}}]"
    assert explained(folder, f"page: https://a.example/\nrequest: {{url: 'http://b.example/x'}}\n{server}\n") == 0
    shown = capsys.readouterr().out.splitlines()
    assert "mixed content" in shown[shown.index("Why") + 1]
    at = shown.index("What would let script read it")
    assert shown[at + 1 : at + 4] == [
        '  1. In the request: url: "https://b.example/x"',
        "  2. A server has to answer at: https://b.example",
        "  3. In the response of https://b.example: Access-Control-Allow-Origin: https://a.example",
    ]
