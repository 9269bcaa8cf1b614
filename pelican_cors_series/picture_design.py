"""The design of the pictures that the build draws: the colours and the fonts of the theme."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# From here on a font is for what is set bold.
_BOLD = 600
# What base.css has for these on paper, should a theme write them in another way.
_USUAL = {"paper": "#fbfaf6", "ink": "#1e222a", "ink-soft": "#575c67", "accent": "#2b419f", "odd": "#b0481a"}
_COLOUR = re.compile(r"--(?P<name>[\w-]+)\s*:\s*(?:light-dark\(\s*)?(?P<colour>#[0-9a-fA-F]{6})\b")


@dataclass(frozen=True, slots=True)
class Design:
    """Colours by the names of the theme's custom properties; a font for text and one for what is bold.

    digest: of all of it. What was drawn by another design is another picture.
    """

    colours: tuple[tuple[str, str], ...]
    text: Path
    bold: Path
    digest: str

    def colour(self, name: str) -> str:
        """Return a colour by its custom property's name without the dashes: "ink-soft" → "#575c67"."""
        return dict(self.colours)[name]


def find_design(theme: Path, language: str) -> Design | None:
    """Return the design of a theme for a language; None where it brings no font to draw with.

    theme: its folder. A language without fonts of its own, fonts/CODE/FAMILY-WEIGHT.ttf, is drawn with those of the
    first that has some.
    """
    folders = [theme / "fonts" / language, *sorted(theme.glob("fonts/*/"))]
    fonts = next((found for folder in folders if (found := sorted(folder.glob("*.ttf")))), None)
    if not fonts:
        return None
    bold = next((font for font in fonts if _weight(font) >= _BOLD), fonts[-1])
    style = theme / "static" / "css" / "base.css"
    colours = tuple(_colours(style.read_text(encoding="utf-8") if style.is_file() else "").items())
    return Design(colours, fonts[0], bold, _digest(fonts[0].read_bytes(), bold.read_bytes(), repr(colours).encode()))


def _weight(font: Path) -> int:
    found = re.search(r"-(\d+)", font.stem)
    return int(found[1]) if found else 0


def _colours(style: str) -> dict[str, str]:
    # The first is that of the light scheme.
    written = {found["name"]: found["colour"] for found in reversed(list(_COLOUR.finditer(style)))}
    return {name: written.get(name, usual) for name, usual in _USUAL.items()}


def _digest(*pieces: bytes) -> str:
    return _hex(hashlib.sha256(piece).digest() for piece in pieces)


def _hex(digests: Iterable[bytes]) -> str:
    return hashlib.sha256(b"".join(digests)).hexdigest()
