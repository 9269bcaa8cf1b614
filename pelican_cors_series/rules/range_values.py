"""The value of a Range header that asks for one range."""

# ruff: noqa: C901, PLR0911 - a line is a step of the Standard
from __future__ import annotations

from dataclasses import dataclass

from .code_points import ASCII_DIGITS, HTTP_TAB_OR_SPACE, position_past
from .leaves import is_larger_number
from .request_origin import FETCH
from .rule import rule


@dataclass(frozen=True, slots=True, eq=False)
class RangeValue:
    """First and last byte of a range, in decimal digits of any length; None where the range leaves one open."""

    start: str | None
    end: str | None


@rule(FETCH + "simple-range-header-value")
def parse_a_single_range_header_value(value: str, allow_whitespace: bool) -> RangeValue | None:
    """Parse a range such as bytes=0-499; None is the Standard's failure."""
    data = value  # 1
    if not data.startswith("bytes"):  # 2
        return None
    position = 5  # 3
    if allow_whitespace:  # 4
        position = position_past(data, position, HTTP_TAB_OR_SPACE)
    if data[position : position + 1] != "=":  # 5
        return None
    position += 1  # 6
    if allow_whitespace:  # 7
        position = position_past(data, position, HTTP_TAB_OR_SPACE)
    end = position_past(data, position, ASCII_DIGITS)
    range_start = data[position:end]  # 8
    position = end
    range_start_value = None if range_start == "" else range_start  # 9
    if allow_whitespace:  # 10
        position = position_past(data, position, HTTP_TAB_OR_SPACE)
    if data[position : position + 1] != "-":  # 11
        return None
    position += 1  # 12
    if allow_whitespace:  # 13
        position = position_past(data, position, HTTP_TAB_OR_SPACE)
    end = position_past(data, position, ASCII_DIGITS)
    range_end = data[position:end]  # 14
    position = end
    range_end_value = None if range_end == "" else range_end  # 15
    if position < len(data):  # 16
        return None
    if range_end_value is None and range_start_value is None:  # 17
        return None
    if (
        range_start_value is not None
        and range_end_value is not None
        and is_larger_number(range_start_value, range_end_value)
    ):  # 18
        return None
    return RangeValue(range_start_value, range_end_value)  # 19
