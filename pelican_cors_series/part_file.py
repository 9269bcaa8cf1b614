"""One file → the Part in it, and every problem of the file alone."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from pelican_cors_series.content_files import content_root, find_pages, shown
from pelican_cors_series.front_matter import FrontMatter, is_part, names_its_pair, read_front_matter
from pelican_cors_series.markdown_ext import Page, PartMarkdown
from pelican_cors_series.part import Image, Membership, Part, Source, Status
from pelican_cors_series.part_images import PartImages
from pelican_cors_series.problems import Place, Problem, problem
from pelican_cors_series.series import address_of, membership

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pelican_cors_series.settings import Settings
    from pelican_cors_series.text import Text

_DATED = re.compile(r"\d{4}-\d{2}-\d{2}-\S+")
_UTF_8_MARK = b"\xef\xbb\xbf"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# What XML, and so a feed, cannot hold. https://www.w3.org/TR/xml/#charsets
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

# Without these there is no part. A page has no place in time, unless its author gives it one.
_NEEDED, _NEEDED_BY_PAGES = frozenset({"lng_pair", "title", "date"}), frozenset({"lng_pair", "title"})

State = Literal["part", "ordinary", "unpublished", "unread"]


class PartFiles:
    """Reads one file after the other with one Markdown converter."""

    def __init__(self, settings: Settings, texts: Mapping[str, Text]) -> None:
        """texts: the words of each language, for the widgets in a text."""
        self._settings = settings
        self._texts = texts
        self._root = content_root(settings)
        self._pages = frozenset(find_pages(settings))
        self._images = PartImages(settings)
        self._markdown = PartMarkdown(settings.markdown)
        self._now = datetime.now(UTC)

    def read(self, path: Path) -> tuple[Part | None, State, list[Problem]]:
        """Return the part in a file (None where there is none), what became of the file, and its problems."""
        name = shown(path)
        text, state, problems = _text(path, name)
        if path in self._pages and not names_its_pair(text):
            return None, "ordinary", []
        if state != "part":
            return None, state, problems
        front, body_start, problems = read_front_matter(text, name, _NEEDED - self._needed(path))
        problems += [
            problem("control-character", _place_at(text, found.start(), name), character=f"U+{ord(found[0]):04X}")
            for found in _CONTROL.finditer(text)
        ]
        if front.get("published") is False:
            return None, "unpublished", problems
        part, found = self._part(path, name, front, text, body_start)
        return part, "unread" if part is None else "part", problems + found

    def _part(
        self, path: Path, name: str, front: FrontMatter, text: str, body_start: int
    ) -> tuple[Part | None, list[Problem]]:
        code = self._language(path, front)
        problems = [*self._check_language(code, front), *_check_series(front)]
        language = self._settings.languages.get(code, self._settings.default)
        # Where the language is unknown the mistakes of the body are still worth knowing, whatever its words.
        words = self._texts.get(language.code) or next(iter(self._texts.values()), None)
        if words is None:
            return None, problems
        body, body_line = text[body_start:], text.count("\n", 0, body_start) + 1
        image = self._images.find(front.get("img")) if front.get("img") else None
        page = self._page(Place(name, body_line), words, front, image)
        converted = self._markdown.convert_part(body, page)
        problems += page.problems
        source = Source(name, body, body_line)
        problems += self._images.problems((image, front.places["img"]) if image else None, page.seen, source)
        if not self._needed(path) <= front.values.keys() or code not in self._settings.languages:
            return None, problems
        is_page = path in self._pages
        stem = unicodedata.normalize("NFC", re.sub(r"\s+", "-", path.stem))
        part = Part(
            source=str(path),
            path=name,
            language=language.code,
            pair_id=front.get("lng_pair"),
            title=front.get("title"),
            author=front.get("author", language.owner),
            category=front.get("category"),
            tags=front.get("tags", ()),
            image=image,
            date=self._moment(front.get("date", self._now)),
            modified=self._moment(front.get("meta_modify_date")) if front.get("meta_modify_date") else None,
            description=front.get("meta_description", ""),
            summary=converted.outline or "",
            content=converted.content,
            status=self._status(front),
            address=f"{language.prefix or ('' if is_page else 'posts/')}{stem}",
            stem=stem,
            membership=None if is_page else _membership(front),
            widgets=tuple(sorted(page.kinds)),
            noindex=bool(front.get("search_engine_exclude")),
            places=front.places,
            text=source,
            is_page=is_page,
            images=tuple(dict.fromkeys([*([image] if image else []), *(each for _, each in page.seen)])),
            has_comments=not front.get("comments_disable"),
            in_search=not front.get("on_site_search_exclude"),
        )
        return part, problems if is_page else [*problems, *_check_name(part, path)]

    def _page(self, place: Place, words: Text, front: FrontMatter, image: Image | None) -> Page:
        return Page(
            place,
            words,
            self._images.find,
            lazy=front.get("image_lazy_loader_on", self._settings.image_lazy_loader),
            viewer=front.get("image_viewer_on", self._settings.image_viewer),
            is_below=bool(image and image.present),
            observed=self._settings.require_observations,
        )

    def _needed(self, path: Path) -> frozenset[str]:
        return _NEEDED_BY_PAGES if path in self._pages else _NEEDED

    def _language(self, path: Path, front: FrontMatter) -> str:
        if front.get("lang"):
            return str(front.get("lang"))
        folders = path.parent.relative_to(self._root).parts if path.is_relative_to(self._root) else ()
        codes = {code.lower(): code for code in self._settings.languages}
        found = (codes[name.lower()] for name in folders if name.lower() in codes)
        return next(found, self._settings.default_language)

    def _check_language(self, code: str, front: FrontMatter) -> list[Problem]:
        if code in self._settings.languages:
            return []
        languages = ", ".join(self._settings.languages)
        return [problem("unknown-language", front.places["lang"], language=code, languages=languages)]

    def _moment(self, date: datetime) -> datetime:
        return date if date.tzinfo else date.replace(tzinfo=self._settings.timezone)

    def _status(self, front: FrontMatter) -> Status:
        if not self._settings.with_future_dates and self._moment(front.get("date", self._now)) > self._now:
            return "draft"
        status: Status = front.get("status", "published")
        return status


def _text(path: Path, name: str) -> tuple[str, State, list[Problem]]:
    """Return the text of a file whose state is "part": it has front matter of this kind. A line feed ends its lines."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        return "", "unread", [problem("file-unreadable", Place(name), reason=error.strerror or error)]
    if not raw.removeprefix(_UTF_8_MARK).lstrip().startswith(b"---") and not raw.startswith(_UTF_16_MARKS):
        return "", "ordinary", []
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "", "unread", [_not_utf_8(error, raw, name)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if is_part(text):
        return text, "part", []
    late = not text.startswith("---") and is_part(text.lstrip())
    return "", "unread" if late else "ordinary", [problem("front-matter-late", Place(name))] if late else []


def _not_utf_8(error: UnicodeDecodeError, raw: bytes, name: str) -> Problem:
    # With the mark at the beginning taken off, the error counts from behind it.
    start = error.start + (len(_UTF_8_MARK) if raw.startswith(_UTF_8_MARK) else 0)
    before = raw[:start]
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    return problem("not-utf-8", Place(name, before.count(b"\n") + 1, column), byte=hex(raw[start]))


def _place_at(text: str, offset: int, name: str) -> Place:
    return Place(name, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def _membership(front: FrontMatter) -> Membership | None:
    return membership(front.get("lng_pair"), front.get("series"), front.get("part"))


def _check_series(front: FrontMatter) -> list[Problem]:
    for present, absent, example in (("series", "part", "2"), ("part", "series", "about-cors")):
        if present in front.values and absent not in front.places:
            place = front.places[present]
            return [problem("series-incomplete", place, present=present, absent=absent, example=example)]
    if "series" in front.values and not address_of(front.get("series")):
        values: dict[str, Any] = {
            "key": "series",
            "found": f"“{front.get('series')}”",
            "wanted": "a name with letters or digits",
        }
        return [problem("wrong-type", front.places["series"], **values, example="about-cors")]
    return []


def _check_name(part: Part, path: Path) -> list[Problem]:
    if _DATED.fullmatch(path.stem):
        return []
    bare = re.sub(r"^[\d-]+-", "", part.stem) or "slug"
    suggestion = f"{part.date:%Y-%m-%d}-{bare}{path.suffix}"
    return [problem("file-name", part.place(), name=path.name, address=f"/{part.url}", suggestion=suggestion)]
