"""The engines that the lab drives: where each is found, what installs it, and how it is started on a page.

None needs a driver: a browser is started on an address with the lab's server as its proxy, and the page does the rest.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .certificates import Certificates

EngineName: TypeAlias = Literal["chromium", "firefox", "webkit"]
NAMES: tuple[EngineName, ...] = ("chromium", "firefox", "webkit")
# Where Debian, and those it feeds, put what WebKitGTK brings besides its library.
LIBRARIES = Path("/usr/lib")


@dataclass(frozen=True, slots=True)
class Launch:
    """How to start a browser: its command, what its environment has besides, and whether it needs a screen."""

    command: tuple[str, ...]
    environment: Mapping[str, str]
    display: bool = False


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine that the lab can drive.

    title: as people write it. packages: what apt installs for it. programs: each by the names it may have; one that
    begins with a slash is a pattern below /usr/lib. version: of what `--version` says, the words that tell. prepare:
    fills an empty folder, its profile and home, for a proxy's port, and says how it starts on an address.
    """

    name: EngineName
    title: str
    packages: tuple[str, ...]
    programs: tuple[tuple[str, ...], ...]
    prepare: Callable[[tuple[str, ...], Path, int, Certificates, str], Launch]

    def found(self) -> tuple[str, ...] | None:
        """Give the paths of its programs, the browser first; None where one is missing."""
        paths = tuple(next(filter(None, map(_path_of, names)), None) for names in self.programs)
        return None if None in paths else tuple(filter(None, paths))

    def apt_line(self) -> str:
        """Give the line that installs it on Debian and Ubuntu."""
        return f"apt-get install --no-install-recommends {' '.join(self.packages)}"


class MissingEngineError(RuntimeError):
    """An engine is not installed; the message says what installs it."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(f"{engine.title} is not installed here; on Debian: {engine.apt_line()}")
        self.engine = engine


def _path_of(name: str) -> str | None:
    if name.startswith("/"):
        return next((str(path) for path in sorted(LIBRARIES.glob(name.removeprefix("/")))), None)
    return shutil.which(name)


def _chromium(programs: tuple[str, ...], folder: Path, port: int, _: Certificates, address: str) -> Launch:
    flags = (
        "--headless=new",
        "--no-sandbox",
        f"--user-data-dir={folder / 'profile'}",
        "--no-first-run",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-breakpad",
        "--ignore-certificate-errors",
        # A page that was asked for over http is shown over http.
        "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable",
        "--enable-logging=stderr",
        f"--proxy-server=http://127.0.0.1:{port}",
        "--proxy-bypass-list=<-loopback>",
    )
    return Launch((programs[0], *flags, address), {})


# What Firefox does on its own is turned off, and what it would do to an address: the lab is to see what pages do.
FIREFOX_PREFERENCES: Mapping[str, bool | int | str] = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.newtabpage.enabled": False,
    "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.search.update": False,
    "browser.sessionstore.resume_from_crash": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.tabs.crashReporting.sendReport": False,
    "captivedetect.canonicalURL": "",
    "datareporting.healthreport.uploadEnabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.security.https_first": False,
    "dom.security.https_first_schemeless": False,
    "dom.security.https_only_mode": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disablePrefetch": True,
    "network.http.speculative-parallel-limit": 0,
    "network.prefetch-next": False,
    "network.proxy.allow_hijacking_localhost": True,
    "network.proxy.failover_direct": False,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.no_proxies_on": "",
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.type": 1,
    "network.trr.mode": 5,
    "services.settings.server": "data:,",
    "startup.homepage_welcome_url": "",
    "toolkit.startup.max_resumed_crashes": -1,
    "toolkit.telemetry.enabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}


def _firefox(programs: tuple[str, ...], folder: Path, port: int, certificates: Certificates, address: str) -> Launch:
    firefox, certutil = programs
    profile = folder / "profile"
    profile.mkdir()
    ports = {"network.proxy.http_port": port, "network.proxy.ssl_port": port}
    lines = [f"user_pref({_script(name)}, {_script(value)});\n" for name, value in (FIREFOX_PREFERENCES | ports).items()]
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    authority = folder / "authority.pem"
    certificates.write_authority(authority)
    add = ("-A", "-n", "lab", "-t", "C,,", "-i", str(authority), "-d", f"sql:{profile}")
    subprocess.run([certutil, *add], check=True, capture_output=True, timeout=30)  # noqa: S603
    command = (firefox, "--headless", "--no-remote", "--profile", str(profile), address)
    return Launch(command, {"MOZ_CRASHREPORTER_DISABLE": "1", "MOZ_DISABLE_AUTO_SAFE_MODE": "1"})


def _webkit(programs: tuple[str, ...], _: Path, port: int, __: Certificates, address: str) -> Launch:
    flags = (
        "--private",
        "--ignore-tls-errors",
        f"--proxy=http://127.0.0.1:{port}",
        "--enable-write-console-messages-to-stdout=true",
    )
    environment = {
        "GDK_BACKEND": "x11",
        "GSETTINGS_BACKEND": "memory",
        "LIBGL_ALWAYS_SOFTWARE": "1",
        "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
        "NO_AT_BRIDGE": "1",
    }
    return Launch((programs[0], *flags, address), environment, display=True)


def _script(value: bool | int | str) -> str:
    return json.dumps(value)


def engine(name: EngineName) -> Engine:
    """Give the engine of that name."""
    match name:
        case "chromium":
            programs: tuple[tuple[str, ...], ...] = (("chromium", "chromium-browser", "google-chrome"),)
            return Engine(name, "Chromium", ("chromium",), programs, _chromium)
        case "firefox":
            programs = (("firefox-esr", "firefox"), ("certutil",))
            return Engine(name, "Firefox", ("firefox-esr", "libnss3-tools"), programs, _firefox)
        case "webkit":
            programs = (("/*/webkit2gtk-4.1/MiniBrowser",), ("Xvfb",))
            return Engine(name, "WebKitGTK", ("libwebkit2gtk-4.1-0", "xvfb"), programs, _webkit)
