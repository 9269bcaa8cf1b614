"""Makes the PNG icons in static/, for home screens that take no SVG: `python theme/icons.py`.

A test holds them against icon.svg as Chromium draws it, so that the two change together.
"""

# A script, and no package.

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

# The drawing of icon.svg: the side of its view box, its ground, and its cells (left, top, width, colour).
_UNITS, _ROUND, _HEIGHT = 32, 6, 6
_GROUND, _ALIKE, _ODD = "#2b419f", "#ffffff", "#f5a773"
_CELLS = (
    (5, 8, 5, _ALIKE),
    (12, 8, 9, _ALIKE),
    (23, 8, 4, _ALIKE),
    (5, 18, 5, _ALIKE),
    (12, 18, 9, _ALIKE),
    (23, 18, 4, _ODD),
)
# Drawn larger and reduced, since Pillow's shapes have hard edges.
_FINER = 8


@dataclass(frozen=True, slots=True)
class Icon:
    """One file in static/, its side in pixels. is_round: whether its corners are; phones cut the others themselves.

    margin: how many units of more ground there are around the drawing, for what is cut away.
    """

    name: str
    side: int
    is_round: bool
    margin: int = 0

    def draw(self) -> bytes:
        """Return it as PNG."""
        side = self.side * _FINER
        image = Image.new("RGBA", (side, side), f"{_GROUND}00")
        drawing, unit = ImageDraw.Draw(image), side / (_UNITS + 2 * self.margin)
        drawing.rounded_rectangle((0, 0, side - 1, side - 1), _ROUND * unit if self.is_round else 0, fill=_GROUND)
        for left, top, width, colour in _CELLS:
            box = (left, top, left + width, top + _HEIGHT)
            first_x, first_y, last_x, last_y = (round((each + self.margin) * unit) for each in box)
            drawing.rectangle((first_x, first_y, last_x - 1, last_y - 1), fill=colour)
        found = BytesIO()
        image.resize((self.side, self.side), Image.Resampling.BOX).save(found, "PNG", optimize=True)
        return found.getvalue()


# What iOS looks for, what Android installs by, and what it cuts to a shape of its own: a circle at the least.
ICONS = (
    Icon("apple-touch-icon.png", 180, is_round=False),
    Icon("icon-192.png", 192, is_round=True),
    Icon("icon-512.png", 512, is_round=True),
    Icon("icon-maskable-512.png", 512, is_round=False, margin=3),
)

if __name__ == "__main__":
    for each in ICONS:
        Path(__file__).parent.joinpath("static", each.name).write_bytes(each.draw())
