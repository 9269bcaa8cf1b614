"""What Pelican made of the content beside what the preflight found: articles and pages paired, in each language."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pelican_cors_series.font_characters import characters
from pelican_cors_series.fonts import FontFile, font_files
from pelican_cors_series.reader import TREE
from pelican_cors_series.search import Searched
from pelican_cors_series.settings import Settings, read_settings
from pelican_cors_series.views import Other, Views

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pelican.contents import Article, Content, Page

    from pelican_cors_series.part import Part
    from pelican_cors_series.preflight import Tree
    from pelican_cors_series.reader import Handed
    from pelican_cors_series.view import View

TermKind = Literal["category", "tag"]


def is_own_theme(folder: str) -> bool:
    """Say whether a theme has the templates of this plugin, which another knows nothing of."""
    return Path(folder, "templates", "series.html").is_file()


class SiteContent:
    """The content of one run."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        """raw: Pelican's settings, in which the gate has left the tree."""
        self.settings: Settings = read_settings(raw, "")[0]
        handed: Handed = raw[TREE]
        self.tree: Tree = raw[TREE].tree
        self.assets = f"{self.settings.site_path}/{raw['THEME_STATIC_DIR']}"
        self.is_own_theme = is_own_theme(raw["THEME"])
        theme = Path(raw["THEME"])
        if handed.fonts is None:
            handed.fonts = _fonts(self.tree, self.settings, theme / "fonts")
        self.fonts = handed.fonts
        self.views = Views(self.tree, self.settings, self.assets, theme, self.fonts)

    def part(self, content: Content) -> Part | None:
        """Return the part that an article or a page was made of, None for ordinary content."""
        # By path, not from the metadata: an article out of Pelican's cache carries the part of an earlier run.
        return self.tree.parts.get(content.source_path)

    def paired(self, originals: list[Content], translations: list[Content]) -> tuple[list[Content], list[Content]]:
        """Return originals and translations with the parts paired by their lng_pair; the others stay as they are."""
        contents = {content.source_path: content for content in chain(originals, translations)}
        order = {source: index for index, source in enumerate(contents)}
        first: list[Content] = []
        rest: list[Content] = []
        for content in contents.values():
            part = self.part(content)
            if part is None:
                (first if content in originals else rest).append(content)
                content.translations = [other for other in content.translations if self.part(other) is None]
                continue
            if vars(content).get("part") is not part:
                # Out of Pelican's cache, and perhaps older than the links in it.
                content._content, content.part = part.content, part  # noqa: SLF001 - Pelican has no other way
            pair = self.tree.pairs.get(part.pair_id, {part.language: part})
            content.translations = [
                contents[other.source]
                for code, other in pair.items()
                if code != part.language and other.source in contents  # another plugin may have taken one out
            ]
            leader = pair.get(self.settings.default_language, next(iter(pair.values())))
            (first if leader.source == part.source else rest).append(content)
        first.sort(key=lambda content: order[content.source_path])
        return first, rest

    def view(self, content: Content) -> View:
        """Return the view of an article or a page."""
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
                status=content.status,
            )
        )

    def searched(self, posts: Posts, pages: Iterable[Page], code: str) -> Iterator[Searched]:
        """Yield the texts that the search page of a language finds: its posts, the newest first, and its pages."""
        others = (page for each in pages for page in (each, *each.translations) if page.view.lang.code == code)
        for text in chain(posts.of(code), others):
            if text.view.in_search:
                yield Searched(f"{self.settings.site_path}/{text.url}", text.title, text.content)


class Posts:
    """The published articles as each language lists them, newest first."""

    def __init__(self, site: SiteContent, originals: Iterable[Article]) -> None:
        """originals: Pelican's articles, each with its translations."""
        self._site = site
        self._by_term: dict[tuple[TermKind, str], dict[str, tuple[str, list[Article]]]] = {}
        self._groups = [[original, *original.translations] for original in originals]

    def of(self, code: str) -> list[Article]:
        """Return the articles in a language."""
        return _newest_first(post for group in self._groups for post in group if post.view.lang.code == code)

    def all_for(self, code: str) -> list[Article]:
        """Return every article once: in the language where there is one in it, else as it is."""
        return _newest_first(
            next((post for post in group if post.view.lang.code == code), group[0]) for group in self._groups
        )

    def by_term(self, kind: TermKind, code: str) -> dict[str, tuple[str, list[Article]]]:
        """Return the categories, or the tags, of a language: what an address has for each → its name and articles."""
        key = kind, code
        if key not in self._by_term:
            found: dict[str, tuple[str, list[Article]]] = {}
            for post in self.of(code):
                # One that is given twice, in two spellings, is one.
                for slug, name in {term.slug: str(term) for term in self._terms(post, kind) if term.slug}.items():
                    found.setdefault(slug, (name, []))[1].append(post)
            self._by_term[key] = dict(sorted(found.items(), key=lambda item: item[1][0].casefold()))
        return self._by_term[key]

    def _terms(self, post: Article, kind: TermKind) -> list[Any]:
        if kind == "tag":
            return list(getattr(post, "tags", []))
        part = self._site.part(post)
        # A part without a category has none; Pelican would name its folder.
        return [] if part is not None and part.category is None else [getattr(post, "category", None)]


def _fonts(tree: Tree, settings: Settings, folder: Path) -> dict[str, tuple[FontFile, ...]]:
    """Return the files of each language; none for one for which the theme has no folder of fonts."""
    return {
        code: font_files(folder / code, *characters(tree, settings, code))
        if settings.fonts and (folder / code).is_dir()
        else ()
        for code in settings.languages
    }


def _newest_first(posts: Iterable[Article]) -> list[Article]:
    return sorted(posts, key=lambda post: (post.date, post.url), reverse=True)
