"""Images: the `:name.jpg` form, in Markdown and in HTML alike; their size, small versions, and a way to open large.

An image that opens large stands in a link to itself, so that it opens without script too.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING, cast

from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown import Markdown

    from pelican_cors_series.markdown_ext import PartMarkdown
    from pelican_cors_series.part import Image

# A comment is passed over as a whole, with the images in it; of links it matters whether one is open.
_IMAGE = re.compile(
    r"<(?:!--.*?-->|(?P<link>/?a)(?=[\s>])|img(?P<attributes>[\s/](?:[^>\"']|\"[^\"]*\"|'[^']*')*)>)",
    re.DOTALL | re.IGNORECASE,
)
# As wide as the column of a text, or the screen without its margins; as base.css has them.
SIZES = "(min-width: 46em) 43em, calc(100vw - 2.5em)"
# What keeps an attribute away: one that the author has written, of the same name or of one that it belongs to.
_RIVALS = {
    "loading": {"loading"},
    "width": {"width", "height"},
    "height": {"width", "height"},
    "srcset": {"srcset", "sizes"},
    "sizes": {"srcset", "sizes"},
}
_ATTRIBUTE = re.compile(r"(?P<name>[^\s\"'>/=]+)(?:\s*=\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?")


class ImagesExtension(Extension):
    """Runs over the finished HTML, where an image is the same whether Markdown or the author wrote its tag."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register behind raw_html (30)."""
        md.postprocessors.register(_Images(md), "images", 5)


class _Images(Postprocessor):
    def run(self, text: str) -> str:
        self._in_link = False
        return _IMAGE.sub(self._image, text)

    def _image(self, tag: re.Match[str]) -> str:
        if tag["link"]:
            self._in_link = tag["link"].lower() == "a"
        attributes = list(_ATTRIBUTE.finditer(tag["attributes"] or ""))
        # Of attributes with the same name HTML takes the first.
        named = {attribute["name"].lower(): attribute for attribute in reversed(attributes)}
        if "src" not in named or named["src"]["value"] is None:
            return tag[0]
        page = cast("PartMarkdown", self.md).page
        source = named["src"]
        written = unescape(source["value"].strip("\"'"))
        image = page.image(written)
        # What comes first is in view, or nearly so.
        is_below = page.is_below or bool(page.seen)
        page.seen.append((written, image))
        before, after = source.string[: source.start("value")], source.string[source.end("value") :]
        added = _added(image, lazy=page.lazy and is_below)
        more = "".join(
            f' {name}="{escape(value)}"' for name, value in added.items() if not named.keys() & _RIVALS[name]
        )
        made = f'<img{more}{before}"{escape(image.address)}"{after}>'
        return self._opening(made, image, named) if page.viewer and image.present and not self._in_link else made

    def _opening(self, made: str, image: Image, named: Mapping[str, re.Match[str]]) -> str:
        """Return an image in a link to itself. One without words has the link's own."""
        words = named["alt"]["value"] if "alt" in named else None
        label = "" if (words or "").strip("\"' ") else f' aria-label="{escape(self._text("image.open"))}"'
        return f'<a class="image-link" href="{escape(image.address)}"{label}>{made}</a>'

    def _text(self, key: str) -> str:
        return cast("PartMarkdown", self.md).page.text(key)


def _added(image: Image, *, lazy: bool) -> dict[str, str]:
    """Return the attributes that an image gets: name → value."""
    added = {"loading": "lazy"} if lazy else {}
    if image.width and image.height:
        added |= {"width": str(image.width), "height": str(image.height)}
    if image.srcset:
        added |= {"srcset": image.srcset, "sizes": SIZES}
    return added
