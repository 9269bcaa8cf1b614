"""View: what a template sees of one page. One module, since who writes a theme reads it as one table."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pelican_cors_series.head import numbered
from pelican_cors_series.locales import listed, locale_of, name_in, number_in_digits
from pelican_cors_series.stylesheets import sheet_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pelican_cors_series.comments import Giscus
    from pelican_cors_series.contents import Section
    from pelican_cors_series.doctor_page import DoctorPage
    from pelican_cors_series.engines_page import EnginesPage
    from pelican_cors_series.fonts import FontFile
    from pelican_cors_series.head import Head
    from pelican_cors_series.lists import Address, ListName
    from pelican_cors_series.part import Image
    from pelican_cors_series.rules_page import RulesPage
    from pelican_cors_series.search import SearchPage
    from pelican_cors_series.share import ShareLink
    from pelican_cors_series.text import Text


@dataclass(frozen=True, slots=True)
class LanguageView:
    """A language as a template names it: in itself ("한국어"), with its words and the addresses that it has.

    prefix: what the addresses of its pages begin with, "" or "ko/". rules_url, engines_url, doctor_url, search_url: the
    addresses of the pages of the rules, of what engines do otherwise, of the CORS doctor, and of search, None where the
    site has none. fonts: the files that its pages load; none where they take the system's.
    """

    code: str
    prefix: str
    name: str
    title: str
    description: str
    owner: str
    licence: str
    index_url: str
    feed_url: str
    manifest_url: str
    text: Text
    archive_url: str | None = None
    rules_url: str | None = None
    engines_url: str | None = None
    search_url: str | None = None
    fonts: tuple[FontFile, ...] = ()
    doctor_url: str | None = None


@dataclass(frozen=True, slots=True)
class Switch:
    """The same page in one of its languages, with the words of that."""

    code: str
    name: str
    text: Text
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Translations:
    """What a list says of a post's translations: the languages that it exists in, and the one whose text is newer.

    lacking: whether the site has languages that it does not exist in.
    """

    languages: tuple[str, ...]
    lacking: bool = False
    newer: str | None = None


@dataclass(frozen=True, slots=True)
class PartLink:
    """One part in a list of its series."""

    number: int
    title: str
    url: str
    lang: str
    current: bool
    translations: Translations


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
    translations: Translations
    image: Image | None = None
    series_title: str | None = None
    number: int | None = None

    @property
    def summary(self) -> str:
        """What the post is about, as HTML."""
        return self.summarize()


@dataclass(frozen=True, slots=True)
class Year:
    """The posts of one year, newest first."""

    year: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A category or a tag: its name, the address of its list (None where the site has none), how many posts it has."""

    name: str
    url: str | None
    count: int


@dataclass(frozen=True, slots=True)
class NewerText:
    """A translation whose text is newer than the page's. title: HTML.

    language: what its language is called in that of the page. day, iso: of its revision.
    """

    lang: str
    language: str
    title: str
    url: str
    day: str
    iso: str


@dataclass(frozen=True, slots=True)
class View:
    """What every template has as `view`; what a page does not have is None or empty.

    others: the languages beside its own in which the page speaks. entry: how the page stands in lists.
    entries: the list on a series' page; an index has Pelican's articles_page.
    heading, years, terms: of a list of posts. rules, engines, doctor: what these pages show. search: what the search
    page works with. in_search: whether the site's search finds the page. data: JSON-LD, as a script element holds it.
    lists: where the site's lists stand.
    site_url: what stands before an address within the site. base: the same without the host, "" or "/blog".
    assets: where the theme's files lie. minutes: what a part takes to read. opens_images: whether
    the text has images that open large. comments: where they are kept; None for a page without.
    """

    lang: LanguageView
    text: Text
    head: Head
    switch: tuple[Switch, ...]
    site_url: str
    base: str
    assets: str
    lists: Mapping[ListName, Address] = field(default_factory=dict)
    others: tuple[LanguageView, ...] = ()
    series: SeriesView | None = None
    entry: Entry | None = None
    entries: tuple[Entry, ...] = ()
    series_list: tuple[SeriesView, ...] = ()
    heading: str | None = None
    years: tuple[Year, ...] = ()
    terms: tuple[Term, ...] = ()
    rules: RulesPage | None = None
    engines: EnginesPage | None = None
    search: SearchPage | None = None
    in_search: bool = False
    doctor: DoctorPage | None = None
    contents: tuple[Section, ...] = ()
    share: tuple[ShareLink, ...] = ()
    newer: NewerText | None = None
    data: str | None = None
    published: str | None = None
    published_iso: str | None = None
    modified: str | None = None
    modified_iso: str | None = None
    image: Image | None = None
    opens_images: bool = False
    comments: Giscus | None = None
    category: str | None = None
    minutes: int | None = None
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

    def stylesheet(self, name: str) -> str:
        """Return the address of a style sheet of the theme that joins others, and names the fonts of the language."""
        return f"{self.assets}/css/{sheet_name(name, self.lang.code)}"

    @property
    def preloads(self) -> tuple[str, ...]:
        """The addresses of the fonts that the page will need for certain."""
        return tuple(f"{self.assets}/fonts/{font.name}" for font in self.lang.fonts if not font.rest)

    def list_url(self, name: ListName, slug: str = "") -> str | None:
        """Return the address of a list in the page's language; None where the site has no such list."""
        address = self.lists.get(name)
        return f"{self.base}/{address.at(self.lang.prefix, slug).link}" if address else None

    def mark(self, post: Entry | PartLink) -> str | None:
        """Return what a list says of a post that is not translated, or whose translation is newer; else None."""
        of = post.translations
        if of.lacking and (len(of.languages) == 1 or self.lang.code not in of.languages):
            names = [name_in(code, self.lang.code) for code in of.languages]
            return self.text("part.only_in", languages=listed(names, self.lang.code))
        return self.text("part.newer_in", language=name_in(of.newer, self.lang.code)) if of.newer else None

    def on_page(self, page: Any) -> View:  # noqa: ANN401 - Pelican's paginator has no types
        """Return the view of one page of a list: from the second on it has an address and a title of its own."""
        if page.number == 1 or self.head.canonical is None:
            return self
        title = self.text("site.page_title", title=self.head.title, number=self.number(page.number))
        address = f"{self.site_url}/{quote(page.url)}"
        return replace(self, head=numbered(self.head, self.lang.code, address, title))
