"""Where a redirect leads: the location URL of a response, and what a change of address takes from a request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .fetch_records import Location
from .header_values import extract_header_list_values
from .leaves import ascii_lowercase, parse_url
from .lists import last
from .request_headers import cors_non_wildcard_request_header_name
from .request_origin import FETCH
from .rule import ours, rule
from .statuses import redirect_status

if TYPE_CHECKING:
    from .fetch_records import Response
    from .records import Url

# https://fetch.spec.whatwg.org/#request-body-header-name, in lower case
REQUEST_BODY_HEADER_NAMES = ("content-encoding", "content-language", "content-location", "content-type")


@rule(FETCH + "concept-response-location-url")
def location_url(response: Response, request_fragment: str | None) -> Location:
    """Give the URL that a redirect names, with the fragment of the request where it brings none of its own."""
    if not redirect_status(response.status):  # 1
        return Location(present=False, url=None)
    values = extract_header_list_values("Location", response.header_list)  # 2
    if values is None:
        return Location(present=False, url=None)
    if values.failure:
        return Location(present=True, url=None)
    url = parse_url(values.values[0], last(response.url_list).href)  # 3
    if url is not None and fragment(url) is None and request_fragment is not None:  # 4
        url = parse_url(f"{url.href}#{request_fragment}")
    return Location(present=True, url=url)  # 5


@ours
def fragment(url: Url) -> str | None:
    """Give the fragment of a URL, None where it has none."""
    parts = url.href.split("#")
    return None if len(parts) == 1 else "#".join(parts[1:])


@ours
def includes_credentials(url: Url) -> bool:
    """Tell whether a URL has a user name or a password: its serialization has an @ before the host exactly then.

    https://url.spec.whatwg.org/#include-credentials
    """
    return re.fullmatch(r"[^:/?#]*://[^/?#@]*@(?:[^/]|/)*", url.href) is not None


@ours
def without_request_body_headers(header_list: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give a header list without the headers that describe a body."""
    return [header for header in header_list if ascii_lowercase(header[0]) not in REQUEST_BODY_HEADER_NAMES]


@ours
def without_cors_non_wildcard_headers(header_list: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give a header list without the headers that no wildcard allows, Authorization."""
    return [header for header in header_list if not cors_non_wildcard_request_header_name(header[0])]
