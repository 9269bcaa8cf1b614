"""How long a text takes to read."""

from __future__ import annotations

import re

from pelican_cors_series.head import plain

# Words of a language with spaces, and syllables of Hangul or characters of Chinese and Japanese, a minute.
_WORDS, _SYLLABLES = 230, 520
_SYLLABLE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_WORD = re.compile(r"[^\W\d_]{2,}")
# What is looked at rather than read.
_BESIDE_THE_TEXT = re.compile(r"<(pre|origin-compare|cors-\w+|svg)\b.*?</\1>", re.DOTALL)


def reading_minutes(html: str) -> int:
    """Return the minutes that a text takes, at least 1. html: its content; code and widgets do not count."""
    text = plain(_BESIDE_THE_TEXT.sub(" ", html))
    syllables = len(_SYLLABLE.findall(text))
    words = len(_WORD.findall(_SYLLABLE.sub(" ", text)))
    return max(1, round(syllables / _SYLLABLES + words / _WORDS))
