"""Headers objects: what script may set, append and delete behind a guard."""

# ruff: noqa: SIM103, SIM108 - a line is a step of the Standard; two are not joined into one
from __future__ import annotations

from typing import TYPE_CHECKING

from .filtered_responses import forbidden_response_header_name
from .header_values import get, header_list_contains
from .leaves import ascii_lowercase, is_a_byte_string
from .request_headers import (
    forbidden_request_header,
    is_a_header_name,
    is_a_header_value,
    no_cors_safelisted_request_header,
    no_cors_safelisted_request_header_name,
    normalize_a_header_value,
    privileged_no_cors_request_header_name,
)
from .request_origin import FETCH
from .rule import ours, rule

if TYPE_CHECKING:
    from .fetch_records import Headers

# https://fetch.spec.whatwg.org/#privileged-no-cors-request-header-name
PRIVILEGED_NO_CORS_REQUEST_HEADER_NAMES = ("Range",)


@rule(FETCH + "headers-validate")
def validate(name: str, value: str, headers: Headers) -> bool | None:
    """Tell whether a header may be changed; False leaves it silently as it is, None throws a TypeError."""
    if not is_a_header_name(name) or not is_a_header_value(value):  # 1
        return None
    if headers.guard == "immutable":  # 2
        return None
    if headers.guard == "request" and forbidden_request_header(name, value):  # 3
        return False
    if headers.guard == "response" and forbidden_response_header_name(name):  # 4
        return False
    return True  # 5


@rule(FETCH + "concept-headers-append")
def headers_append(headers: Headers, name: str, value: str) -> bool:
    """Append a header as far as the guard lets it; False where a TypeError is thrown."""
    normalized = normalize_a_header_value(value)  # 1
    valid = validate(name, normalized, headers)
    if valid is None or not valid:  # 2
        return valid is not None
    if headers.guard == "request-no-cors":  # 3
        temporary_value = get(name, headers.header_list)  # 3.1
        if temporary_value is None:  # 3.2
            temporary_value = normalized
        else:
            temporary_value = f"{temporary_value}, {normalized}"  # 3.3
        if not no_cors_safelisted_request_header(name, temporary_value):  # 3.4
            return True
    headers.header_list.append((name, normalized))  # 4
    if headers.guard == "request-no-cors":  # 5
        headers.header_list = remove_privileged_no_cors_request_headers(headers)
    return True


@rule(FETCH + "headers-set-name-value")
def headers_set(headers: Headers, name: str, value: str) -> bool:
    """Set a header as far as the guard lets it; False where a TypeError is thrown."""
    normalized = normalize_a_header_value(value)  # 1
    valid = validate(name, normalized, headers)
    if valid is None or not valid:  # 2
        return valid is not None
    if headers.guard == "request-no-cors" and not no_cors_safelisted_request_header(name, normalized):  # 3
        return True
    headers.header_list = with_header(headers.header_list, name, normalized)  # 4
    if headers.guard == "request-no-cors":  # 5
        headers.header_list = remove_privileged_no_cors_request_headers(headers)
    return True


@rule(FETCH + "headers-delete-name")
def headers_delete(headers: Headers, name: str) -> bool:
    """Delete the headers of a name as far as the guard lets it; False where a TypeError is thrown."""
    valid = validate(name, "", headers)
    if valid is None or not valid:  # 1
        return valid is not None
    if (
        headers.guard == "request-no-cors"
        and not no_cors_safelisted_request_header_name(name)
        and not privileged_no_cors_request_header_name(name)
    ):  # 2
        return True
    if not header_list_contains(name, headers.header_list):  # 3
        return True
    headers.header_list = without_header(headers.header_list, name)  # 4
    if headers.guard == "request-no-cors":  # 5
        headers.header_list = remove_privileged_no_cors_request_headers(headers)
    return True


@rule(FETCH + "concept-headers-remove-privileged-no-cors-request-headers")
def remove_privileged_no_cors_request_headers(headers: Headers) -> list[tuple[str, str]]:
    """Give the header list that is left once script has changed it: without Range."""
    header_list = headers.header_list
    for header_name in PRIVILEGED_NO_CORS_REQUEST_HEADER_NAMES:  # 1
        header_list = without_header(header_list, header_name)  # 1.1
    return header_list


@ours
def fill(headers: Headers, pairs: list[tuple[str, str]]) -> bool:
    """Append each pair of name and value; False where a TypeError is thrown.

    Web IDL throws for what is no ByteString before the Standard sees it. https://fetch.spec.whatwg.org/#concept-headers-fill
    """
    for name, value in pairs:
        if not is_a_byte_string(name) or not is_a_byte_string(value):
            return False
        if not headers_append(headers, name, value):
            return False
    return True


@ours
def with_header(header_list: list[tuple[str, str]], name: str, value: str) -> list[tuple[str, str]]:
    """Set a header: its first line gets the value, the others go; without one it is appended.

    https://fetch.spec.whatwg.org/#concept-header-list-set
    """
    if not header_list_contains(name, header_list):
        return [*header_list, (name, value)]
    changed: list[tuple[str, str]] = []
    is_set = False
    for header in header_list:
        if ascii_lowercase(header[0]) != ascii_lowercase(name):
            changed.append(header)
        elif not is_set:
            changed.append((header[0], value))
            is_set = True
    return changed


@ours
def without_header(header_list: list[tuple[str, str]], name: str) -> list[tuple[str, str]]:
    """Delete the headers of a name. https://fetch.spec.whatwg.org/#concept-header-list-delete."""
    return [header for header in header_list if ascii_lowercase(header[0]) != ascii_lowercase(name)]
