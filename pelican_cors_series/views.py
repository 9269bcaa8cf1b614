"""Views: parts, indexes and series → the view of each page, in the words and with the addresses of its language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pelican_cors_series import widgets
from pelican_cors_series.head import About, describe, make_head, plain
from pelican_cors_series.locales import day_in_words, own_name
from pelican_cors_series.rules_page import rules_page
from pelican_cors_series.view import Entry, LanguageView, PartLink, SeriesView, Switch, View

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


class Views:
    """Makes the views of one site."""

    def __init__(self, tree: Tree, settings: Settings, assets: str) -> None:
        """assets: the address below which the theme's files lie, such as "/theme"."""
        self._tree, self._settings, self._assets = tree, settings, assets

    @cached_property
    def languages(self) -> Mapping[str, LanguageView]:
        """The languages of the site by their codes."""
        base = self._settings.site_path
        return {
            code: LanguageView(
                code=code,
                name=own_name(code),
                title=each.title,
                description=each.description,
                owner=each.owner,
                licence=each.licence,
                index_url=f"{base}/{each.prefix}",
                feed_url=f"{base}/{each.prefix}feed.xml",
                rules_url=f"{base}/{rules_address(each.prefix)}" if self.has_rules else None,
            )
            for code, each in self._settings.languages.items()
        }

    @cached_property
    def has_rules(self) -> bool:
        """Whether the site has a page of the rules: readers have met a verdict, and the author has not said no."""
        published = (part for part in self._tree.parts.values() if part.status == "published")
        return self._settings.rules_page and any(part.widgets for part in published)

    def of_part(self, part: Part) -> View:
        """Return the view of a part's page."""
        partners = self._tree.pairs.get(part.pair_id, {})
        addresses = {code: partner.url for code, partner in partners.items()} | {part.language: part.url}
        scripts = tuple(f"{self._assets}/js/{name}" for name in widgets.scripts(part.widgets))
        about = About(
            title=part.title,
            description=part.description or describe(part.summary or part.content),
            language=self._settings.languages[part.language],
            addresses=addresses,
            kind="article",
            image=self._whole(part.image.address) if part.image else None,
            noindex=part.noindex or part.status != "published",
            published=part.date.isoformat(),
            modified=(part.modified or part.date).isoformat(),
            scripts=scripts,
        )
        return self._view(
            about,
            series=self._series_of(part),
            entry=self.entry(part),
            published=day_in_words(part.date.date(), part.language),
            published_iso=part.date.isoformat(),
            modified=day_in_words(part.modified.date(), part.language) if part.modified else None,
            modified_iso=part.modified.isoformat() if part.modified else None,
            # A picture that is not there would show as a broken one; those who share the page may know it still.
            image=part.image.address if part.image and part.image.present else None,
            category=part.category,
            status=part.status,
        )

    def of_index(self, code: str) -> View:
        """Return the view of a language's index; its posts come from Pelican's paginator."""
        language = self._settings.languages[code]
        addresses = {other: each.prefix for other, each in self._settings.languages.items()}
        title = language.title or language.code
        return self._view(
            About(title, language.description, language, addresses),
            series_list=tuple(self.series(each, code) for each in self._tree.series.values() if code in each.parts),
        )

    def of_series(self, series: Series, code: str) -> View:
        """Return the view of a series' page in one language."""
        language = self._settings.languages[code]
        view = self.series(series, code)
        addresses = {other: series_address(series, self._settings.languages[other].prefix) for other in series.parts}
        entries = tuple(self.entry(part) for part in series.parts[code])
        description = ", ".join(part.title for part in series.parts[code])
        return self._view(About(view.title, description, language, addresses), series=view, entries=entries)

    def of_rules(self, code: str) -> View:
        """Return the view of the page of the rules in one language."""
        text = self._tree.texts[code]
        addresses = {other: rules_address(each.prefix) for other, each in self._settings.languages.items()}
        title, description = text("rules_page.title"), text("rules_page.description")
        about = About(title, description, self._settings.languages[code], addresses)
        return self._view(about, rules=rules_page(text))

    def of_other(self, page: Other) -> View:
        """Return the view of ordinary content: of a page that is no part."""
        code = page.language if page.language in self._settings.languages else self._settings.default_language
        language = self._settings.languages[code]
        known = {key: address for key, address in page.addresses.items() if key in self._settings.languages}
        own = page.addresses.get(page.language)
        addresses = known if own is None else {code: own} | known
        published, modified = (
            (day_in_words(moment.date(), code), moment.isoformat()) if moment else (None, None)
            for moment in (page.published, page.modified)
        )
        entry = Entry(
            title=page.title,
            url=f"{self._settings.site_path}/{own or ''}",
            lang=page.language,
            summarize=lambda: escape_text(describe(page.summarize())),
            published=published[0],
            published_iso=published[1],
        )
        return self._view(
            About(plain(page.title) or language.title, language.description, language, addresses),
            entry=entry,
            published=published[0],
            published_iso=published[1],
            modified=modified[0],
            modified_iso=modified[1],
        )

    def entry(self, part: Part) -> Entry:
        """Return how a part stands in a list."""
        series = self._series_of(part)
        return Entry(
            title=escape_text(part.title),
            url=f"{self._settings.site_path}/{part.url}",
            lang=part.language,
            summarize=lambda: escape_text(describe(part.summary or part.content)),
            published=day_in_words(part.date.date(), part.language),
            published_iso=part.date.isoformat(),
            image=part.image.address if part.image and part.image.present else None,
            series_title=series.title if series else None,
            number=series.number if series else None,
        )

    def series(self, series: Series, code: str, part: Part | None = None) -> SeriesView:
        """Return a series in one language, as seen from a part."""
        parts = series.parts[code]
        links = [
            PartLink(
                number=each.membership.number if each.membership else 0,
                title=escape_text(each.title),
                url=f"{self._settings.site_path}/{each.url}",
                current=part is not None and each.source == part.source,
            )
            for each in parts
        ]
        at = next((index for index, link in enumerate(links) if link.current), None)
        titles = self._settings.series_titles.get(series.name, {})
        return SeriesView(
            title=escape_text(titles.get(code, series.title)),
            url=f"{self._settings.site_path}/{series_address(series, self._settings.languages[code].prefix)}",
            parts=tuple(links),
            previous=links[at - 1] if at else None,
            next=links[at + 1] if at is not None and at + 1 < len(links) else None,
            number=links[at].number if at is not None else 0,
            total=len(links),
        )

    def _series_of(self, part: Part) -> SeriesView | None:
        series = self._series_by_source.get(part.source)
        return self.series(series, part.language, part) if series else None

    def _whole(self, address: str) -> str:
        """Return a picture's address with the host in front, where it is one within the site."""
        host = self._settings.site_url.removesuffix(self._settings.site_path)
        return f"{host}{address}" if address.startswith("/") and not address.startswith("//") else address

    @cached_property
    def _series_by_source(self) -> Mapping[str, Series]:
        return {
            part.source: series
            for series in self._tree.series.values()
            for parts in series.parts.values()
            for part in parts
        }

    def _view(self, about: About, **more: object) -> View:
        base = self._settings.site_path
        return View(
            lang=self.languages[about.language.code],
            text=self._tree.texts[about.language.code],
            head=make_head(about, self._settings),
            switch=tuple(
                Switch(code, own_name(code), f"{base}/{about.addresses[code]}", code == about.language.code)
                for code in self._settings.languages
                if code in about.addresses
            ),
            base=base,
            assets=self._assets,
            **more,  # type: ignore[arg-type]
        )


def series_address(series: Series, prefix: str) -> str:
    """Return the address of a series' page within the site: "ko/series/about-cors/"."""
    return f"{prefix}series/{series.name}/"


def rules_address(prefix: str) -> str:
    """Return the address of the page of the rules within the site: "ko/rules/"."""
    return f"{prefix}rules/"


def escape_text(text: str) -> str:
    """Return text as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
