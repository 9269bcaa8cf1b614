"""Headings: each has an id, its author's own or one made of its words, Korean ones included."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown.extensions import Extension
from markdown.extensions.toc import slugify_unicode, unique
from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

# What Python-Markdown has put aside: an escaped character, a piece of HTML.
_PUT_ASIDE = re.compile("\x02[^\x03]*\x03")


class HeadingsExtension(Extension):
    """Gives ids as `toc` does, without the table that it builds for each text: that costs a tenth of a build."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register behind attr_list (8), whose {#id} goes first, and before an author's own `toc` (5)."""
        md.treeprocessors.register(_Ids(md), "heading_ids", 6)


class _Ids(Treeprocessor):
    def run(self, root: Element) -> None:
        headings = [element for element in root.iter() if element.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}]
        taken = {str(element.get("id")) for element in headings if element.get("id")}
        for heading in headings:
            if not heading.get("id"):
                words = _PUT_ASIDE.sub("", "".join(heading.itertext()))
                heading.set("id", unique(slugify_unicode(words, "-"), taken))
