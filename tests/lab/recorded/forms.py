"""The form of a curated scenario: a page, what it asks for, and servers that allow it unless told otherwise."""

from __future__ import annotations

from typing import Any, TypeAlias

from pelican_cors_series.rules.leaves import parse_url
from pelican_cors_series.rules.origins import origin_of_a_url, serialization_of_an_origin

Plain: TypeAlias = dict[str, Any]
Header: TypeAlias = tuple[str, str]

PAGE, API, THIRD = "https://app.example", "https://api.example", "https://store.test"
ANY: Header = ("Access-Control-Allow-Origin", "*")
OURS: Header = ("Access-Control-Allow-Origin", PAGE)
NULL: Header = ("Access-Control-Allow-Origin", "null")
CREDENTIALS: Header = ("Access-Control-Allow-Credentials", "true")
ALL_METHODS: Header = ("Access-Control-Allow-Methods", "*")
ALL_HEADERS: Header = ("Access-Control-Allow-Headers", "*")
# No engine may answer out of its own cache.
UNCACHED: Header = ("Cache-Control", "no-store")


def answer(status: int = 200, *headers: Header) -> Plain:
    """Give a server's answer, which no cache keeps unless it says something on caching itself."""
    says = any(name.lower() == "cache-control" for name, _ in headers)
    return {"status": status, "headers": [list(header) for header in (*headers, *(() if says else (UNCACHED,)))]}


def consent(status: int = 204, *headers: Header) -> Plain:
    """Give the answer to a preflight."""
    return {"status": status, "headers": [list(header) for header in headers]}


def hop(at: str, response: Plain | None = None, preflight: Plain | None = None) -> Plain:
    """Give what one server answers."""
    return {"at": at, "preflight": preflight, "response": response}


def asks(
    url: str = f"{API}/items", *server: Plain, page: str = PAGE, sandboxed: bool = False, **request: object
) -> Plain:
    """Give a scenario. Where no server is named, that of the address allows everything to everyone."""
    kind = consent(204, ANY, ALL_METHODS, ALL_HEADERS)
    address = parse_url(url, f"{page}/")
    at = "null" if address is None else serialization_of_an_origin(origin_of_a_url(address))
    server = server or (() if at == "null" else (hop(at, answer(200, ANY), kind),))
    return {
        "page": f"{page}/",
        "sandboxed": sandboxed,
        "request": {"url": url, **request},
        "server": list(server),
    }
