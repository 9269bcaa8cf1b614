"""Share links: a page's address and title → links that hand them on, and need no script of anybody's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

# {url} and {title} stand percent-encoded.
TARGETS = {
    "email": "mailto:?subject={title}&body={url}",
    "x": "https://x.com/intent/post?url={url}&text={title}",
    "facebook": "https://www.facebook.com/sharer/sharer.php?u={url}",
    "linkedin": "https://www.linkedin.com/sharing/share-offsite/?url={url}",
    "mastodon": "https://share.joinmastodon.org/#text={title}%20{url}",
    "telegram": "https://t.me/share/url?url={url}&text={title}",
}
USUAL = ("email", "x", "linkedin")


@dataclass(frozen=True, slots=True)
class ShareLink:
    """Where a page can be shared: a key of TARGETS, whose name is in the words under `share`, and the address."""

    name: str
    url: str


def share_links(names: Iterable[str], url: str, title: str) -> tuple[ShareLink, ...]:
    """Return the links of these names. url: the page's whole address. title: plain text."""
    given = {"url": quote(url, safe=""), "title": quote(title, safe="")}
    return tuple(ShareLink(name, TARGETS[name].format(**given)) for name in names)
