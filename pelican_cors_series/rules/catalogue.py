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
    documents,
    embedder_policy,
    fetch_method,
    fetching,
    filtered_responses,
    header_values,
    headers_objects,
    mime_type_blocking,
    mime_types,
    network_fetching,
    origins,
    potential_cors_requests,
    preflight_cache,
    preflights,
    public_suffix,
    range_values,
    redirects,
    request_constructor,
    request_headers,
    request_methods,
    request_origin,
    resource_policy,
    responses,
    same_site_cookies,
    secure_contexts,
    statuses,
)
from .rule import Rule

# Those below a rule stand before it.
ORIGINS = (public_suffix, origins, documents)
FETCH = (
    statuses,
    abnf,
    header_values,
    mime_types,
    mime_type_blocking,
    range_values,
    request_methods,
    request_headers,
    filtered_responses,
    secure_contexts,
    embedder_policy,
    request_origin,
    resource_policy,
    cors_check,
    responses,
    bad_ports,
    data_urls,
    redirects,
    network_fetching,
    preflight_cache,
    preflights,
    fetching,
    headers_objects,
    request_constructor,
    potential_cors_requests,
    fetch_method,
)
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
        value for module in (*ORIGINS, *FETCH, *COOKIES) for value in vars(module).values() if isinstance(value, Rule)
    ]
    return {rule.name: rule for rule in found}
