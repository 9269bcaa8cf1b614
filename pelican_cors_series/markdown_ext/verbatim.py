"""What of a text is no Markdown: fenced code, Jekyll's code block, comments and HTML that shows its text as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pelican_cors_series import widgets
from pelican_cors_series.markdown_ext import highlight
from pelican_cors_series.markdown_ext.lists import Nesting

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = r"(?P<prefix>[ ]*(?:(?:[-+*]|\d+\.)[ ]+)*)"
_FENCE = re.compile(_PREFIX + r"(?P<fence>`{3,}|~{3,})[ ]*(?P<info>[^`~]*)$")
# What Python-Markdown takes behind the opening of a fence; with any other words the lines are no code to it.
_INFO = re.compile(r"\{.*\}|\.?[\w#.+-]*[ ]*(?:hl_lines=(?:\"[^\"]*\"|'[^']*')[ ]*)?")
_TAG = re.compile(_PREFIX + highlight.OPENING + "$")
_QUOTED = re.compile(r"(?P<prefix>[ ]*>[> ]*)(?:`{3,}|~{3,})[ ]*(?P<info>[^`~]*)$")
_ELEMENT = re.compile(r"(?P<prefix>[ ]*)<(?P<name>pre|script|style|textarea)(?=[\s>])", re.IGNORECASE)
_COMMENT_END = re.compile("-->")
_CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_CODE_INDENT = 4


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines, from start to end (both counted from 0 and included), that are no Markdown.

    prefix: what stands before it on its first line. kind "quoted" is a widget's fence in a quotation: the one line.
    info: what a fence says of itself, a tag's language, or what stands behind raw HTML on its last line.
    fence: the marks that open it. closed: whether it ever ends; a fence that does not is a block of one line, and no
    code. body: the lines between, or all those of raw HTML.
    """

    kind: Literal["fence", "tag", "raw", "quoted"]
    start: int
    end: int
    prefix: str
    info: str = ""
    fence: str = ""
    closed: bool = True
    body: tuple[str, ...] = ()


def find_blocks(lines: list[str]) -> Iterator[Block]:
    """Yield the outermost blocks in order, none of them in indented code."""
    nesting, at = Nesting(), 0
    not_entered: list[str] = []
    while at < len(lines):
        line = lines[at]
        block = _block(lines, at)
        if block and line.startswith(" " * _CODE_INDENT):
            _enter(nesting, not_entered)
            indent = len(line) - len(line.lstrip(" "))
            if indent - nesting.column(indent) >= _CODE_INDENT:
                block = None
        not_entered.append(block.prefix if block else line)
        if block:
            yield block
            at = block.end
        at += 1


def without_code_spans(line: str) -> str:
    """Return the line with blanks in the place of each code span."""
    return _CODE_SPAN.sub(lambda span: " " * len(span[0]), line) if "`" in line else line


def _enter(nesting: Nesting, lines: list[str]) -> None:
    for line in lines:
        nesting.enter(line)
    lines.clear()


def _block(lines: list[str], at: int) -> Block | None:
    line = lines[at]
    if "```" in line or "~~~" in line:
        return _fence(lines, at) or _quoted(lines, at)
    if "{%" in line:
        return _tag(lines, at)
    return _comment(lines, at) or _element(lines, at) if "<" in line else None


def _fence(lines: list[str], at: int) -> Block | None:
    match = _FENCE.match(lines[at])
    if not match or not (_INFO.fullmatch(match["info"]) or _is_widget(match["info"])):
        return None
    prefix, fence = match["prefix"], match["fence"]
    # Python-Markdown closes it with the same marks, no more and no fewer.
    ends = (
        number
        for number, line in enumerate(lines[at + 1 :], at + 1)
        if fence in line and _dedented(line, prefix).rstrip(" ") == fence
    )
    end = next(ends, None)
    if end is None:
        return Block("fence", at, at, prefix, match["info"], fence, closed=False)
    return Block("fence", at, end, prefix, match["info"], fence, body=_between(lines, at, end, prefix))


def _quoted(lines: list[str], at: int) -> Block | None:
    match = _QUOTED.match(lines[at])
    return Block("quoted", at, at, match["prefix"], match["info"]) if match and _is_widget(match["info"]) else None


def _tag(lines: list[str], at: int) -> Block | None:
    match = _TAG.match(lines[at])
    if not match:
        return None
    prefix = match["prefix"]
    numbers = range(at + 1, len(lines))
    end = next((number for number in numbers if highlight.CLOSING.fullmatch(_dedented(lines[number], prefix))), None)
    if end is None:
        return None
    return Block("tag", at, end, prefix, match["language"], body=_between(lines, at, end, prefix))


def _comment(lines: list[str], at: int) -> Block | None:
    line = without_code_spans(lines[at])
    start = line.rfind("<!--")
    return None if start < 0 else _raw(lines, at, lines[at][:start], _COMMENT_END)


def _element(lines: list[str], at: int) -> Block | None:
    match = _ELEMENT.match(lines[at])
    return _raw(lines, at, match["prefix"], re.compile(f"</{match['name']}>", re.IGNORECASE)) if match else None


def _raw(lines: list[str], at: int, prefix: str, closing: re.Pattern[str]) -> Block | None:
    """Return the HTML that begins behind the prefix, where it ends in a later line."""
    if closing.search(lines[at], len(prefix)):
        return None
    found = ((number, closing.search(lines[number])) for number in range(at + 1, len(lines)))
    end, close = next(((number, match) for number, match in found if match), (at, None))
    # In the midst of a paragraph a comment ends with it.
    if close is None or (prefix.strip() and "" in lines[at:end]):
        return None
    body = (lines[at][len(prefix) :], *lines[at + 1 : end], lines[end][: close.end()])
    return Block("raw", at, end, prefix, info=lines[end][close.end() :], body=body)


def _is_widget(info: str) -> bool:
    return info.split()[:1] in [[kind] for kind in widgets.KINDS]


def _between(lines: list[str], start: int, end: int, prefix: str) -> tuple[str, ...]:
    return tuple(_dedented(line, prefix) for line in lines[start + 1 : end])


def _dedented(line: str, prefix: str) -> str:
    """Return the line without as many of the blanks at its beginning as the prefix is wide."""
    return line[: len(prefix)].lstrip(" ") + line[len(prefix) :]
