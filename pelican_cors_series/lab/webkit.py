"""WebKitGTK: how its small browser is started, and its console."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from .console import ConsoleLine, webkit_lines
from .engine import Engine, Launch, Setting

if TYPE_CHECKING:
    from .browser import Browser

FLAGS = (
    "--ignore-tls-errors",
    # It stays silent in a private window, so this is none: its home is a folder that goes with it anyway.
    "--enable-write-console-messages-to-stdout=true",
)
ENVIRONMENT = {
    "GDK_BACKEND": "x11",
    "GSETTINGS_BACKEND": "memory",
    "LIBGL_ALWAYS_SOFTWARE": "1",
    "NO_AT_BRIDGE": "1",
    "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
}
# Its browser tells its version only where it has a screen; the library tells it anywhere.
VERSION = """
import ctypes
library = ctypes.CDLL("libwebkit2gtk-4.1.so.0")
print(".".join(str(library[f"webkit_get_{part}_version"]()) for part in ("major", "minor", "micro")))
"""


class Terminal:
    """The console of a browser that writes it to its terminal."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def lines(self) -> list[ConsoleLine]:
        """Give the lines so far."""
        return webkit_lines(self._browser.output())

    def close(self) -> None:
        """Nothing has to be closed."""


def webkit() -> Engine:
    """Describe WebKitGTK."""
    programs = (("/*/webkit2gtk-4.1/MiniBrowser",), ("Xvfb",))
    packages = ("libwebkit2gtk-4.1-0", "xvfb")
    return Engine("webkit", "WebKitGTK", packages, programs, _prepare, _listen, _asks_version, speaks_by_itself=True)


def _prepare(setting: Setting) -> Launch:
    command = (setting.programs[0], *FLAGS, f"--proxy=http://127.0.0.1:{setting.port}")
    return Launch(command, ENVIRONMENT, display=True)


def _listen(browser: Browser, _: str) -> Terminal:
    return Terminal(browser)


def _asks_version(_: tuple[str, ...]) -> tuple[str, ...]:
    return (sys.executable, "-I", "-c", VERSION)
