"""Contents: the HTML of a text → its headings, as the table of contents shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from pelican_cors_series.head import plain

_HEADING = re.compile(
    r"""<h(?P<level>[1-6])\b[^>]*?\sid="(?P<id>[^"]+)"[^>]*>(?P<words>.*?)</h(?P=level)>""", re.DOTALL
)
# A single heading needs no table.
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with an id, in words (HTML, without markup), and the headings of the next level beneath it."""

    id: str
    title: str
    within: tuple[Section, ...] = ()


def contents(content: str, outline: str) -> tuple[Section, ...]:
    """Return the headings of a text: those of the two highest levels that it has, whichever these are.

    content: the whole text as HTML. outline: the piece of it that says what it is about; a heading there is a subtitle
    and no section. A text with a single heading has no contents.
    """
    subtitles = {found["id"] for found in _HEADING.finditer(outline)}
    headings = [found for found in _HEADING.finditer(content) if found["id"] not in subtitles]
    levels = sorted({found["level"] for found in headings})[:2]
    shown = [found for found in headings if found["level"] in levels]
    if len(shown) < _FEWEST:
        return ()
    sections: list[Section] = []
    for found in shown:
        section = Section(found["id"], escape(plain(found["words"]), quote=False))
        if found["level"] == levels[0] or not sections:
            sections.append(section)
        else:
            above = sections[-1]
            sections[-1] = Section(above.id, above.title, (*above.within, section))
    return tuple(sections)
