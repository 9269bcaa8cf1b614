"""Request methods: which are methods at all, forbidden, safelisted, and how they are normalized."""

from __future__ import annotations

from .code_points import is_a_token
from .leaves import ascii_lowercase
from .request_origin import FETCH
from .rule import ours, rule

NORMALIZED_METHODS = ("DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT")


@ours
def is_a_method(text: str) -> bool:
    """Tell whether a text is a method, a token of HTTP. https://fetch.spec.whatwg.org/#concept-method."""
    return is_a_token(text)


@rule(FETCH + "cors-safelisted-method")
def cors_safelisted_method(method: str) -> bool:
    """Tell whether a method needs no preflight."""
    return method in ("GET", "HEAD", "POST")  # 1


@rule(FETCH + "forbidden-method")
def forbidden_method(method: str) -> bool:
    """Tell whether no page may use a method, in any case of its letters."""
    return ascii_lowercase(method) in ("connect", "trace", "track")  # 2


@rule(FETCH + "concept-method-normalize")
def normalize_a_method(method: str) -> str:
    """Write six methods in capitals and leave any other, patch among them, as it is."""
    lowered = ascii_lowercase(method)
    matches = [known for known in NORMALIZED_METHODS if ascii_lowercase(known) == lowered]
    return matches[0] if len(matches) > 0 else method  # 3
