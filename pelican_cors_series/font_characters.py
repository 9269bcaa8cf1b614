"""The characters that the pages of a language use, and those of them that may be bold: what its fonts are cut to."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from html import unescape
from itertools import chain
from typing import TYPE_CHECKING, Any

from pelican_cors_series.locales import day_in_words, name_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pelican_cors_series.part import Part
    from pelican_cors_series.preflight import Tree
    from pelican_cors_series.settings import Settings

# What any text may have, and what style sheets add to one.
_ALWAYS = "".join(map(chr, range(0x20, 0x7F))) + "←→…·"
_BOLD = re.compile(r"<(h[1-6]|b|strong|em|cite|dfn|th|dt|summary)\b.*?</\1>", re.DOTALL)
_TITLES = re.compile(r'class="admonition-title".*?</p>', re.DOTALL)
_REFERENCE = re.compile(r"&#?\w+;")
# The dates of a year have all the words that dates have.
_DAYS = [date(2023, month, 10) for month in range(1, 13)]


def characters(tree: Tree, settings: Settings, code: str) -> tuple[Counter[str], Counter[str]]:
    """Return in how many texts the language uses each character, and likewise those that may be bold.

    The words of the site are one text. The sentences of the steps, which a reader opens, count for none: they come
    last where not all fits into one file.
    """
    text = tree.texts[code]
    words = _once(_ALWAYS, _strings(text.words), _names(settings, code))
    used, bold = Counter(words), Counter(words)
    for part in tree.parts.values():
        if part.language == code:
            used.update(_once(_texts(part)))
            bold.update(_once(_bold_texts(part)))
    used.update(dict.fromkeys(_once(_strings(text.steps)), 0))
    return used, bold


def _once(*texts: Iterable[str]) -> set[str]:
    return set("".join(chain.from_iterable(texts)))


def _strings(words: Mapping[str, Any]) -> Iterator[str]:
    for value in words.values():
        yield from _strings(value) if isinstance(value, dict) else [str(value)]


def _names(settings: Settings, code: str) -> Iterator[str]:
    """Yield what the settings and Babel write into the language's pages."""
    language = settings.languages[code]
    yield from (language.title, language.description, language.owner, language.licence)
    yield from (titles[code] for titles in settings.series_titles.values() if code in titles)
    yield from (name_in(other, code) for other in settings.languages)
    yield from (day_in_words(day, code) for day in _DAYS)


def _texts(part: Part) -> Iterator[str]:
    yield from (part.content, part.summary, part.description)
    yield from map(unescape, set(_REFERENCE.findall(part.content)))
    yield from (part.title, part.author, part.category or "", *part.tags)


def _bold_texts(part: Part) -> Iterator[str]:
    yield part.title
    for found in chain(_BOLD.finditer(part.content), _TITLES.finditer(part.content)):
        yield unescape(found[0])
