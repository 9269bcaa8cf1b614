"""The site: what Pelican's own generators do not write — indexes, series and feeds per language, scripts."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from feedgenerator import Atom1Feed
from pelican.generators import Generator, PelicanTemplateNotFound

from pelican_cors_series import widgets
from pelican_cors_series.head import describe, plain
from pelican_cors_series.reader import TREE
from pelican_cors_series.settings import Settings, read_settings
from pelican_cors_series.views import Other, Views, rules_address, series_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pelican import Pelican
    from pelican.contents import Article, Content
    from pelican.generators import ArticlesGenerator, PagesGenerator
    from pelican.writers import Writer

    from pelican_cors_series.part import Part
    from pelican_cors_series.preflight import Tree
    from pelican_cors_series.view import View

_ADDRESS = re.compile(r"""(<[^>]*?\b(?:href|src)=")/(?!/)""")


def take_index(pelican: Pelican) -> None:
    """Receive initialized: the index of each language is written here, so Pelican's own would collide with it."""
    pelican.settings["DIRECT_TEMPLATES"] = [name for name in pelican.settings["DIRECT_TEMPLATES"] if name != "index"]


def connect_articles(generator: ArticlesGenerator) -> None:
    """Receive article_generator_pretaxonomy: pair the parts by lng_pair, and give each article its view."""
    site = _Site(generator.settings)
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
    """Receive page_generator_finalized: give each of Pelican's pages its view."""
    site = _Site(generator.settings)
    for page in chain(
        generator.pages,
        generator.translations,
        generator.hidden_pages,
        generator.hidden_translations,
        generator.draft_pages,
        generator.draft_translations,
    ):
        page.view = site.view(page)


class _Site:
    """The tree of one run beside what Pelican made of it."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.settings: Settings = read_settings(raw, "")[0]
        self.tree: Tree = raw[TREE].tree
        assets = f"{self.settings.site_path}/{raw['THEME_STATIC_DIR']}"
        self.views = Views(self.tree, self.settings, assets)

    def part(self, content: Content) -> Part | None:
        # By path, not from the metadata: an article out of Pelican's cache carries the part of an earlier run.
        return self.tree.parts.get(content.source_path)

    def paired(self, originals: list[Article], translations: list[Article]) -> tuple[list[Article], list[Article]]:
        """Return originals and translations with the parts paired by their lng_pair; the others stay as they are."""
        articles = {article.source_path: article for article in chain(originals, translations)}
        order = {article.source_path: index for index, article in enumerate(chain(originals, translations))}
        first: list[Article] = []
        rest: list[Article] = []
        for article in articles.values():
            part = self.part(article)
            if part is None:
                (first if article in originals else rest).append(article)
                article.translations = [other for other in article.translations if self.part(other) is None]
                continue
            if article.part is not part:
                # Out of Pelican's cache, and perhaps older than the links in it.
                article._content, article.part = part.content, part  # noqa: SLF001 - Pelican has no other way
            pair = self.tree.pairs.get(part.pair_id, {part.language: part})
            article.translations = [
                articles[other.source]
                for code, other in pair.items()
                if code != part.language and other.source in articles  # another plugin may have taken one out
            ]
            leader = pair.get(self.settings.default_language, next(iter(pair.values())))
            (first if leader.source == part.source else rest).append(article)
        first.sort(key=lambda article: order[article.source_path])
        return first, rest

    def view(self, content: Content) -> View:
        part = self.part(content)
        if part is not None:
            return self.views.of_part(part)
        return self.views.of_other(
            Other(
                title=content.title,
                language=content.lang,
                addresses={content.lang: content.url, **{other.lang: other.url for other in content.translations}},
                summarize=lambda: str(content.summary),
                published=getattr(content, "date", None),
                modified=getattr(content, "modified", None),
            )
        )


class SiteGenerator(Generator):  # type: ignore[misc] # Pelican has no types
    """Writes what belongs to a language rather than to an article."""

    def generate_output(self, writer: Writer) -> None:
        """Write indexes, the page of the rules, series, feeds and scripts."""
        site = _Site(self.settings)
        articles = [*self.context["articles"], *chain.from_iterable(a.translations for a in self.context["articles"])]
        for code, language in site.settings.languages.items():
            own = [article for article in articles if article.view.lang.code == code]
            own.sort(key=lambda article: (article.date, article.url), reverse=True)
            self._page(writer, "index", f"{language.prefix}index.html", site.views.of_index(code), own)
            self._feed(site, code, own)
            if site.views.has_rules:
                self._page(writer, "rules", f"{rules_address(language.prefix)}index.html", site.views.of_rules(code))
        for series in site.tree.series.values():
            for code in series.parts:
                save_as = f"{series_address(series, site.settings.languages[code].prefix)}index.html"
                self._page(writer, "series", save_as, site.views.of_series(series, code))
        self._assets(site)

    def _page(
        self, writer: Writer, template: str, save_as: str, view: View, articles: list[Article] | None = None
    ) -> None:
        try:
            found = self.get_template(template)
        except PelicanTemplateNotFound:
            # A theme that is not this plugin's own knows no series and no rules; its posts are complete without.
            return
        lists = {} if articles is None else {"articles": articles, "dates": articles}
        writer.write_file(
            save_as,
            found,
            self.context,
            template_name=template,
            paginated=lists,
            url=save_as.removesuffix("index.html"),
            view=view,
            **lists,
        )

    def _feed(self, site: _Site, code: str, articles: list[Article]) -> None:
        language, view = site.settings.languages[code], site.views.languages[code]
        address = f"{site.settings.site_url}/{language.prefix}feed.xml"
        feed = Atom1Feed(
            title=language.title or view.name,
            link=f"{site.settings.site_url}/{language.prefix}",
            description=language.description,
            language=code,
            feed_url=address,
            feed_guid=address,
            author_name=language.owner or None,
        )
        for article in articles[: self.settings["FEED_MAX_ITEMS"] or None]:
            part = site.part(article)
            link = f"{site.settings.site_url}/{article.url}"
            feed.add_item(
                title=plain(article.title),
                link=link,
                unique_id=link,
                description=describe(part.summary or part.content if part else article.summary),
                content=_absolute(article.content, site.settings.site_url),
                pubdate=article.date,
                updateddate=getattr(article, "modified", None) or article.date,
                author_name=str(article.author) if hasattr(article, "author") else None,
                categories=[str(tag) for tag in getattr(article, "tags", [])],
            )
        path = Path(self.output_path, language.prefix, "feed.xml")
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8") as file:
            feed.write(file, "utf-8")

    def _assets(self, site: _Site) -> None:
        """Write the scripts and data of the widgets that the parts have; a page loads only those that it names."""
        kinds = {kind for part in site.tree.parts.values() for kind in part.widgets}
        folder = Path(self.output_path, self.settings["THEME_STATIC_DIR"], "js")
        for name, content in widgets.assets(kinds, site.tree.texts.values()).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")


def _absolute(html: str, site_url: str) -> str:
    """Return HTML whose addresses within the site are whole: a feed is read elsewhere."""
    url = urlsplit(site_url)
    return _ADDRESS.sub(rf"\g<1>{url.scheme}://{url.netloc}/", html) if url.netloc else html
