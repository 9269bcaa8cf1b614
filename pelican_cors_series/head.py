"""What stands in <head> for one page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pelican_cors_series.settings import Language, Settings
    from pelican_cors_series.share_picture import SharePicture

# Everything comes from the site's own origin; nothing stands inline.
_SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}

_WORDS_OF_A_DESCRIPTION = 25
# Whole sentences with fewer letters than these say too little.
_LEAST_LETTERS = 24
_SENTENCE_END = re.compile(r"[.!?。]['\"\u2019”)\]」』]*$")
_ABBREVIATION = re.compile(r"(?:^|\W)(?:[A-Za-z]|(?i:etc|vs|cf|no|dr|mr|mrs|st))\.\W*$")
# og:locale wants a territory; these are the ones that the languages are mostly written in.
_TERRITORIES = {"en": "en_US", "ko": "ko_KR", "ja": "ja_JP", "zh": "zh_CN", "de": "de_DE", "fr": "fr_FR", "es": "es_ES"}


def joined_sources(*wanted: Mapping[str, str]) -> dict[str, str]:
    """Return the sources of several policies together: directive → sources."""
    found: dict[str, list[str]] = {}
    for directive, sources in (pair for each in wanted for pair in each.items()):
        found.setdefault(directive, []).append(sources)
    return {directive: " ".join(sources) for directive, sources in found.items()}


def policy(more: Mapping[str, str] | None = None) -> str:
    """Return the Content-Security-Policy of a page. more: directive → sources that it needs besides the site's own."""
    return "; ".join(" ".join(pair) for pair in joined_sources(_SOURCES, more or {}).items())


POLICY = policy()


@dataclass(frozen=True, slots=True)
class Picture:
    """What stands for a page where it is shared: its whole address, what it shows in words, its size where it is known.

    drawn: what the build draws it of; None for a picture of the author's own.
    """

    address: str
    alt: str
    width: int | None = None
    height: int | None = None
    drawn: SharePicture | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The head of one page.

    canonical (None for a list that has no address of its own), and the addresses in alternates and feeds, are
    absolute. alternates: (language or "x-default", address).
    og: (property, content); twitter: (name, content), of what stands in no og. picture: the one that og names.
    scripts: addresses of ES modules. robots: None where nothing is asked of search engines.
    changed: when the text of the page was last modified, as ISO 8601; None where nobody says.
    """

    title: str
    description: str
    canonical: str | None
    robots: str | None
    alternates: tuple[tuple[str, str], ...]
    feeds: tuple[tuple[str, str], ...]
    og: tuple[tuple[str, str], ...]
    scripts: tuple[str, ...]
    changed: str | None = None
    policy: str = POLICY
    twitter: tuple[tuple[str, str], ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What a page says of itself to its head. addresses: language → address of the page in it, its own included.

    sources: what its policy allows besides the site's own: directive → sources.
    """

    title: str
    description: str
    language: Language
    addresses: Mapping[str, str]
    kind: str = "website"
    picture: Picture | None = None
    noindex: bool = False
    published: str | None = None
    modified: str | None = None
    scripts: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)


def make_head(about: About, settings: Settings) -> Head:
    """Return the head of a page. Only languages that the page really exists in are named."""
    language = about.language
    whole = {code: settings.whole(address) for code, address in sorted(about.addresses.items())}
    canonical = whole.get(language.code)
    default = whole.get(settings.default_language, canonical)
    feeds = [
        (each.title or each.code, settings.whole(f"{each.prefix}feed.xml")) for each in settings.languages.values()
    ]
    og = [
        ("og:type", about.kind),
        ("og:title", about.title),
        ("og:description", about.description),
        ("og:url", canonical or ""),
        ("og:site_name", language.title),
        ("og:locale", _locale(language.code)),
        *[("og:locale:alternate", _locale(code)) for code in sorted(about.addresses) if code != language.code],
        *_og_of(about.picture),
    ]
    if about.kind == "article":
        og += [("article:published_time", about.published or ""), ("article:modified_time", about.modified or "")]
    return Head(
        title=about.title if about.title == language.title else f"{about.title} · {language.title}".removesuffix(" · "),
        description=about.description,
        canonical=canonical,
        robots="noindex" if about.noindex else None,
        alternates=(*whole.items(), ("x-default", default)) if default else (),
        feeds=tuple(feeds),
        og=tuple((name, content) for name, content in og if content),
        scripts=about.scripts,
        changed=about.modified,
        policy=policy(about.sources),
        twitter=(("twitter:card", "summary_large_image" if about.picture else "summary"),),
        picture=about.picture,
    )


def _og_of(picture: Picture | None) -> list[tuple[str, str]]:
    if picture is None:
        return []
    size = [("og:image:width", picture.width), ("og:image:height", picture.height)]
    known = [(name, str(number)) for name, number in size if number]
    return [("og:image", picture.address), *known, ("og:image:alt", picture.alt)]


def numbered(head: Head, code: str, address: str, title: str) -> Head:
    """Return the head of a later page of a list: at its own address, and in its own language alone.

    Which posts stand on the second page of a list differs from language to language, so it is no translation.
    """
    og = tuple((name, address if name == "og:url" else content) for name, content in head.og)
    alternates = ((code, address), ("x-default", address))
    return replace(head, title=title, canonical=address, alternates=alternates, og=og)


def plain(html: str) -> str:
    """Return HTML as text: without markup, its white space folded. A word may change its markup within itself."""
    apart = re.sub(r"<(?!/?(?:a|abbr|b|code|em|i|kbd|small|span|strong|sub|sup)\b)[^>]*>", " ", html)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", apart)).split())


def describe(html: str) -> str:
    """Return the description that an outline or a text makes: without markup, cut to about 25 words.

    It ends with a sentence where one is over by then, else between two words, and says with "…" that it goes on.
    """
    # Headings of a text are no sentences of it; an outline of nothing but a heading keeps it.
    apart = r"<(h[1-6]|table|pre|predict-first|origin-compare|cors-exchange|live-experiment)\b.*?</\1>"
    sentences = re.sub(apart, " ", html, flags=re.DOTALL)
    words = (plain(sentences) or plain(html)).split()
    if len(words) <= _WORDS_OF_A_DESCRIPTION:
        return " ".join(words)
    for number in range(_WORDS_OF_A_DESCRIPTION, 0, -1):
        whole = " ".join(words[:number])
        if len(whole) >= _LEAST_LETTERS and _ends_sentence(whole, words[number]):
            return whole
    return " ".join(words[:_WORDS_OF_A_DESCRIPTION]).rstrip(".,;:") + "…"


def _ends_sentence(text: str, following: str) -> bool:
    """Return whether a sentence ends before the following word: none does with "e.g." or goes on in lower case."""
    return bool(_SENTENCE_END.search(text)) and not _ABBREVIATION.search(text) and not following[0].islower()


def _locale(code: str) -> str:
    return _TERRITORIES.get(code, code.replace("-", "_"))
