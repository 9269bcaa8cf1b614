"""Filtered responses: what script sees of a response, and which of its headers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .fetch_records import Response
from .leaves import ascii_lowercase
from .request_origin import FETCH
from .rule import ours, rule

if TYPE_CHECKING:
    from .records import Url

# In lower case. https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
CORS_SAFELISTED_RESPONSE_HEADER_NAMES = (
    "cache-control",
    "content-language",
    "content-length",
    "content-type",
    "expires",
    "last-modified",
    "pragma",
)


@rule(FETCH + "cors-safelisted-response-header-name")
def cors_safelisted_response_header_name(name: str, exposed: list[str]) -> bool:
    """Tell whether script may read a header of a cors response; `exposed` is its CORS-exposed header-name list."""
    lowered = ascii_lowercase(name)
    if lowered in CORS_SAFELISTED_RESPONSE_HEADER_NAMES:  # 1
        return True
    return lowered in [ascii_lowercase(item) for item in exposed] and not forbidden_response_header_name(name)  # 2


@rule(FETCH + "forbidden-response-header-name")
def forbidden_response_header_name(name: str) -> bool:
    """Tell whether script may never read a header."""
    return ascii_lowercase(name) in ("set-cookie", "set-cookie2")  # 3


@rule(FETCH + "concept-filtered-response-basic")
def basic_filtered_response(response: Response) -> Response:
    """Give what script sees of a response of its own origin: all but cookies."""
    shown = [header for header in response.header_list if not forbidden_response_header_name(header[0])]  # 1
    return with_headers(response, "basic", shown)


@rule(FETCH + "concept-filtered-response-cors")
def cors_filtered_response(response: Response) -> Response:
    """Give what script sees of a cors response: the headers that are safelisted or exposed."""
    exposed = response.cors_exposed_header_name_list
    shown = [header for header in response.header_list if cors_safelisted_response_header_name(header[0], exposed)]  # 2
    return with_headers(response, "cors", shown)


@rule(FETCH + "concept-filtered-response-opaque")
def opaque_filtered_response(response: Response) -> Response:
    """Give what script sees of a no-cors response of another origin: nothing."""
    return without_headers(response, "opaque", [])  # 3


@rule(FETCH + "concept-filtered-response-opaque-redirect")
def opaque_redirect_filtered_response(response: Response) -> Response:
    """Give what script sees of a redirect that it follows by hand: its URL alone."""
    return without_headers(response, "opaqueredirect", response.url_list)  # 4


@ours
def with_headers(response: Response, kind: Literal["basic", "cors"], headers: list[tuple[str, str]]) -> Response:
    """Filter a response: another type, fewer headers, all else as it is."""
    return Response(
        url_list=response.url_list,
        header_list=headers,
        type=kind,
        status=response.status,
        body=response.body,
        internal_response=response,
        cors_exposed_header_name_list=response.cors_exposed_header_name_list,
        range_requested=response.range_requested,
        request_includes_credentials=response.request_includes_credentials,
        redirect_taint=response.redirect_taint,
    )


@ours
def without_headers(response: Response, kind: Literal["opaque", "opaqueredirect"], url_list: list[Url]) -> Response:
    """Filter a response: no status, headers or body."""
    return Response(
        url_list=url_list,
        header_list=[],
        type=kind,
        status=0,
        body=None,
        internal_response=response,
        cors_exposed_header_name_list=response.cors_exposed_header_name_list,
        range_requested=response.range_requested,
        request_includes_credentials=response.request_includes_credentials,
        redirect_taint=response.redirect_taint,
    )
