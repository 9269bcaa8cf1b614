"""Curated scenarios for steps that hardly any request comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .forms import ALL_HEADERS, ALL_METHODS, ANY, API, PAGE, Plain, answer, asks, consent, hop

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def step_traps() -> Mapping[str, Iterable[Plain]]:
    """Give scenarios by the step that they come to."""
    site = ("Cross-Origin-Resource-Policy", "same-site")
    moved = ("Location", f"{API}/new")
    kind = consent(204, ANY, ALL_METHODS, ALL_HEADERS, ("Access-Control-Max-Age", "600"))
    return {
        "longest-max-age": [
            asks(f"{API}/x", hop(API, answer(200, ANY), consent(204, ANY, ALL_METHODS, age)), method="PUT")
            for age in (("Access-Control-Max-Age", "99999999999"), ("Access-Control-Max-Age", "99999999999999999999"))
        ],
        "max-age-twice": [
            asks(f"{API}/x", hop(API, answer(200, ANY), consent(204, ANY, ALL_METHODS, age, age)), method="PUT")
            for age in (("Access-Control-Max-Age", "600"),)
        ],
        "location-twice": [
            asks(f"{API}/x", hop(API, answer(302, ANY, *locations)), hop(API, answer(200, ANY)), redirect=redirect)
            for locations in (
                (moved, moved),
                (moved, ("Location", f"{API}/other")),
                (("Location", ""), ("Location", "")),
            )
            for redirect in ("follow", "manual", "error")
        ],
        "back-to-itself": [
            asks(
                f"{API}/x",
                hop(API, answer(307, ANY, ("Location", f"{API}/x")), kind),
                hop(API, answer(200, ANY), kind),
                headers=[["X-A", "1"]],
                method=method,
            )
            for method in ("GET", "PUT")
        ],
        "user-info-home": [
            asks(f"{API}/x", hop(API, answer(302, ANY, ("Location", f"https://u:p@{home}/"))), hop(f"https://{home}"))
            for home in ("app.example", "api.example")
        ],
        "several-types": [
            asks(f"{at}/x", hop(at, answer(200, ANY, *(("Content-Type", it) for it in types))))
            for at in (PAGE, API)
            for types in (
                ("text/html;charset=a", "text/html"),
                ("text/html;charset=a", "text/html;charset=b"),
                ("text/html;charset=a", "text/plain"),
                ("text/html", "*/*"),
                ('text/html;charset="a,b"', "x"),
                ("text/html;a=\x01",),
            )
        ],
        "referrer-policy": [
            asks(f"{API}/x", hop(API, answer(302, ANY, moved, ("Referrer-Policy", it))), hop(API, answer(200, ANY)))
            for it in ("no-referrer", "own, unsafe-url", "own", "")
        ],
        "page-on-localhost": [
            asks(f"http://{host}/x", page="http://localhost:8001") for host in ("api.example", "localhost:8002")
        ],
        "suffix": [
            asks(f"{url}/x", hop(url, answer(200, site)), page=page, mode="no-cors")
            for url, page in (
                ("https://a.www.ck", "https://www.ck"),
                ("https://a.ck", "https://www.ck"),
                ("https://b.city.kawasaki.jp", "https://a.city.kawasaki.jp"),
                ("https://b.own.kawasaki.jp", "https://a.own.kawasaki.jp"),
                ("http://a.example.", "http://a.example"),
                ("https://intranet", "https://intranet:8443"),
                ("https://[::1]:8443", "https://[::1]:8444"),
            )
        ],
        "pragma": [asks(f"{PAGE}/x", cache="reload", headers=[["Pragma", "own"], ["Cache-Control", "own"]])],
        "file": [asks("file:///x", mode="no-cors", page=page) for page in (PAGE, "http://app.example")],
    }
