"""The Fetch metadata headers: what a request is for, told to the server under names that no script can set."""

# ruff: noqa: S101 - a line is a step of the Standard, its assertions included
from __future__ import annotations

from typing import TYPE_CHECKING

from .headers_objects import with_header
from .origins import origin_of_a_url, same_origin, same_site_of_two_origins
from .rule import ours, rule
from .secure_contexts import is_url_potentially_trustworthy

if TYPE_CHECKING:
    from .fetch_records import Request

FETCH_METADATA = "https://w3c.github.io/webappsec-fetch-metadata/#"


@ours
def is_a_navigation_request(request: Request) -> bool:
    """Tell whether a request opens a page. https://fetch.spec.whatwg.org/#navigation-request."""
    return request.destination in ("document", "embed", "frame", "iframe", "object")


@rule(FETCH_METADATA + "sec-fetch-dest-header")
def set_the_sec_fetch_dest_header(request: Request) -> None:
    """Set Sec-Fetch-Dest to what the response is for; fetch() says empty."""
    assert is_url_potentially_trustworthy(request.url_list[0])  # 1
    header = ""  # 2
    header = "empty" if request.destination == "" else request.destination  # 3
    request.header_list = with_header(request.header_list, "Sec-Fetch-Dest", header)  # 4


@rule(FETCH_METADATA + "sec-fetch-mode-header")
def set_the_sec_fetch_mode_header(request: Request) -> None:
    """Set Sec-Fetch-Mode to the mode of a request."""
    assert is_url_potentially_trustworthy(request.url_list[0])  # 1
    header = ""  # 2
    header = request.mode  # 3
    request.header_list = with_header(request.header_list, "Sec-Fetch-Mode", header)  # 4


@rule(FETCH_METADATA + "sec-fetch-site-header")
def set_the_sec_fetch_site_header(request: Request) -> None:
    """Set Sec-Fetch-Site to how far the addresses of a request, redirects included, are from the page's origin."""
    assert is_url_potentially_trustworthy(request.url_list[0])  # 1
    assert request.origin is not None
    header = ""  # 2
    header = "same-origin"  # 3
    if is_a_navigation_request(request) and request.directly_user_initiated:  # 4
        header = "none"
    if header != "none":  # 5
        for url in request.url_list:
            if same_origin(origin_of_a_url(url), request.origin):  # 5.1
                continue
            header = "cross-site"  # 5.2
            if not same_site_of_two_origins(request.origin, origin_of_a_url(url)):  # 5.3
                break
            header = "same-site"  # 5.4
    request.header_list = with_header(request.header_list, "Sec-Fetch-Site", header)  # 6


@rule(FETCH_METADATA + "sec-fetch-user-header")
def set_the_sec_fetch_user_header(request: Request) -> None:
    """Set Sec-Fetch-User where a person's click or key opens a page.

    Step 3 says token where the header's own grammar says boolean; its true is written ?1.
    """
    assert is_url_potentially_trustworthy(request.url_list[0])  # 1
    if not is_a_navigation_request(request) or not request.user_activation:  # 2
        return
    header = False  # 3
    header = True  # 4
    request.header_list = with_header(request.header_list, "Sec-Fetch-User", "?1" if header else "?0")  # 5


@rule(FETCH_METADATA + "abstract-opdef-append-the-fetch-metadata-headers-for-a-request")
def append_the_fetch_metadata_headers(request: Request) -> None:
    """Set all four headers, to a server that is potentially trustworthy and to no other."""
    if not is_url_potentially_trustworthy(request.url_list[0]):  # 1
        return
    set_the_sec_fetch_dest_header(request)  # 2
    set_the_sec_fetch_mode_header(request)  # 3
    set_the_sec_fetch_site_header(request)  # 4
    set_the_sec_fetch_user_header(request)  # 5
