"""A client for the lab's server, as plain as a socket: what comes back is what was on the wire."""

from __future__ import annotations

import socket
import ssl
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pelican_cors_series.lab.server import LabServer


class Line:
    """One connection to the server."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.stream = connection.makefile("rb")

    def ask(self, head: str, body: bytes = b"") -> bytes:
        """Send a request and return the head of the answer; empty where the connection is closed instead."""
        self.connection.sendall(head.replace("\n", "\r\n").encode("latin-1") + b"\r\n\r\n" + body)
        lines = []
        while (line := self.stream.readline()) not in (b"", b"\r\n"):
            lines.append(line)
        return b"".join(lines)

    def rest(self) -> bytes:
        """Read to the end of the connection."""
        return self.stream.read()

    def close(self) -> None:
        """End it."""
        self.stream.close()
        self.connection.close()


@contextmanager
def line_to(server: LabServer) -> Iterator[Line]:
    line = Line(socket.create_connection(("127.0.0.1", server.port), timeout=5))
    try:
        yield line
    finally:
        line.close()


@contextmanager
def tunnel_to(server: LabServer, host: str, authority: str) -> Iterator[Line]:
    """Open a tunnel as a browser does, and speak TLS with whoever answers as the host."""
    plain = socket.create_connection(("127.0.0.1", server.port), timeout=5)
    plain.sendall(f"CONNECT {host} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    answer = plain.recv(1000)
    assert answer.startswith(b"HTTP/1.1 200 ")
    context = ssl.create_default_context(cafile=authority)
    name = host.rpartition(":")[0].strip("[]")
    line = Line(context.wrap_socket(plain, server_hostname=name))
    try:
        yield line
    finally:
        line.close()
