"""The outline: what stands between <!-- outline-start --> and <!-- outline-end --> is the summary of the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from pelican_cors_series.markdown_ext.fences import find_fences
from pelican_cors_series.problems import Place, Problem, problem

if TYPE_CHECKING:
    from markdown import Markdown

_MARKER = re.compile(r"<!--[ \t]*outline-(start|end)[ \t]*-->")


class OutlineExtension(Extension):
    """Sets the markers apart from the lines around them, as kramdown does, so that they never end up in a paragraph."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register behind the fences, which need the true line numbers."""
        md.preprocessors.register(_SetApart(md), "outline", 27.5)


class _SetApart(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        result: list[str] = []
        for line in lines:
            result += ["", line, ""] if "<!--" in line and _MARKER.fullmatch(line.strip()) else [line]
        return result


def split(html: str, body: str, place: Place, problems: list[Problem]) -> tuple[str, str | None]:
    """Return the HTML without its markers, and the HTML between them (None where there are none).

    body, place: the text as written and where it begins, to name a marker that has no counterpart.
    """
    markers = list(_MARKER.finditer(html))
    if not markers:
        return html, None
    names = [marker[1] for marker in markers]
    summary = None
    if names == ["start", "end"]:
        summary = html[markers[0].end() : markers[1].start()].strip()
    else:
        problems.append(_mismatch(names, body, place))
    return _MARKER.sub("", html), summary


def _mismatch(names: list[str], body: str, place: Place) -> Problem:
    if "end" not in names:
        what, name, nth = "the outline begins and never ends", "start", 0
    elif "start" not in names:
        what, name, nth = "the outline ends and never begins", "end", 0
    elif names[0] == "end":
        what, name, nth = "the outline ends before it begins", "end", 0
    else:
        repeated = "start" if names.count("start") > 1 else "end"
        what, name, nth = f"there is a second <!-- outline-{repeated} -->", repeated, 1
    return problem("outline-mismatch", _place_of_marker(name, nth, body, place), what=what)


def _place_of_marker(name: str, nth: int, body: str, place: Place) -> Place:
    lines = body.split("\n")
    fenced = {line for fence in find_fences(lines) for line in range(fence.start, fence.end + 1)}
    found = [
        Place(place.path, place.line + number, marker.start() + 1)
        for number, line in enumerate(lines)
        if number not in fenced
        for marker in _MARKER.finditer(line)
        if marker[1] == name
    ]
    return found[min(nth, len(found) - 1)] if found else place
