"""View: what a template sees of one page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pelican_cors_series.locales import locale_of, number_in_digits

if TYPE_CHECKING:
    from collections.abc import Callable

    from pelican_cors_series.head import Head
    from pelican_cors_series.rules_page import RulesPage
    from pelican_cors_series.text import Text


@dataclass(frozen=True, slots=True)
class LanguageView:
    """A language as a template names it: in itself ("한국어"), with the addresses of its index and its feed.

    rules_url: the address of the page of the rules, None where the site has none.
    """

    code: str
    name: str
    title: str
    description: str
    owner: str
    licence: str
    index_url: str
    feed_url: str
    rules_url: str | None = None


@dataclass(frozen=True, slots=True)
class Switch:
    """The same page in one of its languages."""

    code: str
    name: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class PartLink:
    """One part in a list of its series."""

    number: int
    title: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class SeriesView:
    """A series in one language, seen from one of its parts, or from outside (then number is 0)."""

    title: str
    url: str
    parts: tuple[PartLink, ...]
    previous: PartLink | None
    next: PartLink | None
    number: int
    total: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One post in a list. title, summary: HTML. published: in words, and as ISO 8601.

    summarize is called when the summary is shown: Pelican's own is to be had only once all content has been read.
    """

    title: str
    url: str
    lang: str
    summarize: Callable[[], str]
    published: str | None
    published_iso: str | None
    image: str | None = None
    series_title: str | None = None
    number: int | None = None

    @property
    def summary(self) -> str:
        """What the post is about, as HTML."""
        return self.summarize()


@dataclass(frozen=True, slots=True)
class View:
    """What every template has as `view`; what a page does not have is None or empty.

    entry: how the page stands in lists. entries: the list on a series' page; an index has Pelican's articles_page.
    rules: what the page of the rules shows.
    base: what stands before an address within the site, "" or "/blog". assets: where the theme's files lie.
    """

    lang: LanguageView
    text: Text
    head: Head
    switch: tuple[Switch, ...]
    base: str
    assets: str
    series: SeriesView | None = None
    entry: Entry | None = None
    entries: tuple[Entry, ...] = ()
    series_list: tuple[SeriesView, ...] = ()
    rules: RulesPage | None = None
    published: str | None = None
    published_iso: str | None = None
    modified: str | None = None
    modified_iso: str | None = None
    image: str | None = None
    category: str | None = None
    status: str = "published"

    def plural(self, key: str, count: int) -> str:
        """Return the plural form of a table of words that the language has for this count, filled with it."""
        forms = self.text.words
        for name in key.split("."):
            forms = forms[name]
        form = locale_of(self.lang.code).plural_form(count)
        return str(forms.get(form, forms["other"])).format(count=self.number(count))

    def number(self, number: int) -> str:
        """Return a number as the language groups its digits."""
        return number_in_digits(number, self.lang.code)
