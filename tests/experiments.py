"""The experiments that run on a plain static host, what came of each in real engines, and a host to run them on."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pelican.server import ComplexHTTPRequestHandler

if TYPE_CHECKING:
    from collections.abc import Mapping

# As three engines were seen to do it: what a fence says, then what comes of it on a host that sends
# Access-Control-Allow-Origin: * and on one that sends none. Tainted, and cssRules that throw, are opaque.
TABLE = [
    ("", "readable", "blocked"),
    ("request: {mode: no-cors}", "opaque", "opaque"),
    ("request: {mode: same-origin}", "blocked", "blocked"),
    ("request: {credentials: include}", "blocked", "blocked"),
    ("request: {headers: {X-Test: 1}}", "blocked", "blocked"),
    ("request: {method: PUT}", "blocked", "blocked"),
    ("request: {headers: {Range: bytes=0-9}}", "readable", "blocked"),
    ("does: image", "opaque", "opaque"),
    ("does: image\ncrossorigin: true", "readable", "blocked"),
    ("does: localStorage", "blocked", "blocked"),
    ("does: IndexedDB", "blocked", "blocked"),
    ("does: caches", "blocked", "blocked"),
    ("does: module", "readable", "blocked"),
    ("does: import", "readable", "blocked"),
    ("does: font", "readable", "blocked"),
    ("does: stylesheet", "opaque", "opaque"),
    ("does: stylesheet\ncrossorigin: true", "readable", "blocked"),
]


def fences() -> str:
    """Return a text with each experiment once."""
    return "\n".join(f"```live-experiment\n{source}\n```\n" for source, _, _ in TABLE)


@dataclass
class Host:
    """What the server of a test answers.

    headers: with every file. special: headers by the end of a path. missing, silent: the end of a path that is not
    there, or gets no answer. asked: the paths so far. address: where it stands.
    """

    headers: Mapping[str, str] = field(default_factory=dict)
    options: tuple[int, Mapping[str, str]] = (405, {})
    special: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    missing: str = "/nothing"
    silent: str = "/nothing"
    address: str = ""
    goes_on: threading.Event = field(default_factory=threading.Event)
    asked: list[str] = field(default_factory=list)


class HostServer(ComplexHTTPRequestHandler):
    """Pelican's own server, with the headers of a host."""

    host = Host()

    def do_GET(self) -> None:  # noqa: N802 - as the library has it
        """Answer a request for a file."""
        path = self.path.split("?")[0]
        self.host.asked.append(path)
        if path.endswith(self.host.silent):
            self.host.goes_on.wait(8)
        super().do_GET()

    def send_head(self) -> object:
        """Find the file of a GET or a HEAD."""
        if self.path.split("?")[0].endswith(self.host.missing):
            self.send_error(404)
            return None
        return super().send_head()

    def do_OPTIONS(self) -> None:  # noqa: N802
        """Answer what may be a preflight."""
        status, headers = self.host.options
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_PUT(self) -> None:  # noqa: N802
        """Answer as to a GET."""
        super().do_GET()

    def end_headers(self) -> None:
        """Add the headers of the host."""
        for name, value in {} if self.command == "OPTIONS" else self.host.headers.items():
            self.send_header(name, value)
        path = self.path.split("?")[0]
        for name, value in next((it for end, it in self.host.special.items() if path.endswith(end)), {}).items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""
