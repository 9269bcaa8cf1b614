"""schema.org: what a page says of itself to machines, as JSON-LD."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pelican_cors_series.head import About, Head
    from pelican_cors_series.part import Part

Data = dict[str, Any]


def article(part: Part, about: About, head: Head, series: Data | None) -> Data:
    """Return a part as a TechArticle, with its translations and its place in its series.

    series: what `series_of` returns, with the part's position; None for a part of none. Of translations the one in
    the site's default language counts as the work, or else the first; the others are translations of it.
    """
    alternates = [(code, address) for code, address in head.alternates if code != "x-default"]
    default = dict(head.alternates).get("x-default")
    original = next((each for each in alternates if each[1] == default), alternates[0])
    own = about.language.code
    data: Data = {
        **_work("TechArticle", head.canonical, own),
        "headline": about.title,
        "description": about.description,
        "datePublished": about.published,
        "dateModified": about.modified,
        "author": {"@type": "Person", "name": part.author} if part.author else None,
        "image": about.picture.address if about.picture else None,
        "articleSection": part.category,
        "keywords": list(part.tags),
        **(series or {}),
    }
    if original[0] == own:
        others = [_work("TechArticle", address, code) for code, address in alternates if code != own]
        data["workTranslation"] = others
    else:
        data["translationOfWork"] = _work("TechArticle", original[1], original[0])
    return data


def membership(title: str, address: str, number: int) -> Data:
    """Return what says that a work is a part of a series: its title (plain text), its whole address, which part."""
    return {"isPartOf": {**_work("CreativeWorkSeries", address), "name": title}, "position": number}


def series(about: About, head: Head, parts: Iterable[tuple[int, str, str]]) -> Data:
    """Return a series with its parts, each its number, its title (plain text) and its whole address."""
    return {
        **_work("CreativeWorkSeries", head.canonical, about.language.code),
        "name": about.title,
        "description": about.description,
        "hasPart": [
            {**_work("TechArticle", address), "headline": title, "position": number} for number, title, address in parts
        ],
    }


def website(about: About, head: Head) -> Data:
    """Return the site in one language, as its index says it."""
    work = _work("WebSite", head.canonical, about.language.code)
    return {**work, "name": about.title, "description": about.description}


def script(data: Mapping[str, Any]) -> str:
    """Return data as JSON that can stand within a script element: what is empty left out, nothing of it markup."""
    filled = {"@context": "https://schema.org", **{key: value for key, value in data.items() if value}}
    text = json.dumps(filled, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _work(kind: str, address: str | None, language: str | None = None) -> Data:
    work: Data = {"@type": kind, "@id": address, "url": address}
    return work | ({"inLanguage": language} if language else {})
