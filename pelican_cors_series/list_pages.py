"""The pages of lists in one language: the archive, the overviews of categories and tags, and the posts of each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pelican_cors_series.head import plain
from pelican_cors_series.view import Term, Year

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pelican_cors_series.lists import Address, ListName
    from pelican_cors_series.site_content import Posts, SiteContent, TermKind
    from pelican_cors_series.view import View

_OVERVIEWS: Mapping[TermKind, ListName] = {"category": "categories", "tag": "tags"}


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page that is no text: the template that lays it out, where it stands, its view.

    articles: what a list of numbered pages has on them; None for what is one page, however long.
    """

    template: str
    address: Address
    view: View
    articles: list[Any] | None = None


def list_pages(site: SiteContent, posts: Posts, code: str) -> Iterator[SitePage]:
    """Yield the lists that the site has in one language."""
    lists, prefix = site.settings.lists, site.settings.languages[code].prefix
    if "archives" in lists:
        yield SitePage("archives", lists["archives"].at(prefix), _archive(site, posts, code))
    for kind, overview in _OVERVIEWS.items():
        if overview in lists:
            yield SitePage(overview, lists[overview].at(prefix), _overview(site, posts, kind, code))
        if kind in lists:
            for slug, (_, articles) in posts.by_term(kind, code).items():
                view = _of_term(site, posts, kind, code, slug)
                yield SitePage(kind, lists[kind].at(prefix, slug), view, articles)


def _archive(site: SiteContent, posts: Posts, code: str) -> View:
    articles = posts.all_for(code)
    years = tuple(
        Year(year, tuple(article.view.entry for article in group))
        for year, group in groupby(articles, lambda article: article.date.year)
    )
    names = [plain(article.title) for article in articles]
    heading = site.views.languages[code].text("site.archive")
    return site.views.of_list(code, heading, _everywhere(site, "archives"), names, years=years)


def _overview(site: SiteContent, posts: Posts, kind: TermKind, code: str) -> View:
    found = posts.by_term(kind, code)
    base, address = site.settings.site_path, site.settings.lists.get(kind)
    prefix = site.settings.languages[code].prefix
    terms = tuple(
        Term(name, f"{base}/{address.at(prefix, slug).link}" if address else None, len(articles))
        for slug, (name, articles) in found.items()
    )
    overview = _OVERVIEWS[kind]
    heading = site.views.languages[code].text(f"site.{overview}")
    names = [term.name for term in terms]
    return site.views.of_list(code, heading, _everywhere(site, overview), names, terms=terms)


def _of_term(site: SiteContent, posts: Posts, kind: TermKind, code: str, slug: str) -> View:
    name, articles = posts.by_term(kind, code)[slug]
    address = site.settings.lists[kind]
    addresses = {
        other: address.at(language.prefix, slug).link
        for other, language in site.settings.languages.items()
        if slug in posts.by_term(kind, other)
    }
    heading = site.views.languages[code].text(f"site.{kind}", name=name)
    names = [plain(article.title) for article in articles]
    hidden = all(article.view.head.robots for article in articles)
    return site.views.of_list(code, heading, addresses, names, noindex=hidden)


def _everywhere(site: SiteContent, name: ListName) -> dict[str, str]:
    address = site.settings.lists[name]
    return {code: address.at(language.prefix).link for code, language in site.settings.languages.items()}
