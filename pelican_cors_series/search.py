"""Search: the texts of a language → the JSON that its search page looks words up in, section by section."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pelican_cors_series.head import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

# A widget's labels are the same in each; what is found in a text shall be its author's words.
_NO_WORDS = re.compile(
    r"<!--.*?-->|<(?P<name>origin-compare|cors-exchange|cors-doctor|live-experiment|script|style|template)\b.*?</(?P=name)>",
    re.DOTALL | re.IGNORECASE,
)
_HEADING = re.compile(r"""<h([1-6])\b(?:[^>]*?\sid="(?P<id>[^"]+)")[^>]*>(?P<words>.*?)</h\1>""", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What a search page works with: the module search-SOURCE.js, and the address of what that looks words up in."""

    source: str
    index: str


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading, as text; id and heading are "" for what stands before the first."""

    id: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Searched:
    """One text that can be found: its address as a link has it ("/ko/about"), its title and its content as HTML."""

    url: str
    title: str
    content: str


def sources(source: str) -> dict[str, str]:
    """Return what the policy of a search page allows besides the site's own. source: as in SearchPage."""
    # Pagefind is WebAssembly, in part.
    return {"script-src": "'wasm-unsafe-eval'"} if source == "pagefind" else {}


def sections(content: str) -> list[Section]:
    """Return a text (HTML) cut at its headings that a link can lead to, all in NFC. One without words is left out."""
    html = _NO_WORDS.sub(" ", content)
    headings = list(_HEADING.finditer(html))
    ends = [*(heading.start() for heading in headings), len(html)]
    found = [Section("", "", words(html[: ends[0]]))]
    found += [
        Section(heading["id"], words(heading["words"]), words(html[heading.end() : end]))
        for heading, end in zip(headings, ends[1:], strict=True)
    ]
    return [section for section in found if section.heading or section.text]


def search_index(texts: Iterable[Searched]) -> str:
    """Return the JSON of a language's texts: [[url, title, [[id, heading, text], …]], …], in their order.

    Lists and not objects, for it is all that a reader has to wait for.
    """
    data = [
        [text.url, words(text.title), [[each.id, each.heading, each.text] for each in sections(text.content)]]
        for text in texts
    ]
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def words(html: str) -> str:
    """Return HTML as the text that is looked through, in NFC."""
    return unicodedata.normalize("NFC", plain(html))
