"""Tables: each stands in a box of its own to scroll in, and the alignment of a cell is a class, not a style."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from markdown import Markdown

_ALIGN = re.compile(r"text-align: (left|center|right);")


class TablesExtension(Extension):
    """Runs over the finished tree."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register at the end."""
        md.treeprocessors.register(_Tables(md), "table_boxes", 1)


class _Tables(Treeprocessor):
    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for index, child in enumerate(parent):
                if child.tag == "table":
                    parent[index] = _boxed(child)


def _boxed(table: Element) -> Element:
    """Return the table in a box that the keyboard can scroll."""
    for cell in (*table.iter("th"), *table.iter("td")):
        match = _ALIGN.fullmatch(cell.get("style", ""))
        if match:
            del cell.attrib["style"]
            cell.set("class", f"align-{match[1]}")
    box = Element("div", {"class": "table", "tabindex": "0"})
    box.tail, table.tail = table.tail, "\n"
    box.append(table)
    return box
