"""Curated requests: methods, headers, modes and addresses in spellings that people get wrong.

Its tables make the module long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .forms import ALL_HEADERS, ALL_METHODS, ANY, API, CREDENTIALS, OURS, PAGE, THIRD, Plain, answer, asks, consent, hop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

METHODS = (
    *(
        "GET",
        "get",
        "Get",
        "HEAD",
        "head",
        "POST",
        "post",
        "PUT",
        "put",
        "PuT",
        "DELETE",
        "delete",
        "OPTIONS",
        "options",
    ),
    *("PATCH", "patch", "Patch", "QUERY", "query", "M-SEARCH", "foo", "TRACE", "trace", "TRACK", "CONNECT", "connect"),
    *("", "GET ", "G\u00ccT", "po\u017ft", "A/B"),
)
TYPES = (
    *("text/plain", "TEXT/PLAIN", "text/plain;charset=utf-8", "text/plain ; x=y", 'text/plain; x="a;b"', "text/plain;"),
    *(
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "text/html",
        "text",
    ),
    *("application/json", "application/json, text/plain", "text/plain, application/json", "", "/plain", "text/pl ain"),
    *("text/plain; a=(", "text/plain; \u00e9=1", "text/plain;" + "a" * 117, "text/plain;" + "a" * 118, "text/"),
    *('text/plain; x="\\a', "text/plain; x=1; x=2", "text/plain;;x", 'text/plain; x="a"b', "text/plain; =x"),
)
ACCEPTS = (
    "a" * 128,
    "a" * 129,
    "*/*;q=0.8",
    "a\tb",
    "a:b",
    "a(b",
    "a\x7fb",
    "a@b",
    "a{b",
    " a ",
    "\u0080",
    "a\x01b",
    "a\nb",
    "a\x00b",
)
LANGUAGES = ("ko-KR, ko;q=0.9", "ko_KR", "a" * 129, 'ko"', "*", "ko=1", "\u00e9")
RANGES = (
    *(
        "bytes=0-99",
        "bytes=0-",
        "bytes=-100",
        "bytes=0-1,4-5",
        "bytes=9-1",
        "Bytes=0-1",
        "bytes 0-1",
        "bytes=",
        "bytes=-",
    ),
    *(
        "bytes = 0-1",
        "bytes=0 -1",
        "bytes=0- 1",
        "bytes=a-1",
        "items=0-1",
        "bytes=0-a",
        "bytes",
        "bytes=0",
        "bytes=00-01",
    ),
    *("bytes=9223372036854775807-", "bytes=0-9223372036854775808"),
)
# Forbidden, or all but: the browser drops them, or asks for them.
NAMES = (
    *("Accept-Charset", "Accept-Encoding", "Access-Control-Request-Headers", "Access-Control-Request-Method"),
    *("Connection", "Content-Length", "Cookie", "Cookie2", "Date", "DNT", "Expect", "Host", "Keep-Alive", "Origin"),
    *(
        "Referer",
        "Set-Cookie",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "Via",
        "Sec-Own",
        "Proxy-Own",
        "sec-own",
    ),
    *(
        "Secure",
        "Proxy",
        "X-HTTP-Method",
        "X-Method-Override",
        "Save-Data",
        "DPR",
        "Content-Language",
        "X-A",
        "x-a",
        "X_A",
    ),
    *("If-None-Match", "Cache-Control", "Authorization", "Priority", "Access-Control-Request-Private-Network"),
)
OVERRIDES = (
    "TRACE",
    "trace",
    "GET, TRACK",
    "GET",
    "CONNECT,",
    '"TRACE"',
    '"a',
    "a,,b",
    '"a\\"b", CONNECT',
    '"a\\',
    "\t TRACE \t",
)
ADDRESSES = (
    *(
        "data:,x",
        "data:text/html;base64,PGI+",
        "data:;base64,x",
        "data:text/html",
        "data:a/b;c=d;charset=x,y",
        "data:%ff,x",
    ),
    *(
        "data:text/plain;charset=,x",
        'data:a/b;c="d;e",x',
        "data:a/b;e=;f=1,x",
        "data:,x#part",
        "about:blank",
        "about:srcdoc",
        "about:other",
        "blob:https://app.example/1",
    ),
    *(
        "blob:null/1",
        "blob:x",
        "blob:ftp://api.example/1",
        "file:///etc/passwd",
        "ftp://api.example/",
        "javascript:1",
        "mailto:a@b",
        "own:x",
        "//[",
    ),
    *("https://", "https://api.example:65536/", "https://u@api.example/", "https://:p@api.example/", "https://%zz/"),
    *(f"{API}:25/", f"{API}:1/", f"{API}:6000/", f"{API}:10080/", "http://api.example:443/", "http://api.example/"),
    *(
        "http://localhost:3000/",
        "http://127.0.0.1:3000/",
        "http://a.localhost/",
        "http://[::1]:3000/",
        "HTTPS://API.example",
    ),
    *("https://api.example:0/", "https://api.app.example/x", "https://app.example:443/x", "https://app.example:444/x"),
    *(
        "",
        "?a",
        "#a",
        "items",
        "/items#part",
        "//api.example/items",
        "\\items",
        "ws://api.example/",
        "wss://api.example/",
    ),
)
MODES = ("cors", "no-cors", "same-origin", "navigate")
POLICIES = (
    *(
        "no-referrer",
        "no-referrer-when-downgrade",
        "same-origin",
        "origin",
        "strict-origin",
        "origin-when-cross-origin",
    ),
    *("strict-origin-when-cross-origin", "unsafe-url", ""),
)


def request_traps() -> Mapping[str, Iterable[Plain]]:
    """Give the curated requests by what they are about."""
    long = [["Accept", f"a/{letter}" + "b" * 120] for letter in "abcdefghi"]
    return {
        "method": [asks(method=method) for method in METHODS],
        "method-own": [asks(f"{PAGE}/items", method=method) for method in METHODS[1::3]],
        "method-no-cors": [asks(method=method, mode="no-cors") for method in METHODS[::3]],
        "type": [asks(method="POST", headers=[["Content-Type", value]]) for value in TYPES],
        "type-no-cors": [asks(method="POST", mode="no-cors", headers=[["Content-Type", it]]) for it in TYPES[::3]],
        "accept": [asks(headers=[["Accept", value]]) for value in ACCEPTS],
        "language": [
            asks(headers=[[it, value]]) for it in ("Accept-Language", "content-language") for value in LANGUAGES
        ],
        "range": [asks(headers=[["Range", value]]) for value in RANGES],
        "name": [asks(headers=[[name, "1"]]) for name in NAMES],
        "name-own": [asks(f"{PAGE}/items", headers=[[name, "1"]]) for name in NAMES[::4]],
        "name-no-cors": [
            asks(mode="no-cors", headers=[[name, "1"]]) for name in (*NAMES[::5], "Range", "Accept", "A B")
        ],
        "override": [asks(headers=[["X-HTTP-Method-Override", value]]) for value in OVERRIDES],
        "several": [
            asks(headers=long[:8]),
            asks(headers=long),
            asks(headers=[["X-B", "1"], ["x-a", "1"], ["X-A", "2"]]),
            asks(headers=[["Bad Name", "1"]]),
            asks(headers=[["", "1"]]),
            asks(headers=[["X-A", "\u20ac"]]),
            asks(headers=[["X-A", "a\r\nb"]]),
        ],
        "body": [
            asks(method="POST", body=body) for body in ("text", "urlencoded", "form-data", "json-blob", "blob", "bytes")
        ],
        "body-refused": [asks(method=method, body="text") for method in ("GET", "HEAD", "get", "PUT")],
        "address": [asks(url) for url in ADDRESSES],
        "address-no-cors": [asks(url, mode="no-cors") for url in ADDRESSES[1::3]],
        "address-sandboxed": [asks(url, sandboxed=True) for url in ADDRESSES[2::5]],
        "mode": [*_modes()],
        "policy": [
            asks(method="POST", mode=mode, referrerPolicy=it) for it in POLICIES for mode in ("no-cors", "cors")
        ][:-5],
        "policy-to-http": [
            asks("http://api.example/", page="http://app.example", method="POST", mode="no-cors", referrerPolicy=it)
            for it in POLICIES[:3]
        ],
        "cache": [
            asks(f"{at}/items", mode=mode, cache=cache)
            for cache in ("no-store", "reload", "no-cache", "force-cache", "only-if-cached")
            for at, mode in ((API, "cors"), (PAGE, "same-origin"))
        ],
        "integrity": [asks(mode=mode, integrity="") for mode in MODES[:2]]
        + [asks(mode="no-cors", integrity="sha256-AAAA")],
        "keepalive": [asks(method=method, keepalive=True) for method in ("GET", "POST", "PUT")],
        "sandbox": [*_sandboxes()],
    }


def _modes() -> Iterator[Plain]:
    for mode in MODES:
        for url in (f"{PAGE}/items", f"{API}/items"):
            yield asks(url, mode=mode)
            yield asks(url, mode=mode, credentials="include")
        yield asks(mode=mode, redirect="manual")
        yield asks(mode=mode, redirect="error")


def _sandboxes() -> Iterator[Plain]:
    """Give requests of a sandboxed frame: its origin is null, even to its own site."""
    null = ("Access-Control-Allow-Origin", "null")
    for url in (f"{PAGE}/items", f"{API}/items"):
        at = url.removesuffix("/items")
        for value in ("*", "null", "NULL", '"null"', PAGE, ""):
            yield asks(url, hop(at, answer(200, ("Access-Control-Allow-Origin", value))), sandboxed=True)
        yield asks(url, hop(at, answer()), sandboxed=True)
        yield asks(url, hop(at, answer(200, null, CREDENTIALS)), sandboxed=True, credentials="include")
        yield asks(url, sandboxed=True, mode="no-cors", method="POST")
        yield asks(url, sandboxed=True, mode="same-origin")
        yield asks(url, hop(at, answer(200, null), consent(204, null, ALL_METHODS)), sandboxed=True, method="PUT")
        yield asks(url, hop(at, answer(200, null), consent(204, OURS, ALL_METHODS)), sandboxed=True, method="PUT")
    moved = answer(307, null, ("Location", f"{THIRD}/new"))
    yield asks(f"{API}/old", hop(API, moved), hop(THIRD, answer(200, ANY)), sandboxed=True)
    yield asks(
        f"{API}/old", hop(API, moved), hop(THIRD, answer(200, ANY), consent(204, ANY, ALL_HEADERS)), sandboxed=True
    )
