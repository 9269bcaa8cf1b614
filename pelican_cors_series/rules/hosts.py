"""Hosts by themselves, outside an address."""

from __future__ import annotations

from .code_points import position_of_one
from .leaves import parse_url
from .rule import ours

# What ends a host in an address, and what the URL parser takes out of one before it looks at the host.
NEVER_IN_A_HOST = ("/", "\\", "?", "#", "@", "\t", "\n", "\r")


@ours
def parse_host(text: str) -> str | None:
    """Parse a host alone, as the URL parser does that of an https: address; None is its failure.

    https://url.spec.whatwg.org/#concept-host-parser
    """
    if position_of_one(text, 0, NEVER_IN_A_HOST) < len(text):
        return None
    in_brackets = text.startswith("[") and text.endswith("]")
    if not in_brackets and position_of_one(text, 0, (":",)) < len(text):
        return None
    url = parse_url(f"https://{text}/")
    return None if url is None else url.host
