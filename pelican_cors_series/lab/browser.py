"""A browser that runs: started behind a guard, in a folder of its own, and ended with all that belongs to it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from .engine import BLANK, Engine, MissingEngineError, Setting

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from .console import Console
    from .engine import Launch
    from .server import LabServer

GUARD = Path(__file__).with_name("guard.py")
# How long the guard may take to end a browser, in seconds.
END = 15.0


class Browser:
    """An engine started on an address, with the lab's server as its proxy; a context manager.

    console: whether its console is to be read. limit: the seconds after which it is ended in any case. `pipes` are the
    ends, to read and to write, of what an engine talks through. Raises MissingEngineError where it is not installed.
    """

    def __init__(
        self, engine: Engine, server: LabServer, address: str, *, console: bool = False, limit: float = 3600.0
    ) -> None:
        programs = engine.found()
        if programs is None:
            raise MissingEngineError(engine)
        self.folder = Path(tempfile.mkdtemp(prefix="cors-series-lab-"))
        self.pipes: tuple[int, int] = (-1, -1)
        self.console: Console | None = None
        self._guard: subprocess.Popen[bytes] | None = None
        try:
            launch = engine.prepare(Setting(programs, self.folder, server.port, server.certificates, console))
            self._guard = self._start(launch, BLANK if console and not engine.speaks_by_itself else address, limit)
            if console:
                self.console = engine.listen(self, address)
        except BaseException:
            self.close()
            raise

    def _start(self, launch: Launch, address: str, limit: float) -> subprocess.Popen[bytes]:
        theirs: tuple[int, ...] = ()
        if launch.pipes:
            (read_by_them, written), (read, written_by_them) = os.pipe(), os.pipe()
            self.pipes, theirs = (read, written), (read_by_them, written_by_them)
        display = "display" if launch.display else "none"
        pipes = ",".join(map(str, theirs)) or "none"
        command = [sys.executable, "-I", str(GUARD), str(self.folder), str(limit), display, pipes]
        try:
            return subprocess.Popen(  # noqa: S603 - a program of ours with an engine's command
                [*command, *launch.command, address],
                env=_environment(self.folder) | dict(launch.environment),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
                pass_fds=theirs,
            )
        finally:
            for descriptor in theirs:
                os.close(descriptor)

    def __enter__(self) -> Self:
        """Run."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        self.close()

    def runs(self) -> bool:
        """Tell whether it has not ended by itself."""
        return self._guard is not None and self._guard.poll() is None

    def output(self) -> str:
        """Give what it has written to its terminal so far."""
        with suppress(OSError):
            return (self.folder / "output.txt").read_text("utf-8", "replace")
        return ""

    def close(self) -> None:
        """End it and all its processes, and remove its folder. A second call does nothing."""
        if self.console is not None:
            self.console.close()
        if self._guard is None:
            shutil.rmtree(self.folder, ignore_errors=True)
        elif self._guard.stdin is not None:
            self._guard.stdin.close()
            self._guard.wait(END)


def _environment(folder: Path) -> dict[str, str]:
    """Give an environment in which nothing leads to the user's own settings, or around the proxy."""
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    for name in ("DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY", "XAUTHORITY"):
        kept.pop(name, None)
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    folders = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"), str(folder / "home"))
    return kept | folders | {"XDG_RUNTIME_DIR": str(runtime)}
