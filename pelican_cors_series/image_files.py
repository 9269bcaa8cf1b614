"""Image files: how large a picture is, and the smaller versions of it that the build makes for small screens."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Opened

# A phone's screen, and the column of a text on a screen with two pixels for one.
_WIDTHS = (640, 1280)
# Drawings and animations stay as they are.
_PHOTOGRAPHS = frozenset({"JPEG", "PNG", "WEBP"})
_QUALITY = 82
# Part of each name: another way of making them makes other files of the same picture.
_WAY_OF_MAKING = "1"
# EXIF: the picture lies on its side where the orientation is one of these.
_ORIENTATION, _ON_ITS_SIDE = 0x0112, frozenset({5, 6, 7, 8})


@dataclass(frozen=True, slots=True)
class Version:
    """A smaller WebP of a picture. source: the absolute path of the whole one. name: never changes its content."""

    source: str
    width: int
    name: str

    def make(self) -> bytes:
        """Return the file, upright."""
        from PIL import Image, ImageOps  # noqa: PLC0415 - only a build that lacks it needs the library

        with Image.open(self.source) as opened:
            upright = ImageOps.exif_transpose(opened)
            mode = "RGBA" if upright.has_transparency_data else "RGB"
            height = max(1, round(upright.height * self.width / upright.width))
            small = upright.convert(mode).resize((self.width, height), Image.Resampling.LANCZOS)
        found = BytesIO()
        small.save(found, "WEBP", quality=_QUALITY)
        return found.getvalue()


@dataclass(frozen=True, slots=True)
class ImageFile:
    """What a picture's file says: its size in pixels as it is shown, and the versions that can be made of it."""

    width: int
    height: int
    versions: tuple[Version, ...] = ()


def read_image(path: Path) -> ImageFile | None:
    """Return what a file says; None where it holds no picture that Pillow knows, such as an SVG."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - a site without pictures does without

    try:
        with Image.open(path) as opened:
            width, height = _shown_size(opened)
            is_still = opened.format in _PHOTOGRAPHS and not getattr(opened, "is_animated", False)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return None
    versions = tuple(_version(path, each) for each in _WIDTHS if each < width) if is_still else ()
    return ImageFile(width, height, versions)


def _shown_size(opened: Opened) -> tuple[int, int]:
    lies = opened.getexif().get(_ORIENTATION) in _ON_ITS_SIDE
    return (opened.height, opened.width) if lies else (opened.width, opened.height)


def _version(path: Path, width: int) -> Version:
    seal = hashlib.sha256(path.read_bytes())
    seal.update(f"{_WAY_OF_MAKING} {width}".encode())
    stem = "-".join(re.findall(r"[a-z0-9]+", Path(path).stem.lower()) or ["image"])
    return Version(str(path), width, f"{stem}-{width}-{seal.hexdigest()[:12]}.webp")
