"""Pictures: which picture stands for a page where it is shared, drawn in the design of the theme."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pelican_cors_series.head import Picture
from pelican_cors_series.part import PICTURES
from pelican_cors_series.picture_design import find_design
from pelican_cors_series.share_picture import HEIGHT, WIDTH, SharePicture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from pelican_cors_series.head import Head
    from pelican_cors_series.part import Part
    from pelican_cors_series.picture_design import Design
    from pelican_cors_series.settings import Language, Settings


class Pictures:
    """The pictures of one site."""

    def __init__(self, settings: Settings, theme: Path) -> None:
        """theme: its folder, which has the fonts. Without them, and without SITEURL, there is no picture."""
        self._settings = settings
        self._design: Callable[[str], Design | None] = cache(lambda code: find_design(theme, code))

    def of_page(self, name: str, title: str, language: Language, *, lead: str = "", foot: str = "") -> Picture | None:
        """Return the picture of a page. name: what its file begins with. title, lead, foot: plain text.

        One with characters that the fonts lack has none, rather than one with boxes in it.
        """
        design = self._design(language.code) if self._settings.site_url else None
        if design is None or not title:
            return None
        stem = "-".join([*re.findall(r"[a-z0-9]+", name.lower()), language.code])
        host = urlsplit(self._settings.site_url).netloc
        site = language.title if title != language.title else ""
        drawn = SharePicture(stem, title, site, lead, foot, host, design)
        if not drawn.can_be_drawn:
            return None
        alt = f"{title} · {site}".removesuffix(" · ")
        return Picture(self._settings.whole(f"{PICTURES}/{drawn.name}"), alt, WIDTH, HEIGHT, drawn)

    @cached_property
    def of_site(self) -> Mapping[str, Picture | None]:
        """The picture of the site in each language, for pages that are about nothing else."""
        return {
            code: self.of_page("site", each.title or code, each, lead=each.description)
            for code, each in self._settings.languages.items()
        }


def write_pictures(folder: Path, heads: Iterable[Head], parts: Iterable[Part]) -> None:
    """Write what is drawn for heads and the smaller versions of the parts' images, and take out what is neither.

    A file that is there is the same: what it is made of stands in its name, as a hash.
    """
    wanted = {head.picture.drawn.name: head.picture.drawn.draw for head in heads if head.picture and head.picture.drawn}
    wanted |= {each.name: each.make for part in parts for image in part.images for _, each in image.versions}
    here = {path.name: path for path in folder.glob("*")}
    for name in wanted.keys() - here.keys():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(wanted[name]())
    for name in here.keys() - wanted.keys():
        here[name].unlink()
