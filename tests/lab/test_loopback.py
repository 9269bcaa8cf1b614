"""A scenario below localhost: what it keeps apart stays apart, what it names together stays together."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from pelican_cors_series.lab import CannotRunError
from pelican_cors_series.lab.loopback import Loopback, on_loopback, places_of
from pelican_cors_series.rules import compare, judge_request, read_origins_scenario, read_request_scenario

PAGE = "https://app.example/"
PORTS = (4711, 4712, 4713, 4714)
ORIGINS = [
    "https://shop.example",
    "https://www.shop.example",
    "https://api.shop.example",
    "https://api.shop.example:8443",
    "http://shop.example",
    "http://shop.example:8080",
    "https://shop-example.test",
    "https://a.github.io",
    "https://b.github.io",
    "https://github.io",
    "https://shop.co.kr",
    "https://xn--bcher-kva.example",
    "http://127.0.0.1",
    "http://[::1]",
    "http://localhost:3000",
]


def moved(
    url: str = "https://api.example/x", *hops: dict[str, Any], page: str = PAGE, sandboxed: bool = False
) -> Loopback:
    given = {"page": page, "request": {"url": url}, "server": list(hops), "sandboxed": sandboxed}
    scenario = read_request_scenario(given)
    return on_loopback(scenario, places_of(scenario), PORTS)


def answering(at: str, headers: object, status: int = 200) -> dict[str, Any]:
    return {"at": at, "response": {"status": status, "headers": headers}}


def header(loopback: Loopback, hop: int = 0) -> str:
    response = loopback.scenario.server[hop].response
    assert response is not None
    return response.header_list[0][1]


def relation(a: str, b: str) -> tuple[bool, bool]:
    """Tell whether two origins are one, and whether they are one site, whatever their schemes."""
    verdict = compare(read_origins_scenario({"a": a, "b": b}))
    return verdict.same_origin, verdict.schemelessly_same_site


def test_two_origins_stay_two_and_two_sites_stay_two() -> None:
    loopback = moved("https://api.example/x", *(answering(origin, {}) for origin in ORIGINS))
    stand_ins = dict(loopback.origins)
    assert set(ORIGINS) < set(stand_ins)
    for a, b in combinations(ORIGINS, 2):
        assert relation(a, b) == relation(stand_ins[a], stand_ins[b]), (a, b, stand_ins[a], stand_ins[b])
    assert all(origin.startswith("http://") and ".localhost:" in origin for origin in stand_ins.values())


def test_hosts_that_would_get_one_name_get_two() -> None:
    origins = ["https://a-b.example", "https://a.b-example", "https://a_b.example"]
    stand_ins = dict(moved("/x", *(answering(origin, {}) for origin in origins)).origins)
    assert len({stand_ins[origin] for origin in origins}) == len(origins)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("*", "*"),
        ("null", "null"),
        ("https://app.example", "http://app-example.localhost:4711"),
        # What no browser takes for the page's origin stays something that it does not take for it.
        ("https://app.example/", "http://app-example.localhost:4711/"),
        ("https://APP.example", "HTTP://app-example.localhost:4711"),
        ("https://app.example:443", "HTTP://app-example.localhost:4711"),
        ("app.example", "app.example"),
        ("http://app.example", "http://app-example.localhost:4712"),
        (
            "https://app.example, https://api.example",
            "http://app-example.localhost:4711, http://api-example.localhost:4711",
        ),
        ("https://", "https://"),
    ],
)
def test_an_origin_that_a_header_names_is_the_stand_in_where_it_was_the_origin(written: str, expected: str) -> None:
    hop = answering("https://api.example", {"Access-Control-Allow-Origin": written})
    loopback = moved("https://api.example/x", hop)
    assert header(loopback) == expected
    scenario = read_request_scenario({"page": PAGE, "request": {"url": "https://api.example/x"}, "server": [hop]})
    assert judge_request(loopback.scenario).outcome == judge_request(scenario).outcome


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("/y", "/y"),
        ("", ""),
        ("?a", "?a"),
        ("https://api.example/y?a#f", "http://api-example.localhost:4711/y?a#f"),
        ("//api.example/y", "http://api-example.localhost:4711/y"),
        ("//store.test/y", "http://store-test.localhost:4711/y"),
        ("https://user:secret@store.test/y", "http://user:secret@store-test.localhost:4711/y"),
        ("https://api.example:25/", "http://api-example.localhost:25/"),
        ("ftp://files.example/", "ftp://files.example/"),
        ("data:text/plain,a", "data:text/plain,a"),
        ("http://", "http://"),
    ],
)
def test_a_redirect_leads_to_the_stand_in_of_where_it_led(location: str, expected: str) -> None:
    loopback = moved("https://api.example/x", answering("https://api.example", {"Location": location}, 302))
    assert header(loopback) == expected


def test_what_names_no_origin_stays_as_it_is() -> None:
    headers = [["Content-Type", "text/html"], ["X-A", "https://app.example"]]
    loopback = moved("/x?next=https://app.example", answering("https://app.example", headers), sandboxed=True)
    assert loopback.scenario.request.url == "/x?next=https://app.example"
    assert loopback.scenario.page == "http://app-example.localhost:4711/"
    assert loopback.scenario.sandboxed
    assert loopback.scenario.server[0].response is not None
    assert loopback.scenario.server[0].response.header_list == [tuple(pair) for pair in headers]


def test_a_page_that_no_server_can_serve_is_refused() -> None:
    with pytest.raises(CannotRunError, match="about:blank"):
        moved("https://api.example/x", page="about:blank")
