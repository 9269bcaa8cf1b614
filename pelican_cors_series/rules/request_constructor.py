"""The Request constructor: what script asks for, made into a request, or the TypeError that it throws.

It takes more than 50 lines as it does in the Standard: an algorithm is one function here.
"""

# ruff: noqa: C901, PLR0911, PLR0912, PLR0915, S101, SIM102, SIM108 - a line is a step of the Standard; an algorithm is not split
from __future__ import annotations

from typing import TYPE_CHECKING

from .fetch_records import Body, Headers, Request, RequestObject
from .header_values import header_list_contains
from .headers_objects import fill, headers_append
from .leaves import parse_url
from .origins import origin_of_a_url, same_origin
from .redirects import includes_credentials
from .request_methods import cors_safelisted_method, forbidden_method, is_a_method, normalize_a_method
from .request_origin import FETCH, current_url
from .rule import ours, rule

if TYPE_CHECKING:
    from .fetch_records import Client, Mode, RequestInit


@rule(FETCH + "dom-request")
def request_constructor(
    address: str | None, object_given: RequestObject | None, init: RequestInit, client: Client
) -> RequestObject | None:
    """Make a Request of an address or of another Request; None where a TypeError is thrown."""
    given: Request | None = None  # 1
    fallback_mode: Mode | None = None  # 2
    base_url = client.api_base_url  # 3
    if address is not None:  # 5
        parsed_url = parse_url(address, base_url.href)  # 5.1
        if parsed_url is None:  # 5.2
            return None
        if includes_credentials(parsed_url):  # 5.3
            return None
        given = Request(url_list=[parsed_url], header_list=[])  # 5.4
        fallback_mode = "cors"  # 5.5
    else:
        assert object_given is not None  # 6.1
        given = object_given.request  # 6.2
    origin = client.origin  # 7
    if init.has_window:  # 10
        return None
    url = given.url_list[0]  # 12.[1]
    request = Request(url_list=[url], header_list=[])  # 12
    request.method = given.method  # 12.[2]
    request.header_list = [*given.header_list]  # 12.[3]
    request.unsafe_request = True  # 12.[4]
    request.client = client  # 12.[5]
    request.origin = given.origin  # 12.[8]
    request.referrer = given.referrer  # 12.[9]
    request.referrer_policy = given.referrer_policy  # 12.[10]
    request.mode = given.mode  # 12.[11]
    request.credentials_mode = given.credentials_mode  # 12.[12]
    request.cache_mode = given.cache_mode  # 12.[13]
    request.redirect_mode = given.redirect_mode  # 12.[14]
    request.integrity_metadata = given.integrity_metadata
    request.keepalive = given.keepalive
    request.reload_navigation = given.reload_navigation  # 12.[17]
    request.history_navigation = given.history_navigation  # 12.[18]
    request.url_list = [*given.url_list]  # 12.[19]
    request.initiator_type = "fetch"  # 12.[20]
    if not is_empty(init):  # 13
        if request.mode == "navigate":  # 13.1
            request.mode = "same-origin"
        request.reload_navigation = False  # 13.2
        request.history_navigation = False  # 13.3
        request.origin = None  # 13.4
        request.referrer = "client"  # 13.5
        request.referrer_policy = ""  # 13.6
        url = current_url(request)  # 13.7
        request.url_list = [url]  # 13.8
    if init.referrer is not None:  # 14
        referrer = init.referrer  # 14.1
        if referrer == "":  # 14.2
            request.referrer = "no-referrer"
        else:
            parsed_referrer = parse_url(referrer, base_url.href)  # 14.3.1
            if parsed_referrer is None:  # 14.3.2
                return None
            if (
                (parsed_referrer.scheme == "about" and parsed_referrer.path == "client")  # 14.3.3.a
                or not same_origin(origin_of_a_url(parsed_referrer), origin)  # 14.3.3.b
            ):  # 14.3.3
                request.referrer = "client"
            else:
                request.referrer = parsed_referrer.href  # 14.3.4
    if init.referrer_policy is not None:  # 15
        request.referrer_policy = init.referrer_policy
    mode = fallback_mode if init.mode is None else init.mode  # 16
    if mode is not None and mode == "navigate":  # 17
        return None
    if mode is not None:  # 18
        request.mode = mode
    if init.credentials is not None:  # 19
        request.credentials_mode = init.credentials
    if init.cache is not None:  # 20
        request.cache_mode = init.cache
    if request.cache_mode == "only-if-cached" and request.mode != "same-origin":  # 21
        return None
    if init.redirect is not None:  # 22
        request.redirect_mode = init.redirect
    if init.integrity is not None:
        request.integrity_metadata = init.integrity
    if init.keepalive is not None:
        request.keepalive = init.keepalive
    if init.method is not None:  # 25
        method = init.method  # 25.1
        if not is_a_method(method) or forbidden_method(method):  # 25.2
            return None
        normalized = normalize_a_method(method)  # 25.3
        request.method = normalized  # 25.4
    headers = Headers(header_list=[*request.header_list], guard="request")  # 31
    request_object = RequestObject(request, headers)  # 28
    if request.mode == "no-cors":  # 32
        if not cors_safelisted_method(request.method):  # 32.1
            return None
        headers.guard = "request-no-cors"  # 32.2
    if not is_empty(init):  # 33
        pairs = [*headers.header_list]  # 33.1
        if init.headers is not None:  # 33.2
            pairs = init.headers
        headers.header_list = []  # 33.3
        if init.headers is None:
            filled = fill(headers, pairs)  # 33.4
        else:
            filled = fill(headers, pairs)  # 33.5
        if not filled:
            return None
    input_body = None if object_given is None else object_given.request.body  # 34
    if (init.body is not None or input_body is not None) and request.method in ("GET", "HEAD"):  # 35
        return None
    init_body: Body | None = None  # 36
    if init.body is not None:  # 37
        init_body = Body(source=init.body.source)  # 37.2
        content_type = init.body.type  # 37.3
        if content_type is not None and not header_list_contains("Content-Type", headers.header_list):  # 37.4
            if not headers_append(headers, "Content-Type", content_type):
                return None
    input_or_init_body = input_body if init_body is None else init_body  # 38
    if input_or_init_body is not None and input_or_init_body.source is None:  # 39
        if init_body is not None and init.duplex is None:  # 39.1
            return None
        if request.mode not in ("same-origin", "cors"):  # 39.2
            return None
        request.use_cors_preflight = True  # 39.3
    request.body = input_or_init_body  # 42
    request.header_list = headers.header_list
    return request_object


@ours
def is_empty(init: RequestInit) -> bool:
    """Tell whether a RequestInit has no member."""
    return (
        init.method is None
        and init.headers is None
        and init.body is None
        and init.referrer is None
        and init.referrer_policy is None
        and init.mode is None
        and init.credentials is None
        and init.cache is None
        and init.redirect is None
        and init.integrity is None
        and init.keepalive is None
        and init.duplex is None
    )
