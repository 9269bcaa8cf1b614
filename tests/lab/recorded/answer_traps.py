"""Curated answers: permissions in spellings that servers get wrong, statuses, and what script may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .forms import (
    ALL_HEADERS,
    ALL_METHODS,
    ANY,
    API,
    CREDENTIALS,
    OURS,
    PAGE,
    THIRD,
    Header,
    Plain,
    answer,
    asks,
    consent,
    hop,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ORIGINS = (
    *(
        PAGE,
        f"{PAGE}/",
        f"{PAGE}:443",
        "HTTPS://app.example",
        "https://APP.example",
        "http://app.example",
        "app.example",
    ),
    *(
        f" {PAGE} ",
        f"\t{PAGE}",
        f"{PAGE},",
        f"{PAGE}, {PAGE}",
        f"{PAGE} {API}",
        f"{API}, {PAGE}",
        f'"{PAGE}"',
        f"<{PAGE}>",
    ),
    *(
        "*",
        " * ",
        "**",
        "*, *",
        '"*"',
        "https://*",
        "https://*.example",
        "null",
        "NULL",
        "",
        "true",
        f"{PAGE}\u00e9",
        API,
    ),
)
CREDENTIAL_VALUES = ("true", "True", "TRUE", " true ", "true, true", "1", "false", "", '"true"')
METHOD_LISTS = (
    *(
        "PUT",
        "put",
        "Put",
        "*",
        "GET, POST, PUT",
        "GET,,PUT",
        ",PUT,",
        "GET PUT",
        "PUT;q=1",
        '"PUT"',
        "",
        "POST",
        "PUT, *",
    ),
    *("PUT\t,\tGET", "*, GET", "P\u00dcT"),
)
HEADER_LISTS = (
    *("x-a", "X-A", "x-A, x-b", "*", "x-b", "", "x-a;", "x a", ",x-a,", '"x-a"', "x-a, *", "authorization, x-a", "x_a"),
    *("x-a\t", "x-b, a b"),
)
STATUSES = (
    *(
        200,
        201,
        202,
        203,
        204,
        205,
        206,
        207,
        226,
        299,
        300,
        301,
        302,
        303,
        304,
        305,
        306,
        307,
        308,
        400,
        401,
        403,
        404,
    ),
    *(405, 407, 408, 409, 410, 413, 418, 421, 425, 426, 429, 431, 451, 499, 500, 501, 502, 503, 504, 511, 599),
)
EXPOSED = ("X-A", "x-a", "*", "x-a, x-b", "X-A;X-B", "", "Set-Cookie", "set-cookie2, x-b", "x a, x-b", ",x-a", '"x-a"')
SEEN: tuple[Header, ...] = (
    *(("Content-Type", "text/html"), ("Content-Language", "ko"), ("Last-Modified", "Mon, 12 Jun 2023 00:00:00 GMT")),
    *(("Pragma", "no-cache"), ("Expires", "0"), ("X-A", "1"), ("X-B", "1"), ("ETag", '"1"'), ("Vary", "Origin")),
)
POLICIES = (
    "same-origin",
    "same-site",
    "cross-origin",
    "Same-Origin",
    "same-origin, same-origin",
    "",
    "none",
    " same-site ",
)
TYPES = (
    "text/html",
    "text/css",
    "text/javascript",
    "image/png",
    "application/json",
    "audio/x",
    "text/html; charset=x",
    "x",
)


def answer_traps() -> Mapping[str, Iterable[Plain]]:
    """Give the curated answers by what they are about."""
    twice = (OURS, OURS), (OURS, ANY), (ANY, ANY), (("Access-Control-Allow-Origin", API), OURS)
    return {
        "origin": [_allows(("Access-Control-Allow-Origin", it)) for it in ORIGINS],
        "origin-credentials": [
            _allows(("Access-Control-Allow-Origin", it), CREDENTIALS, credentials="include") for it in ORIGINS[::3]
        ],
        "origin-twice": [_allows(*headers) for headers in twice],
        "origin-missing": [
            _allows(),
            _allows(credentials="include"),
            asks(f"{API}/x", hop(API)),
            asks(f"{API}/x", hop(THIRD)),
        ],
        "credentials": [
            _allows(OURS, ("Access-Control-Allow-Credentials", it), credentials="include") for it in CREDENTIAL_VALUES
        ],
        "credentials-missing": [_allows(OURS, credentials=it) for it in ("include", "omit")]
        + [_allows(OURS, CREDENTIALS, CREDENTIALS, credentials="include")],
        "allow-methods": [_consents(("Access-Control-Allow-Methods", it)) for it in METHOD_LISTS],
        "allow-methods-credentials": [
            _consents(("Access-Control-Allow-Methods", it), CREDENTIALS, credentials="include")
            for it in METHOD_LISTS[:4]
        ],
        "allow-headers": [_consents(("Access-Control-Allow-Headers", it), **_with("X-A")) for it in HEADER_LISTS],
        "allow-headers-credentials": [
            _consents(("Access-Control-Allow-Headers", it), CREDENTIALS, credentials="include", **_with("X-A"))
            for it in HEADER_LISTS[:4]
        ],
        "allow-authorization": [
            _consents(("Access-Control-Allow-Headers", it), **_with("Authorization"))
            for it in ("*", "authorization", "*, Authorization")
        ],
        "allow-several": [
            _consents(("Access-Control-Allow-Methods", "GET"), ("Access-Control-Allow-Methods", "PUT")),
            _consents(("Access-Control-Allow-Headers", "x-b"), ("Access-Control-Allow-Headers", "x-a"), **_with("X-A")),
            _consents(ALL_METHODS, ALL_HEADERS, headers=[["X-A", "1"], ["Content-Type", "application/json"]]),
            _consents(),
        ],
        "max-age": [
            _consents(ALL_METHODS, ("Access-Control-Max-Age", it)) for it in ("0", "600", "-1", "x", "", "1.5")
        ],
        "preflight-origin": [_preflight(204, ("Access-Control-Allow-Origin", it)) for it in ORIGINS[::2]]
        + [_preflight(204)],
        "preflight-status": [_preflight(it, ANY, ALL_METHODS, ("Location", f"{API}/new")) for it in STATUSES[1::2]],
        "preflight-closed": [asks(f"{API}/x", hop(API, answer(200, ANY)), method="PUT")],
        "status": [_allows(ANY, status=it) for it in STATUSES],
        "status-own": [asks(f"{PAGE}/items", hop(PAGE, answer(it)), method="GET") for it in STATUSES[::2]],
        "status-no-cors": [asks(f"{API}/items", hop(API, answer(it)), mode="no-cors") for it in STATUSES[1::5]],
        "exposed": [_allows(ANY, ("Access-Control-Expose-Headers", it), *SEEN) for it in EXPOSED]
        + [_allows(ANY, *SEEN)],
        "exposed-credentials": [
            _allows(OURS, CREDENTIALS, ("Access-Control-Expose-Headers", it), *SEEN, credentials="include")
            for it in EXPOSED[:3]
        ],
        "exposed-own": [asks(f"{PAGE}/items", hop(PAGE, answer(200, *SEEN, ("Set-Cookie", "a=1; Max-Age=0"))))],
        "resource-policy": [*_resource_policies()],
        "sniffed": [
            asks(
                f"{API}/x",
                hop(API, answer(200, ("Content-Type", it), ("X-Content-Type-Options", sniff))),
                mode="no-cors",
            )
            for it in TYPES
            for sniff in ("nosniff", "none")
        ],
    }


def _with(name: str) -> Plain:
    return {"method": "GET", "headers": [[name, "1"]]}


def _allows(*headers: Header, status: int = 200, **request: object) -> Plain:
    return asks(f"{API}/items", hop(API, answer(status, *headers)), **request)


def _consents(*headers: Header, **request: object) -> Plain:
    return asks(
        f"{API}/items",
        hop(API, answer(200, OURS, CREDENTIALS), consent(204, OURS, *headers)),
        **{"method": "PUT"} | request,
    )


def _preflight(status: int, *headers: Header) -> Plain:
    headers = (*headers, ALL_METHODS) if ALL_METHODS not in headers else headers
    return asks(f"{API}/items", hop(API, answer(200, ANY), consent(status, *headers)), method="PUT")


def _resource_policies() -> Iterator[Plain]:
    for policy in POLICIES:
        for url in (f"{API}/x", "https://api.app.example/x"):
            at = url.removesuffix("/x")
            yield asks(url, hop(at, answer(200, ("Cross-Origin-Resource-Policy", policy))), mode="no-cors")
        site = "http://api.app.example"
        yield asks(
            f"{site}/x",
            hop(site, answer(200, ("Cross-Origin-Resource-Policy", policy))),
            page="http://app.example",
            mode="no-cors",
        )
    yield _allows(ANY, ("Cross-Origin-Resource-Policy", "same-origin"))
    for at, page in (
        ("https://127.0.0.1", "https://127.0.0.2"),
        ("https://a.github.io", "https://b.github.io"),
        ("http://co.kr", "http://co.kr:81"),
    ):
        yield asks(
            f"{at}/x", hop(at, answer(200, ("Cross-Origin-Resource-Policy", "same-site"))), page=page, mode="no-cors"
        )
    same = ("Cross-Origin-Resource-Policy", "same-site")
    yield asks(
        "https://api.app.example/x",
        hop("https://api.app.example", answer(200, same)),
        page="http://app.example",
        mode="no-cors",
    )
    yield asks("https://app.example/x", hop(PAGE, answer(200, same)), mode="no-cors", sandboxed=True)
