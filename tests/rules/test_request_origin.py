"""The Origin header, Accept, and what main fetch does before and after the server's answer, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fetch_twin import FetchTwin, client, url

from pelican_cors_series.rules.fetch_method import fetch
from pelican_cors_series.rules.fetch_records import (
    Answer,
    EmbedderPolicy,
    FetchParams,
    Hop,
    Network,
    PolicyContainer,
    Request,
)
from pelican_cors_series.rules.network_fetching import http_network_or_cache_fetch
from pelican_cors_series.rules.request_origin import append_a_request_origin_header

if TYPE_CHECKING:
    from pelican_cors_series.rules import Step
    from pelican_cors_series.rules.fetch_records import CacheMode, CredentialsMode, Mode, ResponseTainting

PAGE, API = "https://app.example", "https://api.example"
DEFAULT = "strict-origin-when-cross-origin"


@pytest.fixture(scope="module")
def twin() -> FetchTwin:
    return FetchTwin([append_a_request_origin_header, fetch, http_network_or_cache_fetch])


@pytest.mark.parametrize(
    ("asked", "policy", "addresses", "expected"),
    [
        (("GET", "cors", "cors"), "no-referrer", [API], PAGE),
        (("GET", "cors", "basic"), "", [PAGE], None),
        (("HEAD", "no-cors", "opaque"), "", [API], None),
        (("GET", "websocket", "basic"), "", [API], PAGE),
        (("POST", "cors", "basic"), "no-referrer", [PAGE], PAGE),
        (("POST", "no-cors", "opaque"), "no-referrer", [API], "null"),
        (("POST", "no-cors", "opaque"), "origin", ["http://api.example"], PAGE),
        (("POST", "no-cors", "opaque"), DEFAULT, [API], PAGE),
        (("POST", "no-cors", "opaque"), DEFAULT, ["http://api.example"], "null"),
        (("POST", "no-cors", "opaque"), "strict-origin", ["http://api.example"], "null"),
        (("POST", "no-cors", "opaque"), "no-referrer-when-downgrade", ["http://api.example"], "null"),
        (("POST", "same-origin", "basic"), "same-origin", [PAGE], PAGE),
        (("POST", "no-cors", "opaque"), "same-origin", [API], "null"),
        (("GET", "cors", "cors"), "", [PAGE, API], PAGE),
        (("GET", "cors", "cors"), "", [API, PAGE], "null"),
        (("GET", "cors", "cors"), "", [API, "https://api.example:8443"], "null"),
        (("GET", "cors", "cors"), "", [API, f"{API}/y"], PAGE),
        (("GET", "cors", "cors"), "", ["https://x.app.example", "https://y.app.example"], "null"),
    ],
)
def test_the_origin_header_names_the_page_or_null(
    twin: FetchTwin,
    asked: tuple[str, Mode, ResponseTainting],
    policy: str,
    addresses: list[str],
    expected: str | None,
) -> None:
    def arguments() -> tuple[object, ...]:
        request = Request([url(address) for address in addresses], [], method=asked[0], mode=asked[1])
        request.origin = client(PAGE).origin
        request.response_tainting, request.referrer_policy = asked[2], policy
        return (request,)

    found = twin.both(append_a_request_origin_header, arguments)
    assert found == ([] if expected is None else [("Origin", expected)])


@pytest.mark.parametrize(
    ("destination", "initiator", "accept"),
    [
        ("", "", "*/*"),
        ("image", "", "*/*"),
    ],
)
def test_a_request_without_accept_asks_for_anything(
    twin: FetchTwin, destination: str, initiator: str, accept: str
) -> None:
    made: list[Request] = []

    def arguments() -> tuple[object, ...]:
        made.append(
            Request(
                [url("data:,x")], [], client=client(PAGE), destination=destination, initiator=initiator, mode="cors"
            )
        )
        return made[-1], Network([], [], [])

    twin.both(fetch, arguments)
    assert made[0].header_list == [("Accept", accept)]


@pytest.mark.parametrize(
    ("expose", "credentials", "readable"),
    [
        ("x-a", "same-origin", ["X-A"]),
        ("*", "same-origin", ["X-A", "X-B"]),
        ("*", "include", []),
        ("x-a, a b", "same-origin", []),
    ],
)
def test_exposed_names_are_all_or_those_that_are_listed(
    twin: FetchTwin, expose: str, credentials: CredentialsMode, readable: list[str]
) -> None:
    headers = [
        *(("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Credentials", "true")),
        *(("X-A", "1"), ("X-B", "1"), ("Set-Cookie", "c=1"), ("Access-Control-Expose-Headers", expose)),
    ]

    def arguments() -> tuple[object, ...]:
        request = Request([url(API)], [], client=client(PAGE), mode="cors", credentials_mode=credentials)
        return request, Network([Hop(API, None, Answer(200, headers))], [], [])

    found = twin.both(fetch, arguments)
    assert [name for name, _ in found.header_list if name.startswith("X-")] == readable


@pytest.mark.parametrize(("address", "blocked"), [("data:,x", False), (f"{PAGE}/x", True)])
def test_local_urls_only_lets_no_other_url_through(twin: FetchTwin, address: str, blocked: bool) -> None:
    def arguments() -> tuple[object, ...]:
        request = Request([url(address)], [], client=client(PAGE), mode="cors", local_urls_only=True)
        return request, Network([Hop(PAGE, None, Answer(200, []))], [], [])

    assert (twin.both(fetch, arguments).type == "error") is blocked


def test_a_request_without_a_client_has_a_policy_container_of_its_own(twin: FetchTwin) -> None:
    made: list[Request] = []

    def arguments() -> tuple[object, ...]:
        made.append(Request([url("data:,x")], [], origin=client(PAGE).origin, mode="cors"))
        return made[-1], Network([], [], [])

    assert twin.both(fetch, arguments).type == "basic"
    container = made[0].policy_container
    assert isinstance(container, PolicyContainer)
    assert container.referrer_policy == DEFAULT
    assert isinstance(container.embedder_policy, EmbedderPolicy)


@pytest.mark.parametrize(
    ("header", "cache", "added"),
    [
        (("A", "1"), "default", []),
        (("If-Match", "*"), "default", [("Pragma", "no-cache"), ("Cache-Control", "no-cache")]),
        (("Cache-Control", "max-age=1"), "no-cache", []),
        (("A", "1"), "no-cache", [("Cache-Control", "max-age=0")]),
        (("Pragma", "x"), "reload", [("Cache-Control", "no-cache")]),
        (("range", "bytes=0-"), "force-cache", [("Accept-Encoding", "identity")]),
    ],
)
def test_the_browser_adds_headers_of_its_own_to_a_copy(
    twin: FetchTwin, header: tuple[str, str], cache: CacheMode, added: list[tuple[str, str]]
) -> None:
    def arguments() -> tuple[object, ...]:
        request = Request([url(f"{PAGE}/x")], [header], client=client(PAGE), origin=client(PAGE).origin)
        request.cache_mode = cache
        return (FetchParams(request, Network([Hop(PAGE, None, Answer(200, []))], [], [])),)

    response = twin.both(http_network_or_cache_fetch, arguments)
    assert response.range_requested is (header[0] == "range")
    steps: list[Step] = []
    (params,) = arguments()
    assert isinstance(params, FetchParams)
    http_network_or_cache_fetch.traced(steps, params)
    copy = next(step.value for step in steps if step.step == "http_network_or_cache_fetch#8.2.1")
    assert isinstance(copy, Request)
    assert (copy.header_list, params.request.header_list) == ([header, *added], [header])
