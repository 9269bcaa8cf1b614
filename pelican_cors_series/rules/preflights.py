"""The CORS-preflight fetch: the OPTIONS request that asks a server before a request that could surprise it.

It takes more than 50 lines as it does in the Standard: an algorithm is one function here.
"""

# ruff: noqa: C901, PLR0912 - a line is a step of the Standard; an algorithm is not split
from __future__ import annotations

from typing import TYPE_CHECKING

from .cors_check import cors_check
from .fetch_records import FetchParams, Request
from .header_values import extract_header_list_values
from .leaves import ascii_lowercase, is_larger_number
from .network_fetching import http_network_or_cache_fetch
from .preflight_cache import create_a_new_cache_entry, header_name_cache_entry_match, method_cache_entry_match
from .request_headers import cors_non_wildcard_request_header_name, cors_unsafe_request_header_names
from .request_methods import cors_safelisted_method
from .request_origin import FETCH
from .responses import network_error
from .rule import rule
from .statuses import ok_status

if TYPE_CHECKING:
    from .fetch_records import Network, Response

# Each user agent imposes a limit of its own; this is the greatest of those in use, in seconds.
LONGEST_MAX_AGE = "86400"
MAX_AGE_WITHOUT_HEADER = "5"


@rule(FETCH + "cors-preflight-fetch-0")
def cors_preflight_fetch(request: Request, network: Network) -> Response:
    """Ask the server whether it takes a request, and remember what it allows; a network error means that it doesn't."""
    preflight = Request(
        url_list=[*request.url_list],
        header_list=[],
        method="OPTIONS",
        initiator=request.initiator,
        destination=request.destination,
        origin=request.origin,
        referrer=request.referrer,
        referrer_policy=request.referrer_policy,
        mode="cors",
        response_tainting="cors",
    )  # 1
    preflight.header_list.append(("Accept", "*/*"))  # 2
    preflight.header_list.append(("Access-Control-Request-Method", request.method))  # 3
    headers = cors_unsafe_request_header_names(request.header_list)  # 4
    if len(headers) > 0:  # 5
        value = ",".join(headers)  # 5.1
        preflight.header_list.append(("Access-Control-Request-Headers", value))  # 5.2
    response = http_network_or_cache_fetch(FetchParams(preflight, network))  # 6
    if cors_check(request, response) and ok_status(response.status):  # 7
        methods = extract_header_list_values("Access-Control-Allow-Methods", response.header_list)  # 7.1
        header_names = extract_header_list_values("Access-Control-Allow-Headers", response.header_list)  # 7.2
        if (methods is not None and methods.failure) or (header_names is not None and header_names.failure):  # 7.3
            return network_error()
        allowed_methods = [] if methods is None else methods.values
        allowed_names = [] if header_names is None else header_names.values
        if methods is None and request.use_cors_preflight:  # 7.4
            allowed_methods = [request.method]
        if (
            request.method not in allowed_methods
            and not cors_safelisted_method(request.method)
            and (request.credentials_mode == "include" or "*" not in allowed_methods)
        ):  # 7.5
            return network_error()
        lowered_names = [ascii_lowercase(name) for name in allowed_names]
        unlisted_names = [
            header[0]
            for header in request.header_list
            if cors_non_wildcard_request_header_name(header[0]) and ascii_lowercase(header[0]) not in lowered_names
        ]  # 7.6
        if len(unlisted_names) > 0:
            return network_error()
        refused_names = [
            unsafe_name
            for unsafe_name in cors_unsafe_request_header_names(request.header_list)
            if ascii_lowercase(unsafe_name) not in lowered_names
            and (request.credentials_mode == "include" or "*" not in allowed_names)
        ]  # 7.7
        if len(refused_names) > 0:
            return network_error()
        max_ages = extract_header_list_values("Access-Control-Max-Age", response.header_list)  # 7.8
        seconds = MAX_AGE_WITHOUT_HEADER
        if max_ages is not None and not max_ages.failure:  # 7.9
            seconds = max_ages.values[0]
        if is_larger_number(seconds, LONGEST_MAX_AGE):  # 7.10
            seconds = LONGEST_MAX_AGE
        max_age = int(seconds)
        for method in allowed_methods:  # 7.12
            entry = method_cache_entry_match(method, request, network)
            if entry is not None:
                entry.max_age = max_age
        for method in allowed_methods:  # 7.13
            if method_cache_entry_match(method, request, network) is None:
                network.preflight_cache = create_a_new_cache_entry(request, max_age, method, None, network)
        for header_name in allowed_names:  # 7.14
            entry = header_name_cache_entry_match(header_name, request, network)
            if entry is not None:
                entry.max_age = max_age
        for header_name in allowed_names:  # 7.15
            if header_name_cache_entry_match(header_name, request, network) is None:
                network.preflight_cache = create_a_new_cache_entry(request, max_age, None, header_name, network)
        return response  # 7.16
    return network_error()  # 8
