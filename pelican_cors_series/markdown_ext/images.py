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

_IMAGE = re.compile(r"""(?P<before><img\b[^>]*?\bsrc=")(?P<source>[^"]*)(?P<after>"[^>]*>)""")


class ImagesExtension(Extension):
    """Runs over the finished HTML, where an image is the same whether Markdown or the author wrote its tag."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register behind raw_html (30)."""
        md.postprocessors.register(_Images(md), "images", 5)


class _Images(Postprocessor):
    def run(self, text: str) -> str:
        return _IMAGE.sub(self._image, text) if "<img" in text else text

    def _image(self, tag: re.Match[str]) -> str:
        page = cast("PartMarkdown", self.md).page
        written = unescape(tag["source"])
        image = page.image(written)
        page.seen.append((written, image))
        before = tag["before"]
        if page.lazy and "loading=" not in tag[0]:
            before = before.replace("<img", '<img loading="lazy"', 1)
        return before + escape(image.address) + tag["after"]
