"""HTTP/1.1 as a server speaks it: reading a request, and writing an answer exactly as a scenario has it."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Sequence

# The longest head and the longest body that are read, in bytes.
LONGEST_HEAD, LONGEST_BODY = 1 << 18, 1 << 24
# The longest body that an answer is given, whatever length it claims.
LONGEST_ANSWER = 1 << 20
FILLING = b"hello"
NO_BODY = (204, 304)
LINE_END = b"\r\n"
REASONS = {status.value: status.phrase for status in HTTPStatus}


class NotHttpError(Exception):
    """What came is no HTTP request, a longer one than is read, or for a host that nobody can be."""


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request as it came: `target` in the form of its request line, headers with values of one code point a byte."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""

    def get(self, name: str) -> str | None:
        """Give the values of a header, named in lower case, joined by commas; None where there is none."""
        values = [value for given, value in self.headers if given.lower() == name]
        return ", ".join(values) if values else None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server sends back.

    `body` of None is filled to the Content-Length that there is. `hidden` tells that script sees none of the headers.
    """

    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes | None = None
    hidden: bool = False


async def read_request(reader: asyncio.StreamReader) -> HttpRequest | None:
    """Read the next request; None where the connection ends before one begins.

    Raises NotHttpError, or asyncio's IncompleteReadError where it ends within one.
    """
    line = await _line(reader, LONGEST_HEAD)
    if not line:
        return None
    words = line.decode("latin-1").split()
    if len(words) != len(("method", "target", "version")):
        raise NotHttpError
    headers: list[tuple[str, str]] = []
    left = LONGEST_HEAD
    while line := (await _line(reader, left)).rstrip(LINE_END):
        left -= len(line)
        name, colon, value = line.decode("latin-1").partition(":")
        if not colon or left < 0:
            raise NotHttpError
        headers.append((name, value.strip(" \t")))
    request = HttpRequest(words[0], words[1], tuple(headers))
    body = await _body(reader, request)
    return HttpRequest(request.method, request.target, request.headers, body)


def answer_bytes(method: str, reply: Reply) -> tuple[bytes, bool]:
    """Give the bytes of an answer to a request of that method, and whether the connection can go on after it.

    Not one header is added where script may see it: without a length the body ends with the connection.
    """
    reason = REASONS.get(reply.status, "")
    headers = list(reply.headers)
    lengths = [value for name, value in headers if name.lower() == "content-length"]
    encodings = [value for name, value in headers if name.lower() == "transfer-encoding"]
    if not lengths and not encodings and (reply.hidden or reply.body is not None):
        lengths = [str(len(reply.body or b""))]
        headers.append(("Content-Length", lengths[0]))
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    start = f"HTTP/1.1 {reply.status} {reason}\r\n{head}\r\n".encode("latin-1")
    if method == "HEAD" or reply.status in NO_BODY:
        return start, True
    if encodings:
        chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(FILLING), FILLING)
        return start + chunked, encodings == ["chunked"] and not lengths
    if not lengths:
        return start + FILLING, False
    if len(set(lengths)) > 1 or not lengths[0].isascii() or not lengths[0].isdecimal():
        return start + FILLING, False
    length = int(lengths[0][:10])
    body = reply.body if reply.body is not None else _filling(min(length, LONGEST_ANSWER))
    return start + body, len(body) == length


def _filling(length: int) -> bytes:
    return (FILLING * (length // len(FILLING) + 1))[:length]


async def _line(reader: asyncio.StreamReader, most: int) -> bytes:
    try:
        line = await reader.readline()
    except ValueError:  # longer than the reader's own limit
        raise NotHttpError from None
    if len(line) > most:
        raise NotHttpError
    return line


async def _body(reader: asyncio.StreamReader, request: HttpRequest) -> bytes:
    if (request.get("transfer-encoding") or "").lower() == "chunked":
        return await _chunks(reader)
    length = request.get("content-length") or "0"
    if not length.isascii() or not length.isdecimal() or int(length[:10]) > LONGEST_BODY:
        raise NotHttpError
    return await reader.readexactly(int(length))


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while True:
        try:
            length = int((await _line(reader, LONGEST_HEAD)).split(b";")[0], 16)
        except ValueError:
            raise NotHttpError from None
        if not 0 <= length <= LONGEST_BODY - len(body):
            raise NotHttpError
        body += await reader.readexactly(length)
        await _line(reader, LONGEST_HEAD)
        if length == 0:
            return body
