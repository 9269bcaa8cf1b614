"""Mixed content: what a page that came over an encrypted connection may not fetch over one that isn't."""

# ruff: noqa: SIM103 - a line is a step of the Standard; two are not joined into one
from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .leaves import parse_url
from .lists import last
from .request_origin import current_url
from .rule import ours, rule
from .secure_contexts import is_origin_potentially_trustworthy, is_url_potentially_trustworthy

if TYPE_CHECKING:
    from .fetch_records import Client, Request, Response
    from .records import Url

MIXED_CONTENT = "https://w3c.github.io/webappsec-mixed-content/#"


@rule(MIXED_CONTENT + "categorize-settings-object")
def does_settings_prohibit_mixed_security_contexts(settings: Client) -> bool:
    """Tell whether a page, or a page around it, has an origin that is worth protecting from insecure content.

    To the letter a page at http://localhost has; no browser does it, so a scenario's browser is set to let it pass:
    https://github.com/w3c/webappsec-mixed-content/issues/73.
    """
    if is_origin_potentially_trustworthy(settings.origin):  # 1
        return True
    if settings.global_object == "Window":  # 2
        ancestor_origins = settings.ancestor_origins  # 2.1
        for origin in ancestor_origins:  # 2.2
            if is_origin_potentially_trustworthy(origin):  # 2.2.1
                return True
    return False  # 3


@ours
def prohibits_mixed_content(request: Request) -> bool:
    """Ask the page that makes a request; a request that no page makes is held to nothing."""
    return request.client is not None and does_settings_prohibit_mixed_security_contexts(request.client)


@ours
def has_mixed_content_allowed(request: Request) -> bool:
    """Tell whether the browser has been told to let mixed content through on the page that makes a request.

    https://w3c.github.io/webappsec-mixed-content/#requirements-user-controls
    """
    return request.client is not None and request.client.mixed_content_allowed


@rule(MIXED_CONTENT + "upgrade-algorithm")
def upgrade_a_mixed_content_request(request: Request) -> None:
    """Change the scheme of an image, sound or video to https where it would be mixed content; fetch() has none."""
    url = request.url_list[0]
    if (
        is_url_potentially_trustworthy(url)  # 1.1
        or is_an_ip_address(url.host)  # 1.2
        or not prohibits_mixed_content(request)  # 1.3
        or request.destination not in ("image", "audio", "video")  # 1.4
        or (request.destination == "image" and request.initiator == "imageset")  # 1.5
    ):  # 1
        return
    if url.scheme == "http":  # 2
        request.url_list = [with_the_scheme_https(url), *request.url_list[1:]]


@ours
def is_an_ip_address(host: str | None) -> bool:
    """Tell whether a serialized host is an IP address: IPv6 stands in brackets there, IPv4 is four decimals."""
    return host is not None and (host.startswith("[") or re.fullmatch(r"[0-9]+(?:\.[0-9]+){3}", host) is not None)


@ours
def with_the_scheme_https(url: Url) -> Url:
    """Give an http: URL with its scheme changed and its port, unless that was the default, kept."""
    upgraded = parse_url(f"https{url.href.removeprefix('http')}")
    assert upgraded is not None  # noqa: S101 - the rest of the URL means the same under both schemes
    return upgraded


@rule(MIXED_CONTENT + "should-block-fetch")
def should_fetching_request_be_blocked_as_mixed_content(request: Request) -> bool:
    """Tell whether a request is blocked before it goes out.

    Of the destinations only "document" has no parent: a frame's navigation bears the name of the frame's element.
    """
    if (
        not prohibits_mixed_content(request)  # 1.1
        or is_url_potentially_trustworthy(current_url(request))  # 1.2
        or has_mixed_content_allowed(request)  # 1.3
        or request.destination == "document"  # 1.4
    ):  # 1
        return False
    return True  # 2


@rule(MIXED_CONTENT + "should-block-response")
def should_response_to_request_be_blocked_as_mixed_content(response: Response, request: Request) -> bool:
    """Tell whether a response is kept from the page although its request went out, as one from a service worker."""
    if (
        not prohibits_mixed_content(request)  # 1.1
        or (len(response.url_list) > 0 and is_url_potentially_trustworthy(last(response.url_list)))  # 1.2
        or has_mixed_content_allowed(request)  # 1.3
        or request.destination == "document"  # 1.4
    ):  # 1
        return False
    return True  # 2
