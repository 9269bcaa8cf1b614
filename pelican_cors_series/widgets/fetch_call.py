"""The request of a scenario as the JavaScript that a page would call."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pelican_cors_series.rules.leaves import ascii_lowercase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pelican_cors_series.rules import RequestDescription

BODIES = {
    "text": '"…"',
    "urlencoded": "new URLSearchParams(…)",
    "form-data": "new FormData(…)",
    "json-blob": 'new Blob([…], { type: "application/json" })',
    "blob": "new Blob([…])",
    "bytes": "new Uint8Array(…)",
}


def fetch_call(request: RequestDescription) -> str:
    """Return the call of fetch() that makes a request, over several lines where it has options."""
    options = [f"  {name}: {value},\n" for name, value in _options(request)]
    url = json.dumps(request.url, ensure_ascii=False)
    return f"fetch({url}, {{\n{''.join(options)}}})" if options else f"fetch({url})"


def _options(request: RequestDescription) -> Iterator[tuple[str, str]]:
    if request.method != "GET":
        yield "method", _written(request.method)
    if request.mode != "cors":
        yield "mode", _written(request.mode)
    if request.credentials != "same-origin":
        yield "credentials", _written(request.credentials)
    if request.redirect != "follow":
        yield "redirect", _written(request.redirect)
    if request.headers:
        yield "headers", _headers(request.headers)
    if request.body is not None:
        yield "body", BODIES[request.body]
    for name, value in (
        ("referrerPolicy", request.referrer_policy),
        ("cache", request.cache),
        ("integrity", request.integrity),
        ("keepalive", request.keepalive),
    ):
        if value is not None:
            yield name, _written(value)


def _headers(headers: tuple[tuple[str, str], ...]) -> str:
    names = [name for name, _ in headers]
    if len({ascii_lowercase(name) for name in names}) == len(names):
        return f"{{ {', '.join(f'{_written(name)}: {_written(value)}' for name, value in headers)} }}"
    return f"[{', '.join(f'[{_written(name)}, {_written(value)}]' for name, value in headers)}]"


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
