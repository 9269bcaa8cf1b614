"""The Sec-Fetch- headers, by the examples and steps of their standard, in both languages and in a fetch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fetch_twin import client, url
from quickjs_twin import RAISED, QuickJsTwin

from pelican_cors_series.rules.fetch_metadata import (
    append_the_fetch_metadata_headers,
    set_the_sec_fetch_dest_header,
    set_the_sec_fetch_mode_header,
    set_the_sec_fetch_site_header,
    set_the_sec_fetch_user_header,
)
from pelican_cors_series.rules.fetch_records import Request
from pelican_cors_series.rules.origins import opaque_origin
from pelican_cors_series.rules.printer import javascript_module

if TYPE_CHECKING:
    from pelican_cors_series.rules import Rule

EXAMPLE, SUBDOMAIN, ELSEWHERE = "https://example.com", "https://subdomain.example.com", "https://example.net"


@pytest.fixture(scope="module")
def twin() -> QuickJsTwin:
    return QuickJsTwin(javascript_module([append_the_fetch_metadata_headers]))


def asked(*addresses: str, page: str = EXAMPLE, **members: object) -> Request:
    request = Request([url(it) for it in addresses], [], origin=client(page).origin)
    for name, value in members.items():
        setattr(request, name, value)
    return request


def headers_of(twin: QuickJsTwin, request: Request) -> dict[str, str]:
    assert twin.both(append_the_fetch_metadata_headers, request) is None
    assert len({name for name, _ in request.header_list}) == len(request.header_list)
    return dict(request.header_list)


def test_a_picture_of_another_site_is_announced_as_in_the_first_example(twin: QuickJsTwin) -> None:
    request = asked(f"{ELSEWHERE}/a.png", destination="image", mode="no-cors")
    assert headers_of(twin, request) == {
        "Sec-Fetch-Dest": "image",
        "Sec-Fetch-Mode": "no-cors",
        "Sec-Fetch-Site": "cross-site",
    }


def test_a_followed_link_is_announced_as_in_the_second_example(twin: QuickJsTwin) -> None:
    request = asked(f"{EXAMPLE}/", destination="document", mode="navigate", user_activation=True)
    assert headers_of(twin, request) == {
        "Sec-Fetch-Dest": "document",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Site": "same-origin",
        "Sec-Fetch-User": "?1",
    }


@pytest.mark.parametrize(("destination", "value"), [("", "empty"), ("worker", "worker"), ("iframe", "iframe")])
def test_the_empty_destination_is_called_empty(twin: QuickJsTwin, destination: str, value: str) -> None:
    assert headers_of(twin, asked(EXAMPLE, destination=destination))["Sec-Fetch-Dest"] == value


@pytest.mark.parametrize("mode", ["cors", "no-cors", "same-origin", "navigate", "websocket"])
def test_the_mode_is_told_as_it_is(twin: QuickJsTwin, mode: str) -> None:
    assert headers_of(twin, asked(EXAMPLE, mode=mode))["Sec-Fetch-Mode"] == mode


@pytest.mark.parametrize(
    ("addresses", "site"),
    [
        # https://w3c.github.io/webappsec-fetch-metadata/#redirects
        ([f"{EXAMPLE}/redirect"], "same-origin"),
        ([f"{EXAMPLE}/redirect", f"{SUBDOMAIN}/redirect"], "same-site"),
        ([f"{EXAMPLE}/redirect", f"{SUBDOMAIN}/redirect", f"{ELSEWHERE}/redirect"], "cross-site"),
        ([f"{EXAMPLE}/redirect", f"{SUBDOMAIN}/redirect", f"{ELSEWHERE}/redirect", f"{EXAMPLE}/"], "cross-site"),
        # The steps
        ([f"{SUBDOMAIN}/redirect", f"{EXAMPLE}/"], "same-site"),
        ([f"{ELSEWHERE}/redirect", f"{SUBDOMAIN}/"], "cross-site"),
        (["https://example.com:8443/"], "same-site"),
        ([f"{EXAMPLE}/", "http://example.com/"], "cross-site"),
        (["https://localhost/"], "cross-site"),
    ],
)
def test_the_site_is_the_farthest_on_the_way(twin: QuickJsTwin, addresses: list[str], site: str) -> None:
    assert headers_of(twin, asked(*addresses))["Sec-Fetch-Site"] == site


def test_an_opaque_origin_is_of_no_site_but_its_own(twin: QuickJsTwin) -> None:
    request = asked(EXAMPLE)
    request.origin = opaque_origin()
    assert headers_of(twin, request)["Sec-Fetch-Site"] == "cross-site"


@pytest.mark.parametrize(
    ("members", "site", "user"),
    [
        ({"destination": "document", "directly_user_initiated": True, "user_activation": True}, "none", "?1"),
        ({"destination": "document", "directly_user_initiated": True}, "none", None),
        ({"destination": "document"}, "cross-site", None),
        ({"destination": "iframe", "user_activation": True}, "cross-site", "?1"),
        ({"destination": "", "directly_user_initiated": True, "user_activation": True}, "cross-site", None),
        ({"destination": "image", "user_activation": True}, "cross-site", None),
    ],
)
def test_only_a_navigation_tells_of_its_user(
    twin: QuickJsTwin, members: dict[str, object], site: str, user: str | None
) -> None:
    found = headers_of(twin, asked("https://sho.rt/link", "https://target.com/long", **members))
    assert (found["Sec-Fetch-Site"], found.get("Sec-Fetch-User")) == (site, user)


@pytest.mark.parametrize(("address", "told"), [("http://example.com/", False), ("http://localhost:3000/", True)])
def test_only_a_trustworthy_address_is_told(twin: QuickJsTwin, address: str, told: bool) -> None:
    assert bool(headers_of(twin, asked(address))) is told


@pytest.mark.parametrize(
    "each",
    [
        set_the_sec_fetch_dest_header,
        set_the_sec_fetch_mode_header,
        set_the_sec_fetch_site_header,
        set_the_sec_fetch_user_header,
    ],
)
def test_no_header_is_set_for_an_address_that_is_not_trustworthy(twin: QuickJsTwin, each: Rule[..., object]) -> None:
    assert twin.both(each, asked("http://example.com/")) == RAISED


def test_a_header_that_is_there_is_replaced(twin: QuickJsTwin) -> None:
    request = asked(EXAMPLE)
    request.header_list = [("sec-fetch-dest", "old"), ("A", "1"), ("Sec-Fetch-Dest", "older")]
    assert twin.both(set_the_sec_fetch_dest_header, request) is None
    assert request.header_list == [("sec-fetch-dest", "empty"), ("A", "1")]
