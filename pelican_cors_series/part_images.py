"""The images of a part: an address as its author writes it → the image it stands for, and what is wrong with it."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from pelican_cors_series.content_files import content_root, shown
from pelican_cors_series.image_files import read_image
from pelican_cors_series.part import PICTURES, Image
from pelican_cors_series.problems import Place, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pelican_cors_series.image_files import ImageFile
    from pelican_cors_series.part import Source
    from pelican_cors_series.settings import Settings

_POST_IMAGES = "/assets/img/posts/"


class PartImages:
    """Finds the images of one site."""

    def __init__(self, settings: Settings) -> None:
        """Take where the content lies from the settings, and what the site stands under."""
        self._settings = settings
        self._root = content_root(settings)
        # The texts of a pair show the same pictures.
        self._read: Callable[[Path], ImageFile | None] = cache(read_image)

    def find(self, written: str) -> Image:
        """Return the image that an address as written stands for; ":a.png" lies with the pictures of the posts."""
        if written.startswith(":"):
            written = _POST_IMAGES + written[1:]
        elif not written.startswith("/") or written.startswith("//"):
            return Image(written, present=True)
        address = self._settings.without_base(written)
        base, file = self._settings.site_path, self._file(address)
        try:
            present = file.is_file()
        except OSError:
            # A name that no file system takes.
            present = False
        read = self._read(file) if present else None
        if read is None:
            return Image(base + address, present)
        versions = tuple((f"{base}/{PICTURES}/{each.name}", each) for each in read.versions)
        return Image(base + address, present, read.width, read.height, versions)

    def problems(
        self, own: tuple[Image, Place] | None, seen: Iterable[tuple[str, Image]], source: Source
    ) -> list[Problem]:
        """Return what is wrong with images. own: that of the front matter. seen: those of the text, as written."""
        placed = [own] if own else []
        met: Counter[str] = Counter()
        for written, each in seen:
            placed.append((each, source.place_of(written, met[written])))
            met[written] += 1
        return [wrong for each, place in placed for wrong in self._check(each, place)]

    def _file(self, address: str) -> Path:
        return self._root / unquote(re.sub(r"[?#].*", "", self._settings.without_base(address))).lstrip("/")

    def _check(self, image: Image, place: Place) -> list[Problem]:
        if not image.present:
            return [problem("image-missing", place, address=image.address, path=shown(self._file(image.address)))]
        try:
            host = urlsplit(image.address).netloc
        except ValueError:
            host = "no host"
        if host and host != urlsplit(self._settings.site_url).netloc:
            return [problem("image-elsewhere", place, address=image.address)]
        return []
