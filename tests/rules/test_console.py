"""What engines write to their consoles: the lines that a verdict gives are those that were recorded."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pelican_cors_series.rules import RequestVerdict, judge
from pelican_cors_series.rules.deviations import ENGINES

# Recorded with the lab in Chromium 156, Firefox 153 and WebKitGTK 2.50.6; each line a scenario and what was written.
RECORDED = Path(__file__).parent / "recorded" / "console.jsonl.gz"
# What a scenario cannot say: the digest of a body, a host that the URL parsers take differently, a name made at random.
UNPREDICTABLE = {
    *((name, engine) for name in ("integrity-mismatch", "integrity-mismatch-own") for engine in ENGINES),
    ("integrity-no-cors", "webkit"),
    ("url-invalid-host", "chromium"),
    ("mode-same-origin-sandbox", "firefox"),
}


@cache
def recorded() -> list[dict[str, Any]]:
    return [json.loads(line) for line in gzip.decompress(RECORDED.read_bytes()).decode("utf-8").splitlines()]


def verdict_on(scenario: dict[str, Any]) -> RequestVerdict:
    verdict = judge(scenario)
    assert isinstance(verdict, RequestVerdict)
    return verdict


@pytest.mark.parametrize("row", recorded(), ids=lambda row: row["name"])
def test_a_verdict_gives_the_lines_that_each_engine_wrote(row: dict[str, Any]) -> None:
    console = verdict_on(row["scenario"]).console
    for engine, lines in row["console"].items():
        assert (list(console[engine]) == lines) is ((row["name"], engine) not in UNPREDICTABLE), engine


def test_the_recording_has_every_engine_and_most_of_what_can_be_blocked() -> None:
    assert len(recorded()) > 150
    assert all(set(row["console"]) == set(ENGINES) for row in recorded())
    assert {(row["name"], engine) for row in recorded() for engine in ENGINES} >= UNPREDICTABLE


def test_what_script_may_read_leaves_the_console_empty() -> None:
    readable = {"page": "https://app.example/", "request": {"url": "/x"}, "response": {"status": 200}}
    verdict = verdict_on(readable)
    assert verdict.as_json()["console"] == {engine: [] for engine in ENGINES}


def test_an_engines_own_verdict_has_the_lines_of_all() -> None:
    row = next(row for row in recorded() if row["name"] == "acao-missing")
    assert verdict_on({**row["scenario"], "engine": "firefox"}).console == verdict_on(row["scenario"]).console
