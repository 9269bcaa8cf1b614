"""Pagefind: the texts of all languages → the files that it looks words up in, written by its own command.

Pagefind finds the words that begin with what is typed, and Korean writes several in one (웹서버): each text is handed
to it with the ends of its Korean words (서버) behind it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from html import escape
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pelican_cors_series.search import Searched, sections, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COMMAND = "pagefind"
# The id above the ends, which search-pagefind.js knows, too. They count for little: the word itself comes first.
_ENDS = '<h2 id="~ends~">-</h2><p data-pagefind-weight="0.1">'
_WITH_HANGUL = re.compile(r"\w*[가-힣]\w*")
# Where a word may begin within another: 웹|서|버, REST|서|버, 웹|API.
_WITHIN = re.compile(r"(?<=\w)(?=[가-힣])|(?<=[가-힣])(?=\w)")
# What it brings for sites that have no search page of their own.
_UNUSED = ("*-ui.js", "*-ui.css", "pagefind-highlight.js")


def write_pagefind(texts: Mapping[str, Iterable[Searched]], folder: Path) -> None:
    """Write a folder anew. texts: language → its texts. Raises RuntimeError with what Pagefind says if that fails."""
    shutil.rmtree(folder, ignore_errors=True)
    with TemporaryDirectory() as source:
        for code, each in texts.items():
            for number, text in enumerate(each):
                file = Path(source, code, f"{number}.html")
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(pagefind_page(text, code), encoding="utf-8")
        command = [shutil.which(COMMAND) or COMMAND, "--site", source, "--output-path", str(folder)]
        run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - a name, and our folders
    if run.returncode:
        raise RuntimeError(run.stderr or run.stdout)
    for file in (file for pattern in _UNUSED for file in folder.glob(pattern)):
        file.unlink()


def pagefind_page(text: Searched, code: str) -> str:
    """Return the page of a text in a language as Pagefind reads it: its words under its headings, nothing around."""
    found = sections(text.content)
    parts = [
        (f'<h2 id="{escape(each.id)}">{escape(each.heading)}</h2>' if each.id else "") + f"<p>{escape(each.text)}</p>"
        for each in found
    ]
    ends = endings(" ".join(f"{each.heading} {each.text}" for each in found))
    title = words(text.title)
    return "\n".join(
        [
            f'<!DOCTYPE html><html lang="{escape(code)}"><head><title>{escape(title)}</title></head><body>',
            f'<h1 data-pagefind-meta="title">{escape(title)}</h1>',
            f'<p data-pagefind-meta="url[data-url]" data-url="{escape(text.url)}"></p>',
            *parts,
            f"{_ENDS}{' '.join(ends)}</p></body></html>" if ends else "</body></html>",
        ]
    )


def endings(text: str) -> list[str]:
    """Return what words in Hangul end with, each once, apart from what another word or end begins with."""
    whole = set(_WITH_HANGUL.findall(text))
    ends = {word[start:] for word in whole for start in (at.start() for at in _WITHIN.finditer(word))}
    ordered = [*sorted(whole | ends), ""]
    return [one for one, after in pairwise(ordered) if one not in whole and not after.startswith(one)]
