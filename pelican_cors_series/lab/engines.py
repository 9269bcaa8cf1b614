"""The engines that the lab drives, by name.

None needs a driver: a browser is started on an address with the lab's server as its proxy, and the page does the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .chromium import chromium
from .firefox import firefox
from .webkit import webkit

if TYPE_CHECKING:
    from .engine import Engine, EngineName

NAMES: tuple[EngineName, ...] = ("chromium", "firefox", "webkit")


def engine(name: EngineName) -> Engine:
    """Give the engine of that name."""
    return {"chromium": chromium, "firefox": firefox, "webkit": webkit}[name]()


def installed() -> tuple[EngineName, ...]:
    """Name the engines whose programs are all found on this machine."""
    return tuple(name for name in NAMES if engine(name).found() is not None)
