"""The frame: what every page of a site has, whatever it is about — its language, its head, the switch to the others."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from pelican_cors_series.head import make_head
from pelican_cors_series.locales import own_name
from pelican_cors_series.view import LanguageView, Switch, View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pelican_cors_series.fonts import FontFile
    from pelican_cors_series.head import About, Head
    from pelican_cors_series.pictures import Pictures
    from pelican_cors_series.settings import Settings
    from pelican_cors_series.text import Text


class Frame:
    """Makes the views of one site out of what a page says of itself."""

    def __init__(  # noqa: PLR0913 - each is something else that every page has
        self,
        settings: Settings,
        texts: Mapping[str, Text],
        assets: str,
        pictures: Pictures,
        *,
        has_rules: bool,
        has_doctor: bool,
        fonts: Mapping[str, tuple[FontFile, ...]] | None = None,
    ) -> None:
        """texts: the words of each language. assets: the address below which the theme's files lie, such as "/theme".

        pictures: what stands for a page where it is shared. has_rules: whether there are pages of the rules and of the
        engines. has_doctor: whether there is one of the CORS doctor. fonts: the files of each language that has fonts
        of its own.
        """
        self._pictures = pictures
        self._settings, self._texts, self._assets = settings, texts, assets
        self._has_rules, self._has_doctor = has_rules, has_doctor
        self._fonts = fonts or {}

    @cached_property
    def languages(self) -> Mapping[str, LanguageView]:
        """The languages of the site by their codes."""
        base, archive = self._settings.site_path, self._settings.lists.get("archives")
        return {
            code: LanguageView(
                code=code,
                prefix=each.prefix,
                name=own_name(code),
                title=each.title,
                description=each.description,
                owner=each.owner,
                licence=each.licence,
                index_url=f"{base}/{each.prefix}",
                feed_url=f"{base}/{each.prefix}feed.xml",
                manifest_url=f"{base}/{each.prefix}manifest.webmanifest",
                text=self._texts[code],
                archive_url=f"{base}/{archive.at(each.prefix).link}" if archive else None,
                rules_url=f"{base}/{rules_address(each.prefix)}" if self._has_rules else None,
                engines_url=f"{base}/{each.engines_address}" if self._has_rules else None,
                search_url=f"{base}/{search_address(each.prefix)}" if self._settings.search else None,
                fonts=self._fonts.get(code, ()),
                doctor_url=f"{base}/{doctor_address(each.prefix)}" if self._has_doctor else None,
            )
            for code, each in self._settings.languages.items()
        }

    def head(self, about: About) -> Head:
        """Return the head of a page."""
        picture = about.picture or self._pictures.of_site[about.language.code]
        return make_head(replace(about, picture=picture), self._settings)

    def view(self, about: About, head: Head | None = None, **more: object) -> View:
        """Return the view of a page. head: where it is another than that. more: what View has besides the frame."""
        code, base = about.language.code, self._settings.site_path
        return View(
            lang=self.languages[code],
            text=self._texts[code],
            head=head or self.head(about),
            switch=tuple(
                Switch(other, own_name(other), self._texts[other], f"{base}/{about.addresses[other]}", other == code)
                for other in self._settings.languages
                if other in about.addresses
            ),
            site_url=self._settings.site_url,
            base=base,
            assets=self._assets,
            lists=self._settings.lists,
            **more,  # type: ignore[arg-type] # checked where View is made of it
        )


def rules_address(prefix: str) -> str:
    """Return the address of the page of the rules within the site: "ko/rules/"."""
    return f"{prefix}rules/"


def search_address(prefix: str) -> str:
    """Return the address of the search page within the site: "ko/search/"."""
    return f"{prefix}search/"


def doctor_address(prefix: str) -> str:
    """Return the address of the page of the CORS doctor within the site: "ko/doctor/"."""
    return f"{prefix}doctor/"
