"""An address as its author wrote it → its pieces, and its host as people write it; origin-comparison.js is the twin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

# Scheme, what stands between, host and port, as they are typed.
_TYPED = re.compile(r"((?:blob:)?[^:]*)(:[/\\]*(?:[^/\\?#]*@)?)(\[[^\]]*\]|[^:/\\?#]*)(:[0-9]*)?", re.DOTALL)
# What the URL parser takes off an address at both ends.
_AROUND = "".join(map(chr, range(0x21)))
_NAMES = ("scheme", "", "host", "port", "")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an address. `part` names the part whose difference it shows, "" for none.

    `filled` is what stands there by default where the author left it out, as in ":443".
    """

    text: str
    part: str
    filled: str


@dataclass(frozen=True, slots=True)
class Typed:
    """The pieces of an address as typed, each "" where it has none; what is no address is a scheme alone."""

    scheme: str
    between: str
    host: str
    port: str
    rest: str

    def pieces(self, differing: Collection[str], default_port: int | None) -> tuple[Piece, ...]:
        """Return the pieces, those of the parts that make the difference marked."""
        found = []
        for text, name in zip((self.scheme, self.between, self.host, self.port, self.rest), _NAMES, strict=True):
            part = name if name in differing else ""
            filled = f":{default_port}" if part == "port" and len(text) < len(":0") else ""
            if text or part:
                found.append(Piece(text, part, filled))
        return tuple(found)


def typed(address: str) -> Typed:
    """Take an address apart without changing a letter of it."""
    text = address.strip(_AROUND)
    found = _TYPED.match(text)
    if found is None:
        return Typed(text, "", "", "", "")
    scheme, between, host, port = (piece or "" for piece in found.groups())
    return Typed(scheme, between, host, port, text[found.end() :])


def unicode_spelling(host: str) -> str:
    """Return a host with each label that begins with xn-- as people write it."""
    return ".".join(_unicode_label(label) if label.startswith("xn--") else label for label in host.split("."))


def _unicode_label(label: str) -> str:
    try:
        return label.removeprefix("xn--").encode("ascii").decode("punycode")
    except UnicodeError:  # no parser of a special scheme lets that through
        return label
