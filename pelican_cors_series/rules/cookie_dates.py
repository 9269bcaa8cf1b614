"""The dates of the attribute Expires, in whatever form servers have ever written them."""

# ruff: noqa: PLR2004 - the numbers are those of a clock, a calendar and a grammar
from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from .code_points import ASCII_DIGITS, isomorphic_encode, position_past
from .leaves import ascii_lowercase
from .rule import leaf, ours

if TYPE_CHECKING:
    from collections.abc import Mapping

MONTHS: Mapping[str, int] = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "may": 5,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}


@leaf
def time_of_a_day(year: int, month: int, day: int) -> int | None:
    """Give the moment at which a day begins in UTC, in milliseconds since 1970; None where the calendar lacks it.

    The years 100 to 9999 mean the same in both languages.
    """
    try:
        return int(datetime(year, month, day, tzinfo=UTC).timestamp()) * 1000
    except ValueError:
        return None


@ours
def parse_a_date(text: str) -> int | None:
    """Read a cookie's date, in milliseconds since 1970; None is a failure.

    https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-layered-cookies#cookie-date: of the words of the text, the
    first that looks like a time is the time, and so on for day, month and year; what else there is counts for nothing.
    """
    hms: list[int] = []
    day: int | None = None
    month: int | None = None
    year: int | None = None
    for token in date_tokens(text):
        if (
            len(hms) == 0
            and re.fullmatch(r"[0-9]{1,2}(?::[0-9]{1,2}){2}(?:[^0-9](?:[0-9]|[^0-9])*)?", token) is not None
        ):
            hms = [leading_number(part) for part in token.split(":")[0:3]]
        elif day is None and re.fullmatch(r"[0-9]{1,2}(?:[^0-9](?:[0-9]|[^0-9])*)?", token) is not None:
            day = leading_number(token)
        elif month is None and MONTHS.get(ascii_lowercase(token[0:3])) is not None:
            month = MONTHS.get(ascii_lowercase(token[0:3]))
        elif year is None and re.fullmatch(r"[0-9]{2,4}(?:[^0-9](?:[0-9]|[^0-9])*)?", token) is not None:
            year = full_year(leading_number(token))
    if len(hms) == 0 or day is None or month is None or year is None:
        return None
    if year < 1601 or hms[0] > 23 or hms[1] > 59 or hms[2] > 59:
        return None
    time = time_of_a_day(year, month, day)
    return None if time is None else time + ((hms[0] * 60 + hms[1]) * 60 + hms[2]) * 1000


@ours
def full_year(year: int) -> int:
    """Complete a year of two digits: 70 to 99 are of the last century, those below of this one."""
    if year > 99:
        return year
    return year + 1900 if year > 69 else year + 2000


@ours
def leading_number(text: str) -> int:
    """Read the digits at the beginning of a text, of which there is one at least."""
    return int(text[0 : position_past(text, 0, ASCII_DIGITS)])


@ours
def date_tokens(text: str) -> list[str]:
    """Split a date into its words: what stands between blanks and punctuation other than colons."""
    tokens: list[str] = []
    position = 0
    while position < len(text):
        start = position
        while position < len(text) and not is_a_date_delimiter(isomorphic_encode(text[position])[0]):
            position += 1
        if position > start:
            tokens.append(text[start:position])
        position += 1
    return tokens


@ours
def is_a_date_delimiter(byte: int) -> bool:
    """Tell whether a byte stands between the words of a date."""
    return (
        byte == 0x09
        or (byte >= 0x20 and byte <= 0x2F)
        or (byte >= 0x3B and byte <= 0x40)
        or (byte >= 0x5B and byte <= 0x60)
        or (byte >= 0x7B and byte <= 0x7E)
    )
