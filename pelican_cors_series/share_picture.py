"""The picture of a page for those who share it: its title on the theme's paper, 1200 by 630, drawn at build."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

    from pelican_cors_series.picture_design import Design

WIDTH, HEIGHT = 1200, 630

# Some show the middle of a picture alone, twice as wide as it is high: 15 pixels go above and below.
_MARGIN, _TOP, _BOTTOM = 88, 80, HEIGHT - 80
_ROOM = WIDTH - 2 * _MARGIN
_SMALL, _LEAD, _GAP = 34, 40, 20
_SIZES = range(92, 43, -4)
_MOST_LINES, _LEADING = 4, 1.3
# Lines that differ by fewer pixels are even.
_EVEN = 8
# Part of each name: another way of drawing makes other pictures of the same words.
_WAY_OF_DRAWING = "1"
# Anti-aliased text on plain paper has no more.
_COLOURS = 64


@dataclass(frozen=True, slots=True)
class SharePicture:
    """What stands in a picture, as text. stem: what its name begins with, such as the page's own.

    site: above the title, "" where that is the title. lead: below it. foot: at the bottom, such as which part of a
    series this is. host: beside that.
    """

    stem: str
    title: str
    site: str
    lead: str
    foot: str
    host: str
    design: Design

    @property
    def name(self) -> str:
        """The file's name, in which a hash stands for all that it is drawn of: it never changes its content."""
        drawn_of = [_WAY_OF_DRAWING, self.title, self.site, self.lead, self.foot, self.host, self.design.digest]
        return f"{self.stem}-{hashlib.sha256(repr(drawn_of).encode()).hexdigest()[:12]}.png"

    @property
    def can_be_drawn(self) -> bool:
        """Whether the fonts have every character of it."""
        written = {*self.title, *self.site, *self.lead, *self.foot, *self.host} - {" "}
        return _has_all(_font(self.design.bold, _SMALL), written)

    def draw(self) -> bytes:
        """Return the picture as PNG, the same for the same words and design."""
        # Only a build that has no such picture yet needs the library, which takes its time to import.
        from PIL import Image, ImageDraw  # noqa: PLC0415

        image = Image.new("RGB", (WIDTH, HEIGHT), self.design.colour("paper"))
        drawing = ImageDraw.Draw(image)
        self._draw_frame(drawing)
        self._draw_title(drawing)
        found = BytesIO()
        image.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(found, "PNG")
        return found.getvalue()

    def _draw_frame(self, drawing: ImageDraw) -> None:
        """Draw the mark and the site's name above, and below a line with what stands at the foot."""
        accent, odd, soft = (self.design.colour(name) for name in ("accent", "odd", "ink-soft"))
        bold, plain = _font(self.design.bold, _SMALL), _font(self.design.text, _SMALL - 4)
        # Two origins above each other, alike but for one part: the mark of the pages' header.
        for top, last in ((_TOP, accent), (_TOP + 21, odd)):
            _draw_triplet(drawing, (_MARGIN, top, _MARGIN + 68, top + 14), 4, accent, last)
        drawing.text((_MARGIN + 92, _TOP + 18), self.site, soft, bold, anchor="lm")
        line = _BOTTOM - 68
        _draw_triplet(drawing, (_MARGIN, line, WIDTH - _MARGIN, line + 5), 10, accent, odd)
        drawing.text((WIDTH - _MARGIN, _BOTTOM - 18), self.host, soft, plain, anchor="rm")
        room = _ROOM - plain.getlength(self.host) - 40
        drawing.text((_MARGIN, _BOTTOM - 18), _cut(self.foot, plain.getlength, room), soft, plain, anchor="lm")

    def _draw_title(self, drawing: ImageDraw) -> None:
        """Draw the title as large as it goes, and the lead below it, in the middle."""
        plain, ink, soft = _font(self.design.text, _LEAD), self.design.colour("ink"), self.design.colour("ink-soft")
        lines = balanced(filled(self.lead, plain.getlength, _ROOM), plain.getlength)
        lead = _shortened(lines, _MOST_LINES // 2, plain.getlength)
        top, bottom = _TOP + 30, _BOTTOM - 68
        room = bottom - top - 40 - (len(lead) * _LEAD * _LEADING + _GAP if lead else 0)
        for size in _SIZES:
            font = _font(self.design.bold, size)
            lines = filled(self.title, font.getlength, _ROOM)
            is_whole = max(map(font.getlength, self.title.split()), default=0) <= _ROOM
            if is_whole and len(lines) <= _MOST_LINES and len(lines) * size * _LEADING <= room:
                break
        most = min(_MOST_LINES, int(room // (size * _LEADING)))
        title = _shortened(balanced(lines, font.getlength), most, font.getlength)
        rows = [*[(line, font, size, ink) for line in title], *[(line, plain, _LEAD, soft) for line in lead]]
        y = (top + bottom - sum(height * _LEADING for *_, height, _ in rows) - (_GAP if lead else 0)) / 2
        for index, (line, face, height, colour) in enumerate(rows):
            y += _GAP if index == len(title) else 0
            drawing.text((_MARGIN, y + height * _LEADING / 2), line, colour, face, anchor="lm")
            y += height * _LEADING


def _draw_triplet(drawing: ImageDraw, box: tuple[int, int, int, int], gap: int, colour: str, last: str) -> None:
    """Draw the three parts of an origin, side by side. box: all of them. last: the colour of the third."""
    left, top, right, bottom = box
    # As wide as in the theme's own mark.
    first, second = (round(left + share * (right - left)) for share in (0.28, 0.75))
    for start, end, fill in ((left, first - gap, colour), (first, second - gap, colour), (second, right, last)):
        drawing.rectangle((start, top, end - 1, bottom - 1), fill=fill)


def filled(text: str, length: Callable[[str], float], room: float) -> list[str]:
    """Return a text in lines, each with as many words as it holds; a word is broken where it alone is too long.

    length: of a text on one line. room: how long a line may be, in the same measure.
    """
    return _filled([piece for word in text.split() for piece in _broken(word, length, room)], length, room)


def balanced(lines: list[str], length: Callable[[str], float]) -> list[str]:
    """Return lines of text filled anew, so that they are about as long as each other and no more than they were."""
    words = " ".join(lines).split()
    shortest, longest = (max((length(each) for each in texts), default=0) for texts in (words, lines))
    # How short lines may be before there are more of them.
    while longest - shortest > _EVEN:
        between = (shortest + longest) / 2
        if len(_filled(words, length, between)) <= len(lines):
            longest = between
        else:
            shortest = between
    return _filled(words, length, longest)


def _filled(words: list[str], length: Callable[[str], float], room: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and length(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _broken(word: str, length: Callable[[str], float], room: float) -> Iterator[str]:
    piece = ""
    for character in word:
        if piece and length(piece + character) > room:
            yield piece
            piece = ""
        piece += character
    yield piece


def _shortened(lines: list[str], most: int, length: Callable[[str], float]) -> list[str]:
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), length, _ROOM)]


def _cut(text: str, length: Callable[[str], float], room: float) -> str:
    if length(text) <= room:
        return text
    while " " in text and length(f"{text} …") > room:
        text = text.rpartition(" ")[0]
    while text and length(f"{text}…") > room:
        text = text[:-1]
    return f"{text.rstrip(',.;:')} …"


def _font(path: object, size: int) -> FreeTypeFont:
    from PIL import ImageFont  # noqa: PLC0415 - see draw()

    return ImageFont.truetype(str(path), size)


def _has_all(font: FreeTypeFont, characters: set[str]) -> bool:
    nothing = bytes(font.getmask("\U0010ffff"))
    return all(bytes(font.getmask(each)) != nothing for each in characters)
