"""Lists: what belongs to an item is told by the column of the item's text, as kramdown has it, not by four spaces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown import Markdown

# What begins a block that indented lines belong to: an item, a definition, a footnote, an author's own admonition.
# With a bar behind it the hyphen rules off a table.
_OPENING = re.compile(r"(?P<marker>[-+*]|\d+\.|:|\[\^[^\]\n]+\]:|!!!|\?\?\?\+?)[ ]+(?![ |])")
_FIRST_CHARACTERS = frozenset("-+*0123456789:[!?")
_LISTS = ("bullets", "numbers")
# A line on which no paragraph goes on: a heading, or a thematic break, though its stars look like markers.
_BREAK = re.compile(r"[ ]{0,3}(?:#|(?P<mark>[-*_])(?:[ ]*(?P=mark)){2,}[ ]*$)")
_QUOTE = re.compile(r"(?P<indent>[ ]{0,3})>[ ]?")
# Python-Markdown's, for each level.
_STEP = 4


class ListsExtension(Extension):
    """Indents all that lists hold by Python-Markdown's four columns a level."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register behind the fences, which leave no line of code that could look like an item."""
        md.preprocessors.register(_Lists(md), "lists", 27)


class _Lists(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        listed = any(line.lstrip(" >")[:1] in _FIRST_CHARACTERS for line in lines if line)
        return list(_indented(lines)) if listed else lines


def _indented(lines: Iterable[str]) -> Iterator[str]:
    nesting = Nesting()
    for line in _quotations(lines):
        yield from nesting.enter(line)


def _quotations(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines, the lists in quotations indented as those outside."""
    for quoted, group in groupby(lines, key=lambda line: ">" in line and _QUOTE.match(line) is not None):
        if quoted:
            inner = list(group)
            mark = inner[0][: inner[0].index(">")] + "> "
            yield from (mark + line for line in _indented(_QUOTE.sub("", line, count=1) for line in inner))
        else:
            yield from group


@dataclass(frozen=True, slots=True)
class _Item:
    """An item, or what holds lines as an item does: the columns (from 0) of its marker and of its text."""

    kind: str
    marker: int
    text: int


class Nesting:
    """The items that a line stands in. Enter the lines of a text one by one."""

    def __init__(self) -> None:
        self._items: list[_Item] = []
        # Whether the next line may go on with a paragraph, and whether that is the one right behind an item's marker.
        self._in_paragraph = self._at_marker = False
        # In how many items the first line stands of those that no blank line parts.
        self._first_depth = 0

    def column(self, indent: int) -> int:
        """Return the column (from 0) where the text begins that a new block, indented so far, would belong to."""
        return self._text_column(self._depth(indent))

    def enter(self, line: str) -> list[str]:
        """Return the line as Python-Markdown wants it: indented by four columns for each item that it stands in.

        It wants a blank line, too, where a list begins right below a paragraph, and where lines that began within a
        list go on with an item outside of it.
        """
        text = line.lstrip(" ")
        if not text:
            self._in_paragraph = self._at_marker = False
            return [line]
        in_paragraph, self._in_paragraph = self._in_paragraph, True
        if _BREAK.match(line):
            self._in_paragraph = self._at_marker = in_paragraph = False
        elif text[0] in _FIRST_CHARACTERS and (opening := _OPENING.match(text)):
            lines = self._begin(opening, len(line) - len(text), in_paragraph=in_paragraph)
            if lines:
                return lines
        return [self._go_on(line, text, in_paragraph=in_paragraph) if self._items else line]

    def _go_on(self, line: str, text: str, *, in_paragraph: bool) -> str:
        indent = len(line) - len(text)
        depth = self._depth(indent)
        if in_paragraph and depth < len(self._items):
            # It is not indented into the item and goes on with the paragraph there all the same.
            return line
        del self._items[depth:]
        if not in_paragraph:
            self._first_depth = depth
        return " " * (_STEP * depth + max(0, indent - self._text_column(depth))) + text

    def _begin(self, opening: re.Match[str], indent: int, *, in_paragraph: bool) -> list[str]:
        """Enter the items that begin on a line; return [] where it begins none."""
        kind = _kind(opening["marker"])
        depth = self._depth(indent, kind if in_paragraph else "")
        if indent - self._text_column(depth) >= _STEP:
            return []
        apart = in_paragraph and kind in _LISTS and (not self._at_marker or depth < self._first_depth)
        if apart or not in_paragraph:
            self._first_depth = depth
        self._items[depth:] = _items(opening, indent)
        self._at_marker = kind in _LISTS
        line = " " * (_STEP * depth) + opening.string
        return ["", line] if apart else [line]

    def _depth(self, indent: int, kind: str = "") -> int:
        """Return how many items hold a line.

        kind: of the list item that the line begins right below another line. To a list of another kind it is text:
        it belongs to the item above, however little it is indented.
        """
        for depth, item in enumerate(self._items):
            if indent < min(item.text, item.marker + _STEP) and (kind not in _LISTS or kind == item.kind):
                return depth
        return len(self._items)

    def _text_column(self, depth: int) -> int:
        return self._items[depth - 1].text if depth else 0


def _kind(marker: str) -> str:
    """Return what two items of one list have in common."""
    if marker in "-+*":
        return "bullets"
    return "numbers" if marker[0].isdigit() else marker[0]


def _items(opening: re.Match[str], indent: int) -> list[_Item]:
    """Return the items that begin on one line: `- 1. text` begins two."""
    kind, text = _kind(opening["marker"]), opening.string
    if kind not in (*_LISTS, ":"):
        return [_Item(kind, indent, indent + _STEP)]
    items = []
    match: re.Match[str] | None = opening
    while match:
        marker = indent + match.start()
        # Behind a marker with nothing but spaces after it, the text would begin after the first of them.
        column = indent + match.end() if match.end() < len(text) else marker + len(match["marker"]) + 1
        items.append(_Item(_kind(match["marker"]), marker, column))
        match = _OPENING.match(text, match.end())
    return items
