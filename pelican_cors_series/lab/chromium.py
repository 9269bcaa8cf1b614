"""Chromium: how it is started, and its console."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .devtools import DevTools
from .engine import Engine, Launch, Setting

if TYPE_CHECKING:
    from .browser import Browser

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--no-first-run",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-breakpad",
    "--ignore-certificate-errors",
    # A page that was asked for over http is shown over http.
    "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable",
    "--proxy-bypass-list=<-loopback>",
)


def chromium() -> Engine:
    """Describe Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return Engine("chromium", "Chromium", ("chromium",), (names,), _prepare, _listen, _asks_version)


def _prepare(setting: Setting) -> Launch:
    own = (f"--user-data-dir={setting.folder / 'profile'}", f"--proxy-server=http://127.0.0.1:{setting.port}")
    pipes = ("--remote-debugging-pipe",) if setting.console else ()
    return Launch((setting.programs[0], *FLAGS, *own, *pipes), pipes=setting.console)


def _listen(browser: Browser, address: str) -> DevTools:
    return DevTools(*browser.pipes, address)


def _asks_version(programs: tuple[str, ...]) -> tuple[str, ...]:
    return (programs[0], "--version")
