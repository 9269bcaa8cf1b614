"""Request headers: which names and values exist, which are forbidden, and which need no preflight."""

# ruff: noqa: C901, PIE810, PLR0911, PLR0912, PLR1714, PLR2004 - a line is a step of the Standard; two are not joined into one
from __future__ import annotations

import re

from .code_points import (
    HTTP_TAB_OR_SPACE,
    HTTP_WHITESPACE,
    is_a_token,
    isomorphic_encode,
    sorted_by_byte_less_than,
    stripped,
)
from .header_values import get_decode_and_split_value
from .leaves import ascii_lowercase
from .mime_types import mime_type_essence, parse_a_mime_type
from .range_values import parse_a_single_range_header_value
from .request_methods import forbidden_method
from .request_origin import FETCH
from .rule import ours, rule

# What a value of the Accept header may not have, besides controls: quotes, brackets and the like, and delete.
UNSAFE_BYTES = (0x22, 0x28, 0x29, 0x3A, 0x3C, 0x3E, 0x3F, 0x40, 0x5B, 0x5C, 0x5D, 0x7B, 0x7D, 0x7F)
# Lengths in bytes.
MOST_OF_A_SAFELISTED_VALUE = 128
MOST_OF_ALL_SAFELISTED_VALUES = 1024


@rule(FETCH + "concept-header-value-normalize")
def normalize_a_header_value(value: str) -> str:
    """Remove HTTP whitespace from both ends of a header value."""
    return stripped(value, HTTP_WHITESPACE)  # 4


@rule(FETCH + "header-name")
def is_a_header_name(name: str) -> bool:
    """Tell whether a text is a header name, a token of HTTP."""
    return is_a_token(name)  # 5


@rule(FETCH + "header-value")
def is_a_header_value(value: str) -> bool:
    """Tell whether a text is a header value: no tab or space at its ends, and no NUL, LF or CR."""
    refused = [byte for byte in isomorphic_encode(value) if byte in (0x00, 0x0A, 0x0D)]
    return stripped(value, HTTP_TAB_OR_SPACE) == value and len(refused) == 0  # 6


@rule(FETCH + "cors-non-wildcard-request-header-name")
def cors_non_wildcard_request_header_name(name: str) -> bool:
    """Tell whether * in Access-Control-Allow-Headers leaves a name out."""
    return ascii_lowercase(name) == "authorization"  # 7


@rule(FETCH + "privileged-no-cors-request-header-name")
def privileged_no_cors_request_header_name(name: str) -> bool:
    """Tell whether the browser may set a header on a no-cors request that script may not."""
    return ascii_lowercase(name) == "range"  # 8


@ours
def no_cors_safelisted_request_header_name(name: str) -> bool:
    """Tell whether script may set a header on a no-cors request, if its value is safelisted too.

    https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header-name
    """
    return ascii_lowercase(name) in ("accept", "accept-language", "content-language", "content-type")


@rule(FETCH + "forbidden-request-header")
def forbidden_request_header(name: str, value: str) -> bool:
    """Tell whether a header is the browser's own, so that script can't set it."""
    lowered = ascii_lowercase(name)
    if (
        lowered == "accept-charset"  # 1.a
        or lowered == "accept-encoding"  # 1.b
        or lowered == "access-control-request-headers"  # 1.c
        or lowered == "access-control-request-method"  # 1.d
        or lowered == "connection"  # 1.e
        or lowered == "content-length"  # 1.f
        or lowered == "cookie"  # 1.g
        or lowered == "cookie2"  # 1.h
        or lowered == "date"  # 1.i
        or lowered == "dnt"  # 1.j
        or lowered == "expect"  # 1.k
        or lowered == "host"  # 1.l
        or lowered == "keep-alive"  # 1.m
        or lowered == "origin"  # 1.n
        or lowered == "referer"  # 1.o
        or lowered == "set-cookie"  # 1.p
        or lowered == "te"  # 1.q
        or lowered == "trailer"  # 1.r
        or lowered == "transfer-encoding"  # 1.s
        or lowered == "upgrade"  # 1.t
        or lowered == "via"  # 1.u
    ):  # 1
        return True
    if lowered.startswith("proxy-") or lowered.startswith("sec-"):  # 2
        return True
    if (
        lowered == "x-http-method"  # 3.a
        or lowered == "x-http-method-override"  # 3.b
        or lowered == "x-method-override"  # 3.c
    ):  # 3
        parsed_values = get_decode_and_split_value(value)  # 3.1
        forbidden = [method for method in parsed_values if forbidden_method(method)]
        if len(forbidden) > 0:  # 3.2
            return True
    return False  # 4


@rule(FETCH + "cors-unsafe-request-header-byte")
def cors_unsafe_request_header_byte(value: str) -> bool:
    """Tell whether a value contains a CORS-unsafe request-header byte: one call for all bytes of a value."""
    found = isomorphic_encode(value)
    return (
        len([byte for byte in found if byte < 0x20 and byte != 0x09]) > 0  # a
        or len([byte for byte in found if byte in UNSAFE_BYTES]) > 0  # b
    )


@rule(FETCH + "cors-safelisted-request-header")
def cors_safelisted_request_header(name: str, value: str) -> bool:
    """Tell whether a header needs no preflight."""
    if len(value) > MOST_OF_A_SAFELISTED_VALUE:  # 1
        return False
    lowered = ascii_lowercase(name)  # 2
    if lowered == "accept":
        if cors_unsafe_request_header_byte(value):  # 2.[1]
            return False
    elif lowered in ("accept-language", "content-language"):
        if re.fullmatch(r"[0-9A-Za-z *,.;=-]*", value) is None:  # 2.[2]
            return False
    elif lowered == "content-type":  # 2.[3]
        if cors_unsafe_request_header_byte(value):  # 2.[3].1
            return False
        mime_type = parse_a_mime_type(value)  # 2.[3].2
        if mime_type is None:  # 2.[3].3
            return False
        if mime_type_essence(mime_type) not in (
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "text/plain",
        ):  # 2.[3].4
            return False
    elif lowered == "range":  # 2.[4]
        range_value = parse_a_single_range_header_value(value, False)  # 2.[4].1
        if range_value is None:  # 2.[4].2
            return False
        if range_value.start is None:  # 2.[4].3
            return False
    else:
        return False  # 2.[5]
    return True  # 3


@rule(FETCH + "no-cors-safelisted-request-header")
def no_cors_safelisted_request_header(name: str, value: str) -> bool:
    """Tell whether script may set a header on a no-cors request."""
    if not no_cors_safelisted_request_header_name(name):  # 1
        return False
    return cors_safelisted_request_header(name, value)  # 2


@rule(FETCH + "cors-unsafe-request-header-names")
def cors_unsafe_request_header_names(headers: list[tuple[str, str]]) -> list[str]:
    """Give the names for which a preflight has to ask, in lower case, sorted, each once."""
    unsafe_names: list[str] = []  # 1
    potentially_unsafe_names: list[str] = []  # 2
    safelist_value_size = 0  # 3
    for name, value in headers:  # 4
        if not cors_safelisted_request_header(name, value):  # 4.1
            unsafe_names.append(name)
        else:
            potentially_unsafe_names.append(name)  # 4.2
            safelist_value_size += len(value)
    if safelist_value_size > MOST_OF_ALL_SAFELISTED_VALUES:  # 5
        unsafe_names = [*unsafe_names, *potentially_unsafe_names]
    return convert_header_names_to_a_sorted_lowercase_set(unsafe_names)  # 6


@rule(FETCH + "convert-header-names-to-a-sorted-lowercase-set")
def convert_header_names_to_a_sorted_lowercase_set(header_names: list[str]) -> list[str]:
    """Write header names in lower case, sorted, each once."""
    header_names_set: list[str] = []  # 1
    for name in header_names:  # 2
        if ascii_lowercase(name) not in header_names_set:
            header_names_set.append(ascii_lowercase(name))
    return sorted_by_byte_less_than(header_names_set)  # 3
