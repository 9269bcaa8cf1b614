"""Rows of Gecko's own CORS tests: requests, credentials, redirects and the preflight cache."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from fetch_twin import at, client, lines, url

from pelican_cors_series.rules.fetch_method import fetch
from pelican_cors_series.rules.fetch_records import Answer as ServerAnswer
from pelican_cors_series.rules.fetch_records import Body, CacheEntry, Hop, Network, Request, Response

from .corpus import Answer, Corpus, row_of_line, sources_of
from .known_differences import reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .corpus import Row, Way

PAGE, CACHE_PAGE, SERVER = "https://example.com", "http://example.org", "http://mochi.test:8888"


def answer_to(row: Row, page: str, status: int, *, preflight: bool) -> ServerAnswer:
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
    return ServerAnswer(status, [*headers, *row.get("responseHeaders", {}).items()])


def send(way: Way, row: Row, page: str, address: str, network: Callable[[], Network]) -> Response:
    """Send what XMLHttpRequest sends for a row. https://xhr.spec.whatwg.org/#the-send()-method."""

    def arguments() -> tuple[object, ...]:
        headers = [*row.get("headers", {}).items()]
        if row.get("body") is not None and "Content-Type" not in row.get("headers", {}):
            headers.append(("Content-Type", "text/plain;charset=UTF-8"))
        request = Request(
            url_list=[url(address)],
            header_list=headers,
            method=row["method"],
            body=None if row.get("body") is None else Body("text"),
            # The page of most rows is at https: and their server at http:, and they are about CORS alone.
            client=replace(client(page), mixed_content_allowed=True),
            mode="cors",
            credentials_mode="include" if row.get("withCred") else "same-origin",
            unsafe_request=True,
            use_cors_preflight=bool(row.get("uploadProgress")),
            use_url_credentials=True,
        )
        return request, network()

    return way(fetch, arguments)


def request(way: Way, row: Row) -> bool:
    user = f"user:{row['password']}@" if "password" in row else ""
    answer = answer_to(row, PAGE, row.get("status", 200), preflight=False)
    preflight = answer_to(row, PAGE, row.get("preflightStatus", 200), preflight=True)
    hop = Hop(SERVER, preflight, answer)
    response = send(way, row, PAGE, SERVER.replace("//", f"//{user}"), lambda: Network([hop], [], []))
    return (response.type != "error") is bool(row["pass"]) and shows_its_headers(row, response)


def shows_its_headers(row: Row, response: Response) -> bool:
    wanted = {name.lower() for name in row.get("expectedResponseHeaders", {})}
    asked = {name.lower() for name in row.get("responseHeaders", {})} | wanted
    shown = {name.lower() for name, _ in response.header_list}
    return "expectedResponseHeaders" not in row or shown & asked == wanted


def redirect(way: Way, row: Row) -> bool:
    def hops() -> list[Hop]:
        found = []
        for index, hop in enumerate(row["hops"]):
            given = {**hop, "origin": hop.get("allowOrigin"), "noOrigin": "allowOrigin" not in hop}
            to = [("Location", f"{following['server']}/x") for following in row["hops"][index + 1 : index + 2]]
            answer = answer_to(given, PAGE, 307 if to else 200, preflight=False)
            preflight = answer_to(given, PAGE, 200, preflight=True)
            found.append(Hop(at(hop["server"]), preflight, ServerAnswer(answer.status, [*answer.header_list, *to])))
        return found

    first = f"{row['hops'][0]['server']}/x"
    response = send(way, row, PAGE, first, lambda: Network(hops(), [], []))
    return (response.type != "error") is bool(row["pass"])


def preflight_cache(name: str, rows: list[Row]) -> Corpus:
    """Make one case of all rows: what a preflight has allowed stays for those after it."""
    return Corpus(name, sources_of(rows), (partial(_in_order, name, rows),))


def _in_order(name: str, rows: list[Row], way: Way) -> Iterator[Answer]:
    """Run the rows in order: a newTest row goes on with a new address, a pause lets time pass."""
    now, test, cache, before = 0, 0, list[CacheEntry](), dict[str, Any]()
    for line, row in enumerate(rows, start=1):
        now += round(row.get("pause", 0) * 1000)
        test += "newTest" in row
        if "pass" not in row:
            continue
        allowed = {**row, "allowCred": True}  # as the server of this test always sends it
        preflight, answer = (answer_to(allowed, CACHE_PAGE, 200, preflight=it) for it in (True, False))
        hop = Hop(SERVER, preflight, answer)
        networks: list[Network] = []

        def network(hop: Hop = hop, networks: list[Network] = networks) -> Network:
            networks.append(Network([hop], [], [replace(entry) for entry in cache], now))  # noqa: B023 - called at once
            return networks[-1]

        response = send(way, row, CACHE_PAGE, f"{SERVER}/{test}", network)
        cache = networks[0].preflight_cache
        holds = (response.type != "error") is bool(row["pass"])
        yield Answer(name, row_of_line(name, line), holds, partial(reason_of, name, row, before))
        before = row


CHECKS = {"gecko_request": request, "gecko_credentials": request, "gecko_redirect": redirect}
