"""Fences: ```origin-compare … ``` becomes the widget that its YAML describes, any other the code that it holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from pelican_cors_series import widgets
from pelican_cors_series.markdown_ext import highlight
from pelican_cors_series.markdown_ext.verbatim import Block, find_blocks
from pelican_cors_series.problems import Place, nearest, problem

if TYPE_CHECKING:
    from markdown import Markdown

    from pelican_cors_series.markdown_ext import Page, PartMarkdown


class FencesExtension(Extension):
    """Puts all that is no Markdown aside before anything touches the lines: here their numbers are still true."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register behind normalize_whitespace (30), before fenced_code (25), which then finds no fence left."""
        md.preprocessors.register(_Fences(md), "fences", 28)
        for kind in widgets.ELEMENTS:
            md.block_level_elements.append(kind)


class _Fences(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        result, done = [], 0
        for block in find_blocks(lines):
            if put_aside := self._put_aside(block, lines):
                result += [*lines[done : block.start], *put_aside]
                done = block.end + 1
        return result + lines[done:]

    def _put_aside(self, block: Block, lines: list[str]) -> list[str]:
        """Return the lines that stand for a block; [] where it stays as it is."""
        if block.kind == "raw":
            return self._raw(block)
        if block.kind == "tag":
            return self._code(block, highlight.fenced(block.info, block.body))
        page = cast("PartMarkdown", self.md).page
        place = replace(page.place, line=page.place.line + block.start, column=len(block.prefix) + 1)
        kind = block.info.split()[0] if block.info.split() else ""
        if block.kind == "quoted":
            page.problems.append(problem("fence-in-quote", place, kind=kind))
            return []
        if kind in widgets.KINDS:
            return self._widget(block, kind, page, place)
        if suggestion := nearest(kind, widgets.KINDS, ""):
            page.problems.append(problem("fence-unknown-kind", place, kind=kind, suggestion=suggestion))
        opening = lines[block.start][len(block.prefix) :]
        return self._code(block, [opening, *block.body, block.fence]) if block.closed else []

    def _widget(self, block: Block, kind: str, page: Page, place: Place) -> list[str]:
        if not block.closed:
            page.problems.append(problem("fence-open", place, kind=kind, fence=block.fence))
            return []
        html, problems = widgets.render(kind, "\n".join(block.body), place, page.text)
        page.problems += problems
        if page.observed and widgets.lacks_observation(kind, html):
            page.problems.append(problem("not-observed", place, kind=kind))
        page.kinds |= {kind, *widgets.elements_of(html)}
        return _set_apart(block.prefix, self.md.htmlStash.store(html))

    def _code(self, block: Block, lines: list[str]) -> list[str]:
        """lines: the block as a fence at the first column, where Python-Markdown knows one."""
        put_aside = "\n".join(self.md.preprocessors["fenced_code_block"].run([*lines, ""])).strip()
        return _set_apart(block.prefix, put_aside) if HTML_PLACEHOLDER_RE.fullmatch(put_aside) else []

    def _raw(self, block: Block) -> list[str]:
        put_aside = self.md.htmlStash.store("\n".join(block.body))
        if block.prefix.strip():
            return [block.prefix + put_aside + block.info]
        return [*_set_apart(block.prefix, put_aside), *([block.info] if block.info.strip() else [])]


def _set_apart(prefix: str, put_aside: str) -> list[str]:
    """Return the lines for what was put aside. Behind a marker in its prefix a blank line would loosen the list."""
    return [*([] if prefix.strip() else [""]), prefix + put_aside, ""]
