"""Views of the pages that hold no text of an author: of rules, engines, search, of what is not found or has moved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from pelican_cors_series.doctor_page import doctor_page
from pelican_cors_series.engines_page import engines_page
from pelican_cors_series.frame import Frame, doctor_address, rules_address, search_address
from pelican_cors_series.head import About
from pelican_cors_series.rules_page import rules_page
from pelican_cors_series.search import SearchPage, sources
from pelican_cors_series.widgets import scripts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pelican_cors_series.settings import Settings
    from pelican_cors_series.view import LanguageView, View


class PageViews:
    """Makes those views of one site."""

    def __init__(self, frame: Frame, settings: Settings, assets: str) -> None:
        """assets: the address below which the theme's files lie, such as "/theme"."""
        self._frame, self._settings, self._assets = frame, settings, assets

    @property
    def languages(self) -> Mapping[str, LanguageView]:
        """The languages of the site by their codes."""
        return self._frame.languages

    def of_rules(self, code: str) -> View:
        """Return the view of the page of the rules in one language."""
        text = self.languages[code].text
        addresses = {other: rules_address(each.prefix) for other, each in self._settings.languages.items()}
        title, description = text("rules_page.title"), text("rules_page.description")
        return self._frame.view(
            About(title, description, self._settings.languages[code], addresses), rules=rules_page(text)
        )

    def of_engines(self, code: str) -> View:
        """Return the view of the page of what engines do otherwise in one language."""
        text = self.languages[code].text
        page = engines_page(text)
        addresses = {other: each.engines_address for other, each in self._settings.languages.items()}
        title, description = text("engines_page.title"), text("engines_page.description", count=page.count)
        return self._frame.view(About(title, description, self._settings.languages[code], addresses), engines=page)

    def of_doctor(self, code: str) -> View:
        """Return the view of the page of the CORS doctor in one language."""
        text = self.languages[code].text
        about = About(
            text("cors_doctor.title"),
            text("cors_doctor.description"),
            self._settings.languages[code],
            {other: doctor_address(each.prefix) for other, each in self._settings.languages.items()},
            scripts=tuple(f"{self._assets}/js/{name}" for name in scripts(("cors-doctor",), code)),
        )
        return self._frame.view(about, doctor=doctor_page(text))

    def of_search(self, code: str) -> View:
        """Return the view of the search page in one language."""
        text, base, source = self.languages[code].text, self._settings.site_path, self._settings.search
        addresses = {other: search_address(each.prefix) for other, each in self._settings.languages.items()}
        own = f"{base}/{addresses[code]}index.json"
        about = About(
            text("search.title"),
            text("search.description", site=self._settings.languages[code].title),
            self._settings.languages[code],
            addresses,
            scripts=(f"{self._assets}/js/search.js",),
            sources=sources(source),
        )
        index = f"{base}/pagefind/pagefind.js" if source == "pagefind" else own
        return self._frame.view(about, search=SearchPage(source, index))

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
