"""The lab's server: a forward proxy on the loopback interface that is every host by itself and forwards nothing.

For a browser that has no proxy it is an ordinary server instead, for names below localhost that it is told of.

A request goes to whoever was registered for the first segment of its path; any other is met by a closed connection, so
nothing that a browser does on its own leaves the machine.

One thing a proxy cannot play: a server's 407 over plain http, which a browser takes for the proxy's own. Over https it
is the server's.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from pelican_cors_series.rules.leaves import parse_url

from .certificates import Certificates
from .marks import mark_of
from .messages import LONGEST_HEAD, HttpRequest, NotHttpError, Reply, answer_bytes, read_request

if TYPE_CHECKING:
    from collections.abc import Collection, Coroutine
    from types import TracebackType
    from typing import Self

    from pelican_cors_series.rules.records import Url

# How long a connection may be silent, and a handshake may take, in seconds.
SILENCE, HANDSHAKE = 300.0, 10.0
# What a connection may end with: the browser goes, breaks off, or speaks something else.
BREAKS = (OSError, EOFError, NotHttpError)


class Handler(Protocol):
    """Whoever answers requests. It runs in the server's thread and must not wait."""

    def __call__(self, request: HttpRequest, url: Url) -> Reply | None:
        """Answer a request for that URL; None closes the connection."""


class LabServer:
    """The server, in a thread of its own; a context manager. The system chooses its `ports`, `port` is the first.

    limit: the seconds after which it ends by itself. It ends with its process too. hosts: the only names that it
    answers for, over http and without being a proxy; none are a proxy that answers for all. count: of its ports.
    """

    def __init__(self, limit: float = 3600.0, hosts: Collection[str] = (), count: int = 1) -> None:
        self.handlers: dict[str, Handler] = {}
        self.ports: tuple[int, ...] = ()
        self._hosts, self._count = frozenset(hosts), count
        self.ended = threading.Event()
        self._limit = limit
        self._started = threading.Event()
        self._failure: BaseException | None = None
        self._connections: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._run, name="cors-series lab", daemon=True)

    @property
    def port(self) -> int:
        """The port, or the first of them; 0 before it listens."""
        return self.ports[0] if self.ports else 0

    @cached_property
    def certificates(self) -> Certificates:
        """The authority behind its https. Raises MissingLibraryError where trustme is not installed."""
        return Certificates()

    def __enter__(self) -> Self:
        """Start to listen. Raises OSError where that is not possible."""
        self._thread.start()
        self._started.wait()
        if self.ended.is_set():
            self.close()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End every connection and the thread."""
        self.close()

    def close(self) -> None:
        """End every connection and the thread. A second call does nothing. Raises what a handler has raised."""
        if self._loop is not None and self._stop is not None and not self.ended.is_set():
            with contextlib.suppress(RuntimeError):  # the loop ended in between
                self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except OSError as error:
            self._failure = error
        finally:
            self.ended.set()
            self._started.set()

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        async with contextlib.AsyncExitStack() as stack:
            servers = []
            for _ in range(self._count):
                server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=LONGEST_HEAD)
                stack.callback(server.close)
                servers.append(server)
            self.ports = tuple(server.sockets[0].getsockname()[1] for server in servers)
            self._started.set()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), self._limit)
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A task of our own, so that the end of the server finds and ends it.
        work: Coroutine[None, None, None] = self._connection(reader, writer)
        task = asyncio.get_running_loop().create_task(work)
        self._connections.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._connections.discard(task)
        if not task.cancelled() and task.exception() is not None and self._stop is not None:
            # A handler has a defect: whoever waits for its answers hears of it at once.
            self._failure = self._failure or task.exception()
            self._stop.set()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._exchange(reader, writer)
        except (*BREAKS, TimeoutError):
            pass
        finally:
            # Even a closed connection is one that a test may find: what is left to send is not waited for long.
            writer.close()
            with contextlib.suppress(*BREAKS, TimeoutError, asyncio.CancelledError):
                await asyncio.wait_for(writer.wait_closed(), 1)

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request after the other, behind TLS where the browser asks for a tunnel."""
        tunnel: str | None = None
        while True:
            request = await asyncio.wait_for(read_request(reader), SILENCE)
            if request is None:
                return
            if request.method == "CONNECT" and tunnel is None and not self._hosts:
                tunnel = request.target
                await self._open_tunnel(writer, tunnel)
                continue
            reply = self._answer(request, tunnel)
            if reply is None:
                return
            answer, goes_on = answer_bytes(request.method, reply)
            writer.write(answer)
            await writer.drain()
            if not goes_on:
                return

    async def _open_tunnel(self, writer: asyncio.StreamWriter, tunnel: str) -> None:
        host = tunnel.rpartition(":")[0].removeprefix("[").removesuffix("]")
        try:
            context = self.certificates.context(host)
        except ValueError:
            raise NotHttpError from None
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await writer.start_tls(context, ssl_handshake_timeout=HANDSHAKE)

    def _address_here(self, request: HttpRequest) -> str:
        """Give the address that a request without a proxy is for, "" for a host that it does not answer for."""
        authority = request.get("host") or ""
        name, _, port = authority.rpartition(":")
        known = name in self._hosts and port in map(str, self.ports) and request.target.startswith("/")
        return f"http://{authority}{request.target}" if known else ""

    def _answer(self, request: HttpRequest, tunnel: str | None) -> Reply | None:
        address = self._address_here(request) if self._hosts else request.target
        url = parse_url(address if tunnel is None else f"https://{tunnel}{request.target}")
        handler = None if url is None else self.handlers.get(mark_of(url))
        return None if handler is None or url is None else handler(request, url)
