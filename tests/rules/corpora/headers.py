"""Rows on headers and MIME types."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fetch_twin import url

from pelican_cors_series.rules.embedder_policy import obtain_an_embedder_policy
from pelican_cors_series.rules.fetch_records import Request, Response
from pelican_cors_series.rules.filtered_responses import cors_filtered_response, cors_safelisted_response_header_name
from pelican_cors_series.rules.header_values import extract_header_list_values
from pelican_cors_series.rules.mime_type_blocking import blocked_due_to_nosniff, determine_nosniff
from pelican_cors_series.rules.mime_types import MimeType, extract_a_mime_type, parameter_values, parse_a_mime_type
from pelican_cors_series.rules.request_headers import cors_safelisted_request_header, normalize_a_header_value

if TYPE_CHECKING:
    from .corpus import Row, Way

TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


def safelisted_request_header(way: Way, row: Row) -> bool:
    return way(cors_safelisted_request_header, lambda: (row["name"], row["value"])) is row["expect"]


def parse_mime_type(way: Way, row: Row) -> bool:
    return serialized(way(parse_a_mime_type, lambda: (row["input"],))) == row["expect"]


def extract_mime_type(way: Way, row: Row) -> bool:
    return serialized(way(extract_a_mime_type, lambda: (content_types(row),))) == row["mimeType"]


def script_mime(way: Way, row: Row) -> bool:
    headers = [*content_types(row), ("X-Content-Type-Options", "nosniff")]
    address = url("https://script.example/")

    def arguments() -> tuple[object, ...]:
        return Response([address], [*headers]), Request([address], [], destination="script")

    blocked = way(blocked_due_to_nosniff, arguments)
    mime_type = extract_a_mime_type(headers)
    charsets = [] if mime_type is None else parameter_values("charset", mime_type.parameters)
    return blocked is not row["executes"] and (charsets[0] if charsets else None) == row["encoding"]


def nosniff(way: Way, row: Row) -> bool:
    return way(determine_nosniff, lambda: (headers_of(row["input"].split("\r\n")),)) is row["nosniff"]


def expose_headers(way: Way, row: Row) -> bool:
    found = way(extract_header_list_values, lambda: ("Access-Control-Expose-Headers", headers_of(row["lines"])))
    exposed = [] if found is None else found.values
    return way(cors_safelisted_response_header_name, lambda: (row["name"], [*exposed])) is row["expect"]


def response_header_filter(way: Way, row: Row) -> bool:
    exposed = [] if row["expose"] is None else [("Access-Control-Expose-Headers", row["expose"])]
    found = extract_header_list_values("Access-Control-Expose-Headers", exposed)

    def arguments() -> tuple[object, ...]:
        response = Response([url("https://api.example/")], [(row["name"], "x"), *exposed])
        response.cors_exposed_header_name_list = [] if found is None else found.values
        return (response,)

    filtered = way(cors_filtered_response, arguments)
    return (row["name"] in [name for name, _ in filtered.header_list]) is row["visible"]


def embedder_policy(way: Way, row: Row) -> bool:
    headers = [("Cross-Origin-Embedder-Policy", value) for value in row["values"]]
    return bool(way(obtain_an_embedder_policy, lambda: ([*headers], True)).value == row["expect"])


def headers_of(lines: list[str]) -> list[tuple[str, str]]:
    pairs = [line.split(":", 1) for line in lines]
    return [(name, normalize_a_header_value(value)) for name, value in pairs]


def content_types(row: Row) -> list[tuple[str, str]]:
    return [("Content-Type", normalize_a_header_value(value)) for value in row["contentType"]]


def serialized(mime_type: MimeType | None) -> str | None:
    """Write a MIME type as https://mimesniff.spec.whatwg.org/#serialize-a-mime-type does."""
    if mime_type is None:
        return None
    written = f"{mime_type.type}/{mime_type.subtype}"
    for name, value in mime_type.parameters:
        quoted = value if TOKEN.fullmatch(value) else '"' + re.sub(r'(["\\])', r"\\\1", value) + '"'
        written += f";{name}={quoted}"
    return written


CHECKS = {
    "safelisted_request_header": safelisted_request_header,
    "parse_mime_type": parse_mime_type,
    "extract_mime_type": extract_mime_type,
    "script_mime": script_mime,
    "nosniff": nosniff,
    "expose_headers": expose_headers,
    "response_header_filter": response_header_filter,
    "embedder_policy": embedder_policy,
}
