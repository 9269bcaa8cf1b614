"""The ABNF of the CORS headers and of Origin: what their values have to look like."""

from __future__ import annotations

import re

from .code_points import HTTP_TAB_OR_SPACE, is_a_token, stripped
from .leaves import ascii_lowercase
from .request_origin import FETCH
from .rule import ours, rule

# Those whose ABNF allows a single header: a second line of one is a failure.
ONE_VALUE_HEADERS = (
    "access-control-request-method",
    "access-control-allow-origin",
    "access-control-allow-credentials",
    "access-control-max-age",
    "origin",
    "location",
)


@rule(FETCH + "http-access-control-request-method")
def access_control_request_method_values(value: str) -> list[str] | None:
    """Parse Access-Control-Request-Method: a method. None is a failure, as for the headers below."""
    return [value] if is_a_token(value) else None  # 1


@rule(FETCH + "http-access-control-request-headers")
def access_control_request_headers_values(value: str) -> list[str] | None:
    """Parse Access-Control-Request-Headers: header names, one at least."""
    names = tokens_of_a_list(value)
    return None if names is None or len(names) == 0 else names  # 2


@rule(FETCH + "http-access-control-allow-origin")
def access_control_allow_origin_values(value: str) -> list[str] | None:
    """Parse Access-Control-Allow-Origin: an origin, null or *."""
    return [value] if value == "*" or is_an_origin_or_null(value) else None  # 3


@rule(FETCH + "http-access-control-allow-credentials")
def access_control_allow_credentials_values(value: str) -> list[str] | None:
    """Parse Access-Control-Allow-Credentials: true, in lower case."""
    return [value] if value == "true" else None  # 4


@rule(FETCH + "http-access-control-expose-headers")
def access_control_expose_headers_values(value: str) -> list[str] | None:
    """Parse Access-Control-Expose-Headers: header names, or none."""
    return tokens_of_a_list(value)  # 5


@rule(FETCH + "http-access-control-max-age")
def access_control_max_age_values(value: str) -> list[str] | None:
    """Parse Access-Control-Max-Age: a number of seconds, in digits of any length."""
    return [value] if re.fullmatch(r"[0-9]+", value) is not None else None  # 6


@rule(FETCH + "http-access-control-allow-methods")
def access_control_allow_methods_values(value: str) -> list[str] | None:
    """Parse Access-Control-Allow-Methods: methods, or none."""
    return tokens_of_a_list(value)  # 7


@rule(FETCH + "http-access-control-allow-headers")
def access_control_allow_headers_values(value: str) -> list[str] | None:
    """Parse Access-Control-Allow-Headers: header names, or none."""
    return tokens_of_a_list(value)  # 8


@rule(FETCH + "origin-header")
def origin_values(value: str) -> list[str] | None:
    """Parse Origin: an origin or null."""
    return [value] if is_an_origin_or_null(value) else None  # 9


@ours
def is_an_origin_or_null(value: str) -> bool:
    """Tell whether a value is null, or scheme, host and port of RFC 3986; what is in brackets is not counted."""
    return (
        value == "null"
        or re.fullmatch(
            r"[A-Za-z][A-Za-z0-9+.-]*://(?:\[(?:[0-9A-Fa-f:.]+|[Vv][0-9A-Fa-f]+\.[A-Za-z0-9._~!$&'()*+,;=:-]+)\]"
            r"|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(?::[0-9]*)?",
            value,
        )
        is not None
    )


@ours
def tokens_of_a_list(value: str) -> list[str] | None:
    """Parse a list of tokens, empty elements left out; None where an element is no token.

    https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1
    """
    elements = [stripped(element, HTTP_TAB_OR_SPACE) for element in value.split(",")]
    tokens = [element for element in elements if is_a_token(element)]
    return tokens if len(tokens) == len([element for element in elements if element != ""]) else None


@ours
def referrer_policy_values(value: str) -> list[str] | None:
    """Parse Referrer-Policy: policies, or words of letters and hyphens that may be some one day; one at least.

    https://w3c.github.io/webappsec-referrer-policy/#referrer-policy-header
    """
    tokens = tokens_of_a_list(value)
    if tokens is None or len([token for token in tokens if re.fullmatch(r"[A-Za-z-]+", token) is None]) > 0:
        return None
    return None if len(tokens) == 0 else tokens


@ours
def values_by_abnf(name: str, value: str) -> list[str] | None:  # noqa: C901, PLR0911 - one return for each header
    """Parse a header's value by the ABNF of its name, in any case; None is a failure.

    A value of any other header, Location among them, is taken as it stands: no browser holds it against its ABNF.
    """
    lowered = ascii_lowercase(name)
    if lowered == "access-control-request-method":
        return access_control_request_method_values(value)
    if lowered == "access-control-request-headers":
        return access_control_request_headers_values(value)
    if lowered == "access-control-allow-origin":
        return access_control_allow_origin_values(value)
    if lowered == "access-control-allow-credentials":
        return access_control_allow_credentials_values(value)
    if lowered == "access-control-expose-headers":
        return access_control_expose_headers_values(value)
    if lowered == "access-control-max-age":
        return access_control_max_age_values(value)
    if lowered == "access-control-allow-methods":
        return access_control_allow_methods_values(value)
    if lowered == "access-control-allow-headers":
        return access_control_allow_headers_values(value)
    if lowered == "origin":
        return origin_values(value)
    if lowered == "referrer-policy":
        return referrer_policy_values(value)
    return [value]
