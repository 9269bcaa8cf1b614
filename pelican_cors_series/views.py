"""Views: parts, pages, lists and series → the view of each, in the words and with the addresses of its language."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pelican_cors_series import schema_org, widgets
from pelican_cors_series.comments import SOURCES
from pelican_cors_series.contents import contents
from pelican_cors_series.entries import Entries, Other, escape_text, series_address
from pelican_cors_series.frame import Frame, doctor_address, rules_address, search_address
from pelican_cors_series.head import About, Picture, describe, joined_sources, plain
from pelican_cors_series.locales import day_in_words
from pelican_cors_series.page_views import PageViews
from pelican_cors_series.pictures import Pictures
from pelican_cors_series.reading_time import reading_minutes
from pelican_cors_series.series import in_language
from pelican_cors_series.share import share_links

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from pelican_cors_series.fonts import FontFile
    from pelican_cors_series.head import Head
    from pelican_cors_series.part import Part
    from pelican_cors_series.preflight import Tree
    from pelican_cors_series.series import Series
    from pelican_cors_series.settings import Settings
    from pelican_cors_series.view import View

__all__ = [
    "Other",
    "Views",
    "doctor_address",
    "escape_text",
    "rules_address",
    "search_address",
    "series_address",
]


class Views(PageViews):
    """Makes the views of one site."""

    def __init__(
        self,
        tree: Tree,
        settings: Settings,
        assets: str,
        theme: Path,
        fonts: Mapping[str, tuple[FontFile, ...]] | None = None,
    ) -> None:
        """assets: the address below which the theme's files lie, such as "/theme". theme: the folder of the theme.

        fonts: the files of a language.
        """
        self._tree, self._settings, self._pictures = tree, settings, Pictures(settings, theme)
        frame = Frame(
            settings,
            tree.texts,
            assets,
            self._pictures,
            has_rules=self.has_rules,
            has_doctor=self.has_doctor,
            fonts=fonts,
        )
        super().__init__(frame, settings, assets)
        self._entries = Entries(tree, settings)

    @cached_property
    def has_rules(self) -> bool:
        """Whether the site tells of rules and engines: readers have met a verdict, and the author has not said no."""
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
        opens_images = 'class="image-link"' in part.content
        shown = not part.is_page and part.status == "published"
        giscus = self._settings.giscus if shown and part.has_comments else None
        wanted = {"image-viewer.js": opens_images, "comments.js": giscus}
        scripts = [
            *widgets.scripts(part.widgets, part.language),
            *(name for name, is_wanted in wanted.items() if is_wanted),
        ]
        about = About(
            title=part.title,
            description=part.description or describe(part.summary or part.content),
            language=self._settings.languages[part.language],
            addresses=addresses,
            kind="website" if part.is_page else "article",
            picture=self._picture(part),
            noindex=part.noindex or part.status != "published",
            published=_iso(dated),
            modified=_iso(part.modified or dated),
            scripts=tuple(f"{self._assets}/js/{name}" for name in scripts),
            sources=joined_sources(SOURCES if giscus else {}, widgets.sources(part.widgets)),
        )
        head = self._frame.head(about)
        series = self._entries.series_of(part)
        # An address without a host is of use to nobody else.
        targets = self._settings.share if shown and self._settings.site_url else ()
        return self._frame.view(
            about,
            head,
            series=series,
            entry=self._entries.of_part(part),
            **_days(dated, part.modified, part.language),
            # A picture that is not there would show as a broken one; those who share the page may know it still.
            image=part.image if part.image and part.image.present else None,
            category=part.category,
            status=part.status,
            opens_images=opens_images,
            comments=giscus,
            in_search=part.in_search and part.status == "published",
            minutes=None if part.is_page else reading_minutes(part.content),
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
        titles = ", ".join(part.title for part in parts)
        picture = self._pictures.of_page(series.name, title, language, lead=" · ".join(part.title for part in parts))
        about = About(title, titles, language, addresses, picture=picture)
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
        description = describe(escape_text(" · ".join(names)))
        about = About(heading, description, self._settings.languages[code], addresses, noindex=noindex)
        return self._frame.view(about, None, heading=heading, **more)

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
            in_search=own is not None and page.status == "published",
            **_days(page.published, page.modified, code),
        )

    def _data(self, part: Part, about: About, head: Head) -> str:
        series = self._entries.series_of(part)
        member = None
        if series is not None:
            address = self._settings.whole(self._settings.without_base(series.url))
            member = schema_org.membership(plain(series.title), address, series.number)
        return schema_org.script(schema_org.article(part, about, head, member))

    def _picture(self, part: Part) -> Picture | None:
        """Return the picture of a part where it is shared: its author's own, or else one that shows its title."""
        if part.image:
            return Picture(self._whole(part.image.address), part.title, part.image.width, part.image.height)
        if part.status != "published":
            return None
        series, text = self._entries.series_of(part), self.languages[part.language].text
        foot = text("part.in_series", series=plain(series.title), number=series.number) if series else ""
        return self._pictures.of_page(part.stem, part.title, self._settings.languages[part.language], foot=foot)

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
