"""The sides of steps that no scenario of one request in a browser's page comes to, by the reason why."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# reason → rule → the sides of its steps.
UNREACHED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "fetch() is called with an address here, never with a Request": {
        "request_constructor": (
            *("5 false", "6.1 true", "6.2", "12.[8] else", "12.[17] true", "12.[18] true", "13.1 true", "16 null"),
            *("18 false", "34 else"),
        ),
    },
    "a scenario always states method, mode, credentials, redirect and headers": {
        "request_constructor": ("13 false", "19 false", "22 false", "25 false", "33 false", "33.2 false"),
    },
    "headers are handed over as pairs, never as a Headers object": {"request_constructor": ("33.4 true", "33.4 false")},
    "a scenario states no window and no referrer": {
        "request_constructor": (
            *("10 true", "14 true", "14.1", "14.2 true", "14.2 false", "14.3.1 null", "14.3.1 else", "14.3.2 true"),
            *("14.3.2 false", "14.3.3 true", "14.3.3 false", "14.3.3.a true", "14.3.3.a false", "14.3.3.b true"),
            *("14.3.3.b false", "14.3.4"),
        ),
    },
    "no body is a stream: all can be sent again": {
        "request_constructor": (*("39 true", "39.1 true", "39.1 false", "39.2 true", "39.2 false", "39.3 true"),),
        "http_redirect_fetch": ("11 true",),
        "cors_preflight_fetch": ("7.4 true",),
    },
    "who asks is a document, neither a service worker nor a navigation": {
        "fetch_method": ("6 true",),
        "does_settings_prohibit_mixed_security_contexts": ("2 false",),
        "should_fetching_request_be_blocked_as_mixed_content": ("1.4 true",),
        "cross_origin_resource_policy_check": ("1 true",),
        "cross_origin_resource_policy_internal_check": ("1 true", "4.[2].b true"),
        "http_fetch": ("6.3.[3] false",),
        "http_redirect_fetch": ("21 true", "21.1 true", "21.2 false"),
    },
    "the constructor has set the request's client, origin and policies": {
        "populate_request_from_client": ("2 false", "3 false", "3.1 false", "3.2"),
        "cross_origin_embedder_policy_allows_credentials": ("3 true",),
        "main_fetch": ("3 true",),
    },
    "a page has the embedder policy unsafe-none": {
        "cross_origin_embedder_policy_allows_credentials": ("4 false", "5 true", "5 false", "6 false"),
        "cross_origin_resource_policy_check": ("5 false", "7 else"),
        "cross_origin_resource_policy_internal_check": (
            *("4.[2] true", "4.[2] false", "4.[2].a true", "4.[2].a false", "4.[2].b false", "4.[3] else"),
        ),
        "http_network_or_cache_fetch": ("8.4 true",),
    },
    "what fetch() asks for has no destination, so that no type is refused": {
        "blocked_due_to_its_mime_type": ("4 true", "4 false", "4.a true", "4.a false", "4.b true", "4.b false"),
        "blocked_due_to_nosniff": ("4 true", "5 true"),
        "main_fetch": ("20 true", "20.c true", "20.d true"),
    },
    "a request without CORS has no Range, and one with it keeps it": {"main_fetch": ("21 true",)},
    "there is no HTTP cache": {"http_network_or_cache_fetch": ("11 false", "11.5 false")},
    "the headers are those of a request that is being made": {"validate": ("2 true", "4 true")},
    "within one request the preflight cache knows what was asked with the same credentials": {
        "cache_entry_match": ("3.b false",),
    },
    "of these headers no value is extracted in a fetch": {
        "access_control_allow_credentials_values": ("4 null", "4 else"),
        "access_control_allow_origin_values": ("3 null", "3 else"),
        "access_control_request_headers_values": ("2 null", "2 else"),
        "access_control_request_method_values": ("1 null", "1 else"),
        "origin_values": ("9 null", "9 else"),
    },
    "a fetch allows no whitespace in a Range": {
        "parse_a_single_range_header_value": ("4 true", "7 true", "10 true", "13 true"),
    },
    "a scenario's page has made no blob": {
        "origin_of_a_url": ("[1].1 true",),
        "scheme_fetch": ("3.[2].1 else", "3.[2].15", "3.[2].2 false"),
    },
    "no address has the page's own opaque origin": {
        "same_origin": ("1 true",),
        "same_site_of_two_sites": ("1 true",),
        "schemelessly_same_site": ("1 true",),
    },
    "a page at file: is none that a proxy can serve": {"is_origin_potentially_trustworthy": ("6 true",)},
    "who asks has asked before": {
        "location_url": ("1 true",),
        "public_suffix_list_algorithm": ("6 null",),
        "registrable_domain": ("3 null",),
    },
}


def unreached() -> Iterator[str]:
    """Name each side, as `cors_check#2 true`."""
    for rules in UNREACHED.values():
        for name, sides in rules.items():
            yield from (f"{name}#{side}" for side in sides)
