"""Curated redirects: where they lead, in spellings that servers get wrong, along which chain, and with which method."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from .forms import ANY, API, CREDENTIALS, NULL, OURS, PAGE, THIRD, Header, Plain, answer, asks, consent, hop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

REDIRECTS = (301, 302, 303, 307, 308)
LOCATIONS = (
    *("new", "?new", "#new", "", "/new", "//api.example/new", f"{API}/new", "https:new", "https:/new", "https:///new"),
    *(
        "\\new",
        " /new ",
        "/n ew",
        "/n\tew",
        "/\u00e9",
        "http://",
        "https://[",
        f"{API}:99999/",
        "data:,x",
        "about:blank",
    ),
    *(
        "blob:null/1",
        "ftp://api.example/",
        "file:///x",
        "javascript:1",
        "own:x",
        "http://api.example/new",
        f"{API}:25/",
    ),
    *("https://user:password@api.example/new", "https://user@api.example/new", "https://@api.example/new"),
    "https://api.example/new#part",
)

# How long a preflight's answer may be remembered, as servers say it.
AGES = (
    *("0", "5", "-1", "-0", "", "x", "+5", "1.5", "5, 6", '"5"', "0x10", "5s", "00005", "- 1"),
    *("99999999999999999999", "-99999999999999999999"),
)


def redirect_traps() -> Mapping[str, Iterable[Plain]]:
    """Give the curated redirects by what they are about."""
    return {
        "location": [_moves_to(it) for it in LOCATIONS],
        "location-no-cors": [_moves_to(it, mode="no-cors") for it in LOCATIONS[::3]],
        "location-own": [_moves_to(it, at=PAGE) for it in LOCATIONS[1::2]],
        "location-by-hand": [_moves_to(it, redirect="manual") for it in LOCATIONS[::3]],
        "location-refused": [_moves_to(it, redirect="error") for it in LOCATIONS[::5]],
        "chain": [*_chains()],
        "back-again": [*_back_again()],
        "redirect-method": [*_redirected_methods()],
        "mixed": [
            asks(f"{PAGE}/old", hop(PAGE, answer(302, ("Location", f"{to}/new"))), hop(to, answer(200, ANY)))
            for to in ("http://app.example", "http://api.example", "http://localhost:3000", "http://127.0.0.1:3000")
        ],
    }


def _moves_to(location: str, at: str = API, **request: object) -> Plain:
    to = (
        location
        if location.startswith("http://api")
        else at
        if not location.startswith(("https://a", "https://u", "//"))
        else API
    )
    to = "/".join(to.split("/")[:3])
    moved = answer(302, ANY, ("Location", location))
    return asks(f"{at}/old?a", hop(at, moved), hop(to, answer(200, ANY)), **request)


def _chains() -> Iterator[Plain]:
    """Give chains of redirects: within an origin, to another, back, and on, with each kind of permission."""
    for chain in ((PAGE, API), (API, PAGE), (API, THIRD), (API, API), (API, PAGE, API), (PAGE, API, THIRD)):
        for permission in ((ANY,), (OURS,), (NULL,), ()):
            yield _chain(chain, 302, permission)
        for credentials in ("include", "omit"):
            yield _chain(chain, 303, (OURS, CREDENTIALS), credentials=credentials)
        yield _chain(chain, 307, (NULL, CREDENTIALS), credentials="include", method="PUT")
        yield _chain(chain, 307, (ANY,), method="PUT")
        yield _chain(chain, 307, (ANY,), method="POST", mode="no-cors")
        yield _chain(chain, 302, (ANY,), mode="same-origin")
        yield _chain(chain, 302, (ANY,), headers=[["Authorization", "Bearer token"], ["X-A", "1"]])
    yield _chain((PAGE, API, PAGE), 302, (ANY,), credentials="omit")
    for length in (20, 21, 22):
        yield _chain((API,) * length, 302, (ANY,))


def _chain(chain: tuple[str, ...], status: int, permission: tuple[Header, ...], **request: object) -> Plain:
    kind = consent(
        204,
        *permission,
        ("Access-Control-Allow-Methods", "PUT"),
        ("Access-Control-Allow-Headers", "authorization, x-a"),
    )
    moved = [
        hop(at, answer(status, *permission, ("Location", f"{to}/{place}")), kind)
        for place, (at, to) in enumerate(pairwise(chain))
    ]
    return asks(f"{chain[0]}/old", *moved, hop(chain[-1], answer(200, *permission), kind), **request)


def _back_again() -> Iterator[Plain]:
    """Give chains that come back to where they were: what a preflight allowed there is remembered or not."""
    key, allowed = {"X-Key": "1"}, ("Access-Control-Allow-Headers", "X-Key")
    for age in AGES:
        yield _returns((API, API, API), [ANY, allowed, ("Access-Control-Max-Age", age)], headers=key)
    for sandboxed in (False, True):
        for chain in ((API, API, API), (API, THIRD, API), (PAGE, API, PAGE), (PAGE, API, PAGE, API)):
            yield _returns(chain, [ANY, allowed], headers=key, sandboxed=sandboxed)
        yield _returns((API, THIRD, THIRD, THIRD), [ANY, allowed], headers=key, sandboxed=sandboxed)
    for methods in ("*", "PUT", "put, PUT"):
        yield _returns((API, API, API), [ANY, ("Access-Control-Allow-Methods", methods)], method="PUT")
    for headers in ("*", "x-key", "X-KEY, x-other"):
        yield _returns((API, API, API), [ANY, ("Access-Control-Allow-Headers", headers)], headers=key)
    yield _returns((API, API, API), [OURS, CREDENTIALS, allowed], headers=key, credentials="include")
    yield _returns((API, API, API), [ANY, ("Access-Control-Allow-Methods", "PUT")], status=303, method="PUT")
    yield _returns((API, API, API), [ANY, allowed], status=303, method="POST", headers=key)


def _returns(chain: tuple[str, ...], allows: list[Header], status: int = 307, **request: object) -> Plain:
    """Give a chain that ends where it was at each origin before: `/0` if it was there, else `/1`, `/2`."""
    sandboxed = bool(request.pop("sandboxed", False))
    paths = [f"{at}/{chain.index(at) if place == len(chain) - 1 else place}" for place, at in enumerate(chain)]
    says = [header for header in allows if header[0] in (ANY[0], CREDENTIALS[0])]
    hops = [
        hop(at, answer(status, *says, ("Location", to)), consent(204, *allows))
        for at, to in zip(chain[:-1], paths[1:], strict=True)
    ]
    return asks(paths[0], *hops, hop(chain[-1], answer(200, *says), consent(403)), sandboxed=sandboxed, **request)


def _redirected_methods() -> Iterator[Plain]:
    for status in REDIRECTS:
        for method in ("POST", "PUT", "DELETE", "HEAD"):
            for chain in ((PAGE, PAGE), (PAGE, API)):
                yield _chain(chain, status, (ANY,), method=method)
