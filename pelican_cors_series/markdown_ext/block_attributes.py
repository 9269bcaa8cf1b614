"""kramdown's attribute list on a line of its own: {:data-align="center"} goes to the block before it.

kramdown gives a list that blank lines set apart to nothing. The authors of this theme always meant the block above.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.attr_list import get_attrs_and_remainder
from markdown.util import HTML_PLACEHOLDER_RE

if TYPE_CHECKING:
    from markdown import Markdown

_ALONE = re.compile(r"[ ]{0,3}\{:[ ]*(?P<attributes>[^}\n]*)\}[ ]*")


class BlockAttributesExtension(Extension):
    """Gives a lone attribute list to the block before it; one at the end of a block is attr_list's."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register before the paragraph, which takes what no other block wants."""
        md.parser.blockprocessors.register(_BlockAttributes(md.parser), "block_attributes", 95)


class _BlockAttributes(BlockProcessor):
    def test(self, parent: Element, block: str) -> bool:
        return _ALONE.fullmatch(block.partition("\n")[0]) is not None and self._before(parent) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        first, _, rest = blocks.pop(0).partition("\n")
        match, before = _ALONE.fullmatch(first), self._before(parent)
        assert match is not None  # noqa: S101 - test() has seen it
        assert before is not None  # noqa: S101 - likewise
        if rest:
            blocks.insert(0, rest)
        element = parent[before]
        if self._html(element) is not None:
            element = parent[before] = _boxed(element)
        for name, value in get_attrs_and_remainder(match["attributes"] + " }")[0]:
            if name == ".":
                element.set("class", f"{element.get('class', '')} {value}".strip())
            elif value is not None:
                # A word alone is the name of a list that kramdown keeps elsewhere, such as {:toc}.
                element.set(name, value)

    def _before(self, parent: Element) -> int | None:
        """Return which child is the block before, a comment being none."""
        blocks = (index for index in reversed(range(len(parent))) if not _is_comment(self._html(parent[index])))
        return next(blocks, None)

    def _html(self, element: Element) -> str | None:
        """Return the HTML that was put aside in favour of this paragraph, None where it is no such paragraph."""
        match = HTML_PLACEHOLDER_RE.fullmatch((element.text or "").strip()) if element.tag == "p" else None
        html = self.parser.md.htmlStash.rawHtmlBlocks[int(match[1])] if match and not len(element) else None
        return html if isinstance(html, str) else None


def _is_comment(html: str | None) -> bool:
    return html is not None and html.lstrip().startswith("<!--")


def _boxed(paragraph: Element) -> Element:
    """Return the paragraph in a box: it gives way to the HTML that it stands for, and its attributes would too."""
    box = Element("div")
    box.append(paragraph)
    return box
