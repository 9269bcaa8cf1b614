"""What engines write to their consoles: one line, and which scenario it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

# What the page itself writes around a scenario; see page.js.
AROUND = re.compile(r"\[lab (begin|end) (\S+)\]")
# A line of WebKit's, as ConsoleClient prints it: where, what wrote it, how grave it is.
WEBKIT_LINE = re.compile(
    r"(?:\S+?:\d+(?::\d+)?: )?CONSOLE(?: [A-Z]+)? (?P<level>LOG|INFO|WARN|ERROR|DEBUG) (?P<text>.*)"
)


@dataclass(frozen=True, slots=True)
class ConsoleLine:
    """A line of a console.

    level: the engine's own word for how grave it is. about: the address that it is about, where the text has none.
    reason: the engine's own name for what went wrong, such as CORSMissingAllowOrigin; where that alone is known, the
    text is empty.
    """

    level: str
    text: str
    about: str = ""
    reason: str | None = None


class Console(Protocol):
    """Where the lines of a running browser are read."""

    def lines(self) -> list[ConsoleLine]:
        """Give the lines so far, in order."""

    def close(self) -> None:
        """Stop listening."""


def lines_by_mark(lines: Iterable[ConsoleLine], marks: Iterable[str]) -> dict[str, list[ConsoleLine]]:
    """Give the lines of each mark: those that name it, and those that name none while it was run."""
    found: dict[str, list[ConsoleLine]] = {mark: [] for mark in marks}
    running: str | None = None
    for line in lines:
        around = AROUND.search(line.text)
        if around is not None:
            running = around[2] if around[1] == "begin" else None
            continue
        named = [mark for mark in found if re.search(rf"{re.escape(mark)}(?!\d)", line.about + " " + line.text)]
        for mark in named or ([running] if running in found else []):
            found[str(mark)].append(line)
    return found


def webkit_lines(output: str) -> list[ConsoleLine]:
    """Read the lines of a console from what WebKitGTK writes to its terminal."""
    found = filter(None, map(WEBKIT_LINE.fullmatch, output.splitlines()))
    return [ConsoleLine(line["level"].lower(), line["text"]) for line in found]
