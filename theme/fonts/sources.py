"""Makes the fonts in ko/ of Pretendard as its author publishes it: `make fonts`, where npm is at hand.

Of the two weights that the theme uses it takes the outlines and the kerning, on a grid of 512 units, which no screen
tells from the original's 2,048 and which takes a fifth off each file; and it gives them a name of their own, since
the licence reserves the original's for what is unchanged.
"""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

FAMILY = "Chulcheo"
PACKAGE, DIGEST = "pretendard@1.3.9", "0ffc240cee83be02520fb4ac1b2a0a51052b9d13506ade0ba90c591dbbb3bd53"
WEIGHTS = {"Regular": "400", "SemiBold": "600-900"}
UNITS = 512
# What a font has to say of itself: whose it is, under which licence.
_COPYRIGHT, _FAMILY, _STYLE, _UNIQUE, _FULL, _VERSION, _POSTSCRIPT, _LICENCE, _LICENCE_URL = 0, 1, 2, 3, 4, 5, 6, 13, 14


def name(font: TTFont, style: str, copyright_line: str) -> None:
    """Give the font its own name, and take away every other word but its version and its licence."""
    table = font["name"]
    kept = {each: table.getDebugName(each) for each in (_VERSION, _LICENCE, _LICENCE_URL)}
    family = FAMILY if style == "Regular" else f"{FAMILY} {style}"
    table.names = []
    for number, words in {
        _COPYRIGHT: copyright_line,
        _FAMILY: family,
        _STYLE: "Regular",
        _UNIQUE: f"{FAMILY}-{style}",
        _FULL: family,
        _POSTSCRIPT: f"{FAMILY}-{style}",
        **kept,
    }.items():
        table.setName(words, number, 3, 1, 0x409)


def main() -> None:
    """Fetch the package, hold it against its digest, and write the fonts and the licence into ko/."""
    folder = Path(__file__).parent / "ko"
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(["npm", "pack", PACKAGE, "--silent"], cwd=place, check=True, stdout=subprocess.DEVNULL)
        (package,) = Path(place).iterdir()
        if hashlib.sha256(package.read_bytes()).hexdigest() != DIGEST:
            sys.exit(f"{PACKAGE} is not what it was")
        with tarfile.open(package) as files:
            read = {each: files.extractfile(f"package/dist/{path}") for each, path in _paths().items()}
            found = {each: file.read() for each, file in read.items() if file}
    licence = found.pop("licence")
    (folder / "OFL.txt").write_bytes(licence)
    copyright_line = " ".join(licence.decode().partition("\n\n")[0].split())
    for style, data in found.items():
        font = TTFont(io.BytesIO(data), recalcTimestamp=False)
        subsetter = Subsetter(Options(hinting=False, notdef_outline=True, layout_features=["kern"], name_IDs=["*"]))
        subsetter.populate(unicodes=font.getBestCmap())
        subsetter.subset(font)
        scale_upem(font, UNITS)
        name(font, style, copyright_line)
        font.flavor = None
        font.save(folder / f"{FAMILY}-{WEIGHTS[style]}.ttf")


def _paths() -> dict[str, str]:
    fonts = {style: f"web/static/woff2-subset/Pretendard-{style}.subset.woff2" for style in WEIGHTS}
    return {"licence": "LICENSE.txt", **fonts}


if __name__ == "__main__":
    main()
