"""Firefox's console, read over Marionette, the protocol for tests that Firefox brings along."""

from __future__ import annotations

import itertools
import json
import socket
import time
from typing import TYPE_CHECKING, Any

from .console import ConsoleLine
from .engine import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# How long Firefox may take to open its port, in seconds, and how often it is asked.
PATIENCE, LOOK = 30.0, 0.05
# Runs in the browser itself: whatever its console service is told from now on is kept.
LISTEN = """
window.corsSeriesLab = [];
Services.console.registerListener({
  observe(message) {
    if (!(message instanceof Ci.nsIScriptError)) return;
    const level = message.flags & Ci.nsIScriptError.warningFlag ? "warning" : message.logLevel === 0 ? "info" : "error";
    window.corsSeriesLab.push([level, message.errorMessage, message.sourceName, message.category]);
  },
});
"""
ENDED, NO_PORT = "it has ended the connection", "it has not opened its port"
COLLECT = "return window.corsSeriesLab;"


class MarionetteError(EngineError):
    """Firefox did not open its port, ended the connection, or answered with an error."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Firefox over Marionette: {what}")


class Marionette:
    """A connection to the Firefox of a profile, which opens the address once its console is listened to.

    runs: tells whether Firefox still runs.
    """

    def __init__(self, profile: Path, address: str, runs: Callable[[], bool]) -> None:
        self._numbers = itertools.count(1)
        self._socket = socket.create_connection(("127.0.0.1", _port(profile, runs)), timeout=PATIENCE)
        self._stream = self._socket.makefile("rb")
        try:
            self._open(address)
        except BaseException:
            self.close()
            raise

    def lines(self) -> list[ConsoleLine]:
        """Ask for what was heard so far."""
        return [ConsoleLine(level, text, about, reason) for level, text, about, reason in self._script(COLLECT)]

    def close(self) -> None:
        """End the connection."""
        self._stream.close()
        self._socket.close()

    def _open(self, address: str) -> None:
        self._receive()
        self._call("WebDriver:NewSession", {"pageLoadStrategy": "none"})
        self._call("Marionette:SetContext", {"value": "chrome"})
        self._script(LISTEN)
        self._call("Marionette:SetContext", {"value": "content"})
        self._call("WebDriver:Navigate", {"url": address})
        self._call("Marionette:SetContext", {"value": "chrome"})

    def _script(self, script: str) -> Any:  # noqa: ANN401 - whatever JSON the script returns
        return self._call("WebDriver:ExecuteScript", {"script": script, "args": []})["value"]

    def _call(self, command: str, parameters: dict[str, Any]) -> dict[str, Any]:
        # https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
        message = json.dumps([0, next(self._numbers), command, parameters]).encode()
        self._socket.sendall(b"%d:%b" % (len(message), message))
        _, _, error, result = self._receive()
        if error is not None:
            raise MarionetteError(error["message"])
        return result or {}

    def _receive(self) -> Any:  # noqa: ANN401 - the greeting is an object, an answer a list
        length = b""
        while (byte := self._stream.read(1)) != b":":
            if not byte:
                raise MarionetteError(ENDED)
            length += byte
        return json.loads(self._stream.read(int(length)))


def _port(profile: Path, runs: Callable[[], bool]) -> int:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and runs():
        try:
            return int((profile / "MarionetteActivePort").read_text("ascii"))
        except (OSError, ValueError):
            time.sleep(LOOK)
    raise MarionetteError(NO_PORT)
