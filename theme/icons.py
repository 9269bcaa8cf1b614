"""Makes the PNG icons in static/, for home screens that take no SVG: `python theme/icons.py`.

A test holds them against icon.svg as Chromium draws it, so that the two change together.
"""

# A script, and no package.
# ruff: noqa: INP001

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

# The sides of icon.svg's view box, and its colours.
_UNITS = 32
_GROUND, _NEAR, _FAR = "#3344ad", "#ffffff", "#bcc6ff"
# Drawn larger and reduced, since Pillow's shapes have hard edges.
_FINER = 4


@dataclass(frozen=True, slots=True)
class Icon:
    """One file in static/, its side in pixels. is_round: whether its corners are; phones cut the others themselves."""

    name: str
    side: int
    is_round: bool

    def draw(self) -> bytes:
        """Return it as PNG."""
        large = self._drawn(self.side * _FINER)
        small = large.resize((self.side, self.side), Image.Resampling.BOX)
        found = BytesIO()
        small.save(found, "PNG", optimize=True)
        return found.getvalue()

    def _drawn(self, side: int) -> Image.Image:
        image = Image.new("RGBA", (side, side), "#3344ad00")
        drawing, unit = ImageDraw.Draw(image), side / _UNITS
        drawing.rounded_rectangle((0, 0, side - 1, side - 1), 7 * unit if self.is_round else 0, fill=_GROUND)

        def dot(x: float, y: float, width: float, colour: str) -> None:
            drawing.ellipse(
                [unit * each for each in (x - width / 2, y - width / 2, x + width / 2, y + width / 2)], colour
            )

        # Two half rings with round ends, open to each other; Pillow draws the width of an arc inwards.
        for x, start, colour in ((13, 90, _NEAR), (19, 270, _FAR)):
            box = [unit * each for each in (x - 9.5, 6.5, x + 9.5, 25.5)]
            drawing.arc(box, start, start + 180, colour, round(3 * unit))
            dot(x, 8, 3, colour)
            dot(x, 24, 3, colour)
        for top in (11, 19):
            drawing.line([unit * each for each in (16, top, 16, top + 2)], _NEAR, round(2.5 * unit))
            dot(16, top, 2.5, _NEAR)
            dot(16, top + 2, 2.5, _NEAR)
        return image


# What iOS looks for, what Android installs by, and what it cuts to a shape of its own.
ICONS = (
    Icon("apple-touch-icon.png", 180, is_round=False),
    Icon("icon-192.png", 192, is_round=True),
    Icon("icon-512.png", 512, is_round=True),
    Icon("icon-maskable-512.png", 512, is_round=False),
)

if __name__ == "__main__":
    for each in ICONS:
        Path(__file__).parent.joinpath("static", each.name).write_bytes(each.draw())
