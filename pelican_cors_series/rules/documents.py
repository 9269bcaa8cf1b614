"""The origin of a document: sandboxed, from about:blank and srcdoc, or its URL's."""

# ruff: noqa: RET504, S101 - a line is a step of the Standard, its assertions included
from __future__ import annotations

from typing import TYPE_CHECKING

from .leaves import ascii_lowercase, split_on_ascii_whitespace
from .origins import HTML, opaque_origin, origin_of_a_url
from .rule import rule

if TYPE_CHECKING:
    from .records import Origin, Url

SANDBOXED_ORIGIN = "sandboxed origin browsing context flag"
SANDBOXED_DOCUMENT_DOMAIN = "sandboxed document.domain browsing context flag"


@rule("https://html.spec.whatwg.org/multipage/document-sequences.html#determining-the-origin")
def determine_the_origin_of_a_document(
    url: Url | None, sandbox_flags: list[str], source_origin: Origin | None
) -> Origin:
    """Give the origin of a new document; `source_origin` is that of the document which started the navigation."""
    if SANDBOXED_ORIGIN in sandbox_flags:  # 1
        return opaque_origin()
    if url is None:  # 2
        return opaque_origin()
    if url.scheme == "about" and url.path == "srcdoc":  # 3
        assert source_origin is not None  # 3.1
        return source_origin  # 3.2
    if url.scheme == "about" and url.path == "blank" and source_origin is not None:  # 4
        return source_origin
    return origin_of_a_url(url)  # 5


@rule(HTML + "parse-a-sandboxing-directive")
def parse_a_sandboxing_directive_origin_and_document_domain_flags(directive: str) -> list[str]:
    """Give those flags of a sandbox attribute's value that touch origins."""
    tokens = split_on_ascii_whitespace(ascii_lowercase(directive))  # 1
    output: list[str] = []  # 2
    if "allow-same-origin" not in tokens:  # 3.a
        output = [*output, SANDBOXED_ORIGIN]
    output = [*output, SANDBOXED_DOCUMENT_DOMAIN]  # 3.b
    return output  # 3
