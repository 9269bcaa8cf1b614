"""Ends a browser with whoever started it: a program of its own that outlives an owner that is killed.

It is called as `guard.py FOLDER LIMIT DISPLAY PIPES COMMAND…`. FOLDER is the browser's home and goes with it. LIMIT is
in seconds. DISPLAY is `display` for a screen of the browser's own (Xvfb), `none` for none. PIPES are two inherited file
descriptors, as in `5,8`, that the browser gets as 3 and 4, or `none`. Its standard input is a pipe that the owner holds
and never writes to: where it ends, all ends.
"""

from __future__ import annotations

import fcntl
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

# How often it looks whether the browser still runs, and how long a browser may take to end, in seconds.
LOOK, GRACE = 0.1, 0.5
SCREEN = ("Xvfb", "-displayfd", "1", "-screen", "0", "1024x768x24", "-nolisten", "tcp")


def main(folder: str, limit: str, display: str, pipes: str, *command: str) -> int:
    """Run the browser until the owner is gone, the time is up, or it ends by itself."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # The owner's end is what counts: an interrupt reaches it too. What a browser inherits is the default again.
        signal.signal(name, lambda *_: None)
    # Before anything else is opened: 3 and 4 have to be free.
    handed_on = () if pipes == "none" else _as_three_and_four(pipes)
    started: list[subprocess.Popen[bytes]] = []
    end = time.monotonic() + float(limit)
    try:
        with Path(folder, "output.txt").open("wb") as output:
            environment = {**os.environ, "HOME": folder, "TMPDIR": folder}
            if display == "display":
                screen = _start(SCREEN, environment, subprocess.PIPE, output.fileno())
                started.append(screen)
                environment["DISPLAY"] = f":{_first_line(screen)}"
            browser = _start(command, environment, output.fileno(), output.fileno(), handed_on)
            started.append(browser)
            for descriptor in handed_on:
                os.close(descriptor)
            while browser.poll() is None and time.monotonic() < end:
                if select.select([sys.stdin], [], [], LOOK)[0]:
                    break
    finally:
        for process in reversed(started):
            _end(process)
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _start(
    command: tuple[str, ...], environment: dict[str, str], output: int, errors: int, handed_on: tuple[int, ...] = ()
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - the command of a driver of ours
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=errors,
        start_new_session=True,
        pass_fds=handed_on,
    )


def _as_three_and_four(pipes: str) -> tuple[int, int]:
    given = [int(number) for number in pipes.split(",")]
    # Out of the way first: one of them may be 3 or 4 itself.
    high = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, 100) for descriptor in given]
    for descriptor in given:
        os.close(descriptor)
    for descriptor, wanted in zip(high, (3, 4), strict=True):
        os.dup2(descriptor, wanted)
        os.close(descriptor)
    return 3, 4


def _first_line(process: subprocess.Popen[bytes]) -> str:
    assert process.stdout is not None  # noqa: S101
    return process.stdout.readline().decode().strip()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the whole group of a process: politely, then not."""
    for name, grace in ((signal.SIGTERM, GRACE), (signal.SIGKILL, GRACE)):
        try:
            os.killpg(process.pid, name)
        except ProcessLookupError:
            break
        end = time.monotonic() + grace
        while time.monotonic() < end and _any_left(process):
            time.sleep(0.02)


def _any_left(process: subprocess.Popen[bytes]) -> bool:
    process.poll()  # or it would stay in the group, dead
    try:
        os.killpg(process.pid, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
