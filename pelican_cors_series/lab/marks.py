"""The mark of a run: the first segment of its addresses' paths, by which the server knows whose request it gets.

A path decides nothing in a fetch, so a mark disturbs no scenario. Being a folder, it is kept by every address that is
relative to a marked one (`next`, `?a`, `#f`, an empty one). An address that would lose it is written anew with it, at
the place in its text that changes nothing else, so that an odd spelling stays odd.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pelican_cors_series.rules.leaves import parse_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pelican_cors_series.rules.records import Url

SCHEMES = ("http", "https")


def mark_of(url: Url) -> str:
    """Give the first segment of a URL's path, which is the mark of a marked one."""
    return url.path.removeprefix("/").partition("/")[0]


def marked(address: str, base: str, mark: str, written_for: str | None = None) -> str:
    """Give an address that leads, from `base`, where `address` leads from `written_for`, with the mark in its path.

    address: as a page or a server writes it, absolute or relative. base: the absolute URL that it will be parsed with.
    written_for: the one that it was written to be parsed with, `base` itself if not given. Where it leads to no HTTP
    server, or leads to the mark already, it comes back as it is.
    """
    plain = parse_url(address, written_for or base)
    if plain is None or plain.scheme not in SCHEMES:
        return address
    if mark_of(plain) == mark:
        return address
    wanted = _with_mark(plain, mark)
    for text in _attempts(address, mark):
        found = parse_url(text, base)
        if found is not None and found.href == wanted:
            return text
    return wanted


def without_mark(text: str, mark: str) -> str:
    """Take a mark out of the addresses in a text."""
    return text.replace(f"/{mark}/", "/").replace(f"/{mark}", "/")


def _with_mark(url: Url, mark: str) -> str:
    # In the serialization of an HTTP URL the path begins at the third slash.
    path = url.href.index("/", len(url.scheme) + len("://"))
    return f"{url.href[:path]}/{mark}{url.href[path:]}"


def _attempts(address: str, mark: str) -> Iterator[str]:
    # A mark mostly goes before a slash: there it is tried first.
    places = sorted(range(len(address) + 1), key=lambda at: address[at : at + 1] != "/")
    for form in (f"/{mark}", f"{mark}/", f"/{mark}/"):
        for at in places:
            yield address[:at] + form + address[at:]
