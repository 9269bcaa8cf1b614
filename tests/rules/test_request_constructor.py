"""The Request constructor and fetch(), in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from fetch_twin import FetchTwin, client, url

from pelican_cors_series.rules.fetch_method import fetch_method
from pelican_cors_series.rules.fetch_records import (
    Answer,
    Body,
    BodyInit,
    Client,
    Headers,
    Hop,
    Network,
    Request,
    RequestInit,
    RequestObject,
)
from pelican_cors_series.rules.request_constructor import request_constructor

PAGE, ADDRESS = "https://app.example/a/", "https://api.example/x"
STREAM = BodyInit(source=None, type=None)
TEXT = BodyInit(source="text", type="text/plain;charset=UTF-8")


@pytest.fixture(scope="module")
def twin() -> FetchTwin:
    return FetchTwin([request_constructor, fetch_method])


def made(twin: FetchTwin, init: dict[str, Any], address: str = ADDRESS) -> Request | None:
    found = twin.both(request_constructor, lambda: (address, None, RequestInit(**init), client(PAGE)))
    return None if found is None else found.request


@pytest.mark.parametrize(
    "init",
    [
        {"has_window": True},
        {"referrer": "https://"},
        {"mode": "navigate"},
        {"cache": "only-if-cached"},
        {"method": ""},
        {"method": "a b"},
        {"method": "trace"},
        {"mode": "no-cors", "method": "PATCH"},
        {"headers": [("", "1")]},
        {"headers": [("a", "1\x002")]},
        {"headers": [("a", "\u0100")]},
        {"body": TEXT},
        {"body": TEXT, "method": "head"},
        {"body": STREAM, "method": "POST"},
        {"body": STREAM, "method": "POST", "mode": "no-cors", "duplex": "half"},
    ],
)
def test_the_constructor_throws(twin: FetchTwin, init: dict[str, Any]) -> None:
    assert made(twin, init) is None


@pytest.mark.parametrize("address", ["https://", "https://u@api.example/", "https://:p@api.example/"])
def test_the_constructor_throws_for_an_address(twin: FetchTwin, address: str) -> None:
    assert made(twin, {}, address) is None


@pytest.mark.parametrize(
    ("init", "members"),
    [
        ({}, {"method": "GET", "mode": "cors", "credentials_mode": "same-origin", "unsafe_request": True}),
        ({"method": "put"}, {"method": "PUT"}),
        ({"method": "patch"}, {"method": "patch"}),
        ({"mode": "same-origin", "cache": "only-if-cached"}, {"cache_mode": "only-if-cached", "mode": "same-origin"}),
        ({"credentials": "omit", "redirect": "manual"}, {"credentials_mode": "omit", "redirect_mode": "manual"}),
        ({"referrer": ""}, {"referrer": "no-referrer"}),
        ({"referrer": "about:client"}, {"referrer": "client"}),
        ({"referrer": "https://api.example/"}, {"referrer": "client"}),
        ({"referrer": "b?c"}, {"referrer": "https://app.example/a/b?c"}),
        ({"referrer_policy": "origin"}, {"referrer_policy": "origin"}),
        ({"integrity": "sha256-x", "keepalive": True}, {"integrity_metadata": "sha256-x", "keepalive": True}),
        ({"headers": [("Cookie", "1"), ("A", " 1 "), ("a", "2")]}, {"header_list": [("A", "1"), ("a", "2")]}),
        ({"mode": "no-cors", "headers": [("Range", "bytes=0-1"), ("A", "1")]}, {"header_list": []}),
        (
            {"mode": "no-cors", "headers": [("Accept", "a"), ("accept", "b")]},
            {"header_list": [("Accept", "a"), ("accept", "b")]},
        ),
        ({"mode": "no-cors", "headers": [("Accept", "a" * 100)] * 2}, {"header_list": [("Accept", "a" * 100)]}),
        ({"body": TEXT, "method": "POST"}, {"header_list": [("Content-Type", TEXT.type)], "use_cors_preflight": False}),
        (
            {"body": TEXT, "method": "POST", "headers": [("content-type", "a/b")]},
            {"header_list": [("content-type", "a/b")]},
        ),
        ({"body": STREAM, "method": "POST", "duplex": "half"}, {"use_cors_preflight": True, "header_list": []}),
    ],
)
def test_the_constructor_takes_what_script_asks_for(
    twin: FetchTwin, init: dict[str, Any], members: dict[str, object]
) -> None:
    request = made(twin, init)
    assert request is not None
    assert {name: getattr(request, name) for name in members} == members


def test_a_request_made_of_another_keeps_what_it_is_not_told_otherwise(twin: FetchTwin) -> None:
    def arguments(init: RequestInit) -> tuple[object, ...]:
        one = Request(
            url_list=[url(ADDRESS), url(PAGE)],
            header_list=[("A", "1")],
            method="POST",
            mode="navigate",
            body=Body("text"),
            origin=client(ADDRESS).origin,
            referrer="no-referrer",
            referrer_policy="origin",
            reload_navigation=True,
        )
        return None, RequestObject(one, Headers(one.header_list, "request")), init, client(PAGE)

    copied = twin.both(request_constructor, lambda: arguments(RequestInit()))
    assert copied is not None
    assert (copied.request.method, copied.request.mode, copied.request.referrer) == ("POST", "navigate", "no-referrer")
    assert (len(copied.request.url_list), copied.request.header_list) == (2, [("A", "1")])
    assert copied.request.reload_navigation
    changed = twin.both(request_constructor, lambda: arguments(RequestInit(credentials="include")))
    assert changed is not None
    assert (changed.request.mode, changed.request.credentials_mode) == ("same-origin", "include")
    assert [it.href for it in changed.request.url_list] == [PAGE]
    assert (changed.request.origin, changed.request.referrer_policy) == (None, "")
    assert not changed.request.reload_navigation
    assert twin.both(request_constructor, lambda: arguments(RequestInit(method="GET"))) is None


def test_a_stream_cannot_be_sent_again_but_for_a_303(twin: FetchTwin) -> None:
    allow = [("Access-Control-Allow-Origin", "*")]

    def rejected(status: int) -> bool:
        redirect = Answer(status, [*allow, ("Location", "/y")])
        hops = [Hop("https://api.example", Answer(200, allow), it) for it in (redirect, Answer(200, allow))]
        init = RequestInit(method="POST", body=STREAM, duplex="half")
        return twin.both(fetch_method, lambda: (ADDRESS, None, init, client(PAGE), Network(hops, [], []))).rejected

    assert [rejected(status) for status in (303, 307)] == [False, True]


def test_a_service_worker_does_not_ask_itself(twin: FetchTwin) -> None:
    def arguments() -> tuple[object, ...]:
        page = client(PAGE)
        worker = Client(page.origin, page.api_base_url, page.policy_container, "ServiceWorkerGlobalScope")
        return "data:,x", None, RequestInit(redirect="manual"), worker, Network([], [], [])

    assert not twin.both(fetch_method, arguments).rejected
