"""HTTP-network-or-cache fetch, and the servers of a scenario behind it."""

# ruff: noqa: C901 - a line is a step of the Standard; an algorithm is not split
from __future__ import annotations

from .fetch_records import Body, FetchParams, Request, Response, WireEntry
from .header_values import get, header_list_contains
from .origins import origin_of_a_url, serialization_of_an_origin
from .request_origin import FETCH, append_a_request_origin_header, current_url
from .resource_policy import cross_origin_embedder_policy_allows_credentials
from .responses import network_error
from .rule import ours, rule

CONDITIONAL = ("If-Modified-Since", "If-None-Match", "If-Unmodified-Since", "If-Match", "If-Range")


@rule(FETCH + "concept-http-network-or-cache-fetch")
def http_network_or_cache_fetch(fetch_params: FetchParams) -> Response:
    """Send a request with the headers that the browser adds, and give what the server answers."""
    request = fetch_params.request  # 1
    http_fetch_params: FetchParams | None = None  # 2
    http_request: Request | None = None  # 3
    response: Response | None = None  # 4
    http_request = clone_of_a_request(request)  # 8.2.1
    http_fetch_params = FetchParams(fetch_params.request, fetch_params.network)  # 8.2.2
    http_fetch_params.request = http_request  # 8.2.3
    include_credentials = (
        request.credentials_mode == "include"  # 8.3.a
        or (request.credentials_mode == "same-origin" and request.response_tainting == "basic")  # 8.3.b
    )  # 8.3
    if not cross_origin_embedder_policy_allows_credentials(request):  # 8.4
        include_credentials = False
    http_request.header_list = append_a_request_origin_header(http_request)  # 8.12
    if http_request.cache_mode == "default" and contains_a_conditional_header(http_request):  # 8.16
        http_request.cache_mode = "no-store"
    if (
        http_request.cache_mode == "no-cache"
        and not http_request.prevent_no_cache_cache_control_modification
        and not header_list_contains("Cache-Control", http_request.header_list)
    ):  # 8.17
        http_request.header_list.append(("Cache-Control", "max-age=0"))
    if http_request.cache_mode in ("no-store", "reload"):  # 8.18
        if not header_list_contains("Pragma", http_request.header_list):  # 8.18.1
            http_request.header_list.append(("Pragma", "no-cache"))
        if not header_list_contains("Cache-Control", http_request.header_list):  # 8.18.2
            http_request.header_list.append(("Cache-Control", "no-cache"))
    if header_list_contains("Range", http_request.header_list):  # 8.19
        http_request.header_list.append(("Accept-Encoding", "identity"))
    if response is None:  # 11
        if http_request.cache_mode == "only-if-cached":  # 11.1
            return network_error()
        forward_response = http_network_fetch(http_fetch_params)  # 11.2
        if response is None:  # 11.5
            response = forward_response  # 11.5.1
    response.url_list = [*http_request.url_list]  # 12
    if header_list_contains("Range", http_request.header_list):  # 13
        response.range_requested = True
    response.request_includes_credentials = include_credentials  # 14
    return response  # 19


@ours
def contains_a_conditional_header(request: Request) -> bool:
    """Tell whether a request asks only for what has changed, or for what has not."""
    return len([name for name in CONDITIONAL if header_list_contains(name, request.header_list)]) > 0


@ours
def clone_of_a_request(request: Request) -> Request:
    """Copy a request, its lists included. https://fetch.spec.whatwg.org/#concept-request-clone."""
    return Request(
        url_list=[*request.url_list],
        header_list=[*request.header_list],
        method=request.method,
        body=request.body,
        client=request.client,
        origin=request.origin,
        policy_container=request.policy_container,
        mode=request.mode,
        credentials_mode=request.credentials_mode,
        cache_mode=request.cache_mode,
        redirect_mode=request.redirect_mode,
        redirect_count=request.redirect_count,
        response_tainting=request.response_tainting,
        referrer=request.referrer,
        referrer_policy=request.referrer_policy,
        destination=request.destination,
        initiator=request.initiator,
        initiator_type=request.initiator_type,
        service_workers_mode=request.service_workers_mode,
        integrity_metadata=request.integrity_metadata,
        keepalive=request.keepalive,
        unsafe_request=request.unsafe_request,
        use_cors_preflight=request.use_cors_preflight,
        use_url_credentials=request.use_url_credentials,
        local_urls_only=request.local_urls_only,
        prevent_no_cache_cache_control_modification=request.prevent_no_cache_cache_control_modification,
        reload_navigation=request.reload_navigation,
        history_navigation=request.history_navigation,
        timing_allow_failed=request.timing_allow_failed,
        user_activation=request.user_activation,
        directly_user_initiated=request.directly_user_initiated,
        target_ip_address_space=request.target_ip_address_space,
        top_level_navigation_initiator_origin=request.top_level_navigation_initiator_origin,
        user_reload_of=request.user_reload_of,
    )


@ours
def http_network_fetch(fetch_params: FetchParams) -> Response:
    """Let the server of the next hop answer; where another is asked, or it closes the connection, a network error.

    The preflight is the request with Access-Control-Request-Method: no script can set that header.
    """
    request = fetch_params.request
    network = fetch_params.network
    index = len(request.url_list) - 1
    if index >= len(network.hops):
        return network_error()
    hop = network.hops[index]
    if hop.at != serialization_of_an_origin(origin_of_a_url(current_url(request))):
        return network_error()
    is_preflight = header_list_contains("Access-Control-Request-Method", request.header_list)
    network.wire.append(
        WireEntry(
            hop=index,
            method=request.method,
            preflight=is_preflight,
            origin=get("Origin", request.header_list),
            asks_headers=get("Access-Control-Request-Headers", request.header_list),
        )
    )
    answer = hop.preflight if is_preflight else hop.response
    if answer is None:
        return network_error()
    return Response(url_list=[], header_list=[*answer.header_list], status=answer.status, body=Body(source=None))
