"""Which origins and addresses are potentially trustworthy."""

# ruff: noqa: S101, SIM103 - a line is a step of the Standard, its assertions included
from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .origins import origin_of_a_url
from .rule import rule

if TYPE_CHECKING:
    from .records import Origin, Url

SECURE_CONTEXTS = "https://w3c.github.io/webappsec-secure-contexts/#"


@rule(SECURE_CONTEXTS + "is-origin-trustworthy")
def is_origin_potentially_trustworthy(origin: Origin) -> bool:
    """Tell whether an origin is potentially trustworthy: encrypted, or this machine."""
    if origin.opaque:  # 1
        return False
    assert not origin.opaque  # 2
    if origin.scheme in ("https", "wss"):  # 3
        return True
    if origin.host == "[::1]" or re.fullmatch(r"127(?:\.[0-9]+){3}", origin.host) is not None:  # 4
        return True
    if (
        origin.host.removesuffix(".") == "localhost"  # 5.a
        or origin.host.removesuffix(".").endswith(".localhost")  # 5.b
    ):  # 5
        return True
    if origin.scheme == "file":  # 6
        return True
    return False  # 9


@rule(SECURE_CONTEXTS + "is-url-trustworthy")
def is_url_potentially_trustworthy(url: Url) -> bool:
    """Tell whether an address is potentially trustworthy."""
    if url.scheme == "about" and url.path in ("blank", "srcdoc"):  # 1
        return True
    if url.scheme == "data":  # 2
        return True
    return is_origin_potentially_trustworthy(origin_of_a_url(url))  # 3
