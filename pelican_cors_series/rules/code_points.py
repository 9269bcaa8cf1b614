"""Texts by their code points: tokens and whitespace of HTTP, positions, bytes and their order."""

# ruff: noqa: PLR2004 - code points are written as the Standard writes them

from __future__ import annotations

import re

from .rule import leaf, ours

# https://fetch.spec.whatwg.org/#http-whitespace and https://fetch.spec.whatwg.org/#http-tab-or-space
HTTP_WHITESPACE = ("\n", "\r", "\t", " ")
HTTP_TAB_OR_SPACE = ("\t", " ")
ASCII_DIGITS = ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9")


@leaf
def isomorphic_encode(text: str) -> list[int]:
    """Give the bytes of a text that has one code point for each. https://infra.spec.whatwg.org/#isomorphic-encode."""
    return [ord(character) for character in text]


@leaf
def sorted_by_byte_less_than(texts: list[str]) -> list[str]:
    """Sort texts that have one code point for each byte. https://infra.spec.whatwg.org/#byte-less-than."""
    return sorted(texts)


@ours
def position_of_one(text: str, start: int, stops: tuple[str, ...]) -> int:
    """Give the first position from `start` at which one of the code points `stops` stands, else the text's end."""
    position = start
    while position < len(text) and text[position] not in stops:
        position += 1
    return position


@ours
def position_past(text: str, start: int, passed: tuple[str, ...]) -> int:
    """Give the first position from `start` at which none of the code points `passed` stands, else the text's end."""
    position = start
    while position < len(text) and text[position] in passed:
        position += 1
    return position


@ours
def without_trailing(text: str, characters: tuple[str, ...]) -> str:
    """Remove these code points from the end of a text."""
    end = len(text)
    while end > 0 and text[end - 1] in characters:
        end = end - 1
    return text[0:end]


@ours
def stripped(text: str, characters: tuple[str, ...]) -> str:
    """Remove these code points from both ends of a text."""
    return without_trailing(text[position_past(text, 0, characters) :], characters)


@ours
def is_a_token(text: str) -> bool:
    """Tell whether a text is a token of HTTP. https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2."""
    return re.fullmatch(r"[A-Za-z0-9!#$%&'*+.\^_`|~-]+", text) is not None


@ours
def consists_of_quoted_string_tokens(text: str) -> bool:
    """Tell whether a text is HTTP quoted-string token code points alone.

    https://mimesniff.spec.whatwg.org/#http-quoted-string-token-code-point
    """
    others = [byte for byte in isomorphic_encode(text) if (byte < 0x20 and byte != 0x09) or byte == 0x7F or byte > 0xFF]
    return len(others) == 0
