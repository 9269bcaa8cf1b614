"""Views: parts, pages, lists and series → the view of each, in the words and with the addresses of its language."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote

from pelican_cors_series import schema_org, widgets
from pelican_cors_series.contents import contents
from pelican_cors_series.doctor_page import doctor_page
from pelican_cors_series.entries import Entries, Other, escape_text, series_address
from pelican_cors_series.frame import Frame, doctor_address, rules_address
from pelican_cors_series.head import About, describe, plain
from pelican_cors_series.locales import day_in_words
from pelican_cors_series.rules_page import rules_page
from pelican_cors_series.series import in_language
from pelican_cors_series.share import share_links

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pelican_cors_series.head import Head
    from pelican_cors_series.part import Part
    from pelican_cors_series.preflight import Tree
    from pelican_cors_series.series import Series
    from pelican_cors_series.settings import Settings
    from pelican_cors_series.view import LanguageView, View

__all__ = ["Other", "Views", "doctor_address", "escape_text", "rules_address", "series_address"]


class Views:
    """Makes the views of one site."""

    def __init__(self, tree: Tree, settings: Settings, assets: str) -> None:
        """assets: the address below which the theme's files lie, such as "/theme"."""
        self._tree, self._settings, self._assets = tree, settings, assets
        self._frame = Frame(settings, tree.texts, assets, has_rules=self.has_rules, has_doctor=self.has_doctor)
        self._entries = Entries(tree, settings)

    @property
    def languages(self) -> Mapping[str, LanguageView]:
        """The languages of the site by their codes."""
        return self._frame.languages

    @cached_property
    def has_rules(self) -> bool:
        """Whether the site has a page of the rules: readers have met a verdict, and the author has not said no."""
        return self._settings.rules_page and self._has_widgets

    @cached_property
    def has_doctor(self) -> bool:
        """Whether the site has a page of the CORS doctor, by the same measure."""
        return self._settings.doctor_page and self._has_widgets

    @cached_property
    def _has_widgets(self) -> bool:
        return any(part.widgets for part in self._tree.parts.values() if part.status == "published")

    def of_part(self, part: Part) -> View:
        """Return the view of a part's page, or of a page that stands in no list."""
        partners = self._tree.pairs.get(part.pair_id, {})
        addresses = {code: partner.url for code, partner in partners.items()} | {part.language: part.url}
        dated = part.date if part.is_dated else None
        about = About(
            title=part.title,
            description=part.description or describe(part.summary or part.content),
            language=self._settings.languages[part.language],
            addresses=addresses,
            kind="website" if part.is_page else "article",
            image=self._whole(part.image.address) if part.image else None,
            noindex=part.noindex or part.status != "published",
            published=_iso(dated),
            modified=_iso(part.modified or dated),
            scripts=tuple(f"{self._assets}/js/{name}" for name in widgets.scripts(part.widgets)),
        )
        head = self._frame.head(about)
        series = self._entries.series_of(part)
        shown = not part.is_page and part.status == "published"
        # An address without a host is of use to nobody else.
        targets = self._settings.share if shown and self._settings.site_url else ()
        return self._frame.view(
            about,
            head,
            series=series,
            entry=self._entries.of_part(part),
            **_days(dated, part.modified, part.language),
            # A picture that is not there would show as a broken one; those who share the page may know it still.
            image=part.image.address if part.image and part.image.present else None,
            category=part.category,
            status=part.status,
            contents=contents(part.content, part.summary),
            share=share_links(targets, head.canonical or "", part.title),
            newer=self._entries.newer(part),
            data=self._data(part, about, head) if shown else None,
        )

    def of_index(self, code: str) -> View:
        """Return the view of a language's index; its posts come from Pelican's paginator."""
        language = self._settings.languages[code]
        addresses = {other: each.prefix for other, each in self._settings.languages.items()}
        about = About(language.title or language.code, language.description, language, addresses)
        head = self._frame.head(about)
        series = [self._entries.series(each, code) for each in self._tree.series.values() if code in each.parts]
        return self._frame.view(
            about, head, series_list=tuple(series), data=schema_org.script(schema_org.website(about, head))
        )

    def of_series(self, series: Series, code: str) -> View:
        """Return the view of a series' page in one language."""
        language = self._settings.languages[code]
        view = self._entries.series(series, code)
        parts = in_language(series, code)
        addresses = {other: series_address(series, self._settings.languages[other].prefix) for other in series.parts}
        title = plain(view.title)
        about = About(title, ", ".join(part.title for part in parts), language, addresses)
        head = self._frame.head(about)
        links = [
            (link.number, part.title, self._settings.whole(part.url))
            for link, part in zip(view.parts, parts, strict=True)
        ]
        return self._frame.view(
            about,
            head,
            series=view,
            entries=tuple(self._entries.of_part(part) for part in parts),
            data=schema_org.script(schema_org.series(about, head, links)),
        )

    def of_rules(self, code: str) -> View:
        """Return the view of the page of the rules in one language."""
        text = self.languages[code].text
        addresses = {other: rules_address(each.prefix) for other, each in self._settings.languages.items()}
        title, description = text("rules_page.title"), text("rules_page.description")
        return self._frame.view(
            About(title, description, self._settings.languages[code], addresses), rules=rules_page(text)
        )

    def of_doctor(self, code: str) -> View:
        """Return the view of the page of the CORS doctor in one language."""
        text = self.languages[code].text
        about = About(
            text("cors_doctor.title"),
            text("cors_doctor.description"),
            self._settings.languages[code],
            {other: doctor_address(each.prefix) for other, each in self._settings.languages.items()},
            scripts=tuple(f"{self._assets}/js/{name}" for name in widgets.scripts(("cors-doctor",))),
        )
        return self._frame.view(about, doctor=doctor_page(text))

    def of_list(
        self,
        code: str,
        heading: str,
        addresses: Mapping[str, str],
        names: list[str],
        *,
        noindex: bool = False,
        **more: object,
    ) -> View:
        """Return the view of a list of posts in one language: an archive, an overview, the posts of a category.

        addresses: of the languages that have the same list. names: of what stands in it, for its description.
        """
        description = describe(escape_text(", ".join(names)))
        about = About(heading, description, self._settings.languages[code], addresses, noindex=noindex)
        return self._frame.view(about, None, heading=heading, **more)

    def of_not_found(self, code: str) -> View:
        """Return the view of the page that stands where there is none."""
        addresses = {other: f"{each.prefix}404" for other, each in self._settings.languages.items()}
        text = self.languages[code].text
        title, description = text("not_found.title"), text("not_found.lead")
        about = About(title, description, self._settings.languages[code], addresses, noindex=True)
        # Most hosts show the one at the root for every address.
        others = [
            each for each in self.languages.values() if each.code != code and not self._settings.languages[code].prefix
        ]
        return self._frame.view(about, heading=title, others=tuple(others))

    def of_redirect(self, code: str, address: str) -> View:
        """Return the view of a page that leads to another one of the site; address: that one's, "ko/2023-06-13-a"."""
        text = self.languages[code].text
        about = About(text("moved.title"), "", self._settings.languages[code], {code: quote(address)}, noindex=True)
        # It is the other page that has translations.
        return self._frame.view(
            about, replace(self._frame.head(about), alternates=(), feeds=(), og=()), heading=text("moved.title")
        )

    def of_other(self, page: Other) -> View:
        """Return the view of ordinary content: of a page that is no part."""
        code = page.language if page.language in self._settings.languages else self._settings.default_language
        language = self._settings.languages[code]
        known = {key: address for key, address in page.addresses.items() if key in self._settings.languages}
        own = page.addresses.get(page.language)
        addresses = known if own is None else {code: own} | known
        title, changed = plain(page.title) or language.title, _iso(page.modified or page.published)
        return self._frame.view(
            About(
                title, language.description, language, addresses, noindex=page.status != "published", modified=changed
            ),
            None,
            entry=self._entries.of_other(page, code),
            status=page.status,
            **_days(page.published, page.modified, code),
        )

    def _data(self, part: Part, about: About, head: Head) -> str:
        series = self._entries.series_of(part)
        member = None
        if series is not None:
            address = self._settings.whole(self._settings.without_base(series.url))
            member = schema_org.membership(plain(series.title), address, series.number)
        return schema_org.script(schema_org.article(part, about, head, member))

    def _whole(self, address: str) -> str:
        """Return a picture's address with the host in front, where it is one within the site."""
        host = self._settings.site_url.removesuffix(self._settings.site_path)
        return f"{host}{address}" if address.startswith("/") and not address.startswith("//") else address


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _days(published: datetime | None, modified: datetime | None, code: str) -> dict[str, str | None]:
    """Return what a view says of the days of a text: in words of the language, and as ISO 8601."""
    return {
        "published": day_in_words(published.date(), code) if published else None,
        "published_iso": _iso(published),
        "modified": day_in_words(modified.date(), code) if modified else None,
        "modified_iso": _iso(modified),
    }
