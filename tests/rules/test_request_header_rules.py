"""What the Standard says of methods and request headers where no foreign row does: by its tables and its notes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from conftest import shared

from pelican_cors_series.rules import request_headers, statuses
from pelican_cors_series.rules.filtered_responses import (
    cors_safelisted_response_header_name,
    forbidden_response_header_name,
)
from pelican_cors_series.rules.mime_types import JAVASCRIPT_MIME_TYPE_ESSENCES
from pelican_cors_series.rules.range_values import parse_a_single_range_header_value
from pelican_cors_series.rules.request_headers import (
    cors_safelisted_request_header,
    cors_unsafe_request_header_byte,
    cors_unsafe_request_header_names,
    forbidden_request_header,
    is_a_header_name,
    is_a_header_value,
    no_cors_safelisted_request_header,
    normalize_a_header_value,
)
from pelican_cors_series.rules.request_methods import cors_safelisted_method, forbidden_method, normalize_a_method

if TYPE_CHECKING:
    from collections.abc import Callable


def table(name: str) -> list[Any]:
    return list(json.loads(shared("standards", "tables.json").read_text("utf-8"))[name])


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("CORS-safelisted method", cors_safelisted_method),
        ("forbidden method", forbidden_method),
        ("CORS-safelisted response-header name", lambda name: cors_safelisted_response_header_name(name, [])),
        ("forbidden response-header name", forbidden_response_header_name),
        ("no-CORS-safelisted request-header name", request_headers.no_cors_safelisted_request_header_name),
        ("privileged no-CORS request-header name", request_headers.privileged_no_cors_request_header_name),
        ("CORS non-wildcard request-header name", request_headers.cors_non_wildcard_request_header_name),
        ("forbidden request-header (names)", lambda name: forbidden_request_header(name, "x")),
        ("forbidden request-header (method-override names)", lambda name: forbidden_request_header(name, "trace")),
        ("forbidden request-header (prefixes)", lambda name: forbidden_request_header(f"{name}x", "x")),
        ("null body status", statuses.null_body_status),
        ("redirect status", statuses.redirect_status),
        ("range status", statuses.range_status),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else "",
)
def test_a_definition_holds_for_the_items_of_its_table_alone(name: str, holds: Callable[[Any], bool]) -> None:
    items = table(name)
    assert [item for item in items if not holds(item)] == []
    if isinstance(items[0], int):
        assert [status for status in range(600) if holds(status)] == items
    else:
        others = [f"x{item}" for item in items] + [f"{item}x" for item in items if not item.endswith("-")]
        assert [item for item in others if holds(item)] == []


def test_names_are_compared_without_regard_to_case_and_methods_are_not() -> None:
    assert forbidden_request_header("COOKIE", "x")
    assert forbidden_request_header("Sec-Anything", "")
    assert forbidden_response_header_name("SET-cookie")
    assert forbidden_method("tRaCe")
    assert not cors_safelisted_method("get")
    assert [normalize_a_method(method) for method in ("get", "pOST", "patch", "PATCH")] == [
        "GET",
        "POST",
        "patch",
        "PATCH",
    ]
    assert [normalize_a_method(method.lower()) for method in table("normalized method")] == table("normalized method")


def test_an_override_of_the_method_is_forbidden_where_one_of_its_methods_is() -> None:
    assert forbidden_request_header("X-HTTP-Method", "PUT, Connect")
    assert not forbidden_request_header("X-HTTP-Method", "PUT, PATCH")
    assert not forbidden_request_header("X-HTTP-Method", '"trace"')


def test_a_success_is_any_status_from_200_to_299() -> None:
    assert [status for status in range(1000) if statuses.ok_status(status)] == list(range(200, 300))


def test_the_javascript_mime_types_are_those_of_the_table() -> None:
    assert sorted(JAVASCRIPT_MIME_TYPE_ESSENCES) == sorted(table("JavaScript MIME type essences"))


def test_header_names_are_tokens_and_values_have_no_line_ends() -> None:
    assert [name for name in ("X-a", "", "a b", "a:", "ä", "!#$%&'*+-.^_`|~09") if is_a_header_name(name)] == [
        "X-a",
        "!#$%&'*+-.^_`|~09",
    ]
    values = ["", "a b", " a", "a\t", "a\nb", "a\rb", "a\x00b", "\x7f", "\xff", "\x0b"]
    assert [value for value in values if is_a_header_value(value)] == ["", "a b", "\x7f", "\xff", "\x0b"]
    assert normalize_a_header_value("\r\n\t a \x0b \n") == "a \x0b"


@pytest.mark.parametrize(
    ("name", "value", "safelisted"),
    [
        ("Accept", "a" * 128, True),
        ("Accept", "a" * 129, False),
        ("ACCEPT", "text/html;q=0.9, */*\t", True),
        ("accept", "\x1f", False),
        ("accept-language", "de-CH, en;q=0.5 *", True),
        ("content-language", "a_b", False),
        ("content-type", "Text/Plain;charset=utf-8", True),
        ("content-type", "multipart/form-data; boundary=x", True),
        ("content-type", "application/x-www-form-urlencoded", True),
        ("content-type", "application/json", False),
        ("content-type", "text", False),
        ("content-type", "text/plain; x={}", False),
        ("range", "bytes=0-", True),
        ("range", "bytes=256-1", False),
        ("x-custom", "", False),
    ],
)
def test_a_request_header_is_safelisted_by_name_and_value(name: str, value: str, safelisted: bool) -> None:
    assert cors_safelisted_request_header(name, value) is safelisted
    in_no_cors = name.lower() not in ("range", "x-custom")
    assert no_cors_safelisted_request_header(name, value) is (safelisted and in_no_cors)


def test_the_unsafe_bytes_are_controls_but_tab_and_fourteen_more() -> None:
    unsafe = [code for code in range(256) if cors_unsafe_request_header_byte(chr(code))]
    assert unsafe == [*range(9), *range(10, 32), *b'"():<>?@[\\]{}\x7f']


def test_unsafe_names_are_sorted_lower_case_and_each_once() -> None:
    assert cors_unsafe_request_header_names([("X-b", ""), ("x-A", ""), ("X-B", ""), ("Accept", "a")]) == ["x-a", "x-b"]


def test_safelisted_values_of_more_than_1024_bytes_together_are_unsafe() -> None:
    headers = [("Accept", "a" * 128)] * 8
    assert cors_unsafe_request_header_names(headers) == []
    assert cors_unsafe_request_header_names([*headers, ("Content-Language", "a"), ("x", "")]) == [
        "accept",
        "content-language",
        "x",
    ]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("bytes=0-499", ("0", "499")),
        ("bytes=5-5", ("5", "5")),
        ("bytes=007-8", ("007", "8")),
        ("bytes=9-", ("9", None)),
        ("bytes=-9", (None, "9")),
        ("bytes=9007199254740993-9007199254740992", None),
        ("bytes=9007199254740992-9007199254740993", ("9007199254740992", "9007199254740993")),
        ("bytes=10-9", None),
        ("bytes=-", None),
        ("bytes=1", None),
        ("bytes=1-2,3-4", None),
        ("bytes", None),
        ("bytes ", None),
        ("Bytes=1-2", None),
        ("bits=1-2", None),
        ("", None),
    ],
)
def test_a_range_is_parsed(value: str, found: tuple[str | None, str | None] | None) -> None:
    for allow_whitespace in (False, True):
        parsed = parse_a_single_range_header_value(value, allow_whitespace)
        assert (None if parsed is None else (parsed.start, parsed.end)) == found


def test_whitespace_in_a_range_is_allowed_or_not() -> None:
    places = ["bytes \t=1-2", "bytes= 1-2", "bytes=1 -2", "bytes=1- 2"]
    assert [parse_a_single_range_header_value(place, allow_whitespace=False) for place in places] == [None] * 4
    assert None not in [parse_a_single_range_header_value(place, allow_whitespace=True) for place in places]
    assert parse_a_single_range_header_value("bytes=1-2 ", allow_whitespace=True) is None
