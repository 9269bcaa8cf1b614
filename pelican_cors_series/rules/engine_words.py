"""What engines do where the reading of a step is more than an expression: the words that deviations are written in."""

# ruff: noqa: F401, S101 - some names are for the readings alone; rules say by an assertion what is given
from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .code_points import isomorphic_encode, sorted_by_byte_less_than
from .cors_check import cors_check
from .engine_preflights import (
    asked_names_need_a_preflight,
    asks_again,
    cache_mode_of_a_fetch,
    first_origin,
    head_is_not_remembered,
    is_a_preflight,
    is_asked_for_a_safelisted_method,
    is_for_the_first_origin,
    max_age_of_zero_if_below,
    max_age_of_zero_if_no_number,
    names_less_those_just_dropped,
    names_with_the_first,
    needs_a_preflight,
    passes_by_its_first_origin,
    remembering_its_preflight,
)
from .filtered_responses import opaque_redirect_filtered_response
from .header_values import HeaderListValues, get, header_list_contains, header_values_of
from .leaves import ascii_lowercase, is_larger_number, parse_url
from .lists import last
from .origins import origin_of_a_url, same_origin, same_site_of_two_origins, serialization_of_an_origin
from .request_headers import cors_unsafe_request_header_names
from .request_methods import cors_safelisted_method
from .request_origin import byte_serializing_a_request_origin, current_url, redirect_taint
from .responses import network_error
from .rule import ours
from .statuses import redirect_status

if TYPE_CHECKING:
    from .fetch_records import Network, Request, Response

LAST_ASCII = 0x7F
LARGEST_BELOW_63_BITS = "9223372036854775806"
LARGEST_OF_64_BITS = "18446744073709551615"
PROXY_AUTHENTICATION_REQUIRED = 407


@ours
def combined(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Join the values of each name, as they are sent."""
    names: list[str] = []
    for header in headers:
        if ascii_lowercase(header[0]) not in names:
            names.append(ascii_lowercase(header[0]))
    return [(name, joined_values(name, headers)) for name in names]


@ours
def joined_values(name: str, headers: list[tuple[str, str]]) -> str:
    """Give the values of a name that is there, joined."""
    value = get(name, headers)
    return "" if value is None else value


@ours
def has_gone_elsewhere(request: Request) -> bool:
    """Tell whether a redirect has led from one origin to another."""
    first = origin_of_a_url(request.url_list[0])
    return len([url for url in request.url_list if not same_origin(origin_of_a_url(url), first)]) > 0


@ours
def unless_a_proxy_asks(response: Response) -> Response:
    """Give a response, a network error for one that asks who the reader is to a proxy."""
    return network_error() if response.status == PROXY_AUTHENTICATION_REQUIRED else response


@ours
def redirect_by_hand(response: Response) -> Response:
    """Give what script sees of a redirect that it follows by hand, a network error where none could be followed."""
    location = get("Location", response.header_list)
    if location is not None and re.fullmatch(r"https?:/*", location) is not None:
        return network_error()
    return redirect_by_hand_to_one_place(response)


@ours
def redirect_by_hand_to_one_place(response: Response) -> Response:
    """Give what script sees of a redirect that it follows by hand, a network error for one to several places."""
    locations = one_location(response)
    if locations is not None and locations.failure:
        return network_error()
    return opaque_redirect_filtered_response(response)


@ours
def one_location(response: Response) -> HeaderListValues | None:
    """Give the value of Location; headers of that name that say the same count as one."""
    locations = header_values_of("Location", response.header_list)
    if len([location for location in locations if location != locations[0]]) > 0:
        return HeaderListValues(True, [])
    return None if len(locations) == 0 else HeaderListValues(False, [locations[0]])


@ours
def with_the_last_origin(request: Request, headers: list[tuple[str, str]], network: Network) -> list[tuple[str, str]]:
    """Give a header list with the Origin header that the request before a redirect had, if it went to this origin."""
    here = serialization_of_an_origin(origin_of_a_url(current_url(request)))
    if header_list_contains("Origin", headers) or len(network.wire) == 0:
        return headers
    if last(network.wire).origin is None or network.hops[last(network.wire).hop].at != here:
        return headers
    return [*headers, ("Origin", byte_serializing_a_request_origin(request))]


@ours
def with_a_length(response: Response) -> Response:
    """Give a response that has a Content-Length; what it says is left open, since no scenario holds a body's bytes."""
    response.header_list.append(("Content-Length", ""))
    return response


@ours
def is_too_large(digits: str | None) -> bool:
    """Tell whether a number is as large as 63 bits can hold, or larger: either may be a number that did not fit."""
    return digits is not None and is_larger_number(digits, LARGEST_BELOW_63_BITS)


@ours
def is_larger_than_64_bits(digits: str | None) -> bool:
    """Tell whether a number does not fit into 64 bits."""
    return digits is not None and is_larger_number(digits, LARGEST_OF_64_BITS)


@ours
def is_ascii(text: str) -> bool:
    """Tell whether a text has ASCII characters only."""
    return len([byte for byte in isomorphic_encode(text) if byte > LAST_ASCII]) == 0


@ours
def is_a_client_hint(lowered_name: str, value: str) -> bool:
    """Tell whether a header is a client hint of those that were safelisted once."""
    if lowered_name == "save-data":
        return ascii_lowercase(value) == "on"
    return lowered_name in ("device-memory", "dpr", "downlink", "ect", "rtt", "viewport-width", "width")


@ours
def joined_location(response: Response) -> HeaderListValues | None:
    """Give the value of Location, all headers of that name joined."""
    value = get("Location", response.header_list)
    return None if value is None else HeaderListValues(False, [value])


@ours
def redirect_by_hand_unless_to_ftp(response: Response) -> Response:
    """Give what script sees of a redirect that it follows by hand, a network error for one to ftp:."""
    location = get("Location", response.header_list)
    url = None if location is None else parse_url(location, last(response.url_list).href)
    if url is not None and url.scheme == "ftp":
        return network_error()
    return opaque_redirect_filtered_response(response)


@ours
def is_checked_with_credentials(request: Request, response: Response) -> bool:
    """Tell whether a response is checked as one to a request with credentials, as a redirect may be that had them."""
    assert request.origin is not None
    if request.credentials_mode == "same-origin" and len(request.url_list) > 1 and redirect_status(response.status):
        return same_origin(request.origin, origin_of_a_url(request.url_list[0]))
    return request.credentials_mode == "include"


@ours
def says_whither(response: Response) -> bool:
    """Tell whether a response does not have an empty Location."""
    return get("Location", response.header_list) != ""


@ours
def begins_with_a_place(response: Response) -> bool:
    """Tell whether the first Location of a response, if it has any, is not empty."""
    locations = header_values_of("Location", response.header_list)
    return len(locations) == 0 or locations[0] != ""


@ours
def names_its_origin_for_storage(request: Request) -> bool:
    """Tell whether a sandboxed frame asks a server of its own site for what the reader's cookies may open."""
    if request.mode != "no-cors" or request.credentials_mode != "include" or request.client is None:
        return False
    here = origin_of_a_url(request.client.api_base_url)
    return request.client.origin.opaque and same_site_of_two_origins(here, origin_of_a_url(current_url(request)))


@ours
def is_an_ip_address(host: str) -> bool:
    """Tell whether the host of a URL is an IP address."""
    return host.startswith("[") or re.fullmatch(r"[0-9]+(?:\.[0-9]+){3}", host) is not None


@ours
def is_a_localhost_name(host: str) -> bool:
    """Tell whether a host is localhost or below it."""
    return host == "localhost" or host.endswith(".localhost")
