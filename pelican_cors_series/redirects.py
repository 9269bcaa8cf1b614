"""Redirects: addresses of the old blog, in the spellings that are about, → the pages that they mean.

A post stood at /posts/STEM in the default language and at /ko/STEM in another; links to it often have the case of its
title (CORS-3 for cors-3), and those in a translation often name the other language. Pages stood under /tabs/; that is
the old theme's own folder, so a site without CORS_SERIES_OLD_HOSTS has no redirects from there.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pelican_cors_series.part import Part
    from pelican_cors_series.settings import Settings
    from pelican_cors_series.translations import Pairs


# The name of a post as it is spelled in a link, its ending left away.
_SPELLED = re.compile(r"\b\d{4}-\d{2}-\d{2}-[^\s/?#\"'()<>\[\]]+")
_ENDING = re.compile(r"\.(?:html?|md|markdown)$", re.IGNORECASE)
# How many rules without a * Cloudflare Pages reads.
_MOST = 2000


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old address and the page's own, both within the site and without a slash in front, as written: "ko/한글"."""

    old: str
    new: str
    language: str


def find_redirects(parts: Iterable[Part], pairs: Pairs, settings: Settings, files: Iterable[str]) -> list[Redirect]:
    """Return a redirect for each old address at which no page stands, the likeliest first.

    files: all that the site has otherwise, as paths below its root: a rule would hide a page at its address.
    Cloudflare Pages reads the first two thousand rules alone, so what is spelled right comes before another case.
    """
    published = [part for part in parts if part.status != "draft"]
    taken = {re.sub(r"(?:index)?\.html$", "", file) for file in files}
    spellings = _spellings(published)
    found: dict[str, Redirect] = {}
    ordered = sorted(published, key=lambda part: part.address)
    candidates = [each for part in ordered for each in _as_they_were(part, pairs, settings)]
    candidates += [each for part in ordered for each in _in_other_case(part, pairs, settings, spellings)]
    for redirect in (*candidates, *_of_tabs(settings)):
        if redirect.old not in taken:
            found.setdefault(redirect.old, redirect)
    return list(found.values())


def rules(redirects: Iterable[Redirect], settings: Settings) -> str:
    """Return the file _redirects, which Netlify and Cloudflare Pages read."""
    base = settings.site_path
    lines = [f"{base}/{quote(each.old)} {base}/{quote(each.new)} 301" for each in redirects]
    # What is in posts/ in one language is in no folder in another.
    prefixes = [language.prefix for language in settings.languages.values() if language.prefix]
    whole = [f"{base}/{prefix}posts/* {base}/{prefix}:splat 301" for prefix in prefixes]
    # Cloudflare Pages ends reading at one rule more; Netlify reads all.
    return "".join(f"{line}\n" for line in (*lines[:_MOST], *whole, *lines[_MOST:]))


def pages(redirects: Iterable[Redirect], files: Iterable[str]) -> list[tuple[str, Redirect]]:
    """Return which file can lead on where a host reads no rules: none whose name differs from another's by case alone.

    files: all that the site has otherwise, as paths below its root. Some file systems do not tell the case of names.
    """
    taken = {file.casefold() for file in files}
    found = []
    for each in redirects:
        file = f"{each.old}index.html" if each.old.endswith("/") else f"{each.old}.html"
        if file.casefold() not in taken:
            taken.add(file.casefold())
            found.append((file, each))
    return found


def by_lower_case(redirects: Iterable[Redirect], parts: Iterable[Part], settings: Settings) -> str:
    """Return as JSON what the page for what is not found looks an address up in: in lower case → as it is.

    With it a host that reads no rules still leads a link in the wrong case to its page.
    """
    known = {each.old.lower(): each.new for each in redirects}
    known |= {part.address.lower(): part.address for part in parts if part.status != "draft"}
    base = settings.site_path
    table = {f"{base.lower()}/{old}": f"{base}/{quote(new)}" for old, new in sorted(known.items())}
    return json.dumps(table, ensure_ascii=False, separators=(",", ":")) + "\n"


def _as_they_were(part: Part, pairs: Pairs, settings: Settings) -> Iterator[Redirect]:
    """Yield the addresses of a text in every language, each leading to the text in that language where there is one."""
    pair: Mapping[str, Part] = pairs.get(part.pair_id, {})
    for code, language in settings.languages.items():
        target = pair.get(code, part)
        folders = ("", "tabs/") if settings.old_hosts else ("",)
        for folder in folders if part.is_page else ("" if language.prefix else "posts/",):
            yield Redirect(f"{language.prefix}{folder}{part.stem}", target.address, target.language)


def _in_other_case(
    part: Part, pairs: Pairs, settings: Settings, spellings: Mapping[str, set[str]]
) -> Iterator[Redirect]:
    """Yield the same as links have them, in lower case, and with the words as the id and the title write them."""
    words = {word.lower(): word for word in re.findall(r"[^\W_]+", f"{part.title} {part.pair_id}")}
    as_titled = re.sub(r"[^\W_]+", lambda word: words.get(word[0].lower(), word[0]), part.stem)
    stems = [*sorted(spellings.get(part.stem.lower(), ())), part.stem.lower(), as_titled]
    for redirect in _as_they_were(part, pairs, settings):
        start = redirect.old.removesuffix(part.stem)
        for stem in stems:
            yield replace(redirect, old=start + stem)


def _spellings(parts: Iterable[Part]) -> dict[str, set[str]]:
    """Return how the texts themselves spell the names of posts: in lower case → as written."""
    found: dict[str, set[str]] = {}
    for part in parts:
        for name in _SPELLED.findall(part.text.body):
            stem = _ENDING.sub("", unquote(name))
            found.setdefault(stem.lower(), set()).add(stem)
    return found


def _of_tabs(settings: Settings) -> Iterator[Redirect]:
    """Yield the old blog's lists, where this site is its successor."""
    archive = settings.lists.get("archives")
    for code, language in settings.languages.items() if settings.old_hosts else ():
        yield Redirect(f"{language.prefix}tabs/blog/", language.prefix, code)
        if archive:
            yield Redirect(f"{language.prefix}tabs/archive", archive.at(language.prefix).url, code)
