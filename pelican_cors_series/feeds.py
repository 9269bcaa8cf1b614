"""The Atom feed of a language: its newest texts in full, with addresses that hold wherever it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from io import StringIO
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from feedgenerator import Atom1Feed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from pelican_cors_series.settings import Language, Settings

# A comment is passed over as a whole; so is what is code, for its tags are escaped.
_TAG = re.compile(r"<!--.*?-->|<[a-z](?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL | re.IGNORECASE)
_ADDRESS = re.compile(
    r"""(?P<before>\s(?P<name>href|src|poster|cite|srcset)\s*=\s*)(?P<quote>["'])(?P<value>.*?)(?P=quote)""",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One text in a feed. title, summary: plain text. url: its whole address. content: HTML."""

    title: str
    url: str
    summary: str
    content: str
    published: datetime
    modified: datetime
    author: str | None
    categories: tuple[str, ...]


def feed(language: Language, settings: Settings, items: Iterable[Item]) -> str:
    """Return the feed of a language, under an id of its own."""
    address = settings.whole(f"{language.prefix}feed.xml")
    atom = Atom1Feed(
        title=language.title or language.code,
        link=settings.whole(language.prefix),
        description=language.description,
        language=language.code,
        feed_url=address,
        feed_guid=address,
        author_name=language.owner or None,
    )
    for item in items:
        atom.add_item(
            title=item.title,
            link=item.url,
            unique_id=item.url,
            description=item.summary,
            content=with_whole_addresses(item.content, item.url),
            pubdate=item.published,
            updateddate=item.modified,
            author_name=item.author,
            categories=item.categories,
        )
    text = StringIO()
    atom.write(text, "utf-8")
    return text.getvalue()


def with_whole_addresses(html: str, page: str) -> str:
    """Return HTML in which every address of a link or an image is whole, seen from the page's whole address."""

    def in_tag(tag: re.Match[str]) -> str:
        is_comment = tag[0].startswith("<!")
        return tag[0] if is_comment else _ADDRESS.sub(lambda found: _whole(found, page), tag[0])

    return _TAG.sub(in_tag, html)


def _whole(found: re.Match[str], page: str) -> str:
    value = unescape(found["value"])
    if found["name"].lower() == "srcset":
        whole = ", ".join(_candidate(each, page) for each in re.split(r",\s+|,$", value.strip()) if each)
    else:
        whole = _joined(page, value)
    return f"{found['before']}{found['quote']}{escape(whole)}{found['quote']}"


def _candidate(written: str, page: str) -> str:
    """Return one candidate of a srcset, its address made whole: "a.png 2x"."""
    address, *descriptor = written.split()
    return " ".join([_joined(page, address), *descriptor])


def _joined(page: str, address: str) -> str:
    try:
        return urljoin(page, address.strip())
    except ValueError:
        # It is no address, wherever it is read.
        return address
