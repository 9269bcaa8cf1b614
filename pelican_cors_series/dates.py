"""Dates: a moment as the authors of a Jekyll blog write it → datetime with its offset."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

DATE = re.compile(
    r"(?P<day>\d{4}-\d{1,2}-\d{1,2})"
    r"(?:[Tt ]+(?P<time>\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?"
    r"\s*(?P<offset>Z|z|UTC|[+-]\d{2}:?\d{2}|[+-]\d{1,2})?)?",
)


def read_date(text: str) -> datetime | None:
    """Return the moment that a text such as `2023-06-13 07:00:00 +0900` names, or None where it names none.

    Without an offset the moment has no time zone; without a time it is midnight.
    """
    match = DATE.fullmatch(text.strip())
    if match is None:
        return None
    clock = [int(piece) for piece in (match["time"] or "0:0").split(":")]
    try:
        return datetime(*map(int, match["day"].split("-")), *clock, tzinfo=_offset(match["offset"]))  # type: ignore[misc, arg-type]
    except ValueError:
        return None


def _offset(text: str | None) -> timezone | None:
    if text is None:
        return None
    digits = text[1:].replace(":", "")
    if text.upper() in {"Z", "UTC"}:
        return UTC
    minutes = int(digits) * 60 if len(digits) <= 2 else int(digits[:-2]) * 60 + int(digits[-2:])  # noqa: PLR2004 - "+9"
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
