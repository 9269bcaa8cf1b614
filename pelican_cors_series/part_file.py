"""One file → the Part in it, and every problem of the file alone."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pelican_cors_series.front_matter import FrontMatter, is_part, read_front_matter
from pelican_cors_series.markdown_ext import Page, PartMarkdown
from pelican_cors_series.part import Image, Part, Status
from pelican_cors_series.problems import Place, Problem, problem
from pelican_cors_series.series import membership

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pelican_cors_series.settings import Settings
    from pelican_cors_series.text import Text

_DATED = re.compile(r"\d{4}-\d{2}-\d{2}-\S+")
_POST_IMAGES = "/assets/img/posts/"


class PartFiles:
    """Reads one file after the other with one Markdown converter."""

    def __init__(self, settings: Settings, texts: Mapping[str, Text]) -> None:
        """texts: the words of each language, for the widgets in a text."""
        self._settings = settings
        self._texts = texts
        self._root = Path(os.path.abspath(settings.content))  # noqa: PTH100 - as Pelican: symbolic links unresolved
        self._markdown = PartMarkdown(settings.markdown)
        self._now = datetime.now(UTC)

    def read(self, path: Path) -> tuple[Part | None, bool, list[Problem]]:
        """Return the part in a file (None where there is none), False where it is unpublished, and the problems."""
        name = shown(path)
        raw = path.read_bytes()
        if not raw.removeprefix(b"\xef\xbb\xbf").startswith(b"---"):
            return None, True, []
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            # With the mark at the beginning taken off, the error counts from behind it.
            start = error.start + len(raw) - len(raw.removeprefix(b"\xef\xbb\xbf"))
            before = raw[:start]
            place = Place(name, before.count(b"\n") + 1, len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1)
            return None, True, [problem("not-utf-8", place, byte=hex(raw[start]))]
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if not is_part(text):
            return None, True, []
        front, body_start, problems = read_front_matter(text, name)
        if front is None:
            return None, True, problems
        if front.get("published") is False:
            return None, False, problems
        part, found = self._part(path, name, front, text, body_start)
        return part, True, problems + found

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
        lazy = self._settings.image_lazy_loader or bool(front.get("image_lazy_loader_on"))
        page = Page(Place(name, body_line), words, self._image, lazy)
        converted = self._markdown.convert_part(body, page)
        problems += page.problems
        if not {"lng_pair", "title", "date"} <= front.values.keys() or code not in self._settings.languages:
            return None, problems
        stem = re.sub(r"\s+", "-", path.stem)
        image = self._image(front.get("img")) if front.get("img") else None
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
            date=self._moment(front.get("date")),
            modified=self._moment(front.get("meta_modify_date")) if front.get("meta_modify_date") else None,
            description=front.get("meta_description", ""),
            summary=converted.outline or "",
            content=converted.content,
            status=self._status(front),
            address=f"{language.prefix or 'posts/'}{stem}",
            stem=stem,
            membership=membership(front.get("lng_pair"), front.get("series"), front.get("part")),
            widgets=tuple(sorted(page.kinds)),
            noindex=bool(front.get("search_engine_exclude")),
            places=front.places,
            body=body,
            body_line=body_line,
        )
        return part, [*problems, *_check_name(part, path), *self._check_images(part, front, page)]

    def _language(self, path: Path, front: FrontMatter) -> str:
        if front.get("lang"):
            return str(front.get("lang"))
        folders = path.parent.relative_to(self._root).parts if path.is_relative_to(self._root) else ()
        return next((name for name in folders if name in self._settings.languages), self._settings.default_language)

    def _check_language(self, code: str, front: FrontMatter) -> list[Problem]:
        if code in self._settings.languages:
            return []
        languages = ", ".join(self._settings.languages)
        return [problem("unknown-language", front.places["lang"], language=code, languages=languages)]

    def _moment(self, date: datetime) -> datetime:
        return date if date.tzinfo else date.replace(tzinfo=self._settings.timezone)

    def _status(self, front: FrontMatter) -> Status:
        if not self._settings.with_future_dates and self._moment(front.get("date")) > self._now:
            return "draft"
        status: Status = front.get("status", "published")
        return status

    def _image(self, written: str) -> Image:
        if written.startswith(":"):
            written = _POST_IMAGES + written[1:]
        elif not written.startswith("/") or written.startswith("//"):
            return Image(written, present=True)
        address = written.removeprefix(self._settings.site_path)
        return Image(self._settings.site_path + address, present=self._file(address).is_file())

    def _file(self, address: str) -> Path:
        return self._root / address.removeprefix(self._settings.site_path).lstrip("/")

    def _check_images(self, part: Part, front: FrontMatter, page: Page) -> list[Problem]:
        seen = [(part.image, front.places["img"])] if part.image else []
        seen += [(image, part.place_of(written)) for written, image in page.seen]
        return [wrong for image, place in seen for wrong in self._check_image(image, place)]

    def _check_image(self, image: Image, place: Place) -> list[Problem]:
        if not image.present:
            return [problem("image-missing", place, address=image.address, path=shown(self._file(image.address)))]
        host = urlsplit(image.address).netloc
        if host and host != urlsplit(self._settings.site_url).netloc:
            return [problem("image-elsewhere", place, address=image.address)]
        return []


def shown(path: Path) -> str:
    """Return a path as a person names it: from the current folder where it lies below, else whole."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _check_series(front: FrontMatter) -> list[Problem]:
    for present, absent, example in (("series", "part", "2"), ("part", "series", "about-cors")):
        if present in front.values and absent not in front.places:
            place = front.places[present]
            return [problem("series-incomplete", place, present=present, absent=absent, example=example)]
    return []


def _check_name(part: Part, path: Path) -> list[Problem]:
    if _DATED.fullmatch(path.stem):
        return []
    bare = re.sub(r"^[\d-]+-", "", part.stem) or "slug"
    suggestion = f"{part.date:%Y-%m-%d}-{bare}{path.suffix}"
    return [problem("file-name", part.place(), name=path.name, address=f"/{part.url}", suggestion=suggestion)]
