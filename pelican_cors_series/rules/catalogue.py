"""Every rule of the package by name."""

from __future__ import annotations

from . import (
    abnf,
    bad_ports,
    cookie_dates,
    cookie_headers,
    cookie_matching,
    cookie_parsing,
    cookie_retrieval,
    cookie_storage,
    cors_check,
    data_urls,
    document_domain,
    documents,
    embedder_policy,
    fetch_metadata,
    fetch_method,
    fetching,
    filtered_responses,
    header_values,
    headers_objects,
    hosts,
    ip_addresses,
    local_network_access,
    messages,
    mime_type_blocking,
    mime_types,
    mixed_content,
    network_fetching,
    opaque_response_blocking,
    opener_policy,
    origins,
    potential_cors_requests,
    preflight_cache,
    preflights,
    public_suffix,
    range_values,
    redirects,
    referrers,
    request_constructor,
    request_headers,
    request_methods,
    request_origin,
    resource_policy,
    responses,
    same_site_cookies,
    secure_contexts,
    statuses,
    timing,
)
from .rule import Rule

# Those below a rule stand before it.
ORIGINS = (public_suffix, origins, documents, hosts, document_domain, messages, opener_policy)
FETCH = (
    statuses,
    abnf,
    header_values,
    mime_types,
    mime_type_blocking,
    opaque_response_blocking,
    range_values,
    request_methods,
    request_headers,
    filtered_responses,
    secure_contexts,
    embedder_policy,
    request_origin,
    timing,
    mixed_content,
    resource_policy,
    cors_check,
    responses,
    bad_ports,
    data_urls,
    redirects,
    referrers,
    headers_objects,
    fetch_metadata,
    network_fetching,
    preflight_cache,
    preflights,
    fetching,
    request_constructor,
    potential_cors_requests,
    fetch_method,
)
# No fetch calls them yet: they are of a draft, and need the addresses that names resolve to.
LOCAL_NETWORK = (ip_addresses, local_network_access)
COOKIES = (
    cookie_dates,
    cookie_matching,
    cookie_parsing,
    cookie_storage,
    cookie_retrieval,
    same_site_cookies,
    cookie_headers,
)


def all_rules() -> dict[str, Rule[..., object]]:
    """Gather the rules from the modules that hold them, in the order in which they are written."""
    found = [
        value
        for module in (*ORIGINS, *FETCH, *LOCAL_NETWORK, *COOKIES)
        for value in vars(module).values()
        if isinstance(value, Rule)
    ]
    return {rule.name: rule for rule in found}
