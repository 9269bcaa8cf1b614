"""Rows that nobody here wrote, on headers and MIME types: through Python and through the printed JavaScript."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from conftest import shared
from quickjs_twin import QuickJsTwin, both

from pelican_cors_series.rules.embedder_policy import obtain_an_embedder_policy
from pelican_cors_series.rules.fetch_records import Request, Response
from pelican_cors_series.rules.filtered_responses import cors_filtered_response, cors_safelisted_response_header_name
from pelican_cors_series.rules.header_values import extract_header_list_values
from pelican_cors_series.rules.leaves import parse_url
from pelican_cors_series.rules.mime_type_blocking import blocked_due_to_nosniff, determine_nosniff
from pelican_cors_series.rules.mime_types import (
    MimeType,
    extract_a_mime_type,
    is_a_javascript_mime_type,
    parameter_values,
    parse_a_mime_type,
)
from pelican_cors_series.rules.printer import javascript_module
from pelican_cors_series.rules.request_headers import cors_safelisted_request_header, normalize_a_header_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from pelican_cors_series.rules import Rule
    from pelican_cors_series.rules.records import Url

RULES: list[Rule[..., Any]] = [
    blocked_due_to_nosniff,
    cors_filtered_response,
    cors_safelisted_request_header,
    cors_safelisted_response_header_name,
    determine_nosniff,
    extract_a_mime_type,
    extract_header_list_values,
    is_a_javascript_mime_type,
    obtain_an_embedder_policy,
    parse_a_mime_type,
]
TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


@pytest.fixture(scope="module")
def twin() -> QuickJsTwin:
    return QuickJsTwin(javascript_module(RULES))


def headers_of(lines: list[str]) -> list[tuple[str, str]]:
    pairs = [line.split(":", 1) for line in lines]
    return [(name, normalize_a_header_value(value)) for name, value in pairs]


def serialized(mime_type: MimeType | None) -> str | None:
    """Write a MIME type as https://mimesniff.spec.whatwg.org/#serialize-a-mime-type does."""
    if mime_type is None:
        return None
    written = f"{mime_type.type}/{mime_type.subtype}"
    for name, value in mime_type.parameters:
        quoted = value if TOKEN.fullmatch(value) else '"' + re.sub(r'(["\\])', r"\\\1", value) + '"'
        written += f";{name}={quoted}"
    return written


def safelisted_request_header(twin: QuickJsTwin, row: dict[str, Any]) -> bool:
    return both(twin, cors_safelisted_request_header, row["name"], row["value"]) is row["expect"]


def parse_mime_type(twin: QuickJsTwin, row: dict[str, Any]) -> bool:
    return serialized(both(twin, parse_a_mime_type, row["input"])) == row["expect"]


def content_types(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [("Content-Type", normalize_a_header_value(value)) for value in row["contentType"]]


def extract_mime_type(twin: QuickJsTwin, row: dict[str, Any]) -> bool:
    mime_type = both(twin, extract_a_mime_type, content_types(row))
    return serialized(mime_type) == row["mimeType"]


def script_mime(twin: QuickJsTwin, row: dict[str, Any]) -> bool:
    headers = [*content_types(row), ("X-Content-Type-Options", "nosniff")]
    request = Request([address("https://script.example/")], [], destination="script")
    blocked = both(twin, blocked_due_to_nosniff, Response(request.url_list, headers), request)
    mime_type = extract_a_mime_type(headers)
    charsets = [] if mime_type is None else parameter_values("charset", mime_type.parameters)
    return blocked is not row["executes"] and (charsets[0] if charsets else None) == row["encoding"]


def address(text: str) -> Url:
    url = parse_url(text)
    assert url is not None
    return url


def nosniff(twin: QuickJsTwin, row: dict[str, Any]) -> bool:
    return both(twin, determine_nosniff, headers_of(row["input"].split("\r\n"))) is row["nosniff"]


def expose_headers(twin: QuickJsTwin, row: dict[str, Any]) -> bool:
    found = both(twin, extract_header_list_values, "Access-Control-Expose-Headers", headers_of(row["lines"]))
    return both(twin, cors_safelisted_response_header_name, row["name"], found.values) is row["expect"]


def response_header_filter(twin: QuickJsTwin, row: dict[str, Any]) -> bool:
    exposed = [] if row["expose"] is None else [("Access-Control-Expose-Headers", row["expose"])]
    found = extract_header_list_values("Access-Control-Expose-Headers", exposed)
    response = Response([address("https://api.example/")], [(row["name"], "x"), *exposed])
    response.cors_exposed_header_name_list = [] if found is None else found.values
    filtered = both(twin, cors_filtered_response, response)
    return (row["name"] in [name for name, _ in filtered.header_list]) is row["visible"]


def embedder_policy(twin: QuickJsTwin, row: dict[str, Any]) -> bool:
    headers = [("Cross-Origin-Embedder-Policy", value) for value in row["values"]]
    return bool(both(twin, obtain_an_embedder_policy, headers, True).value == row["expect"])


CHECKS = [
    safelisted_request_header,
    parse_mime_type,
    extract_mime_type,
    script_mime,
    nosniff,
    expose_headers,
    response_header_filter,
    embedder_policy,
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_every_foreign_row_on_headers_holds(
    check: Callable[[QuickJsTwin, dict[str, Any]], bool], twin: QuickJsTwin
) -> None:
    rows = [
        json.loads(line) for line in shared("cases", f"{check.__name__}.jsonl").read_text("utf-8").split("\n") if line
    ]
    assert len(rows) > 0
    assert [row for row in rows if not check(twin, row)] == []
