"""kramdown's attribute list on a line of its own: {:data-align="center"} goes to the block before it.

kramdown gives a list that blank lines set apart to nothing. The authors of this theme always meant the block above.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.attr_list import get_attrs_and_remainder

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

_ALONE = re.compile(r"[ ]{0,3}\{:[ ]*(?P<attributes>[^}\n]*)\}[ ]*")


class BlockAttributesExtension(Extension):
    """Gives a lone attribute list to the block before it; one at the end of a block is attr_list's."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register before the paragraph, which takes what no other block wants."""
        md.parser.blockprocessors.register(_BlockAttributes(md.parser), "block_attributes", 95)


class _BlockAttributes(BlockProcessor):
    def test(self, parent: Element, block: str) -> bool:
        return len(parent) > 0 and _ALONE.fullmatch(block.partition("\n")[0]) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        first, _, rest = blocks.pop(0).partition("\n")
        match = _ALONE.fullmatch(first)
        assert match is not None  # noqa: S101 - test() has seen it
        if rest:
            blocks.insert(0, rest)
        for name, value in get_attrs_and_remainder(match["attributes"] + " }")[0]:
            if name == ".":
                value = f"{parent[-1].get('class', '')} {value}".strip()  # noqa: PLW2901 - one more class
            parent[-1].set("class" if name == "." else name, value)
