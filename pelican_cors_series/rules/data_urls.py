"""The data: URL processor, as far as a fetch needs it: whether it succeeds, and the MIME type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .code_points import is_a_token, stripped
from .leaves import ascii_lowercase, percent_decode, split_on_ascii_whitespace
from .lists import last
from .mime_types import mime_type_essence, parse_a_mime_type
from .rule import ours

if TYPE_CHECKING:
    from .mime_types import MimeType
    from .records import Url

MIME_TYPE_WITHOUT_ONE = "text/plain;charset=US-ASCII"


@ours
def data_url_processor(url: Url) -> MimeType | None:
    """Give the MIME type of a data: URL; None is the processor's failure.

    https://fetch.spec.whatwg.org/#data-url-processor
    """
    parts = url.href.split("#")[0].removeprefix("data:").split(",")
    if len(parts) == 1:
        return None
    words = parts[0].split(";")
    is_base64 = len(words) > 1 and ascii_lowercase(stripped(last(words), (" ",))) == "base64"
    if is_base64:
        if not is_forgiving_base64(percent_decode(",".join(parts[1:]))):
            return None
        words = words[0 : len(words) - 1]
    written = ";".join(words)
    mime_type = parse_a_mime_type(f"text/plain{written}" if written.startswith(";") else written)
    return parse_a_mime_type(MIME_TYPE_WITHOUT_ONE) if mime_type is None else mime_type


@ours
def is_forgiving_base64(text: str) -> bool:
    """Tell whether forgiving-base64 decode takes a text. https://infra.spec.whatwg.org/#forgiving-base64-decode."""
    digits = "".join(split_on_ascii_whitespace(text))
    return re.fullmatch(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?", digits) is not None


@ours
def serialized(mime_type: MimeType) -> str:
    """Serialize a MIME type. https://mimesniff.spec.whatwg.org/#serialize-a-mime-type."""
    written = [
        f";{parameter[0]}={parameter[1]}" if is_a_token(parameter[1]) else f';{parameter[0]}="{escaped(parameter[1])}"'
        for parameter in mime_type.parameters
    ]
    return f"{mime_type_essence(mime_type)}{''.join(written)}"


@ours
def escaped(value: str) -> str:
    """Put a backslash before each quote and each backslash."""
    backslashes = "\\\\".join(value.split("\\"))
    return '\\"'.join(backslashes.split('"'))
