"""Chromium's console, read over its DevTools protocol through a pipe: its lines, and its own names for CORS errors."""

from __future__ import annotations

import itertools
import json
import os
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from .console import ConsoleLine

if TYPE_CHECKING:
    from collections.abc import Iterator

# What the pages' sessions are asked to tell. https://chromedevtools.github.io/devtools-protocol/
DOMAINS = ("Log.enable", "Runtime.enable", "Network.enable")
# A frame waits until it is listened to.
ATTACH = {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": True}
GO_ON = "Runtime.runIfWaitingForDebugger"
READ = 1 << 16


class DevTools:
    """A connection to Chromium through two pipes: `receive` is where it writes, `send` where it reads.

    It opens the address once it is heard, and collects the lines until the browser ends.
    """

    def __init__(self, receive: int, send: int, address: str) -> None:
        self._receive, self._send, self._address = receive, send, address
        self._numbers = itertools.count(1)
        self._addresses: dict[str, str] = {}
        self._lines: list[ConsoleLine] = []
        self._opened = False
        self._call("Target.setAutoAttach", ATTACH)
        threading.Thread(target=self._listen, name="cors-series devtools", daemon=True).start()

    def lines(self) -> list[ConsoleLine]:
        """Give what was heard so far."""
        return list(self._lines)

    def close(self) -> None:
        """Nothing has to be closed: it ends with the browser."""

    def _call(self, method: str, parameters: dict[str, Any], session: str | None = None) -> None:
        message = {"id": next(self._numbers), "method": method, "params": parameters}
        if session is not None:
            message["sessionId"] = session
        os.write(self._send, json.dumps(message).encode() + b"\0")

    def _listen(self) -> None:
        receive, send = os.fdopen(self._receive, "rb", buffering=0), os.fdopen(self._send, "wb", buffering=0)
        # The browser may end while it is being asked for something.
        with receive, send, suppress(OSError):
            rest = b""
            while heard := receive.read(READ):
                *messages, rest = (rest + heard).split(b"\0")
                for message in messages:
                    self._take(json.loads(message))

    def _take(self, message: dict[str, Any]) -> None:
        parameters = message.get("params", {})
        match message.get("method"):
            case "Target.attachedToTarget":
                self._attach(parameters["sessionId"], parameters["targetInfo"]["type"])
            case "Network.requestWillBeSent":
                self._addresses[parameters["requestId"]] = parameters["request"]["url"]
            case "Network.loadingFailed":
                self._lines += self._failure(parameters)
            case "Log.entryAdded":
                entry = parameters["entry"]
                self._lines.append(ConsoleLine(entry["level"], entry["text"], entry.get("url", "")))
            case "Runtime.consoleAPICalled":
                text = " ".join(str(argument.get("value", "")) for argument in parameters["args"])
                self._lines.append(ConsoleLine(parameters["type"], text))

    def _attach(self, session: str, kind: str) -> None:
        self._call("Target.setAutoAttach", ATTACH, session)
        for method in (*DOMAINS, GO_ON):
            self._call(method, {}, session)
        if kind == "page" and not self._opened:
            self._opened = True
            self._call("Page.navigate", {"url": self._address}, session)

    def _failure(self, parameters: dict[str, Any]) -> Iterator[ConsoleLine]:
        about = self._addresses.get(parameters["requestId"], "")
        reasons = (parameters.get("corsErrorStatus", {}).get("corsError"), parameters.get("blockedReason"))
        for reason in filter(None, reasons):
            yield ConsoleLine("error", "", about, reason)
