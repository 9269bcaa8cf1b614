"""Markdown as this blog's authors write it: text → Converted (HTML, outline, kinds of widgets, problems).

One syntax, one module: block_attributes, code, fences, headings, highlight, images, lists, outline, tables. What
of a text is none of them, for it is code, HTML or a comment, `verbatim` finds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from markdown import Markdown

from pelican_cors_series.markdown_ext import (
    block_attributes,
    code,
    fences,
    headings,
    images,
    lists,
    outline,
    tables,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pelican_cors_series.part import Image
    from pelican_cors_series.problems import Place, Problem
    from pelican_cors_series.text import Text


@dataclass(slots=True)
class Page:
    """What the syntaxes need to know of the text at hand, and what they gather from it.

    place: where the text begins in its file. image: an address as written → the image it stands for.
    lazy: whether images load lazily that the reader has to scroll to; is_below: an image stands above the text already.
    viewer: whether images open large. observed: whether each exchange has to say what engines did with it. kinds: of
    the fences met; seen: the images met, as (as written, image); markers: of the outline.
    """

    place: Place
    text: Text
    image: Callable[[str], Image]
    lazy: bool
    viewer: bool = False
    is_below: bool = False
    observed: bool = False
    kinds: set[str] = field(default_factory=set)
    seen: list[tuple[str, Image]] = field(default_factory=list)
    markers: list[outline.Marker] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Converted:
    """What a text became: the HTML of all of it, and of its outline (None where it has none)."""

    content: str
    outline: str | None


class PartMarkdown(Markdown):
    """Python-Markdown with this blog's syntaxes; one instance converts any number of texts.

    settings: Pelican's MARKDOWN; its extensions and their configuration come on top of ours.
    """

    page: Page

    def __init__(self, settings: Mapping[str, Any]) -> None:
        configs = {name: dict(config) for name, config in (settings.get("extension_configs") or {}).items()}
        hilite = {"css_class": "highlight", "guess_lang": False, "pygments_formatter": code.Formatters()}
        configs["markdown.extensions.codehilite"] = hilite | configs.get("markdown.extensions.codehilite", {})
        ours = ["markdown.extensions.extra", "markdown.extensions.codehilite", "markdown.extensions.sane_lists"]
        # The front matter has been read; `meta` would take a second one for metadata.
        theirs = [name for name in settings.get("extensions") or () if name != "markdown.extensions.meta"]
        super().__init__(
            extensions=[
                *ours,
                *[name for name in theirs if name not in ours],
                headings.HeadingsExtension(),
                fences.FencesExtension(),
                outline.OutlineExtension(),
                lists.ListsExtension(),
                block_attributes.BlockAttributesExtension(),
                tables.TablesExtension(),
                images.ImagesExtension(),
            ],
            extension_configs={name: config for name, config in configs.items() if name in {*ours, *theirs}},
            output_format="html",
        )

    def convert_part(self, body: str, page: Page) -> Converted:
        """Return a text as HTML; what is wrong with it is in page.problems afterwards."""
        self.reset()
        self.page = page
        content, summary = outline.split(self.convert(body), page)
        return Converted(content, summary)
