"""The dates of cookies, by the grammar of the draft."""

from __future__ import annotations

import pytest
from cookie_twin import CookieTwin, moment

from pelican_cors_series.rules.cookie_dates import date_tokens, parse_a_date


@pytest.fixture(scope="module")
def twin() -> CookieTwin:
    return CookieTwin()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The three forms of HTTP, and whatever else has the same words.
        ("Wed, 09 Jun 2021 10:18:14 GMT", "2021-06-09T10:18:14"),
        ("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37"),
        ("Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37"),
        ("10:18:14 9 jun 21", "2021-06-09T10:18:14"),
        ("\t9/JUNEBUG/2021,@1:2:3pm~", "2021-06-09T01:02:03"),
        ("1st of January 2030 at 00:00:00", "2030-01-01T00:00:00"),
        ("01 Jan 2030x 23:59:59é 1 feb 2031 1:1:1", "2030-01-01T23:59:59"),
        # A word that is taken for one thing is none other.
        ("12 Jan 12 10:00:00", "2012-01-12T10:00:00"),
        ("21 jun 9 10:18:14", None),
        ("9 Jun 2021 10:18", None),
        ("2021-06-09T10:18:14Z", None),
        ("9 Jun 2021 100:18:14", None),
        ("9 Jun 20211 10:18:14", None),
        ("100 Jun 2021 10:18:14", None),
        # Years of two digits.
        ("9 Jun 00 0:0:0", "2000-06-09T00:00:00"),
        ("9 Jun 69 0:0:0", "2069-06-09T00:00:00"),
        ("9 Jun 70 0:0:0", "1970-06-09T00:00:00"),
        ("9 Jun 0099 0:0:0", "1999-06-09T00:00:00"),
        ("9 Jun 100 0:0:0", None),
        ("31 Dec 1600 23:59:59", None),
        ("1 Jan 1601 00:00:00", "1601-01-01T00:00:00"),
        ("31 Dec 9999 23:59:59", "9999-12-31T23:59:59"),
        # Days and times that there are not.
        ("0 Jun 2021 0:0:0", None),
        ("31 Jun 2021 0:0:0", None),
        ("32 Jan 2021 0:0:0", None),
        ("29 Feb 2023 0:0:0", None),
        ("29 Feb 2024 0:0:0", "2024-02-29T00:00:00"),
        ("29 Feb 1900 0:0:0", None),
        ("29 Feb 2000 0:0:0", "2000-02-29T00:00:00"),
        ("9 Jun 2021 23:59:59", "2021-06-09T23:59:59"),
        ("9 Jun 2021 24:00:00", None),
        ("9 Jun 2021 10:60:00", None),
        ("9 Jun 2021 10:00:60", None),
        ("9 Jun 2021", None),
        ("Jun 2021 10:00:00", None),
        ("9 2021 10:00:00", None),
        ("9 Jun 10:00:00", None),
        ("", None),
    ],
)
def test_a_date_is_read_word_by_word(twin: CookieTwin, text: str, expected: str | None) -> None:
    assert twin.both(parse_a_date, text) == (None if expected is None else moment(expected))


def test_words_are_what_stands_between_blanks_and_punctuation(twin: CookieTwin) -> None:
    delimiters = {0x09, *range(0x20, 0x30), *range(0x3B, 0x41), *range(0x5B, 0x61), *range(0x7B, 0x7F)}
    for byte in range(256):
        words = ["a", "b"] if byte in delimiters else [f"a{chr(byte)}b"]
        assert twin.both(date_tokens, f"a{chr(byte)}b") == words
