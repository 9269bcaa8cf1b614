"""Firefox: how it is started, and its console."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

from .engine import Engine, Launch, Setting
from .marionette import Marionette

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .browser import Browser

PROFILE = "profile"
# Where the console is listened to: a port that the system chooses, and no other preferences than ours for that.
LISTENING: Mapping[str, bool | int | str] = {"marionette.port": 0, "remote.prefs.recommended": False}
# What Firefox does on its own is turned off, and what it would do to an address: the lab is to see what pages do.
PREFERENCES: Mapping[str, bool | int | str] = {
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


def firefox() -> Engine:
    """Describe Firefox."""
    programs = (("firefox-esr", "firefox"), ("certutil",))
    packages = ("firefox-esr", "libnss3-tools")
    return Engine("firefox", "Firefox", packages, programs, _prepare, _listen, _asks_version)


def _prepare(setting: Setting) -> Launch:
    program, certutil = setting.programs
    profile = setting.folder / PROFILE
    profile.mkdir()
    preferences = dict(PREFERENCES)
    if setting.console:
        preferences |= LISTENING
    preferences |= {"network.proxy.http_port": setting.port, "network.proxy.ssl_port": setting.port}
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in preferences.items()]
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    authority = setting.folder / "authority.pem"
    setting.certificates.write_authority(authority)
    add = ("-A", "-n", "lab", "-t", "C,,", "-i", str(authority), "-d", f"sql:{profile}")
    subprocess.run([certutil, *add], check=True, capture_output=True, timeout=30)  # noqa: S603 - a path that was found
    listening = ("--marionette", "--remote-allow-system-access") if setting.console else ()
    command = (program, "--headless", "--no-remote", "--profile", str(profile), *listening)
    return Launch(command, {"MOZ_CRASHREPORTER_DISABLE": "1", "MOZ_DISABLE_AUTO_SAFE_MODE": "1"})


def _listen(browser: Browser, address: str) -> Marionette:
    return Marionette(browser.folder / PROFILE, address, browser.runs)


def _asks_version(programs: tuple[str, ...]) -> tuple[str, ...]:
    return (programs[0], "--version")
