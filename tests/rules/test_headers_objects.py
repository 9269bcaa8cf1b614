"""Headers objects behind their guards, and what an element asks for, in both languages."""

from __future__ import annotations

import pytest
from fetch_twin import FetchTwin, url

from pelican_cors_series.rules.fetch_records import Guard, Headers
from pelican_cors_series.rules.headers_objects import headers_append, headers_delete, headers_set
from pelican_cors_series.rules.potential_cors_requests import (
    cors_settings_attribute_credentials_mode,
    cors_settings_attribute_states,
    create_a_potential_cors_request,
)

ADDRESS = "https://api.example/x"


@pytest.fixture(scope="module")
def twin() -> FetchTwin:
    return FetchTwin(
        [
            *(headers_append, headers_set, headers_delete),
            *(create_a_potential_cors_request, cors_settings_attribute_states),
            cors_settings_attribute_credentials_mode,
        ]
    )


@pytest.mark.parametrize(
    ("guard", "name", "value", "expected"),
    [
        ("none", "Cookie", "1", [("A", "1"), ("Cookie", "1")]),
        ("none", "a", "2", [("A", "1"), ("a", "2")]),
        ("request", "cookie", "1", [("A", "1")]),
        ("response", "Set-Cookie", "1", [("A", "1")]),
        ("request-no-cors", "Accept", "1", [("A", "1"), ("Accept", "1")]),
        ("request-no-cors", "X", "1", [("A", "1")]),
        ("immutable", "X", "1", None),
    ],
)
def test_a_guard_decides_what_is_appended(
    twin: FetchTwin, guard: Guard, name: str, value: str, expected: list[tuple[str, str]] | None
) -> None:
    made_headers: list[Headers] = []

    def arguments() -> tuple[object, ...]:
        made_headers.append(Headers([("A", "1")], guard))
        return made_headers[-1], name, value

    assert twin.both(headers_append, arguments) is (expected is not None)
    assert made_headers[0].header_list == (expected or [("A", "1")])


@pytest.mark.parametrize(
    ("guard", "name", "expected"),
    [
        ("none", "a", [("Range", "bytes=0-1"), ("B", "3")]),
        ("none", "C", [("A", "1"), ("a", "2"), ("Range", "bytes=0-1"), ("B", "3")]),
        ("request-no-cors", "a", [("A", "1"), ("a", "2"), ("Range", "bytes=0-1"), ("B", "3")]),
        ("request-no-cors", "range", [("A", "1"), ("a", "2"), ("B", "3")]),
    ],
)
def test_a_guard_decides_what_is_deleted(
    twin: FetchTwin, guard: Guard, name: str, expected: list[tuple[str, str]]
) -> None:
    made_headers: list[Headers] = []

    def arguments() -> tuple[object, ...]:
        made_headers.append(Headers([("A", "1"), ("a", "2"), ("Range", "bytes=0-1"), ("B", "3")], guard))
        return made_headers[-1], name

    assert twin.both(headers_delete, arguments)
    assert made_headers[0].header_list == expected


@pytest.mark.parametrize(
    ("guard", "name", "expected"),
    [
        ("none", "a", [("A", "9"), ("B", "3")]),
        ("none", "C", [("A", "1"), ("a", "2"), ("B", "3"), ("C", "9")]),
        ("request-no-cors", "C", [("A", "1"), ("a", "2"), ("B", "3")]),
        ("request", "host", [("A", "1"), ("a", "2"), ("B", "3")]),
        ("request-no-cors", "accept", [("A", "1"), ("a", "2"), ("B", "3"), ("accept", "9")]),
    ],
)
def test_a_guard_decides_what_is_set(twin: FetchTwin, guard: Guard, name: str, expected: list[tuple[str, str]]) -> None:
    made_headers: list[Headers] = []

    def arguments() -> tuple[object, ...]:
        made_headers.append(Headers([("A", "1"), ("a", "2"), ("B", "3")], guard))
        return made_headers[-1], name, "9"

    assert twin.both(headers_set, arguments)
    assert made_headers[0].header_list == expected


@pytest.mark.parametrize(
    ("value", "same_origin_fallback", "mode", "credentials"),
    [
        (None, False, "no-cors", "include"),
        (None, True, "same-origin", "include"),
        ("", False, "cors", "same-origin"),
        ("ANONYMOUS", True, "cors", "same-origin"),
        ("x", False, "cors", "same-origin"),
        ("Use-Credentials", False, "cors", "include"),
    ],
)
def test_a_crossorigin_attribute_makes_a_request(
    twin: FetchTwin, value: str | None, same_origin_fallback: bool, mode: str, credentials: str
) -> None:
    state = twin.both(cors_settings_attribute_states, lambda: (value,))
    request = twin.both(create_a_potential_cors_request, lambda: (url(ADDRESS), "image", state, same_origin_fallback))
    assert (request.mode, request.credentials_mode, request.destination) == (mode, credentials, "image")
    assert twin.both(cors_settings_attribute_credentials_mode, lambda: (state,)) == (
        "include" if state == "Use Credentials" else "same-origin"
    )
