"""What engines ask and remember otherwise in CORS-preflights: words of deviations, as in engine_words."""

# ruff: noqa: S101 - rules say by an assertion what is given
from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .cors_check import cors_check
from .header_values import HeaderListValues, extract_header_list_values, get, header_list_contains, header_values_of
from .leaves import is_larger_number
from .lists import last
from .network_fetching import CONDITIONAL
from .origins import origin_of_a_url, same_origin, serialization_of_an_origin
from .preflight_cache import (
    cache_entry_match,
    header_name_cache_entry_match,
    method_cache_entry_match,
    method_needs_a_preflight,
    network_partition_key,
)
from .redirects import REQUEST_BODY_HEADER_NAMES
from .request_headers import cors_non_wildcard_request_header_name, cors_unsafe_request_header_names
from .request_methods import cors_safelisted_method
from .request_origin import current_url
from .rule import ours

if TYPE_CHECKING:
    from .fetch_records import CacheEntry, FetchParams, Network, Request, Response

LEAST_OF_64_BITS = "9223372036854775808"


@ours
def remembering_its_preflight(fetch_params: FetchParams) -> Request:
    """Give a request that is redirected, which asks by a preflight from now on if it had to ask before."""
    request = fetch_params.request
    names = cors_unsafe_request_header_names(request.header_list)
    if request.redirect_count == 0:
        fetch_params.network.first_unsafe_names = names
    if len(names) > 0 or (request.response_tainting == "cors" and not cors_safelisted_method(request.method)):
        request.use_cors_preflight = True
    return request


@ours
def asks_again(request: Request, network: Network) -> bool:
    """Tell whether a method asks for a preflight: a safelisted one, where none for its address is remembered."""
    if cors_safelisted_method(request.method) and request.use_cors_preflight:
        return len([entry for entry in network.preflight_cache if cache_entry_match(entry, request)]) == 0
    return method_needs_a_preflight(request, network)


@ours
def needs_a_preflight(request: Request) -> bool:
    """Tell whether a request needs a preflight unless one is remembered."""
    names = cors_unsafe_request_header_names(request.header_list)
    return request.use_cors_preflight or not cors_safelisted_method(request.method) or len(names) > 0


@ours
def cache_mode_of_a_fetch(request: Request) -> str:
    """Give the cache mode that a request comes to: one that asks the server on a condition by itself is not stored."""
    conditions = [name for name in CONDITIONAL if header_list_contains(name, request.header_list)]
    return "no-store" if request.cache_mode == "default" and len(conditions) > 0 else request.cache_mode


@ours
def head_is_not_remembered(request: Request, network: Network) -> bool:
    """Tell whether a request is one for HEAD, which no preflight named."""
    return request.method == "HEAD" and method_cache_entry_match("HEAD", request, network) is None


@ours
def is_asked_for_a_safelisted_method(request: Request, methods: HeaderListValues | None) -> bool:
    """Tell whether a preflight that names no method was one for a safelisted method; it is remembered as allowed."""
    return methods is None and request.use_cors_preflight and cors_safelisted_method(request.method)


@ours
def names_less_those_just_dropped(request: Request, network: Network) -> list[str]:
    """Give the names to ask for: once a request is redirected, those of the first one but what this redirect drops."""
    if request.redirect_count == 0 or len(network.first_unsafe_names) == 0:
        return cors_unsafe_request_header_names(request.header_list)
    before = origin_of_a_url(request.url_list[len(request.url_list) - 2])
    elsewhere = not same_origin(origin_of_a_url(current_url(request)), before)
    without_body = last(network.wire).method != request.method
    return [
        name
        for name in network.first_unsafe_names
        if not (elsewhere and cors_non_wildcard_request_header_name(name))
        and not (without_body and name in REQUEST_BODY_HEADER_NAMES)
    ]


@ours
def asked_names_need_a_preflight(request: Request, network: Network) -> bool:
    """Tell whether one of the names to ask for is allowed by no entry of the cache."""
    names = names_less_those_just_dropped(request, network)
    return len([name for name in names if header_name_cache_entry_match(name, request, network) is None]) > 0


@ours
def first_origin(request: Request) -> str:
    """Give the page's origin, by which preflights are remembered whatever redirects come."""
    assert request.origin is not None
    return serialization_of_an_origin(request.origin)


@ours
def is_for_the_first_origin(entry: CacheEntry, request: Request) -> bool:
    """Tell whether an entry was stored for the network partition key, the page's origin and the URL of a request."""
    return (
        entry.key == network_partition_key(request)
        and entry.byte_serialized_origin == first_origin(request)
        and entry.url == current_url(request).href
    )


@ours
def max_age_of_zero_if_below(response: Response) -> HeaderListValues | None:
    """Give the value of Access-Control-Max-Age, zero for a number below zero that fits into 64 bits."""
    value = get("Access-Control-Max-Age", response.header_list)
    if value is not None and re.fullmatch(r"-[0-9]+", value) is not None:
        return HeaderListValues(is_larger_number(value[1:], LEAST_OF_64_BITS), ["0"])
    return extract_header_list_values("Access-Control-Max-Age", response.header_list)


@ours
def max_age_of_zero_if_no_number(response: Response) -> HeaderListValues | None:
    """Give the value of Access-Control-Max-Age, zero for one that is no number; an empty one is as good as none."""
    values = [value for value in header_values_of("Access-Control-Max-Age", response.header_list) if value != ""]
    if len(values) == 0:
        return None
    if len(values) > 1 or re.fullmatch(r"[0-9]+", values[0]) is None:
        return HeaderListValues(False, ["0"])
    return HeaderListValues(False, values)


@ours
def is_a_preflight(request: Request) -> bool:
    """Tell whether a request is a CORS-preflight request: no script can set this header."""
    return header_list_contains("Access-Control-Request-Method", request.header_list)


@ours
def names_with_the_first(request: Request, network: Network) -> list[str]:
    """Give the names to ask for: once a request is redirected, those of the first request."""
    if request.redirect_count == 0:
        return cors_unsafe_request_header_names(request.header_list)
    return network.first_unsafe_names


@ours
def passes_by_its_first_origin(request: Request, preflight: Request, response: Response) -> bool:
    """Check the answer to a preflight by the page's origin, whatever redirects came before; the page's own passes."""
    assert request.origin is not None
    if same_origin(request.origin, origin_of_a_url(current_url(request))):
        return True
    preflight.credentials_mode = request.credentials_mode
    return cors_check(preflight, response)
