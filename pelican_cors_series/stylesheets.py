"""Style sheets: those that import others are joined with them, so that a page loads one file, without its comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_IMPORT = re.compile(r'@import\s+"([\w-]+)\.css"\s*;\s*')
# A string keeps what it holds; a comment goes, and white space where it means nothing.
_PIECE = re.compile(r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|/\*.*?\*/|\s+""", re.DOTALL)
_NO_SPACE_AROUND = re.compile(r" ?([{};,>]) ?|(?<=:) |;(?=})")


def joined(folder: Path) -> dict[str, str]:
    """Return each style sheet in a folder that imports others of it: by its name without ".css", whole and short."""
    sheets = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.css"))}
    return {name: shortened(_whole(name, sheets)) for name, text in sheets.items() if _IMPORT.search(text)}


def sheet_name(name: str, code: str) -> str:
    """Return the file that a joined style sheet is written to; code: of the language whose fonts stand in it."""
    return f"{name}.{code}.css"


def _whole(name: str, sheets: Mapping[str, str]) -> str:
    return _IMPORT.sub(lambda found: _whole(found[1], sheets), sheets[name])


def shortened(sheet: str) -> str:
    """Return a style sheet without comments and without white space that means nothing."""
    strings: list[str] = []

    def piece(found: re.Match[str]) -> str:
        if found[0][0] in "\"'":
            strings.append(found[0])
            return f"\0{len(strings) - 1}\0"
        return " "

    short = re.sub(r" +", " ", _PIECE.sub(piece, sheet))
    short = _NO_SPACE_AROUND.sub(lambda found: found[1] or "", short).replace(";}", "}")
    return re.sub(r"\0(\d+)\0", lambda found: strings[int(found[1])], short).strip() + "\n"
