"""Links: an address of the old blog, in any of its spellings → the page it means, in the reader's language."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

from pelican_cors_series.problems import Problem, nearest, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pelican_cors_series.part import Part
    from pelican_cors_series.settings import Settings
    from pelican_cors_series.translations import Pairs

_LINK = re.compile(r"""(?P<before><a\b[^>]*?\bhref=")(?P<target>[^"]*)(?P<after>")""")
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}-.+")
_ENDING = re.compile(r"\.(?:html?|md|markdown)$|/(?:index\.html)?$")


class Links:
    """Resolves links between the parts of one site."""

    def __init__(self, parts: Iterable[Part], pairs: Pairs, settings: Settings) -> None:
        """parts: those that have a page. pairs: the translations among them."""
        self._settings = settings
        self._pairs = pairs
        self._hosts = settings.old_hosts | {urlsplit(settings.site_url).netloc.lower()} - {""}
        self._by_stem: dict[str, dict[str, Part]] = {}
        for part in parts:
            self._by_stem.setdefault(part.stem.lower(), {})[part.language] = part

    def resolve(self, part: Part) -> tuple[str, str, list[Problem]]:
        """Return the part's content and summary with every link to a part led to the page in the part's language.

        A link that has the form of one to a part and leads to none is left as it is and is a problem.
        """
        problems: dict[str, Problem] = {}

        def replace(link: re.Match[str]) -> str:
            written = unescape(link["target"])
            address = self._address(written, part.language)
            if address is None:
                return link[0]
            if address == "":
                problems[written] = self._no_part(written, part)
                return link[0]
            return link["before"] + escape(address) + link["after"]

        content, summary = _LINK.sub(replace, part.content), _LINK.sub(replace, part.summary)
        return content, summary, list(problems.values())

    def _address(self, written: str, language: str) -> str | None:
        """Return the address of the page meant, "" where there is none, None where no part is meant at all."""
        try:
            url = urlsplit(written)
        except ValueError:
            return None
        stem, meant = self._stem(url)
        if stem is None:
            return None
        found = self._by_stem.get(stem.lower())
        if found is None:
            return "" if _DATED.fullmatch(stem) else None
        target = found.get(meant) or found.get(language) or next(iter(found.values()))
        target = self._pairs.get(target.pair_id, {}).get(language, target)
        query, fragment = (f"{mark}{piece}" if piece else "" for mark, piece in (("?", url.query), ("#", url.fragment)))
        return f"{self._settings.site_path}/{target.url}{query}{fragment}"

    def _stem(self, url: SplitResult) -> tuple[str | None, str]:
        """Return the last piece of a link's path and the language of its address, or None where it leads elsewhere."""
        default = self._settings.default_language
        elsewhere = (None, default)
        if url.scheme not in {"", "http", "https"} or (url.netloc and url.netloc.lower() not in self._hosts):
            return elsewhere
        path = unquote(url.path)
        if path.startswith("/"):
            path = path.removeprefix(self._settings.site_path)
        elif url.netloc:
            return elsewhere
        pieces = [piece for piece in _ENDING.sub("", path).split("/") if piece not in {"", ".", ".."}]
        if not pieces:
            return elsewhere
        *folders, stem = pieces
        languages = {code.lower(): code for code in self._settings.languages}
        rest = [folder.lower() for folder in folders]
        meant = languages[rest.pop(0)] if rest and rest[0] in languages else default
        # A relative link names its neighbour: it has to look like a post, for any word could be one.
        in_place = rest in ([], ["posts"], ["_posts"]) and (folders or _DATED.fullmatch(stem))
        return (stem, meant) if in_place else elsewhere

    def _no_part(self, written: str, part: Part) -> Problem:
        stem = (self._stem(urlsplit(written))[0] or "").lower()
        known: Mapping[str, Part] = {stem: next(iter(found.values())) for stem, found in self._by_stem.items()}
        advice = nearest(stem, known, "correct the address, or take the link out")
        return problem("link-to-no-part", part.place_of(written), target=written, suggestion=advice)
