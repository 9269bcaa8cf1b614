"""Main fetch, scheme fetch, HTTP fetch and HTTP-redirect fetch: one module, since each leads to the next in a circle.

Main fetch takes more than 50 lines as it does in the Standard: an algorithm is one function here.
"""

# ruff: noqa: C901, PLR0911, PLR0912, PLR0915, PLR2004, S101 - a line is a step of the Standard; an algorithm is not split
from __future__ import annotations

from typing import TYPE_CHECKING

from .bad_ports import should_be_blocked_due_to_a_bad_port
from .cors_check import cors_check
from .data_urls import data_url_processor, serialized
from .filtered_responses import (
    basic_filtered_response,
    cors_filtered_response,
    opaque_filtered_response,
    opaque_redirect_filtered_response,
)
from .header_values import extract_header_list_values, header_list_contains
from .mime_type_blocking import blocked_due_to_its_mime_type, blocked_due_to_nosniff
from .mixed_content import (
    should_fetching_request_be_blocked_as_mixed_content,
)
from .network_fetching import http_network_or_cache_fetch
from .origins import origin_of_a_url, same_origin
from .preflight_cache import (
    clear_cache_entries,
    header_names_need_a_preflight,
    method_needs_a_preflight,
    unexpired_cache_entries,
)
from .preflights import cors_preflight_fetch
from .redirects import (
    fragment,
    includes_credentials,
    location_url,
    without_cors_non_wildcard_headers,
    without_request_body_headers,
)
from .referrers import LOCAL_SCHEMES, set_request_s_referrer_policy_on_redirect
from .request_headers import cors_unsafe_request_header_names
from .request_methods import cors_safelisted_method
from .request_origin import FETCH, current_url, redirect_taint
from .resource_policy import cross_origin_resource_policy_check
from .responses import local_response, network_error
from .rule import rule
from .statuses import null_body_status, range_status, redirect_status

if TYPE_CHECKING:
    from .fetch_records import FetchParams, Response

HTTP_SCHEMES = ("http", "https")
MOST_REDIRECTS = 20


@rule(FETCH + "concept-main-fetch")
def main_fetch(fetch_params: FetchParams, recursive: bool) -> Response:
    """Decide whether a request needs CORS, fetch it, and show of the response what its tainting allows.

    Step 14.1.3 is read as browsers do it: names that can't be parsed expose nothing. To the letter, the failure itself
    would become the list of names.
    """
    request = fetch_params.request  # 1
    response: Response | None = None  # 2
    if request.local_urls_only and current_url(request).scheme not in LOCAL_SCHEMES:  # 3
        response = network_error()
    if should_be_blocked_due_to_a_bad_port(request) or should_fetching_request_be_blocked_as_mixed_content(
        request
    ):  # 7
        response = network_error()
    if request.referrer_policy == "" and request.policy_container is not None:  # 8
        request.referrer_policy = request.policy_container.referrer_policy
    if response is None:  # 12
        url = current_url(request)
        assert request.origin is not None
        if (
            (same_origin(origin_of_a_url(url), request.origin) and request.response_tainting == "basic")
            or url.scheme == "data"
            or request.mode in ("navigate", "websocket", "webtransport")
        ):  # 12.[2]
            request.response_tainting = "basic"  # 12.[2].1
            response = scheme_fetch(fetch_params)  # 12.[2].2
        elif request.mode == "same-origin":  # 12.[3]
            response = network_error()
        elif request.mode == "no-cors":  # 12.[4]
            if request.redirect_mode != "follow":  # 12.[4].1
                response = network_error()
            else:
                request.response_tainting = "opaque"  # 12.[4].2
                response = scheme_fetch(fetch_params)  # 12.[4].3
        elif url.scheme not in HTTP_SCHEMES:  # 12.[5]
            response = network_error()
        elif request.use_cors_preflight or (
            request.unsafe_request
            and (
                not cors_safelisted_method(request.method)
                or len(cors_unsafe_request_header_names(request.header_list)) > 0
            )
        ):  # 12.[6]
            request.response_tainting = "cors"  # 12.[6].1
            response = http_fetch(fetch_params, True)  # 12.[6].2
            if response.type == "error":  # 12.[6].3
                fetch_params.network.preflight_cache = clear_cache_entries(request, fetch_params.network)
        else:
            request.response_tainting = "cors"  # 12.[7].1
            response = http_fetch(fetch_params, False)  # 12.[7].2
    if recursive:  # 13
        return response
    if response.type != "error" and response.internal_response is None:  # 14
        if request.response_tainting == "cors":  # 14.1
            names = extract_header_list_values("Access-Control-Expose-Headers", response.header_list)  # 14.1.1
            if request.credentials_mode != "include" and names is not None and "*" in names.values:  # 14.1.2
                response.cors_exposed_header_name_list = [header[0] for header in response.header_list]
            elif names is not None and not names.failure:  # 14.1.3
                response.cors_exposed_header_name_list = names.values
        if request.response_tainting == "basic":  # 14.2.[1]
            response = basic_filtered_response(response)
        elif request.response_tainting == "cors":  # 14.2.[2]
            response = cors_filtered_response(response)
        else:
            response = opaque_filtered_response(response)  # 14.2.[3]
    internal_response = response if response.internal_response is None else response.internal_response  # 15
    if len(internal_response.url_list) == 0:  # 16
        internal_response.url_list = [*request.url_list]
    internal_response.redirect_taint = redirect_taint(request)  # 17
    if response.type != "error" and (
        blocked_due_to_its_mime_type(internal_response, request)  # 20.c
        or blocked_due_to_nosniff(internal_response, request)  # 20.d
    ):  # 20
        return network_error()
    if (
        response.type == "opaque"
        and range_status(internal_response.status)
        and internal_response.range_requested
        and not header_list_contains("Range", request.header_list)
    ):  # 21
        return network_error()
    if response.type != "error" and (
        request.method in ("HEAD", "CONNECT") or null_body_status(internal_response.status)
    ):  # 22
        internal_response.body = None
        response.body = None
    if request.integrity_metadata != "" and response.body is None:  # 23.2
        return network_error()
    return response


@rule(FETCH + "concept-scheme-fetch")
def scheme_fetch(fetch_params: FetchParams) -> Response:
    """Fetch by the scheme of the current URL: HTTP asks a server, about:, blob: and data: answer by themselves."""
    request = fetch_params.request  # 2
    url = current_url(request)
    if url.scheme == "about":  # 3.[1]
        if url.path == "blank":
            return local_response("text/html;charset=utf-8")
    elif url.scheme == "blob":  # 3.[2]
        blob_url_entry = url.blob_origin  # 3.[2].1
        if request.method != "GET" or blob_url_entry is None:  # 3.[2].2
            return network_error()
        return local_response("")  # 3.[2].15
    elif url.scheme == "data":  # 3.[3]
        data_url_type = data_url_processor(url)  # 3.[3].1
        if data_url_type is None:  # 3.[3].2
            return network_error()
        mime_type = serialized(data_url_type)  # 3.[3].3
        return local_response(mime_type)  # 3.[3].4
    elif url.scheme == "file":  # 3.[4]
        return network_error()
    elif url.scheme in HTTP_SCHEMES:
        return http_fetch(fetch_params, False)  # 3.[5]
    return network_error()  # 4


@rule(FETCH + "concept-http-fetch")
def http_fetch(fetch_params: FetchParams, make_cors_preflight: bool) -> Response:
    """Fetch over HTTP: a preflight where one is asked for, the request, the CORS check, and the redirect."""
    request = fetch_params.request  # 1
    network = fetch_params.network
    network.preflight_cache = unexpired_cache_entries(network)
    if make_cors_preflight and (
        method_needs_a_preflight(request, network)  # 4.1.a
        or header_names_need_a_preflight(request, network)  # 4.1.b
    ):  # 4.1
        preflight_response = cors_preflight_fetch(request, network)  # 4.1.1
        if preflight_response.type == "error":  # 4.1.2
            return preflight_response
    if request.redirect_mode == "follow":  # 4.2
        request.service_workers_mode = "none"
    response = http_network_or_cache_fetch(fetch_params)  # 4.3
    internal_response = response
    if request.response_tainting == "cors" and not cors_check(request, response):  # 4.4
        return network_error()
    if (
        request.response_tainting == "opaque"
        and request.origin is not None
        and request.client is not None
        and cross_origin_resource_policy_check(request.origin, request.client, internal_response, False) == "blocked"
    ):  # 5
        return network_error()
    if redirect_status(internal_response.status):  # 6
        if request.redirect_mode == "error":  # 6.3.[1]
            response = network_error()  # 6.3.[1].1
        elif request.redirect_mode == "manual":  # 6.3.[2]
            if request.mode != "navigate":
                response = opaque_redirect_filtered_response(internal_response)  # 6.3.[2].2
        elif request.redirect_mode == "follow":  # 6.3.[3]
            response = http_redirect_fetch(fetch_params, response)  # 6.3.[3].2
    return response  # 7


@rule(FETCH + "concept-http-redirect-fetch")
def http_redirect_fetch(fetch_params: FetchParams, response: Response) -> Response:
    """Follow a redirect: change the request as its status says, and fetch again."""
    request = fetch_params.request  # 1
    internal_response = response if response.internal_response is None else response.internal_response  # 2
    location = location_url(internal_response, fragment(current_url(request)))  # 3
    if not location.present:  # 4
        return response
    url = location.url
    if url is None:  # 5
        return network_error()
    if url.scheme not in HTTP_SCHEMES:  # 6
        return network_error()
    if request.redirect_count == MOST_REDIRECTS:  # 7
        return network_error()
    request.redirect_count += 1  # 8
    origin = origin_of_a_url(url)
    assert request.origin is not None
    if request.mode == "cors" and includes_credentials(url) and not same_origin(request.origin, origin):  # 9
        return network_error()
    if request.response_tainting == "cors" and includes_credentials(url):  # 10
        return network_error()
    if internal_response.status != 303 and request.body is not None and request.body.source is None:  # 11
        return network_error()
    if (
        (internal_response.status in (301, 302) and request.method == "POST")  # 12.a
        or (internal_response.status == 303 and request.method not in ("GET", "HEAD"))  # 12.b
    ):  # 12
        request.method = "GET"  # 12.1
        request.body = None
        request.header_list = without_request_body_headers(request.header_list)  # 12.2
    if not same_origin(origin_of_a_url(current_url(request)), origin):  # 13
        request.header_list = without_cors_non_wildcard_headers(request.header_list)
    request.url_list.append(url)  # 18
    set_request_s_referrer_policy_on_redirect(request, internal_response)  # 19
    recursive = True  # 20
    if request.redirect_mode == "manual":  # 21
        assert request.mode == "navigate"  # 21.1
        recursive = False  # 21.2
    return main_fetch(fetch_params, recursive)  # 22
