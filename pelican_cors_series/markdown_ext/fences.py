"""Widget fences: ```origin-compare … ``` becomes the widget that its YAML describes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from pelican_cors_series import widgets
from pelican_cors_series.problems import nearest, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown import Markdown

    from pelican_cors_series.markdown_ext import PartMarkdown

_OPEN = re.compile(r"(?P<indent>[ ]*)(?P<fence>`{3,}|~{3,})[ ]*(?P<info>[^`]*)$")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block: lines[start] opens it, lines[end] closes it (end is len(lines) where nothing does)."""

    start: int
    end: int
    indent: str
    fence: str
    info: str
    closed: bool


def find_fences(lines: list[str]) -> Iterator[Fence]:
    """Yield the outermost fenced blocks in order; one that nothing closes is yielded, and ends at its own line."""
    at = 0
    while at < len(lines):
        match = _OPEN.match(lines[at]) if "```" in lines[at] or "~~~" in lines[at] else None
        if match:
            close = re.compile(rf"[ ]*{match['fence'][0]}{{{len(match['fence'])},}}[ ]*$")
            end = next((i for i in range(at + 1, len(lines)) if close.match(lines[i])), None)
            yield Fence(at, at if end is None else end, match["indent"], match["fence"], match["info"], end is not None)
            at = at if end is None else end
        at += 1


class FencesExtension(Extension):
    """Makes widgets of their fences, before anything else touches the lines: here their numbers are still true."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register behind normalize_whitespace (30), before fenced_code (25)."""
        md.preprocessors.register(_Fences(md), "widget_fences", 28)
        for kind in widgets.KINDS:
            md.block_level_elements.append(kind)


class _Fences(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        page = cast("PartMarkdown", self.md).page
        result, done = [], 0
        for fence in find_fences(lines):
            kind = fence.info.split()[0] if fence.info.split() else ""
            place = replace(page.place, line=page.place.line + fence.start, column=len(fence.indent) + 1)
            if kind not in widgets.KINDS:
                if suggestion := nearest(kind, widgets.KINDS, ""):
                    page.problems.append(problem("fence-unknown-kind", place, kind=kind, suggestion=suggestion))
                continue
            if not fence.closed:
                page.problems.append(problem("fence-open", place, kind=kind, fence=fence.fence))
                continue
            body = "\n".join(line.removeprefix(fence.indent) for line in lines[fence.start + 1 : fence.end])
            html, problems = widgets.render(kind, body, place, page.text)
            page.problems += problems
            page.kinds.add(kind)
            result += [*lines[done : fence.start], "", fence.indent + self.md.htmlStash.store(html), ""]
            done = fence.end + 1
        return result + lines[done:]
