"""The site: what Pelican's own generators do not write — lists and series per language, feeds, what machines read."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pelican.generators import Generator, PelicanTemplateNotFound
from pelican.paginator import Paginator

from pelican_cors_series import redirects, theme_files, widgets
from pelican_cors_series.head import joined_sources
from pelican_cors_series.headers import headers
from pelican_cors_series.list_pages import SitePage, list_pages
from pelican_cors_series.lists import LISTS, Address, list_addresses
from pelican_cors_series.machine_files import machine_files
from pelican_cors_series.pagefind import write_pagefind
from pelican_cors_series.part import PICTURES
from pelican_cors_series.pictures import write_pictures
from pelican_cors_series.search import search_index
from pelican_cors_series.site_content import Posts, SiteContent, is_own_theme
from pelican_cors_series.views import Other, doctor_address, rules_address, search_address, series_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pelican import Pelican
    from pelican.contents import Content
    from pelican.generators import ArticlesGenerator, PagesGenerator
    from pelican.writers import Writer

    from pelican_cors_series.head import Head

# From 20 posts on a list has numbered pages: of 10 posts, and up to 19 on the last.
_POSTS_ON_A_PAGE, _MOST_ON_THE_LAST = 10, 9


def take_lists(pelican: Pelican) -> None:
    """Receive initialized: take the lists that are written here, language by language, out of Pelican's hands.

    They stand at the addresses that Pelican's settings name. A theme that is not this plugin's own has no templates
    for them, and keeps Pelican's lists, the index apart.
    """
    settings = pelican.settings
    is_own = is_own_theme(settings["THEME"])
    lists = settings.setdefault(LISTS, list_addresses(settings) if is_own else {})
    taken = {"index", *lists}
    settings["DIRECT_TEMPLATES"] = [name for name in settings["DIRECT_TEMPLATES"] if name not in taken]
    if is_own and not settings["DEFAULT_PAGINATION"]:
        settings["DEFAULT_PAGINATION"], settings["DEFAULT_ORPHANS"] = _POSTS_ON_A_PAGE, _MOST_ON_THE_LAST


def take_terms(generator: ArticlesGenerator) -> None:
    """Receive article_generator_finalized: take the pages of categories and tags likewise.

    An empty CATEGORY_SAVE_AS would do, had it no other effects: articles would lose their categories.
    """
    for kind, name in (("category", "generate_categories"), ("tag", "generate_tags")):
        if kind in generator.settings[LISTS]:
            setattr(generator, name, _write_nothing)


def connect_articles(generator: ArticlesGenerator) -> None:
    """Receive article_generator_pretaxonomy: pair the parts by lng_pair, and give each article its view."""
    site = SiteContent(generator.settings)
    generator.articles, generator.translations = site.paired(generator.articles, generator.translations)
    generator.context["view"] = site.views.of_other(Other("", site.settings.default_language, {}))
    for article in chain(
        generator.articles,
        generator.translations,
        generator.hidden_articles,
        generator.hidden_translations,
        generator.drafts,
        generator.drafts_translations,
    ):
        article.view = site.view(article)


def connect_pages(generator: PagesGenerator) -> None:
    """Receive page_generator_finalized: pair the pages likewise, and give each its view."""
    site = SiteContent(generator.settings)
    # In place: Pelican has handed its list to the templates already.
    generator.pages[:], generator.translations = site.paired(generator.pages, generator.translations)
    for page in chain(
        generator.pages,
        generator.translations,
        generator.hidden_pages,
        generator.hidden_translations,
        generator.draft_pages,
        generator.draft_translations,
    ):
        page.view = site.view(page)


def _write_nothing(_write: object) -> None:
    """Stand in for a method of Pelican's generator."""


class SiteGenerator(Generator):  # type: ignore[misc] # Pelican has no types
    """Writes what belongs to a language rather than to an article."""

    def generate_output(self, writer: Writer) -> None:
        """Write indexes, lists, series, the page of the rules, feeds, what machines read, redirects and scripts."""
        site = SiteContent(self.settings)
        posts = Posts(site, self.context["articles"])
        heads = [content.view.head for content in self._published()]
        for code in site.settings.languages:
            for page in self._pages_of(site, posts, code):
                heads += self._page(writer, page)
        icons = [path.name for path in sorted(Path(self.theme, "static").glob("icon*.*"))]
        most = self.settings["FEED_MAX_ITEMS"] or None
        for name, content in machine_files(site, posts, heads, icons, most).items():
            self._write(name, content)
        if site.is_own_theme:
            self._search(site, posts)
        self._redirects(writer, site)
        self._assets(site)
        write_pictures(Path(self.output_path, PICTURES), heads, site.tree.parts.values())
        theme_files.write(Path(self.theme), Path(self.output_path, self.settings["THEME_STATIC_DIR"]), site.fonts)

    def _published(self) -> Iterator[Content]:
        for original in chain(self.context["articles"], self.context["pages"]):
            yield from (original, *original.translations)

    def _pages_of(self, site: SiteContent, posts: Posts, code: str) -> Iterator[SitePage]:
        """Yield the pages that a language has besides its texts."""
        views, prefix = site.views, site.settings.languages[code].prefix
        yield SitePage("index", Address.of_folder(prefix), views.of_index(code), posts.of(code))
        yield from list_pages(site, posts, code)
        for series in site.tree.series.values():
            if code in series.parts:
                address = Address.of_folder(series_address(series, prefix))
                yield SitePage("series", address, views.of_series(series, code))
        if views.has_rules:
            yield SitePage("rules", Address.of_folder(rules_address(prefix)), views.of_rules(code))
            engines = Address.of_folder(site.settings.languages[code].engines_address)
            yield SitePage("engines", engines, views.of_engines(code))
        if site.settings.search:
            yield SitePage("search", Address.of_folder(search_address(prefix)), views.of_search(code))
        if views.has_doctor:
            yield SitePage("doctor", Address.of_folder(doctor_address(prefix)), views.of_doctor(code))
        yield SitePage("404", Address(f"{prefix}404", f"{prefix}404.html"), views.of_not_found(code))

    def _page(self, writer: Writer, page: SitePage) -> list[Head]:
        """Write a page, or the numbered pages of a list, and return their heads."""
        try:
            template = self.get_template(page.template)
        except PelicanTemplateNotFound:
            # A theme that is not this plugin's own knows no series, rules and engines; its posts are complete without.
            return []
        articles, address = page.articles, page.address
        lists = {} if articles is None else {"articles": articles, "dates": articles}
        writer.write_file(
            address.save_as,
            template,
            self.context,
            template_name=page.template,
            paginated=lists,
            url=address.url,
            view=page.view,
            **lists,
        )
        if articles is None or page.template not in self.settings["PAGINATED_TEMPLATES"]:
            return [page.view.head]
        on_a_page = self.settings["PAGINATED_TEMPLATES"][page.template] or self.settings["DEFAULT_PAGINATION"]
        paginator = Paginator(address.save_as, address.url, articles, self.settings, on_a_page)
        return [page.view.on_page(paginator.page(number)).head for number in paginator.page_range]

    def _search(self, site: SiteContent, posts: Posts) -> None:
        """Write what the search pages look words up in."""
        languages = site.settings.languages
        texts = {code: site.searched(posts, self.context["pages"], code) for code in languages}
        if site.settings.search == "pagefind":
            write_pagefind(texts, Path(self.output_path, "pagefind"))
        elif site.settings.search == "index":
            for code, found in texts.items():
                self._write(f"{search_address(languages[code].prefix)}index.json", search_index(found))

    def _redirects(self, writer: Writer, site: SiteContent) -> None:
        """Write what hosts read: the headers of all pages, and what leads from the old blog's addresses to them."""
        parts, languages = site.tree.parts.values(), site.settings.languages.values()
        files = [content.save_as for content in self.context["generated_content"].values() if content]
        files += [address.at(each.prefix).save_as for address in site.settings.lists.values() for each in languages]
        found = redirects.find_redirects(parts, site.tree.pairs, site.settings, files)
        self._write("_redirects", redirects.rules(found, site.settings))
        kinds = _kinds(site)
        of_widgets = joined_sources(widgets.sources(kinds), widgets.frame_sources(kinds, site.settings.site_url))
        self._write("_headers", headers(site.settings, site.assets, of_widgets))
        self._write("redirects.json", redirects.by_lower_case(found, parts, site.settings))
        for save_as, redirect in redirects.pages(found, files):
            view = site.views.of_redirect(redirect.language, redirect.new)
            self._page(writer, SitePage("redirect", Address(redirect.old, save_as), view))

    def _assets(self, site: SiteContent) -> None:
        """Write the scripts and data of the widgets that the parts have; a page loads only those that it names."""
        kinds = _kinds(site)
        for name, data in widgets.experiment_files(kinds, site.settings.site_url).items():
            path = Path(self.output_path, self.settings["THEME_STATIC_DIR"], name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        folder = Path(self.output_path, self.settings["THEME_STATIC_DIR"], "js")
        found = widgets.assets(kinds, site.tree.texts.values(), minified=site.settings.minify)
        for name, content in found.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")

    def _write(self, name: str, content: str) -> None:
        path = Path(self.output_path, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def _kinds(site: SiteContent) -> set[str]:
    own_page = {"cors-doctor"} if site.views.has_doctor else set()
    return own_page.union(*(part.widgets for part in site.tree.parts.values()))
