"""Rows of Gecko's own CORS tests: requests, credentials, redirects and the preflight cache, through both languages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from fetch_twin import FetchTwin, at, client, lines, rows, url

from pelican_cors_series.rules.fetch_method import fetch
from pelican_cors_series.rules.fetch_records import Answer, Body, CacheEntry, Hop, Network, Request, Response

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE, CACHE_PAGE, SERVER = "https://example.com", "http://example.org", "http://mochi.test:8888"
COOKIES = "the server answers by a cookie that it has set before, and no scenario holds cookies"
# (file, line from 1) → why the Standard comes to something else
KNOWN_DIFFERENCES = {
    ("gecko_credentials", 8): COOKIES,
    ("gecko_preflight_cache", 20): "Access-Control-Max-Age: asdf is 0 seconds in Gecko and 5 in the Standard",
    (
        "gecko_preflight_cache",
        57,
    ): "the Standard clears the cache where a request with a preflight fails, not any other",
    ("gecko_preflight_cache", 65): "in the Standard an entry made with credentials speaks for a request without them",
}


@pytest.fixture(scope="module")
def twin() -> FetchTwin:
    return FetchTwin([fetch])


def answer_to(row: dict[str, Any], page: str, status: int, *, preflight: bool) -> Answer:
    """Give what the server of Gecko's tests answers to a row's parameters."""
    allows = not (row.get("noOrigin") or (preflight and row.get("noAllowPreflight")))
    headers = lines(
        Access_Control_Allow_Origin=row.get("origin", page) if allows else None,
        Access_Control_Allow_Credentials=bool(row.get("allowCred")),
        Access_Control_Allow_Headers=row.get("allowHeaders") if preflight else None,
        Access_Control_Allow_Methods=row.get("allowMethods") if preflight else None,
        Access_Control_Max_Age=row.get("cacheTime") if preflight else None,
        Access_Control_Expose_Headers=row.get("exposeHeaders"),
        Content_Type="text/plain",
    )
    return Answer(status, [*headers, *row.get("responseHeaders", {}).items()])


def send(twin: FetchTwin, row: dict[str, Any], page: str, address: str, network: Callable[[], Network]) -> Response:
    """Send what XMLHttpRequest sends for a row. https://xhr.spec.whatwg.org/#the-send()-method."""

    def arguments() -> tuple[object, ...]:
        headers = [*row.get("headers", {}).items()]
        if row.get("body") is not None and "Content-Type" not in row.get("headers", {}):
            headers.append(("Content-Type", "text/plain;charset=UTF-8"))
        # The page of most rows is at https: and their server at http:, and they are about CORS alone.
        lenient = replace(client(page), mixed_content_allowed=True)
        request = Request(
            url_list=[url(address)],
            header_list=headers,
            method=row["method"],
            body=None if row.get("body") is None else Body("text"),
            client=lenient,
            mode="cors",
            credentials_mode="include" if row.get("withCred") else "same-origin",
            unsafe_request=True,
            use_cors_preflight=bool(row.get("uploadProgress")),
            use_url_credentials=True,
        )
        return request, network()

    response: Response = twin.both(fetch, arguments)
    return response


def request_row(twin: FetchTwin, row: dict[str, Any]) -> bool:
    user = f"user:{row['password']}@" if "password" in row else ""
    answer = answer_to(row, PAGE, row.get("status", 200), preflight=False)
    preflight = answer_to(row, PAGE, row.get("preflightStatus", 200), preflight=True)
    response = send(
        twin,
        row,
        PAGE,
        SERVER.replace("//", f"//{user}"),
        lambda: Network([Hop(SERVER, preflight, answer)], [], []),
    )
    if "expectedResponseHeaders" in row:
        wanted = {name.lower() for name in row["expectedResponseHeaders"]}
        asked = {name.lower() for name in row["responseHeaders"]} | wanted
        assert {name.lower() for name, _ in response.header_list} & asked == wanted
    return (response.type != "error") is bool(row["pass"])


def redirect_row(twin: FetchTwin, row: dict[str, Any]) -> bool:
    def hops() -> list[Hop]:
        found = []
        for index, hop in enumerate(row["hops"]):
            given = {**hop, "origin": hop.get("allowOrigin"), "noOrigin": "allowOrigin" not in hop}
            to = [("Location", f"{following['server']}/x") for following in row["hops"][index + 1 : index + 2]]
            answer = answer_to(given, PAGE, 307 if to else 200, preflight=False)
            preflight = answer_to(given, PAGE, 200, preflight=True)
            found.append(Hop(at(hop["server"]), preflight, Answer(answer.status, [*answer.header_list, *to])))
        return found

    first = f"{row['hops'][0]['server']}/x"
    response = send(twin, row, PAGE, first, lambda: Network(hops(), [], []))
    return (response.type != "error") is bool(row["pass"])


def cache_rows(twin: FetchTwin, found: list[dict[str, Any]]) -> list[bool]:
    """Run the rows in order: a newTest row goes on with a new address, a pause lets time pass."""
    holds: list[bool] = []
    now, test, cache = 0, 0, list[CacheEntry]()
    for row in found:
        now += round(row.get("pause", 0) * 1000)
        test += "newTest" in row
        if "pass" not in row:
            holds.append(True)
            continue
        allowed = {**row, "allowCred": True}  # as the server of this test always sends it
        hop = Hop(
            SERVER,
            answer_to(allowed, CACHE_PAGE, 200, preflight=True),
            answer_to(allowed, CACHE_PAGE, 200, preflight=False),
        )
        networks: list[Network] = []

        def network(hop: Hop = hop, networks: list[Network] = networks) -> Network:
            networks.append(Network([hop], [], [replace(entry) for entry in cache], now))  # noqa: B023 - called at once
            return networks[-1]

        response = send(twin, row, CACHE_PAGE, f"{SERVER}/{test}", network)
        cache = networks[0].preflight_cache
        holds.append((response.type != "error") is bool(row["pass"]))
    return holds


@pytest.mark.parametrize(
    ("name", "holds"),
    [("gecko_request", request_row), ("gecko_credentials", request_row), ("gecko_redirect", redirect_row)],
)
def test_every_row_holds_in_both_languages_or_is_a_known_difference(
    name: str, holds: Callable[[FetchTwin, dict[str, Any]], bool], twin: FetchTwin
) -> None:
    differing = {(name, line) for line, row in enumerate(rows(name), start=1) if not holds(twin, row)}
    assert differing == {key for key in KNOWN_DIFFERENCES if key[0] == name}


def test_every_row_of_the_preflight_cache_holds_in_both_languages_or_is_a_known_difference(twin: FetchTwin) -> None:
    name = "gecko_preflight_cache"
    differing = {(name, line) for line, it in enumerate(cache_rows(twin, rows(name)), start=1) if not it}
    assert differing == {key for key in KNOWN_DIFFERENCES if key[0] == name}
