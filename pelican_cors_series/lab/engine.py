"""An engine that the lab can drive: where its programs are, what installs them, and how it is started."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .browser import Browser
    from .certificates import Certificates
    from .console import Console

EngineName: TypeAlias = Literal["chromium", "firefox", "webkit"]
# Where Debian, and those it feeds, put what WebKitGTK brings besides its library.
LIBRARIES = Path("/usr/lib")
BLANK = "about:blank"
VERSION = re.compile(r"\d+(?:\.\d+)+\w*")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a browser is started with: the paths of its programs, an empty folder for its profile, and the lab's proxy.

    console: whether what it writes to its console is wanted.
    """

    programs: tuple[str, ...]
    folder: Path
    port: int
    certificates: Certificates
    console: bool


@dataclass(frozen=True, slots=True)
class Launch:
    """How to start a browser: its command without the address, and what its environment has besides.

    display: whether it needs a screen. pipes: whether it talks through the file descriptors 3 and 4.
    """

    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    display: bool = False
    pipes: bool = False


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine.

    title: as people write it. packages: what apt installs for it. programs: each by the names it may have, the browser
    first; one that begins with a slash is a pattern below /usr/lib. prepare: fills the folder and says how to start.
    listen: where its console is read. speaks_by_itself: whether that needs nothing; else it has to be started on a
    blank page, and listening opens the address, lest anything was said before. asks_version: the command that prints
    the version.
    """

    name: EngineName
    title: str
    packages: tuple[str, ...]
    programs: tuple[tuple[str, ...], ...]
    prepare: Callable[[Setting], Launch]
    listen: Callable[[Browser, str], Console]
    asks_version: Callable[[tuple[str, ...]], tuple[str, ...]]
    speaks_by_itself: bool = False

    def found(self) -> tuple[str, ...] | None:
        """Give the paths of its programs, the browser first; None where one is missing."""
        paths = tuple(next(filter(None, map(_path_of, names)), None) for names in self.programs)
        return None if None in paths else tuple(filter(None, paths))

    def version(self) -> str:
        """Ask it for its version, as in 156.0.8078.108. Raises MissingEngineError where it is not installed."""
        programs = self.found()
        if programs is None:
            raise MissingEngineError(self)
        command = self.asks_version(programs)
        said = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout  # noqa: S603
        found = VERSION.search(said)
        return "" if found is None else found[0]

    def apt_line(self) -> str:
        """Give the line that installs it on Debian and Ubuntu."""
        return f"apt-get install --no-install-recommends {' '.join(self.packages)}"


class EngineError(RuntimeError):
    """An engine can't be driven; the message says why."""


class MissingEngineError(EngineError):
    """An engine is not installed; the message says what installs it."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(f"{engine.title} is not installed here; on Debian: {engine.apt_line()}")
        self.engine = engine


def _path_of(name: str) -> str | None:
    if name.startswith("/"):
        return next((str(path) for path in sorted(LIBRARIES.glob(name.removeprefix("/")))), None)
    return shutil.which(name)
