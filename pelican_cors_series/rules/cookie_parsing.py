"""A Set-Cookie header's value, taken apart into a cookie.

Parsing takes more than 50 lines as it does in the draft: an algorithm is one function here.
"""

# ruff: noqa: C901, PLR0912, PLR0915, PLR1730, PLR2004, S101, SIM108 - a line is a step of the draft; an algorithm is not split
from __future__ import annotations

from .code_points import ASCII_DIGITS, HTTP_TAB_OR_SPACE, isomorphic_encode, position_past, stripped
from .cookie_dates import parse_a_date
from .cookie_matching import cookie_default_path
from .cookie_records import LAYERED_COOKIES, Cookie
from .hosts import parse_host
from .leaves import ascii_lowercase, is_larger_number
from .rule import ours, rule

MOST_OF_NAME_AND_VALUE = 4096
MOST_OF_AN_ATTRIBUTE_VALUE = 1024
# 400 days: the most that the draft allows, and what browsers do.
COOKIE_AGE_LIMIT_IN_SECONDS = 34_560_000
# The earliest date of both languages: a cookie that expires then has expired.
EARLIEST_TIME = -8_640_000_000_000_000
# The largest number that both languages hold exactly.
LARGEST_NUMBER = 9_007_199_254_740_991
LARGEST_NUMBER_IN_DIGITS = "9007199254740991"


@rule(LAYERED_COOKIES + "parse-a-cookie")
def parse_a_cookie(set_cookie: str, path: list[str], now: int) -> Cookie | None:
    """Parse the value of a Set-Cookie header, of the answer to a request for `path`; None is the draft's failure.

    `now` is in milliseconds since 1970. Where the draft slips, what it means is done here: step 15.1 comes before the
    loop, so that Max-Age wins over an Expires behind it; step 15.13.3 asks for the date, not for its text; step 15.13.4
    adds the age limit to the current time; a Path does not begin with an empty segment (15.16.1.1), with which it would
    match no address. An empty Domain counts for nothing, as in browsers; to the letter it would cost the cookie.
    """
    if contains_a_control(set_cookie):  # 1
        return None
    name_value_input: str | None = None  # 2
    attributes_input = ""  # 3
    pieces = set_cookie.split(";")
    if len(pieces) > 1:  # 4
        name_value_input = pieces[0]
        attributes_input = set_cookie[len(name_value_input) :]
    else:
        name_value_input = set_cookie  # 5
    assert name_value_input is not None  # 6
    name: str | None = None  # 7
    value: str | None = None  # 8
    pieces = name_value_input.split("=")
    if len(pieces) == 1:  # 9
        name = ""
        value = name_value_input
    else:
        name = pieces[0]  # 10
        value = name_value_input[len(name) + 1 :]
    name = stripped(name, HTTP_TAB_OR_SPACE)  # 11
    value = stripped(value, HTTP_TAB_OR_SPACE)
    if len(name) + len(value) == 0 or len(name) + len(value) > MOST_OF_NAME_AND_VALUE:  # 12
        return None
    cookie = Cookie(name, value)  # 13
    cookie.path = cookie_default_path(path)  # 14
    max_age_seen = False  # 15.1
    while attributes_input != "":  # 15
        char = attributes_input[0]  # 15.2
        attributes_input = attributes_input[1:]
        assert char == ";"  # 15.3
        attribute_name_value_input: str | None = None  # 15.4
        pieces = attributes_input.split(";")
        if len(pieces) > 1:  # 15.5
            attribute_name_value_input = pieces[0]
        else:
            attribute_name_value_input = attributes_input  # 15.6
        attributes_input = attributes_input[len(attribute_name_value_input) :]
        attribute_name: str | None = None  # 15.7
        attribute_value = ""  # 15.8
        pieces = attribute_name_value_input.split("=")
        if len(pieces) > 1:  # 15.9
            attribute_name = pieces[0]
            attribute_value = attribute_name_value_input[len(attribute_name) + 1 :]
        else:
            attribute_name = attribute_name_value_input  # 15.10
        attribute_name = stripped(attribute_name, HTTP_TAB_OR_SPACE)  # 15.11
        attribute_value = stripped(attribute_value, HTTP_TAB_OR_SPACE)
        if len(attribute_value) > MOST_OF_AN_ATTRIBUTE_VALUE:  # 15.12
            continue
        lowered = ascii_lowercase(attribute_name)
        if lowered == "expires":  # 15.13
            if max_age_seen:  # 15.13.1
                continue
            expiry_time = parse_a_date(attribute_value)  # 15.13.2
            if expiry_time is None:  # 15.13.3
                continue
            if expiry_time > now + COOKIE_AGE_LIMIT_IN_SECONDS * 1000:  # 15.13.4
                expiry_time = now + COOKIE_AGE_LIMIT_IN_SECONDS * 1000
            cookie.expiry_time = expiry_time  # 15.13.6
        elif lowered == "max-age":  # 15.14
            if attribute_value == "":  # 15.14.1
                continue
            digits = attribute_value.removeprefix("-")
            if digits == "" or digits[0] not in ASCII_DIGITS:  # 15.14.2
                continue
            if position_past(digits, 0, ASCII_DIGITS) < len(digits):  # 15.14.3
                continue
            delta_seconds = whole_number(attribute_value)  # 15.14.4
            if delta_seconds > COOKIE_AGE_LIMIT_IN_SECONDS:  # 15.14.5
                delta_seconds = COOKIE_AGE_LIMIT_IN_SECONDS
            expiry_time = EARLIEST_TIME if delta_seconds <= 0 else now + delta_seconds * 1000  # 15.14.6
            cookie.expiry_time = expiry_time  # 15.14.7
            max_age_seen = True  # 15.14.8
        elif lowered == "domain" and attribute_value != "":  # 15.15
            host: str | None = None  # 15.15.1
            if is_ascii(attribute_value):  # 15.15.2
                host_input = attribute_value  # 15.15.2.1
                if host_input.startswith("."):  # 15.15.2.2
                    host_input = host_input.removeprefix(".")
                host = parse_host(host_input)  # 15.15.2.3
            cookie.host = host  # 15.15.3
            cookie.host_is_failure = host is None
        elif lowered == "path":  # 15.16
            if attribute_value.startswith("/"):  # 15.16.1
                cookie.path = attribute_value.removeprefix("/").split("/")  # 15.16.1.1
                cookie.has_path_attribute = True  # 15.16.1.2
        elif lowered == "secure":  # 15.17
            cookie.secure = True  # 15.17.1
        elif lowered == "httponly":  # 15.18
            cookie.http_only = True  # 15.18.1
        elif lowered == "samesite":  # 15.19
            if ascii_lowercase(attribute_value) == "none":  # 15.19.1
                cookie.same_site = "none"
            if ascii_lowercase(attribute_value) == "strict":  # 15.19.2
                cookie.same_site = "strict"
            if ascii_lowercase(attribute_value) == "lax":  # 15.19.3
                cookie.same_site = "lax"
    return cookie  # 16


@ours
def contains_a_control(text: str) -> bool:
    """Tell whether a text has a control character other than the tab."""
    controls = [byte for byte in isomorphic_encode(text) if (byte < 0x20 and byte != 0x09) or byte == 0x7F]
    return len(controls) > 0


@ours
def is_ascii(text: str) -> bool:
    """Tell whether a text is ASCII."""
    return len([byte for byte in isomorphic_encode(text) if byte > 0x7F]) == 0


@ours
def whole_number(text: str) -> int:
    """Read digits, with a minus before them or not.

    The largest number that both languages hold exactly stands for all larger ones: no cookie lives as long.
    """
    digits = text.removeprefix("-")
    number = LARGEST_NUMBER if is_larger_number(digits, LARGEST_NUMBER_IN_DIGITS) else int(digits)
    return 0 - number if text.startswith("-") else number
