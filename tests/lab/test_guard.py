"""A browser ends with whoever started it, however that ends, and takes its processes and its folder along."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pelican_cors_series.lab.browser import GUARD

# A browser of two processes that both would go on; the second ignores what politely asks it to end.
BROWSER = """
import os, signal, subprocess, sys, time
child = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
process = subprocess.Popen([sys.executable, "-c", child])
with open(os.path.join(os.environ["HOME"], "pids"), "w") as file:
    file.write(f"{os.getpid()} {process.pid}")
time.sleep(60)
"""
OWNER = """
import subprocess, sys, time
guard = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, start_new_session=True)
time.sleep(60)
"""


def command(folder: Path, limit: float = 60, browser: str = BROWSER) -> list[str]:
    return [sys.executable, "-I", str(GUARD), str(folder), str(limit), "none", "none", sys.executable, "-c", browser]


def pids(folder: Path) -> list[int]:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        file = folder.parent / "pids" if not folder.exists() else folder / "pids"
        if file.exists() and len(found := file.read_text().split()) == 2:
            return [int(pid) for pid in found]
        time.sleep(0.02)
    pytest.fail("the browser did not start")


def gone(processes: list[int], folder: Path) -> bool:
    """Wait until the processes and the folder are gone; a process that nobody has waited for is gone too."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if not folder.exists() and not any(map(runs, processes)):
            return True
        time.sleep(0.05)
    return False


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    return home


@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGINT"])
def test_it_ends_when_its_owner_is_ended_by_a_signal(folder: Path, name: str) -> None:
    owner = subprocess.Popen([sys.executable, "-c", OWNER, *command(folder)], stderr=subprocess.DEVNULL)
    processes = pids(folder)
    assert all(map(runs, processes))
    owner.send_signal(getattr(signal, name))
    owner.wait(10)
    assert gone(processes, folder)


def test_it_ends_when_its_owner_lets_go_of_it(folder: Path) -> None:
    guard = subprocess.Popen(command(folder), stdin=subprocess.PIPE, start_new_session=True)
    processes = pids(folder)
    assert guard.stdin is not None
    guard.stdin.close()
    assert guard.wait(10) == 0
    assert gone(processes, folder)


def test_an_interrupt_that_reaches_it_too_does_not_end_it_before_its_owner(folder: Path) -> None:
    guard = subprocess.Popen(command(folder), stdin=subprocess.PIPE, start_new_session=True)
    processes = pids(folder)
    os.kill(guard.pid, signal.SIGINT)
    time.sleep(0.3)
    assert guard.poll() is None
    assert all(map(runs, processes))
    assert guard.stdin is not None
    guard.stdin.close()
    assert guard.wait(10) == 0
    assert gone(processes, folder)


def test_it_ends_when_its_time_is_up(folder: Path) -> None:
    with subprocess.Popen(command(folder, limit=1), stdin=subprocess.PIPE, start_new_session=True) as guard:
        processes = pids(folder)
        assert guard.wait(10) == 0
    assert gone(processes, folder)


def test_it_is_over_when_the_browser_ends_by_itself(folder: Path) -> None:
    with subprocess.Popen(command(folder, browser="pass"), stdin=subprocess.PIPE, start_new_session=True) as guard:
        assert guard.wait(10) == 0
    assert not folder.exists()
