"""The outline: what stands between <!-- outline-start --> and <!-- outline-end --> is the summary of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, cast

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, STX

from pelican_cors_series.markdown_ext.lists import Nesting
from pelican_cors_series.markdown_ext.verbatim import find_blocks, without_code_spans
from pelican_cors_series.problems import Place, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown import Markdown

    from pelican_cors_series.markdown_ext import Page, PartMarkdown

_MARKER = re.compile(r"<!--[ ]*outline-(start|end)[ ]*-->")
# What stands for a marker in the HTML; no text can hold these characters, so nothing else is taken for one.
_MARK = re.compile(f"<!--{STX}outline-(start|end){ETX}-->")
_CODE_INDENT = " " * 4


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker as written: "start" or "end", where it stands, and whether it has a line of its own there."""

    name: str
    place: Place
    alone: bool


class OutlineExtension(Extension):
    """Sets the markers apart from the lines around them, as kramdown does, so that they never end up in a paragraph."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register around the fences (28): before them the lines have their numbers, and only then more may come."""
        md.preprocessors.register(_Marks(md), "outline_marks", 29)
        md.preprocessors.register(_SetApart(md), "outline", 27.5)


class _Marks(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        if not any(_MARKER.search(line) for line in lines if "<!--" in line):
            return lines
        page = cast("PartMarkdown", self.md).page
        page.markers = list(_markers(lines, page.place))
        result = list(lines)
        for marker in page.markers:
            if marker.alone:
                result[marker.place.line - page.place.line] = f"<!--{STX}outline-{marker.name}{ETX}-->"
        return result


class _SetApart(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        if not cast("PartMarkdown", self.md).page.markers:
            return lines
        return [each for line in lines for each in (("", line, "") if _MARK.fullmatch(line) else (line,))]


def split(html: str, page: Page) -> tuple[str, str | None]:
    """Return the HTML without its markers, and the HTML between them: None where they are not there or don't match."""
    if not page.markers:
        return html, None
    marks = list(_MARK.finditer(html))
    page.problems += _mismatches(page.markers)
    matching = [mark[1] for mark in marks] == ["start", "end"] and len(page.markers) == len(marks)
    summary = html[marks[0].end() : marks[1].start()].strip() if matching else None
    return _MARK.sub("", html), summary


def _markers(lines: list[str], place: Place) -> Iterator[Marker]:
    """Yield the markers that are not shown as code. place: where the first line stands."""
    verbatim: set[int] = set()
    for block in find_blocks(lines):
        verbatim.update(range(block.start, block.end + 1) if block.body else ())
    for number, line in enumerate(lines):
        if "<!--" in line and number not in verbatim:
            for marker in _MARKER.finditer(without_code_spans(line)):
                standing = _standing(lines, number, verbatim) if line.startswith(" ") else "apart"
                if standing != "code":
                    at = replace(place, line=place.line + number, column=marker.start() + 1)
                    yield Marker(marker[1], at, alone=standing == "apart" and marker[0] == line.strip())


def _standing(lines: list[str], number: int, verbatim: set[int]) -> Literal["apart", "code", "within"]:
    """Say how an indented line stands: as a block of its own, as code, or within a paragraph or a list."""
    nesting = Nesting()
    for above in range(number):
        nesting.enter("" if above in verbatim else lines[above])
    line = lines[number]
    indent = len(line) - len(line.lstrip(" "))
    column = nesting.column(indent)
    if indent - column < len(_CODE_INDENT):
        return "within" if column else "apart"
    # A line indented so far is code unless it goes on with a paragraph.
    above = number - 1
    while above >= 0 and lines[above].startswith(" " * column + _CODE_INDENT):
        above -= 1
    return "within" if above >= 0 and lines[above] else "code"


def _mismatches(markers: list[Marker]) -> list[Problem]:
    what = "an outline marker must stand on a line of its own"
    torn = [problem("outline-mismatch", marker.place, what=what) for marker in markers if not marker.alone]
    names = [marker.name for marker in markers]
    if torn or names == ["start", "end"]:
        return torn
    if "end" not in names:
        what, name, nth = "the outline begins and never ends", "start", 0
    elif "start" not in names:
        what, name, nth = "the outline ends and never begins", "end", 0
    elif names[0] == "end":
        what, name, nth = "the outline ends before it begins", "end", 0
    else:
        repeated = "start" if names.count("start") > 1 else "end"
        what, name, nth = f"there is a second <!-- outline-{repeated} -->", repeated, 1
    place = [marker.place for marker in markers if marker.name == name][nth]
    return [problem("outline-mismatch", place, what=what)]
