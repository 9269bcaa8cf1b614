"""Header lists and their values: getting one, and taking it apart at its commas or by its ABNF."""

# ruff: noqa: S101 - a line is a step of the Standard, its assertions included
from __future__ import annotations

from dataclasses import dataclass

from .abnf import ONE_VALUE_HEADERS, values_by_abnf
from .code_points import HTTP_TAB_OR_SPACE, position_of_one, stripped
from .leaves import ascii_lowercase
from .request_origin import FETCH
from .rule import ours, rule


@dataclass(frozen=True, slots=True, eq=False)
class Collected:
    """What was collected from a text, and the position behind it."""

    value: str
    position: int


@dataclass(frozen=True, slots=True, eq=False)
class HeaderListValues:
    """The values that were extracted from a header list; `failure` is true, and `values` empty, where that failed."""

    failure: bool
    values: list[str]


@ours
def header_values_of(name: str, headers: list[tuple[str, str]]) -> list[str]:
    """Give the value of each header that bears a name, in order."""
    lowered = ascii_lowercase(name)
    return [header[1] for header in headers if ascii_lowercase(header[0]) == lowered]


@ours
def header_list_contains(name: str, headers: list[tuple[str, str]]) -> bool:
    """Tell whether a header list contains a name. https://fetch.spec.whatwg.org/#header-list-contains."""
    return len(header_values_of(name, headers)) > 0


@rule(FETCH + "concept-header-list-get")
def get(name: str, headers: list[tuple[str, str]]) -> str | None:
    """Give the values of all headers that bear a name, joined by commas; None where none does."""
    if not header_list_contains(name, headers):  # 1
        return None
    return ", ".join(header_values_of(name, headers))  # 2


@rule(FETCH + "concept-header-list-get-decode-split")
def get_decode_and_split(name: str, headers: list[tuple[str, str]]) -> list[str] | None:
    """Give the values of all headers that bear a name, split at commas outside quotes; None where none does."""
    value = get(name, headers)  # 1
    if value is None:  # 2
        return None
    return get_decode_and_split_value(value)  # 3


@rule(FETCH + "header-value-get-decode-and-split")
def get_decode_and_split_value(value: str) -> list[str]:
    """Split a header value at its commas, except for those in quotes."""
    text = value  # 1
    position = 0  # 2
    values: list[str] = []  # 3
    temporary_value = ""  # 4
    while True:  # 5
        end = position_of_one(text, position, ('"', ","))
        temporary_value = f"{temporary_value}{text[position:end]}"  # 5.1
        position = end
        if position < len(text) and text[position] == '"':  # 5.2
            quoted = collect_an_http_quoted_string(text, position, False)
            temporary_value = f"{temporary_value}{quoted.value}"  # 5.2.1
            position = quoted.position
            if position < len(text):  # 5.2.2
                continue
        temporary_value = stripped(temporary_value, HTTP_TAB_OR_SPACE)  # 5.3
        values.append(temporary_value)  # 5.4
        temporary_value = ""  # 5.5
        if position == len(text):  # 5.6
            return values
        assert text[position] == ","  # 5.7
        position += 1  # 5.8


@rule(FETCH + "collect-an-http-quoted-string")
def collect_an_http_quoted_string(text: str, start: int, extract_value: bool) -> Collected:
    """Collect the quoted string that starts at `start`: its value, or itself with its quotes and backslashes."""
    position = start
    position_start = position  # 1
    value = ""  # 2
    assert text[position] == '"'  # 3
    position += 1  # 4
    while True:  # 5
        end = position_of_one(text, position, ('"', "\\"))
        value = f"{value}{text[position:end]}"  # 5.1
        position = end
        if position == len(text):  # 5.2
            break
        quote_or_backslash = text[position]  # 5.3
        position += 1  # 5.4
        if quote_or_backslash == "\\":  # 5.5
            if position == len(text):  # 5.5.1
                value = f"{value}\\"
                break
            value = f"{value}{text[position]}"  # 5.5.2
            position += 1  # 5.5.3
        else:
            assert quote_or_backslash == '"'  # 5.6.1
            break
    if extract_value:  # 6
        return Collected(value, position)
    return Collected(text[position_start:position], position)  # 7


@rule(FETCH + "extract-header-values")
def extract_header_values(name: str, value: str) -> list[str] | None:
    """Parse one header's value by the ABNF of its name; None is the Standard's failure."""
    values = values_by_abnf(name, value)
    if values is None:  # 1
        return None
    return values  # 2


@rule(FETCH + "extract-header-list-values")
def extract_header_list_values(name: str, headers: list[tuple[str, str]]) -> HeaderListValues | None:
    """Parse the values of all headers that bear a name by its ABNF; None where none does."""
    if not header_list_contains(name, headers):  # 1
        return None
    if ascii_lowercase(name) in ONE_VALUE_HEADERS and len(header_values_of(name, headers)) > 1:  # 2
        return HeaderListValues(failure=True, values=[])
    values: list[str] = []  # 3
    for value in header_values_of(name, headers):  # 4
        extract = extract_header_values(name, value)  # 4.1
        if extract is None:  # 4.2
            return HeaderListValues(failure=True, values=[])
        values = [*values, *extract]  # 4.3
    return HeaderListValues(failure=False, values=values)  # 5
