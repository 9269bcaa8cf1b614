"""What the rules leave to the host: the URL parser, and Infra's string operations beyond the printer's subset."""

from __future__ import annotations

import re
import string
from urllib.parse import unquote_to_bytes

from .records import Url
from .rule import leaf

_LOWERED = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


@leaf
def parse_url(address: str, base: str | None = None) -> Url | None:
    """Parse an address, relative to the absolute address `base` where one is given; None is the parser's failure.

    Lone surrogates become U+FFFD, as in a browser. https://url.spec.whatwg.org/#concept-url-parser
    """
    import ada_url  # noqa: PLC0415 - 25 ms that only a run of the rules has to pay

    try:
        parsed = ada_url.URL(_scalar_values(address), base=None if base is None else _scalar_values(base))
    except ValueError:
        return None
    scheme = parsed.protocol.removesuffix(":")
    # The serializer writes // exactly where there is a host, be it empty: https://url.spec.whatwg.org/#url-serializing
    host = parsed.hostname if parsed.href.startswith(f"{scheme}://") else None
    port = int(parsed.port) if parsed.port else None
    return Url(parsed.href, scheme, host, port, parsed.pathname)


def _scalar_values(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@leaf
def is_larger_number(digits: str, other: str) -> bool:
    """Tell whether a run of ASCII digits stands for a larger number than another, however long the two are.

    A number of a header may have any length, and JavaScript's are exact to 2^53 - 1.
    """
    one, two = digits.lstrip("0"), other.lstrip("0")
    return (len(one), one) > (len(two), two)


@leaf
def ascii_lowercase(text: str) -> str:
    """Lower the letters A to Z and no others. https://infra.spec.whatwg.org/#ascii-lowercase."""
    return text.translate(_LOWERED)


@leaf
def is_a_byte_string(text: str) -> bool:
    """Tell whether a text has no code point above U+00FF. https://webidl.spec.whatwg.org/#js-ByteString."""
    return max(text, default="") <= "\xff"


@leaf
def percent_decode(text: str) -> str:
    """Replace each percent-encoded byte of an ASCII text by the code point of the same number.

    https://url.spec.whatwg.org/#string-percent-decode
    """
    return unquote_to_bytes(text).decode("latin-1")


@leaf
def split_on_ascii_whitespace(text: str) -> list[str]:
    """Split at tabs, line feeds, form feeds, carriage returns and spaces.

    https://infra.spec.whatwg.org/#split-on-ascii-whitespace
    """
    return re.findall(r"[^\t\n\f\r ]+", text)
