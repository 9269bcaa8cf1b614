"""What machines read of a site: feeds, manifests, llms.txt; where it has a whole address, sitemap and robots.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pelican_cors_series.feeds import Item, feed
from pelican_cors_series.head import describe, plain
from pelican_cors_series.llms_text import Link, llms_text
from pelican_cors_series.manifest import manifest
from pelican_cors_series.sitemap import robots, sitemap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pelican.contents import Article

    from pelican_cors_series.head import Head
    from pelican_cors_series.site_content import Posts, SiteContent


def machine_files(
    site: SiteContent, posts: Posts, heads: Iterable[Head], icons: Sequence[str], most: int | None
) -> dict[str, str]:
    """Return the files by their paths below the site's root.

    heads: of every page. icons: the names of the theme's icons; without any there are no manifests. most: how many
    posts a feed has at most, the newest; None for all.
    """
    settings, languages = site.settings, site.views.languages
    files = {}
    for code, language in languages.items():
        items = [_item(site, article) for article in posts.of(code)[:most]]
        files[f"{language.prefix}feed.xml"] = feed(settings.languages[code], settings, items)
        if icons:
            content = manifest(language, settings.site_path, site.assets, icons)
            files[f"{language.prefix}manifest.webmanifest"] = content
    sections = [
        (
            f"{language.title} ({language.name})",
            [
                Link(plain(post.title), post.view.head.canonical, post.view.head.description)
                for post in posts.of(code)
                if not post.view.head.robots
            ],
        )
        for code, language in languages.items()
    ]
    files["llms.txt"] = llms_text(settings.default, sections)
    if settings.site_url:
        files["sitemap.xml"] = sitemap(heads)
        files["robots.txt"] = robots(settings.whole("sitemap.xml"))
    return files


def _item(site: SiteContent, article: Article) -> Item:
    part = site.part(article)
    return Item(
        title=plain(article.title),
        url=site.settings.whole(article.url),
        summary=describe(part.summary or part.content if part else article.summary),
        content=article.content,
        published=article.date,
        modified=getattr(article, "modified", None) or article.date,
        author=str(article.author) if hasattr(article, "author") else None,
        categories=tuple(str(tag) for tag in getattr(article, "tags", [])),
    )
