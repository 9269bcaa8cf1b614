"""Writes what a build makes of a theme: its style sheets, joined, and its fonts, cut."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from pelican_cors_series.fonts import is_cut
from pelican_cors_series.stylesheets import joined, sheet_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pelican_cors_series.fonts import FontFile


def write(theme: Path, output: Path, fonts: Mapping[str, tuple[FontFile, ...]]) -> None:
    """Write the style sheets of each language, which name its fonts, and the fonts with their licence.

    theme: its folder. output: where its static files go. fonts: language → files, none where it takes the system's.
    """
    sheets = joined(theme / "static" / "css")
    for code, files in fonts.items():
        faces = "".join(font.rule("../fonts") for font in files)
        for name, content in sheets.items():
            path = output / "css" / sheet_name(name, code)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(faces + content, encoding="utf-8")
    _write_fonts(output / "fonts", [*chain.from_iterable(fonts.values())])


def _write_fonts(folder: Path, fonts: Iterable[FontFile]) -> None:
    """Cut what is not there yet from an earlier build, and take away what is no longer used."""
    wanted = {font.name: font for font in fonts}
    for path in folder.glob("*.woff2"):
        if is_cut(path.name) and path.name not in wanted:
            path.unlink()
    for name, font in wanted.items():
        path = folder / name
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            # Under its own name it is whole, even if the build is broken off.
            path.with_suffix(".part").write_bytes(font.cut())
            path.with_suffix(".part").replace(path)
    for licence in {text for font in wanted.values() for text in font.source.parent.glob("*.txt")}:
        (folder / licence.name).write_bytes(licence.read_bytes())
