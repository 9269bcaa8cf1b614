"""What a line of a console can be: the templates of console.toml with their phrases written out, to find a line by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from .console import PLACEHOLDER, console_books

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .console import ConsoleBook

# Engines quote in typographic quotation marks, people copy them as they like.
QUOTES = str.maketrans("\u2018\u2019`\u201c\u201d", "'''\"\"")
# Where a sentence begins after another, and is more than what stands between two facts.
ADVICE = re.compile(r"(?<=[^.]\.)\s+(?=[A-Z])")
# Facts that no engine writes with a space in them.
ONE_WORD = frozenset({"url", "first_url", "previous_url", "origin", "sent_origin", "method", "status", "port"})


@dataclass(frozen=True, slots=True)
class Pattern:
    """A line of a console: what stands in it, and between each two parts the fact that stands there.

    There is one part more than there are names; the first and the last may be "".
    """

    parts: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def weight(self) -> int:
        """How many characters of a line it settles."""
        return sum(map(len, self.parts))

    def found_in(self, line: str) -> dict[str, str] | None:
        """Give the facts that a line names, None for another line; what stands before and after it is no matter."""
        first, *rest = self.parts
        at = line.find(first)
        if at < 0:
            return None
        at += len(first)
        facts: dict[str, str] = {}
        for name, part in zip(self.names, rest, strict=True):
            is_last = len(facts) == len(self.names) - 1
            end = (line.rfind(part, at) if part else len(line)) if is_last else line.find(part, at)
            if end < 0 or (name in ONE_WORD and " " in line[at:end]):
                return None
            facts[name], at = line[at:end], end + len(part)
        return facts


def patterns() -> tuple[Pattern, ...]:
    """Give every line that the engines may write, each once."""
    books = console_books().values()
    written = (text for book in books for row in book.messages for line in row.lines for text in _whole(line, book))
    return tuple(dict.fromkeys(_pattern(text) for text in written))


def as_plain(line: str) -> str:
    """Give a line with one kind of quotation marks, and nothing around it."""
    return line.translate(QUOTES).strip()


def best(line: str, known: Iterable[Pattern]) -> tuple[Pattern, Mapping[str, str]] | None:
    """Give the pattern that settles most of a line, and the facts that the line names; None where none does."""
    plain = as_plain(line)
    found = [(pattern, facts) for pattern in known if (facts := pattern.found_in(plain)) is not None]
    return max(found, key=lambda each: each[0].weight, default=None)


def _whole(text: str, book: ConsoleBook) -> Iterator[str]:
    """Write out the phrases of a template in every way that they can read; the facts stay in their braces."""
    pieces: list[list[str]] = []
    end = 0
    for found in PLACEHOLDER.finditer(text):
        pieces.append([text[end : found.start()]])
        phrases = [phrase for phrase in book.phrases if phrase.name == found["name"]]
        pieces.append([way for phrase in phrases for way in _whole(phrase.text, book)] or [f"{{{found['name']}}}"])
        if phrases and all(phrase.when for phrase in phrases):
            pieces[-1].append("")
        end = found.end()
    pieces.append([text[end:]])
    return ("".join(way) for way in product(*pieces))


def _pattern(text: str) -> Pattern:
    names, parts, end = [], [], 0
    for found in PLACEHOLDER.finditer(text):
        parts.append(text[end : found.start()].translate(QUOTES))
        names.append(found["name"])
        end = found.end()
    # Advice that follows in a sentence of its own has changed from version to version.
    last = text[end:].translate(QUOTES).rstrip()
    advice = ADVICE.search(last) if names else None
    return Pattern((*parts, last[: advice.start()] if advice else last), tuple(names))
