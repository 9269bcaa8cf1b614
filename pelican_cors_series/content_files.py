"""Which files of a content tree Pelican reads as articles, and which as pages: the same ones, without Pelican."""

from __future__ import annotations

import fnmatch
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pelican_cors_series.settings import Settings

# As Pelican's Markdown reader has them; it tells upper from lower case.
MARKDOWN_ENDINGS = (".md", ".markdown", ".mkd", ".mdown")


def find_files(settings: Settings) -> list[Path]:
    """Return the files in which Pelican looks for articles, whatever their endings, in the order of their paths."""
    return _found(settings.article_paths, settings.article_excludes, settings)


def find_pages(settings: Settings) -> list[Path]:
    """Return the files in which Pelican looks for pages, likewise."""
    return _found(settings.page_paths, settings.page_excludes, settings)


def content_root(settings: Settings) -> Path:
    """Return the content folder as Pelican names it: absolute, with its symbolic links unresolved."""
    return Path(os.path.abspath(settings.content))  # noqa: PTH100 - resolve() would follow the links


def shown(path: Path) -> str:
    """Return a path as a person names it: from the current folder where it lies below, else whole."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _found(starts: Sequence[str], excludes: Sequence[str], settings: Settings) -> list[Path]:
    root = content_root(settings)
    # Pelican takes an excluded folder by its name in its parent: "ko/" with a slash behind it excludes nothing.
    excluded = {os.path.split(os.path.join(str(root), path)) for path in excludes}  # noqa: PTH118 - as there
    found: set[Path] = set()
    for start in starts:
        place = root / start if start else root
        found.update([place] if place.is_file() else _walk(place, excluded, settings))
    return sorted(found)


def _walk(place: Path, excluded: set[tuple[str, str]], settings: Settings) -> Iterator[Path]:
    for folder, folders, names in os.walk(place, followlinks=True):
        folders[:] = [name for name in folders if (folder, name) not in excluded and not _ignored(name, settings)]
        yield from (Path(folder, name) for name in names if not _ignored(name, settings))


def _ignored(name: str, settings: Settings) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in settings.ignore_files)
