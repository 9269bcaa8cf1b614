"""The origin that a request names: its redirect-taint, its serialization, and the Origin header."""

# ruff: noqa: S101, SIM102 - a line is a step of the Standard, its assertions included; two are not joined into one
from __future__ import annotations

from typing import TYPE_CHECKING

from .lists import last
from .origins import origin_of_a_url, same_origin, same_site_of_two_origins, serialization_of_an_origin
from .rule import ours, rule

if TYPE_CHECKING:
    from .fetch_records import RedirectTaint, Request
    from .records import Url

FETCH = "https://fetch.spec.whatwg.org/#"


@ours
def current_url(request: Request) -> Url:
    """Give the last URL of a request's URL list. https://fetch.spec.whatwg.org/#concept-request-current-url."""
    return last(request.url_list)


@rule(FETCH + "concept-request-tainted-origin")
def redirect_taint(request: Request) -> RedirectTaint:
    """Tell how far a request's redirects led away: same-origin, same-site or cross-site."""
    assert request.origin is not None  # 1
    last_url: Url | None = None  # 2
    taint: RedirectTaint = "same-origin"  # 3
    for url in request.url_list:  # 4
        if last_url is None:  # 4.1
            last_url = url
            continue
        origin = origin_of_a_url(url)
        last_origin = origin_of_a_url(last_url)
        if not same_site_of_two_origins(origin, last_origin) and not same_site_of_two_origins(
            request.origin, last_origin
        ):  # 4.2
            return "cross-site"
        if not same_origin(origin, last_origin) and not same_origin(request.origin, last_origin):  # 4.3
            taint = "same-site"
        last_url = url  # 4.4
    return taint  # 5


@rule(FETCH + "serializing-a-request-origin")
def serializing_a_request_origin(request: Request) -> str:
    """Write a request's origin; "null" once a redirect has led from one foreign origin to another."""
    assert request.origin is not None  # 1
    if redirect_taint(request) != "same-origin":  # 2
        return "null"
    return serialization_of_an_origin(request.origin)  # 3


@rule(FETCH + "byte-serializing-a-request-origin")
def byte_serializing_a_request_origin(request: Request) -> str:
    """Write a request's origin as the Origin header's bytes; text stands for them here."""
    return serializing_a_request_origin(request)  # 1


@rule(FETCH + "append-a-request-origin-header")
def append_a_request_origin_header(request: Request) -> list[tuple[str, str]]:
    """Append the Origin header where the request's tainting, mode or method asks for one, and give its header list."""
    assert request.origin is not None  # 1
    serialized_origin = byte_serializing_a_request_origin(request)  # 2
    if request.response_tainting == "cors" or request.mode in ("websocket", "webtransport"):  # 3
        request.header_list.append(("Origin", serialized_origin))
    elif request.method not in ("GET", "HEAD"):  # 4
        url = current_url(request)
        if request.mode != "cors":  # 4.1
            if request.referrer_policy == "no-referrer":  # 4.1.[1]
                serialized_origin = "null"
            elif request.referrer_policy in (
                "no-referrer-when-downgrade",
                "strict-origin",
                "strict-origin-when-cross-origin",
            ):  # 4.1.[2]
                if not request.origin.opaque and request.origin.scheme == "https" and url.scheme != "https":
                    serialized_origin = "null"
            elif request.referrer_policy == "same-origin":  # 4.1.[3]
                if not same_origin(request.origin, origin_of_a_url(url)):
                    serialized_origin = "null"
        request.header_list.append(("Origin", serialized_origin))  # 4.2
    return request.header_list
