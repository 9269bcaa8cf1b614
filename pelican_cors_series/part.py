"""Part: the one record that travels from the file to the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from pelican_cors_series.problems import Place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pelican_cors_series.image_files import Version

Status = Literal["published", "draft", "hidden"]


# The folder of the site with the pictures that the build makes; all in it has a hash in its name.
PICTURES = "pictures"


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: its address within the site ("/assets/img/posts/a.jpg") or elsewhere, and whether a file is there.

    width, height: in pixels; None where nobody knows. versions: the smaller ones, each with its address.
    """

    address: str
    present: bool
    width: int | None = None
    height: int | None = None
    versions: tuple[tuple[str, Version], ...] = ()

    @property
    def srcset(self) -> str:
        """The versions and the picture itself as the attribute has them; "" where there is but one."""
        if not self.versions:
            return ""
        sizes = [*((address, version.width) for address, version in self.versions), (self.address, self.width)]
        # In a list a comma at the end of an address would end it, and white space anywhere.
        return ", ".join(f"{quote(address, safe='/:?#[]@!$&()*+;=%~')} {width}w" for address, width in sizes)


@dataclass(frozen=True, slots=True)
class Membership:
    """Which part of which series; inferred where the lng_pair says so and no key does."""

    series: str
    number: int
    inferred: bool


@dataclass(frozen=True, slots=True)
class Source:
    """A text as its author wrote it: its file, and the line in which it begins there."""

    path: str
    body: str
    line: int

    def place_of(self, address: str, nth: int = 0) -> Place:
        """Return where an address stands the nth time (from 0) as the target of a link or an image.

        Where it does not stand so often, the last of them; where it does not stand at all, the text's first line.
        """
        spellings = "|".join({re.escape(address), re.escape(escape(address))})
        found = list(re.finditer(rf"""(?<=[\s("'<=:])(?:{spellings})(?=[\s)"'>]|$)""", self.body))
        if not found:
            return Place(self.path, self.line, 1)
        start = found[min(nth, len(found) - 1)].start()
        column = start - self.body.rfind("\n", 0, start)
        return Place(self.path, self.line + self.body.count("\n", 0, start), column)


@dataclass(frozen=True, slots=True)
class Part:
    """One text in one language.

    source: the file's absolute path. path: the same as a person names it. address: the page's within the site,
    without a slash in front ("posts/2023-06-12-cors-1"). stem: the last piece of it. content, summary: HTML.
    date, modified: with their offset; a page that names no date has that of the build, and is not dated.
    widgets: the kinds of the fences in the text. places: where each key stands; "" is the file's first line.
    images: those in the text and its own, each once. text: the body as written. is_page: it stands by itself, such as
    an about page, and in no list. in_search: the site's own search finds it. has_comments: its author wants them.
    """

    source: str
    path: str
    language: str
    pair_id: str
    title: str
    author: str
    category: str | None
    tags: tuple[str, ...]
    image: Image | None
    date: datetime
    modified: datetime | None
    description: str
    summary: str
    content: str
    status: Status
    address: str
    stem: str
    membership: Membership | None
    widgets: tuple[str, ...]
    noindex: bool
    places: Mapping[str, Place]
    text: Source
    is_page: bool = False
    in_search: bool = True
    has_comments: bool = True
    images: tuple[Image, ...] = ()

    @property
    def is_dated(self) -> bool:
        """Whether its front matter says when it was published."""
        return "date" in self.places or not self.is_page

    @property
    def url(self) -> str:
        """The address as a link has it: what is no letter of a URL is percent-encoded."""
        return quote(self.address)

    @property
    def save_as(self) -> str:
        """The file that holds the page: its address is served without the ending."""
        return f"{self.address}.html"

    def place(self, key: str = "") -> Place:
        """Return where a key of the front matter stands, or the file's first line where it does not."""
        return self.places.get(key, self.places[""])
