"""Images: the `:name.jpg` form, in Markdown and in HTML alike, and lazy loading where it is on."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING, cast

from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

if TYPE_CHECKING:
    from markdown import Markdown

    from pelican_cors_series.markdown_ext import PartMarkdown

# A comment is passed over as a whole, with the images in it.
_IMAGE = re.compile(
    r"<(?:!--.*?-->|img(?P<attributes>[\s/](?:[^>\"']|\"[^\"]*\"|'[^']*')*)>)", re.DOTALL | re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"(?P<name>[^\s\"'>/=]+)(?:\s*=\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?")


class ImagesExtension(Extension):
    """Runs over the finished HTML, where an image is the same whether Markdown or the author wrote its tag."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register behind raw_html (30)."""
        md.postprocessors.register(_Images(md), "images", 5)


class _Images(Postprocessor):
    def run(self, text: str) -> str:
        return _IMAGE.sub(self._image, text)

    def _image(self, tag: re.Match[str]) -> str:
        attributes = list(_ATTRIBUTE.finditer(tag["attributes"] or ""))
        # Of attributes with the same name HTML takes the first.
        named = {attribute["name"].lower(): attribute for attribute in reversed(attributes)}
        if "src" not in named or named["src"]["value"] is None:
            return tag[0]
        page = cast("PartMarkdown", self.md).page
        source = named["src"]
        written = unescape(source["value"].strip("\"'"))
        image = page.image(written)
        page.seen.append((written, image))
        before, after = source.string[: source.start("value")], source.string[source.end("value") :]
        loading = ' loading="lazy"' if page.lazy and "loading" not in named else ""
        return f'<img{loading}{before}"{escape(image.address)}"{after}>'
