"""The CORS-preflight cache: its entries, how they are made, matched and removed."""

# ruff: noqa: SIM103 - a line is a step of the Standard
from __future__ import annotations

from typing import TYPE_CHECKING

from .fetch_records import CacheEntry
from .leaves import ascii_lowercase
from .origins import obtain_a_site, serialization_of_a_site
from .request_headers import cors_non_wildcard_request_header_name, cors_unsafe_request_header_names
from .request_methods import cors_safelisted_method
from .request_origin import FETCH, byte_serializing_a_request_origin, current_url
from .rule import ours, rule

if TYPE_CHECKING:
    from .fetch_records import Network, Request

MILLISECONDS = 1000


@ours
def network_partition_key(request: Request) -> str:
    """Give the site of the page that makes a request; it is taken to be the top-level one."""
    return "" if request.client is None else serialization_of_a_site(obtain_a_site(request.client.origin))


@rule(FETCH + "concept-cache-create-entry")
def create_a_new_cache_entry(
    request: Request, max_age: int, method: str | None, header_name: str | None, network: Network
) -> list[CacheEntry]:
    """Store that a preflight allowed a method or a header name, and give all entries."""
    entry = CacheEntry(created=network.now)  # 1
    entry.key = network_partition_key(request)  # 1.[1]
    entry.byte_serialized_origin = byte_serializing_a_request_origin(request)  # 1.[2]
    entry.url = current_url(request).href  # 1.[3]
    entry.max_age = max_age  # 1.[4]
    entry.credentials = request.credentials_mode == "include"  # 1.[5]
    entry.method = method  # 1.[6]
    entry.header_name = header_name  # 1.[7]
    network.preflight_cache.append(entry)  # 2
    return network.preflight_cache


@rule(FETCH + "cors-preflight-cache")
def unexpired_cache_entries(network: Network) -> list[CacheEntry]:
    """Give the entries that stay: those whose max-age has not passed since they were stored."""
    return [
        entry for entry in network.preflight_cache if network.now - entry.created < entry.max_age * MILLISECONDS
    ]  # 1


@rule(FETCH + "concept-cache-clear")
def clear_cache_entries(request: Request, network: Network) -> list[CacheEntry]:
    """Give the entries that stay once those for a request's key, origin and URL are removed."""
    return [entry for entry in network.preflight_cache if not is_for_key_origin_and_url(entry, request)]  # 2


@ours
def is_for_key_origin_and_url(entry: CacheEntry, request: Request) -> bool:
    """Tell whether an entry was stored for the network partition key, the origin and the URL of a request."""
    return (
        entry.key == network_partition_key(request)
        and entry.byte_serialized_origin == byte_serializing_a_request_origin(request)
        and entry.url == current_url(request).href
    )


@rule(FETCH + "concept-cache-match")
def cache_entry_match(entry: CacheEntry, request: Request) -> bool:
    """Tell whether an entry speaks for a request; one made with credentials speaks for one without them too."""
    if is_for_key_origin_and_url(entry, request) and (
        entry.credentials  # 3.a
        or (not entry.credentials and request.credentials_mode != "include")  # 3.b
    ):  # 3
        return True
    return False


@rule(FETCH + "concept-cache-match-method")
def method_cache_entry_match(method: str, request: Request, network: Network) -> CacheEntry | None:
    """Give the entry that allows a method for a request, None where there is none."""
    for entry in network.preflight_cache:
        if cache_entry_match(entry, request) and entry.method is not None and entry.method in (method, "*"):  # 4
            return entry
    return None


@rule(FETCH + "concept-cache-match-header")
def header_name_cache_entry_match(header_name: str, request: Request, network: Network) -> CacheEntry | None:
    """Give the entry that allows a header name for a request, None where there is none."""
    for entry in network.preflight_cache:
        stored = entry.header_name
        if (
            cache_entry_match(entry, request)
            and stored is not None
            and (
                ascii_lowercase(stored) == ascii_lowercase(header_name)  # 5.a
                or (stored == "*" and not cors_non_wildcard_request_header_name(header_name))  # 5.b
            )
        ):  # 5
            return entry
    return None


@ours
def method_needs_a_preflight(request: Request, network: Network) -> bool:
    """Tell whether no entry allows a method that needs one."""
    if cors_safelisted_method(request.method) and not request.use_cors_preflight:
        return False
    return method_cache_entry_match(request.method, request, network) is None


@ours
def header_names_need_a_preflight(request: Request, network: Network) -> bool:
    """Tell whether a request has a CORS-unsafe header that no entry allows."""
    names = cors_unsafe_request_header_names(request.header_list)
    return len([name for name in names if header_name_cache_entry_match(name, request, network) is None]) > 0
