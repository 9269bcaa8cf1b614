"""Opaque Response Blocking: which no-cors responses a page gets, in both languages."""

from __future__ import annotations

import json

import pytest
from conftest import shared
from quickjs_twin import QuickJsTwin, both

from pelican_cors_series.rules.fetch_records import Response
from pelican_cors_series.rules.opaque_response_blocking import (
    NEVER_SNIFFED,
    BodyFindings,
    NoCorsMediaRequestState,
    determine_whether_to_allow_an_opaque_response,
)
from pelican_cors_series.rules.printer import javascript_module
from pelican_cors_series.rules.rule import Step

NOTHING = BodyFindings()
SCRIPT = BodyFindings(parses_as_javascript=True)
JSON = BodyFindings(parses_as_javascript=True, parses_as_json=True)
IMAGE = BodyFindings(matches_image=True)
FILM = BodyFindings(matches_audio_or_video=True)
WRONG_PART = BodyFindings(is_a_valid_part=False, matches_audio_or_video=True)


@pytest.fixture(scope="module")
def twin() -> QuickJsTwin:
    return QuickJsTwin(javascript_module([determine_whether_to_allow_an_opaque_response]))


# Content-Type, nosniff, status, media request state, what the bytes are → allowed, by which step.
Row = tuple[str | None, bool, int, NoCorsMediaRequestState, BodyFindings, bool, str]
RESPONSES: list[Row] = [
    ("text/javascript", True, 404, "N/A", NOTHING, True, "3.1"),
    ("text/css; charset=utf-8", True, 200, "N/A", NOTHING, True, "3.1"),
    ("image/svg+xml", False, 206, "N/A", NOTHING, True, "3.1"),
    ("application/pdf", False, 200, "N/A", IMAGE, False, "3.2"),
    ("text/csv", False, 200, "N/A", SCRIPT, False, "3.2"),
    ("text/html", False, 206, "initial", FILM, False, "3.3"),
    ("application/ld+json", False, 206, "N/A", SCRIPT, False, "3.3"),
    ("application/rss+xml", True, 200, "N/A", IMAGE, False, "3.4"),
    ("text/json", True, 200, "N/A", SCRIPT, False, "3.4"),
    ("text/plain", True, 200, "N/A", SCRIPT, False, "3.4"),
    ("text/plain", False, 206, "subsequent", NOTHING, True, "4"),
    (None, False, 206, "initial", WRONG_PART, False, "5"),
    ("video/mp4", False, 200, "initial", WRONG_PART, True, "7.3"),
    ("video/mp4", False, 200, "N/A", FILM, False, "7.1"),
    ("video/mp4", False, 404, "initial", FILM, False, "7.2"),
    ("text/html", False, 200, "initial", FILM, True, "7.3"),
    (None, True, 206, "initial", FILM, True, "7.3"),
    ("image/png", False, 200, "initial", IMAGE, False, "8"),
    ("text/html", False, 404, "N/A", IMAGE, True, "9"),
    ("image/png", True, 200, "N/A", IMAGE, True, "9"),
    ("application/octet-stream", True, 200, "N/A", SCRIPT, False, "10"),
    (None, False, 404, "N/A", SCRIPT, False, "11"),
    (None, False, 200, "N/A", JSON, True, "12"),
    ("nonsense", False, 200, "N/A", NOTHING, True, "12"),
    ("image/png", False, 200, "N/A", SCRIPT, False, "13"),
    ("audio/ogg", False, 200, "N/A", SCRIPT, False, "13"),
    ("text/html", False, 200, "N/A", SCRIPT, True, "15"),
    ("application/json", False, 200, "N/A", JSON, False, "16"),
    ("text/html", False, 200, "N/A", NOTHING, False, "16"),
]


@pytest.mark.parametrize("row", RESPONSES, ids=str)
def test_a_response_is_handed_over_or_stopped_at_the_first_step_that_knows(twin: QuickJsTwin, row: Row) -> None:
    content_type, nosniff, status, state, findings, allowed, number = row
    headers = [] if content_type is None else [("Content-Type", content_type)]
    headers += [("X-Content-Type-Options", "nosniff")] if nosniff else []
    response = Response([], headers, status=status)
    assert both(twin, determine_whether_to_allow_an_opaque_response, state, response, findings) is allowed
    steps: list[Step] = []
    determine_whether_to_allow_an_opaque_response.traced(steps, state, response, findings)
    assert steps[-1].step == f"determine_whether_to_allow_an_opaque_response#{number}"


def test_the_types_that_are_never_sniffed_are_those_of_the_draft() -> None:
    tables = json.loads(shared("standards", "tables.json").read_text("utf-8"))
    assert list(NEVER_SNIFFED) == tables["opaque-blocklisted-never-sniffed MIME types (ORB)"]
