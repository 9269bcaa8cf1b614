"""What Babel knows of a language: its own name, its days, its numbers, its plural forms."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


@lru_cache(maxsize=64)
def locale_of(code: str) -> Locale:
    """Return the locale of a language code ("ko", "pt-BR"); English for one that Babel does not know."""
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@lru_cache(maxsize=64)
def own_name(code: str) -> str:
    """Return what a language calls itself: "한국어"."""
    return locale_of(code).get_display_name(locale_of(code)) or code


@lru_cache(maxsize=64)
def name_in(code: str, language: str) -> str:
    """Return what another language calls a language: "Korean", "영어"."""
    return locale_of(code).get_display_name(locale_of(language)) or code


def listed(items: Iterable[str], language: str) -> str:
    """Return words as the language lists them: "a, b, and c"."""
    return format_list(list(items), locale=locale_of(language))


@lru_cache(maxsize=4096)
def day_in_words(day: date, code: str) -> str:
    """Return a day as the language writes it: "13 June 2023", "2023년 6월 13일"."""
    return format_date(day, format="long", locale=locale_of(code))


def number_in_digits(number: int, code: str) -> str:
    """Return a number as the language groups its digits: "1,166", "1.166"."""
    return format_decimal(number, locale=locale_of(code))
