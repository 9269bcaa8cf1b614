"""The pages of a built site, one of each kind in each language: what checks of whole pages go through."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# Pages that differ in nothing but their texts: one of them stands for all.
_ALIKE = re.compile(r"(?<=tag/)[^/]+(?=/)|(?<=category/)[^/]+(?=/)|(?<=page/)\d+")


def page_kinds(output: Path) -> list[str]:
    """Return the addresses, without a leading slash, of every page but those that only lead to another.

    What lies among the theme's files is no page: an experiment frames one of them.
    """
    kinds: dict[str, str] = {}
    for file in sorted(output.rglob("*.html")):
        name = file.relative_to(output).as_posix()
        if not name.startswith("theme/") and 'http-equiv="refresh"' not in file.read_text("utf-8"):
            kinds.setdefault(_ALIKE.sub("*", name), name)
    return [name.removesuffix("index.html") for name in kinds.values()]
