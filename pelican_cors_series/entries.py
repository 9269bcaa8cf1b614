"""Entries: how posts stand in lists and in their series, in the words and with the addresses of each language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from pelican_cors_series.head import describe
from pelican_cors_series.locales import day_in_words, name_in
from pelican_cors_series.series import in_language
from pelican_cors_series.translations import newer_text
from pelican_cors_series.view import Entry, NewerText, PartLink, SeriesView, Translations

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from pelican_cors_series.part import Part
    from pelican_cors_series.preflight import Tree
    from pelican_cors_series.series import Series
    from pelican_cors_series.settings import Settings


@dataclass(frozen=True, slots=True)
class Other:
    """Ordinary content, as far as a view needs it. title, and what summarize gives: HTML.

    addresses: by language, its own included; none for what has no address of its own, such as a list.
    """

    title: str
    language: str
    addresses: Mapping[str, str]
    summarize: Callable[[], str] = str
    published: datetime | None = None
    modified: datetime | None = None
    status: str = "published"


class Entries:
    """Makes the entries of one site."""

    def __init__(self, tree: Tree, settings: Settings) -> None:
        """tree: the parts, their pairs and their series."""
        self._tree, self._settings = tree, settings
        self._links_by_series: dict[tuple[str, str], Mapping[str, PartLink]] = {}

    def of_part(self, part: Part) -> Entry:
        """Return how a part stands in a list."""
        series = self.series_of(part)
        return Entry(
            title=escape_text(part.title),
            url=f"{self._settings.site_path}/{part.url}",
            lang=part.language,
            summarize=lambda: escape_text(describe(part.summary or part.content)),
            published=day_in_words(part.date.date(), part.language),
            published_iso=part.date.isoformat(),
            translations=self._translations(part),
            image=part.image if part.image and part.image.present else None,
            series_title=series.title if series else None,
            number=series.number if series else None,
        )

    def of_other(self, page: Other, code: str) -> Entry:
        """Return how ordinary content stands in a list; code: the language of the site in which it is shown."""
        known = [each for each in self._settings.languages if each in page.addresses]
        return Entry(
            title=page.title,
            url=f"{self._settings.site_path}/{page.addresses.get(page.language, '')}",
            lang=page.language,
            summarize=lambda: escape_text(describe(page.summarize())),
            published=day_in_words(page.published.date(), code) if page.published else None,
            published_iso=page.published.isoformat() if page.published else None,
            translations=Translations(tuple(known), lacking=0 < len(known) < len(self._settings.languages)),
        )

    def series(self, series: Series, code: str, part: Part | None = None) -> SeriesView:
        """Return a series in one language, as seen from a part."""
        links = self._links(series, code)
        if part is not None and part.source in links:
            links = {**links, part.source: replace(links[part.source], current=True)}
        own = [link for link in links.values() if link.lang == code]
        at = next((index for index, link in enumerate(own) if link.current), None)
        titles = self._settings.series_titles.get(series.name, {})
        return SeriesView(
            title=escape_text(titles.get(code, series.title)),
            url=f"{self._settings.site_path}/{series_address(series, self._settings.languages[code].prefix)}",
            parts=tuple(links.values()),
            previous=own[at - 1] if at else None,
            next=own[at + 1] if at is not None and at + 1 < len(own) else None,
            number=own[at].number if at is not None else 0,
            total=len(links),
        )

    def _links(self, series: Series, code: str) -> Mapping[str, PartLink]:
        """Return the links to the parts of a series by their sources, none of them the current one."""
        key = series.name, code
        if key not in self._links_by_series:
            self._links_by_series[key] = {
                part.source: PartLink(
                    number=part.membership.number if part.membership else 0,
                    title=escape_text(part.title),
                    url=f"{self._settings.site_path}/{part.url}",
                    lang=part.language,
                    current=False,
                    translations=self._translations(part),
                )
                for part in in_language(series, code)
            }
        return self._links_by_series[key]

    def series_of(self, part: Part) -> SeriesView | None:
        """Return the series of a part as seen from it, None where it is in none."""
        series = self._series_by_source.get(part.source)
        return self.series(series, part.language, part) if series else None

    def newer(self, part: Part) -> NewerText | None:
        """Return the translation of a part whose text is newer, None where there is none."""
        newer = newer_text(part, self._pair(part))
        if newer is None or newer.modified is None:
            return None
        return NewerText(
            lang=newer.language,
            language=name_in(newer.language, part.language),
            title=escape_text(newer.title),
            url=f"{self._settings.site_path}/{newer.url}",
            day=day_in_words(newer.modified.date(), part.language),
            iso=newer.modified.isoformat(),
        )

    def _pair(self, part: Part) -> Mapping[str, Part]:
        return self._tree.pairs.get(part.pair_id, {})

    def _translations(self, part: Part) -> Translations:
        present = {*self._pair(part), part.language}
        newer = newer_text(part, self._pair(part))
        return Translations(
            languages=tuple(code for code in self._settings.languages if code in present),
            lacking=len(present) < len(self._settings.languages),
            newer=newer.language if newer else None,
        )

    @cached_property
    def _series_by_source(self) -> Mapping[str, Series]:
        return {
            part.source: series
            for series in self._tree.series.values()
            for parts in series.parts.values()
            for part in parts
        }


def series_address(series: Series, prefix: str) -> str:
    """Return the address of a series' page within the site: "ko/series/about-cors/"."""
    return f"{prefix}series/{series.name}/"


def escape_text(text: str) -> str:
    """Return text as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
