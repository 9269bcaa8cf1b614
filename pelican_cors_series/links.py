"""Links: an address of the old blog, in any of its spellings → the page it means, in the reader's language.

And a widget's line on an engine that does otherwise → its place on the page of the engines, where the site has one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from html import escape, unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from pelican_cors_series.problems import Problem, nearest, problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pelican_cors_series.part import Part
    from pelican_cors_series.settings import Settings
    from pelican_cors_series.translations import Pairs

# A comment is matched to be left alone.
_LINK = re.compile(
    r"""<!--.*?-->|(?P<before><a\b[^>]*?\shref=(?P<quote>["']))(?P<target>.*?)(?P=quote)""",
    re.DOTALL | re.IGNORECASE,
)
# As widgets.exchange_markup writes it.
_ENGINE = re.compile(r"""<li data-deviation="(?P<id>[a-z0-9-]+)"><span>(?P<name>[^<]*)</span>""")
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}-.+")
_PAGE_ENDING = re.compile(r"\.(?:html?|md|markdown)$|/(?:index\.html)?$", re.IGNORECASE)
_OTHER_ENDING = re.compile(r"\.[a-z0-9]{1,5}$", re.IGNORECASE)
# In the old blog's addresses and in its tree; Pelican keeps pages in a folder of that name.
_FOLDERS_OF_POSTS: tuple[list[str], ...] = ([], ["posts"], ["_posts"])
_FOLDERS_OF_PAGES: tuple[list[str], ...] = ([], ["tabs"], ["pages"])


class _Name(NamedTuple):
    """What a link names: the last piece of its path, the language of its address, and the folders between the two.

    is_placed: there is a folder of any kind before it; without one a relative link names its neighbour.
    """

    stem: str
    meant: str
    folders: list[str]
    is_placed: bool
    is_from_root: bool

    @property
    def is_of_post(self) -> bool:
        # A neighbour has to look like a post, for any word could be one.
        return self.folders in _FOLDERS_OF_POSTS and bool(self.is_placed or _DATED.fullmatch(self.stem))

    @property
    def is_of_page(self) -> bool:
        return self.folders in _FOLDERS_OF_PAGES and (self.is_placed or self.is_from_root)


class Links:
    """Resolves links between the parts of one site."""

    def __init__(self, parts: Iterable[Part], pairs: Pairs, others: Iterable[str], settings: Settings) -> None:
        """parts: all there are. pairs: the translations among them. others: the names of files that are no parts."""
        self._settings = settings
        self._pairs = pairs
        parts = tuple(parts)
        published = any(part.widgets and part.status == "published" for part in parts)
        self._has_engines = settings.has_engines_page and published
        self._hosts = (settings.old_hosts | {urlsplit(settings.site_url).netloc.lower()}) - {""}
        self._others = {name.lower() for name in others}
        self._posts: dict[str, dict[str, Part]] = {}
        self._pages: dict[str, dict[str, Part]] = {}
        for part in parts:
            (self._pages if part.is_page else self._posts).setdefault(part.stem.lower(), {})[part.language] = part

    def resolve(self, part: Part) -> tuple[str, str, list[Problem]]:
        """Return the part's content and summary with every link to a part led to the page in the part's language.

        A link that has the form of one to a part and leads to none is left as it is and is a problem.
        """
        problems: list[Problem] = []
        met: Counter[str] = Counter()

        def replace(link: re.Match[str]) -> str:
            if link["target"] is None:
                return link[0]
            written = unescape(link["target"])
            address, found = self._follow(written, part, met[written])
            met[written] += 1
            problems.extend(found)
            return f"{link['before']}{escape(address)}{link['quote']}"

        content = _LINK.sub(replace, part.content)
        of_content = list(problems)
        summary = _LINK.sub(replace, part.summary)  # it is a piece of the content: its problems are known
        return self._with_engines(content, part), self._with_engines(summary, part), of_content

    def _with_engines(self, html: str, part: Part) -> str:
        """Return HTML in which the engines of a widget lead to what they do otherwise."""
        if not self._has_engines:
            return html
        page = f"{self._settings.site_path}/{self._settings.languages[part.language].engines_address}"
        return _ENGINE.sub(rf'<li data-deviation="\g<id>"><a href="{page}#\g<id>">\g<name></a>', html)

    def _follow(self, written: str, part: Part, nth: int) -> tuple[str, list[Problem]]:
        """Return the address that a link shall have, and what is wrong with it."""
        try:
            url = urlsplit(written)
        except ValueError:
            return written, []
        name = self._name(url)
        found = self._texts_of(name) if name else None
        if name is None or found is None:
            missing = name and name.is_of_post and _DATED.fullmatch(name.stem) and name.stem.lower() not in self._others
            problems = self._no_part(written, name.stem, part, nth) if name and missing else []
            return self._at_home(written, url), problems
        target = found.get(name.meant) or found.get(part.language) or next(iter(found.values()))
        target = self._pairs.get(target.pair_id, {}).get(part.language, target)
        if target.status == "draft":
            draft = problem("link-to-draft", part.text.place_of(written, nth), target=written, path=target.path)
            return written, [draft] if part.status != "draft" else []
        query, fragment = (f"{mark}{piece}" if piece else "" for mark, piece in (("?", url.query), ("#", url.fragment)))
        return f"{self._settings.site_path}/{target.url}{query}{fragment}", []

    def _at_home(self, written: str, url: SplitResult) -> str:
        """Return an address from the root of the site with what the site itself stands under."""
        if url.scheme or url.netloc or not url.path.startswith("/"):
            return written
        return self._settings.site_path + self._settings.without_base(written)

    def _texts_of(self, name: _Name) -> dict[str, Part] | None:
        """Return the texts of that name by their languages, None where there are none."""
        post = self._posts.get(name.stem.lower()) if name.is_of_post else None
        return post or (self._pages.get(name.stem.lower()) if name.is_of_page else None)

    def _name(self, url: SplitResult) -> _Name | None:
        """Return what a link names, None where it leads elsewhere."""
        if url.scheme not in {"", "http", "https"} or (url.netloc and url.netloc.lower() not in self._hosts):
            return None
        path = unicodedata.normalize("NFC", unquote(url.path))
        if path.startswith("/"):
            path = self._settings.without_base(path)
        elif url.netloc:
            return None
        page = _PAGE_ENDING.sub("", path)
        pieces = [piece for piece in page.split("/") if piece not in {"", ".", ".."}]
        if not pieces or (page == path and _OTHER_ENDING.search(path)):
            return None
        *folders, stem = pieces
        languages = {code.lower(): code for code in self._settings.languages}
        rest = [folder.lower() for folder in folders]
        # In the tree of the files the language of a page stands behind their folder.
        at = 1 if rest[:1] == ["pages"] else 0
        meant = languages.get(rest[at]) if at < len(rest) else None
        if meant:
            del rest[at]
        return _Name(stem, meant or self._settings.default_language, rest, bool(folders), path.startswith("/"))

    def _no_part(self, written: str, stem: str, part: Part, nth: int) -> list[Problem]:
        advice = nearest(stem, self._posts, "correct the address, or take the link out")
        return [problem("link-to-no-part", part.text.place_of(written, nth), target=written, suggestion=advice)]
