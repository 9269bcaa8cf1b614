"""cors-series judge and the one function behind it: any scenario in, its verdict or a located error out."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from any_scenarios import ORIGINS, REQUEST, SEQUENCE, json_values, requests
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pelican_cors_series.cli import main
from pelican_cors_series.rules import (
    OriginsVerdict,
    RequestVerdict,
    ScenarioError,
    SequenceVerdict,
    judge,
    judge_line,
)


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "pelican_cors_series.cli", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, cwd=ROOT, timeout=60, check=False)


def judged(data: bytes) -> tuple[int, list[dict[str, Any]]]:
    """Run the command in this process."""
    out = io.StringIO()
    with mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(data))), redirect_stdout(out):
        code = main(["judge"])
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def error_of(line: bytes | str) -> tuple[str, str]:
    answer, fine = judge_line(line.encode("utf-8", "surrogatepass") if isinstance(line, str) else line)
    error = json.loads(answer)["error"]
    assert not fine
    assert list(error) == ["code", "message", "path"]
    return error["code"], error["path"]


@pytest.mark.parametrize(
    ("scenario", "verdict"),
    [(ORIGINS, OriginsVerdict), (REQUEST, RequestVerdict), (SEQUENCE, SequenceVerdict)],
)
@pytest.mark.parametrize("stated", [True, False])
def test_the_kind_is_stated_or_told_by_the_members(scenario: dict[str, Any], verdict: type, stated: bool) -> None:
    kinds = {OriginsVerdict: "origins", RequestVerdict: "request", SequenceVerdict: "sequence"}
    assert isinstance(judge({**scenario, "kind": kinds[verdict]} if stated else scenario), verdict)


def test_an_answer_is_the_verdict_and_nothing_else() -> None:
    for scenario in (ORIGINS, REQUEST, SEQUENCE):
        answer, fine = judge_line(json.dumps(scenario).encode())
        assert fine
        assert json.loads(answer) == json.loads(json.dumps(judge(scenario).as_json()))
        assert answer.isascii()
        assert "\n" not in answer


@pytest.mark.parametrize(
    ("line", "code", "path"),
    [
        ("", "invalid-json", ""),
        (" \t\r\n", "invalid-json", ""),
        ("{", "invalid-json", ""),
        ("{} {}", "invalid-json", ""),
        ("[" * 100_000, "invalid-json", ""),
        ('{"a":' * 100_000, "invalid-json", ""),
        ("9" * 5_000, "invalid-json", ""),
        ('{"exchanges": NaN}', "invalid-json", ""),
        ("-Infinity", "invalid-json", ""),
        (b"\xff", "not-utf-8", ""),
        ('{"a": "é"}'.encode("latin-1"), "not-utf-8", ""),
        ('{"a": null}'.encode("utf-16"), "not-utf-8", ""),
        ('{"a": null}'.encode("utf-16-le"), "invalid-json", ""),
        ("\udcff", "not-utf-8", ""),
        ("null", "invalid-value", ""),
        ("[]", "invalid-value", ""),
        ("{}", "missing-member", "a"),
        ('{"a": null}', "missing-member", "b"),
        ('{"a": null, "b": null, "a": null}', "repeated-member", "a"),
        ('{"exchanges": [{"page": {"x": 1, "x": 1}}]}', "repeated-member", "exchanges[0].page.x"),
        ('{"a": null, "b": null, "c": null}', "unknown-member", "c"),
        ('{"a": 1e999, "b": null}', "invalid-value", "a"),
        ('{"a": "\\ud800", "b": null}', "invalid-url", "a"),
        ('{"a": null, "b": "https://a", "b_domain": "a/"}', "invalid-domain", "b_domain"),
        ('{"a": null, "b": null, "expect": "near"}', "invalid-value", "expect"),
        ('{"kind": "fetch"}', "invalid-value", "kind"),
        ('{"kind": {}}', "invalid-value", "kind"),
        ('{"kind": "sequence", "page": 1}', "unknown-member", "page"),
        ('{"page": "x", "request": {}}', "invalid-url", "page"),
        ('{"request": {}}', "missing-member", "page"),
        ('{"exchanges": [{}]}', "missing-member", "exchanges[0].page"),
        (json.dumps({**ORIGINS, "expect": "same-site"}), "verdict-mismatch", "expect"),
        (json.dumps({**REQUEST, "expect": "readable"}), "verdict-mismatch", "expect"),
        (json.dumps({**REQUEST, "expect": "blocked by cors_check#4"}), "verdict-mismatch", "expect"),
        (
            json.dumps({"exchanges": [REQUEST, {**REQUEST, "expect": "opaque"}]}),
            "verdict-mismatch",
            "exchanges[1].expect",
        ),
    ],
)
def test_an_error_is_located(line: str | bytes, code: str, path: str) -> None:
    assert error_of(line) == (code, path)


def test_what_is_expected_and_holds_changes_nothing() -> None:
    assert judge({**REQUEST, "expect": "blocked by cors_check#2"}).as_json() == judge(REQUEST).as_json()
    assert judge({**ORIGINS, "expect": "cross-site"}).as_json() == judge(ORIGINS).as_json()


def test_a_mismatch_names_the_outcome_and_the_step() -> None:
    with pytest.raises(ScenarioError, match=r"says readable, but .* it is blocked \(decided by cors_check#2\)"):
        judge({**REQUEST, "expect": "readable"})


def test_each_line_is_answered_in_its_place_and_the_next_one_still_judged() -> None:
    lines = [json.dumps(ORIGINS).encode(), b"{", b"", json.dumps(REQUEST).encode()]
    ran = run("judge", stdin=b"\xef\xbb\xbf" + b"\n".join(lines))
    answers = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [next(iter(answer)) for answer in answers] == ["relation", "error", "error", "outcome"]
    assert (ran.returncode, ran.stderr) == (1, b"")


def test_the_exit_code_is_0_where_all_were_judged(tmp_path: Path) -> None:
    file = tmp_path / "scenarios.jsonl"
    file.write_text(f"{json.dumps(ORIGINS)}\r\n{json.dumps(SEQUENCE)}\n")
    assert run("judge", str(file)).returncode == 0
    assert run("judge", str(tmp_path / "none")).returncode == 2


def test_a_program_that_waits_for_each_answer_gets_it() -> None:
    command = [sys.executable, "-m", "pelican_cors_series.cli", "judge"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as ran:
        assert ran.stdin is not None
        assert ran.stdout is not None
        for _ in range(2):
            ran.stdin.write(json.dumps(ORIGINS).encode() + b"\n")
            ran.stdin.flush()
            assert json.loads(ran.stdout.readline())["relation"] == "cross-site"


def test_a_reader_that_has_seen_enough_gets_no_traceback() -> None:
    command = f"yes '{json.dumps(ORIGINS)}' | {sys.executable} -m pelican_cors_series.cli judge | head -n 1"
    ran = subprocess.run(["sh", "-c", command], capture_output=True, cwd=ROOT, timeout=60, check=True)
    assert json.loads(ran.stdout)["relation"] == "cross-site"
    assert b"Traceback" not in ran.stderr


def _holds_its_form(answer: dict[str, Any]) -> bool:
    if "error" in answer:
        return sorted(answer["error"]) == ["code", "message", "path"]
    return bool({"relation", "outcome", "exchanges"} & answer.keys())


@given(st.lists(st.one_of(st.binary(max_size=40), json_values.map(lambda value: json.dumps(value).encode()))))
def test_arbitrary_bytes_and_json_are_answered_line_by_line(given_lines: list[bytes]) -> None:
    data = b"\n".join(given_lines)
    code, answers_given = judged(data)
    assert len(answers_given) == len(io.BytesIO(data).readlines())
    assert all(map(_holds_its_form, answers_given))
    assert code == any("error" in answer for answer in answers_given)


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(requests, min_size=1, max_size=2))
def test_any_request_that_can_be_read_is_judged(exchanges: list[dict[str, Any]]) -> None:
    code, (single, sequence) = judged(
        f"{json.dumps(exchanges[0])}\n{json.dumps({'exchanges': exchanges})}\n".encode(),
    )
    assert all(map(_holds_its_form, (single, sequence)))
    assert code in (0, 1)


def test_importing_the_rules_leaves_the_printer_aside() -> None:
    code = "import sys, pelican_cors_series.rules; sys.exit('pelican_cors_series.rules.printer' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
