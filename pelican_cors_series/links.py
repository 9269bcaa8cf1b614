"""Links: an address of the old blog, in any of its spellings → the page it means, in the reader's language."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from html import escape, unescape
from typing import TYPE_CHECKING
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
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}-.+")
_PAGE_ENDING = re.compile(r"\.(?:html?|md|markdown)$|/(?:index\.html)?$", re.IGNORECASE)
_OTHER_ENDING = re.compile(r"\.[a-z0-9]{1,5}$", re.IGNORECASE)


class Links:
    """Resolves links between the parts of one site."""

    def __init__(self, parts: Iterable[Part], pairs: Pairs, others: Iterable[str], settings: Settings) -> None:
        """parts: all there are. pairs: the translations among them. others: the names of files that are no parts."""
        self._settings = settings
        self._pairs = pairs
        self._hosts = (settings.old_hosts | {urlsplit(settings.site_url).netloc.lower()}) - {""}
        self._others = {name.lower() for name in others}
        self._by_stem: dict[str, dict[str, Part]] = {}
        for part in parts:
            self._by_stem.setdefault(part.stem.lower(), {})[part.language] = part

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
        return content, summary, of_content

    def _follow(self, written: str, part: Part, nth: int) -> tuple[str, list[Problem]]:
        """Return the address that a link shall have, and what is wrong with it."""
        try:
            url = urlsplit(written)
        except ValueError:
            return written, []
        stem, meant = self._stem(url)
        found = self._by_stem.get(stem.lower()) if stem else None
        if found is None:
            missing = bool(stem) and _DATED.fullmatch(stem) and stem.lower() not in self._others
            return self._at_home(written, url), self._no_part(written, stem, part, nth) if missing else []
        target = found.get(meant) or found.get(part.language) or next(iter(found.values()))
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

    def _stem(self, url: SplitResult) -> tuple[str, str]:
        """Return the last piece of a link's path and the language of its address; "" where it leads elsewhere."""
        default = self._settings.default_language
        elsewhere = ("", default)
        if url.scheme not in {"", "http", "https"} or (url.netloc and url.netloc.lower() not in self._hosts):
            return elsewhere
        path = unicodedata.normalize("NFC", unquote(url.path))
        if path.startswith("/"):
            path = self._settings.without_base(path)
        elif url.netloc:
            return elsewhere
        page = _PAGE_ENDING.sub("", path)
        pieces = [piece for piece in page.split("/") if piece not in {"", ".", ".."}]
        if not pieces or (page == path and _OTHER_ENDING.search(path)):
            return elsewhere
        *folders, stem = pieces
        languages = {code.lower(): code for code in self._settings.languages}
        rest = [folder.lower() for folder in folders]
        meant = languages[rest.pop(0)] if rest and rest[0] in languages else default
        # A relative link names its neighbour: it has to look like a post, for any word could be one.
        in_place = rest in ([], ["posts"], ["_posts"]) and (folders or _DATED.fullmatch(stem))
        return (stem, meant) if in_place else elsewhere

    def _no_part(self, written: str, stem: str, part: Part, nth: int) -> list[Problem]:
        advice = nearest(stem, self._by_stem, "correct the address, or take the link out")
        return [problem("link-to-no-part", part.text.place_of(written, nth), target=written, suggestion=advice)]
