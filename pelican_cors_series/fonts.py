"""The fonts that a theme brings for a language, cut to the characters that the language's pages use."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable
    from pathlib import Path

# A file of so many Korean characters weighs under 40 KB; what is used most comes first.
_CHARACTERS_IN_A_FILE = 690
# Part of each name: another way of cutting makes other files of the same characters.
_WAY_OF_CUTTING = "1"
# Below this weight a font is for running text, from it on for what is set bold.
_BOLD = 600


@dataclass(frozen=True, slots=True)
class FontFile:
    """One file that a page loads: the characters of one weight of a family, or those of them that are used most.

    source: the whole font. weight: as @font-face has it, "400" or "600 900". rest: whether another file has what is
    used more; then a browser loads this one for its own characters alone.
    """

    source: Path
    family: str
    weight: str
    characters: str
    rest: bool

    @property
    def name(self) -> str:
        """The file's name, in which a hash stands for what it was cut of and how: it never changes its content."""
        seal = hashlib.sha256(self.source.read_bytes())
        seal.update(f"{_WAY_OF_CUTTING} {self.characters}".encode())
        return f"{self.source.stem.lower()}.{seal.hexdigest()[:10]}.woff2"

    def rule(self, folder: str) -> str:
        """Return its @font-face. folder: where the file lies, seen from the style sheet.

        What is used most is there before the text is drawn, or else the next page has it: the text never jumps. The
        rest is loaded when it is met, and may come later.
        """
        ranges = f"unicode-range:{','.join(f'U+{ord(each):X}' for each in self.characters)};" if self.rest else ""
        display = "swap" if self.rest else "optional"
        return (
            f"@font-face{{font-family:{self.family};font-weight:{self.weight};font-display:{display};{ranges}"
            f'src:url({folder}/{self.name})format("woff2")}}'
        )

    def cut(self) -> bytes:
        """Return the file: a woff2 of its characters, the same for the same source and characters."""
        # Only a build that has no such file yet needs the library, which takes its time to import.
        from fontTools.subset import Options, Subsetter  # noqa: PLC0415
        from fontTools.ttLib import TTFont  # noqa: PLC0415

        found = BytesIO()
        with TTFont(self.source, lazy=True, recalcTimestamp=False) as font:
            subsetter = Subsetter(Options(hinting=False, notdef_outline=True, layout_features=["kern"], name_IDs=["*"]))
            subsetter.populate(text=self.characters)
            subsetter.subset(font)
            font.flavor = "woff2"
            font.save(found, reorderTables=False)
        return found.getvalue()


def font_files(folder: Path, text: Counter[str], bold: Counter[str]) -> tuple[FontFile, ...]:
    """Return the files that the fonts in a folder are cut to; none where there is no folder.

    folder: of one language, its fonts named FAMILY-WEIGHT.ttf ("Name-400.ttf", "Name-600-900.ttf"). text, bold: how
    often each character is used at all, and where it may be bold.
    """
    found = []
    for source in sorted(folder.glob("*.ttf")):
        family, _, weight = source.stem.partition("-")
        used = bold if int(weight.partition("-")[0]) >= _BOLD else text
        found += [
            FontFile(source, family, weight.replace("-", " "), characters, rest=index > 0)
            for index, characters in enumerate(_portions(used))
        ]
    return tuple(found)


def is_cut(name: str) -> bool:
    """Whether a file has the name of one that was cut here, in this build or in an earlier one."""
    return re.fullmatch(r".+-[\d-]+\.[0-9a-f]{10}\.woff2", name) is not None


def _portions(used: Counter[str]) -> Iterable[str]:
    # Of those that are used as often the first in Unicode comes first, so that two builds are the same.
    ordered = sorted((each for each in used if each.isprintable()), key=lambda each: (-used[each], each))
    for start in range(0, len(ordered), _CHARACTERS_IN_A_FILE):
        yield "".join(sorted(ordered[start : start + _CHARACTERS_IN_A_FILE]))
