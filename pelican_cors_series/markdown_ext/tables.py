"""Tables: the alignment of a cell is a class, since the pages' policy allows no style attribute."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

_ALIGN = re.compile(r"text-align: (left|center|right);")


class TablesExtension(Extension):
    """Runs over the finished tree."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register at the end."""
        md.treeprocessors.register(_Alignment(md), "table_alignment", 1)


class _Alignment(Treeprocessor):
    def run(self, root: Element) -> None:
        for table in root.iter("table"):
            for cell in (*table.iter("th"), *table.iter("td")):
                match = _ALIGN.fullmatch(cell.get("style", ""))
                if match:
                    del cell.attrib["style"]
                    cell.set("class", f"align-{match[1]}")
