"""Rows of the web platform tests on the CORS check, preflights and redirects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fetch_twin import at, client, lines, url

from pelican_cors_series.rules.cors_check import cors_check as cors_check_rule
from pelican_cors_series.rules.fetch_method import fetch_method
from pelican_cors_series.rules.fetch_records import Answer, Hop, Network, Request, RequestInit, Response
from pelican_cors_series.rules.origins import opaque_origin, origin_of_a_url
from pelican_cors_series.rules.request_headers import normalize_a_header_value

if TYPE_CHECKING:
    from .corpus import Row, Way

WPT = "http://web-platform.test:8000"
SERVERS = {
    "local": WPT,
    "remote": "http://www1.web-platform.test:8000",
    "remote2": "http://www2.web-platform.test:8000",
}


def cors_check(way: Way, row: Row) -> bool:
    headers = [
        (name, normalize_a_header_value(value))
        for name, values in (("access-control-allow-origin", "acao"), ("Access-Control-Allow-Credentials", "acac"))
        for value in row[values]
    ]

    def arguments() -> tuple[object, ...]:
        origin = opaque_origin() if row["origin"] == "null" else origin_of_a_url(url(row["origin"]))
        request = Request([url("https://other.example/")], [], origin=origin, credentials_mode=row["credentials"])
        return request, Response([], [*headers])

    return way(cors_check_rule, arguments) is row["expect"]


def preflight(way: Way, row: Row) -> bool:
    allow = {
        "Access_Control_Allow_Origin": row["allow_origin"].replace("ORIGIN", WPT),
        "Access_Control_Allow_Credentials": row["allow_credentials"],
    }
    allowed = lines(
        **allow,
        Access_Control_Allow_Methods=row["allow_methods"],
        Access_Control_Allow_Headers=row["allow_headers"],
    )

    def arguments() -> tuple[object, ...]:
        init = RequestInit(
            method=row["method"],
            headers=[(name, value) for name, value in row["headers"]],
            credentials=row["credentials"],
        )
        hop = Hop(SERVERS["remote"], Answer(row["status"], allowed), Answer(200, lines(**allow)))
        return f"{SERVERS['remote']}/x", None, init, client(WPT), Network([hop], [], [])

    return (not way(fetch_method, arguments).rejected) is row["expect"]


def redirect_origin(way: Way, row: Row) -> bool:
    (first, first_allows), (second, second_allows) = row["first"], row["second"]
    headers = [lines(Access_Control_Allow_Origin=None if it == "none" else it) for it in (first_allows, second_allows)]
    redirect = Answer(302, [*headers[0], ("Location", f"{SERVERS[second]}/x")])
    hops = [Hop(SERVERS[first], None, redirect), Hop(SERVERS[second], None, Answer(200, headers[1]))]
    networks: list[Network] = []

    def arguments() -> tuple[object, ...]:
        networks.append(Network(hops, [], []))
        return f"{SERVERS[first]}/x", None, RequestInit(), client(WPT), networks[-1]

    rejected = way(fetch_method, arguments).rejected
    return row["expect"] == ("disallow" if rejected else networks[0].wire[1].origin)


def redirect_credentials(way: Way, row: Row) -> bool:
    allow = lines(Access_Control_Allow_Origin="*")

    def arguments() -> tuple[object, ...]:
        redirect = Answer(row["status"], [*allow, ("Location", row["location"])])
        hops = [Hop(at(row["url"]), None, redirect), Hop(at(row["location"]), None, Answer(200, allow))]
        return row["url"], None, RequestInit(mode="cors"), client(row["origin"]), Network(hops, [], [])

    return (not way(fetch_method, arguments).rejected) is row["expect"]


CHECKS = {
    "cors_check": cors_check,
    "preflight": preflight,
    "redirect_origin": redirect_origin,
    "redirect_credentials": redirect_credentials,
}
