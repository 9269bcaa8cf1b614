"""Pelican's reader: hands on what the preflight parsed; ordinary Markdown goes the way it goes without the plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pelican.readers import MarkdownReader
from pelican.urlwrappers import Author, Category, Tag

from pelican_cors_series.views import escape_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pelican.readers import Readers

    from pelican_cors_series.fonts import FontFile
    from pelican_cors_series.part import Part
    from pelican_cors_series.preflight import Tree

# Where the gate leaves the tree for the reader: in the settings of its own run, since a module keeps no state.
TREE = "_CORS_SERIES_TREE"


class Handed:
    """Holds the tree in the settings. Pelican's cache pickles the settings along with each tag: there it is empty."""

    def __init__(self, tree: Tree | None = None) -> None:
        """tree: what the preflight found. The fonts that its texts need are added when they are first asked for."""
        self.tree = tree
        self.fonts: Mapping[str, tuple[FontFile, ...]] | None = None

    def __reduce__(self) -> tuple[type[Handed], tuple[()]]:
        """Return an empty one for a pickle."""
        return Handed, ()


class PartReader(MarkdownReader):  # type: ignore[misc] # Pelican has no types
    """Reads a part out of the tree, and any other Markdown file as Pelican does."""

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return the content as HTML and the metadata of the file with that absolute path."""
        handed = self.settings.get(TREE)
        tree: Tree | None = handed.tree if handed else None
        if tree and source_path in tree.unpublished:
            return "", {"status": "skip"}
        part = tree.parts.get(source_path) if tree else None
        if part is None:
            content, metadata = super().read(source_path)
            return content, metadata
        return part.content, self._metadata(part)

    def _metadata(self, part: Part) -> dict[str, Any]:
        settings = self.settings
        metadata: dict[str, Any] = {
            "part": part,
            "lng_pair": part.pair_id,
            "lang": part.language,
            "slug": part.stem,
            "title": escape_text(part.title),
            "status": part.status,
        }
        if not part.is_page:
            metadata["category"] = Category(part.category or settings["DEFAULT_CATEGORY"], settings)
            metadata["tags"] = [Tag(tag, settings) for tag in part.tags]
        if part.is_dated:
            metadata["date"] = part.date
        if part.author:
            metadata["authors"] = [Author(part.author, settings)]
        if part.modified:
            metadata["modified"] = part.modified
        if part.summary:
            metadata["summary"] = part.summary
        # A draft stands where Pelican puts drafts, not at the address that it will have.
        if part.status != "draft":
            metadata |= {"url": part.url, "save_as": part.save_as}
        return metadata


def add_reader(readers: Readers) -> None:
    """Receive readers_init: take the endings of Markdown."""
    for ending in MarkdownReader.file_extensions:
        if ending in readers.reader_classes:
            readers.reader_classes[ending] = PartReader
