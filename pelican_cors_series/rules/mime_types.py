"""MIME types: parsing one, and extracting it from a response's Content-Type headers."""

# ruff: noqa: C901 - an algorithm of the Standard is one function

from __future__ import annotations

from dataclasses import dataclass

from .code_points import (
    HTTP_WHITESPACE,
    consists_of_quoted_string_tokens,
    is_a_token,
    position_of_one,
    position_past,
    stripped,
    without_trailing,
)
from .header_values import collect_an_http_quoted_string, get_decode_and_split
from .leaves import ascii_lowercase
from .request_origin import FETCH
from .rule import ours, rule

# https://mimesniff.spec.whatwg.org/#javascript-mime-type
JAVASCRIPT_MIME_TYPE_ESSENCES = (
    "application/ecmascript",
    "application/javascript",
    "application/x-ecmascript",
    "application/x-javascript",
    "text/ecmascript",
    "text/javascript",
    "text/javascript1.0",
    "text/javascript1.1",
    "text/javascript1.2",
    "text/javascript1.3",
    "text/javascript1.4",
    "text/javascript1.5",
    "text/jscript",
    "text/livescript",
    "text/x-ecmascript",
    "text/x-javascript",
)


@dataclass(slots=True, eq=False)
class MimeType:
    """A MIME type: type and subtype in lower case, and its parameters as pairs of name and value, in order."""

    type: str
    subtype: str
    parameters: list[tuple[str, str]]


@ours
def mime_type_essence(mime_type: MimeType) -> str:
    """Give type and subtype. https://mimesniff.spec.whatwg.org/#mime-type-essence."""
    return f"{mime_type.type}/{mime_type.subtype}"


@ours
def parameter_values(name: str, parameters: list[tuple[str, str]]) -> list[str]:
    """Give the value of a parameter in a list of its own, an empty list where there is none."""
    return [parameter[1] for parameter in parameters if parameter[0] == name]


@ours
def is_a_javascript_mime_type(mime_type: MimeType) -> bool:
    """Tell whether a MIME type is one of JavaScript's. https://mimesniff.spec.whatwg.org/#javascript-mime-type."""
    return mime_type_essence(mime_type) in JAVASCRIPT_MIME_TYPE_ESSENCES


@rule("https://mimesniff.spec.whatwg.org/#parse-a-mime-type")
def parse_a_mime_type(value: str) -> MimeType | None:
    """Parse a MIME type with its parameters; None is the Standard's failure."""
    text = stripped(value, HTTP_WHITESPACE)  # 1
    position = 0  # 2
    kind = text[position : position_of_one(text, position, ("/",))]  # 3
    if not is_a_token(kind):  # 4
        return None
    position = len(kind)
    if position == len(text):  # 5
        return None
    position += 1  # 6
    end = position_of_one(text, position, (";",))
    subtype = text[position:end]  # 7
    position = end
    subtype = without_trailing(subtype, HTTP_WHITESPACE)  # 8
    if not is_a_token(subtype):  # 9
        return None
    mime_type = MimeType(ascii_lowercase(kind), ascii_lowercase(subtype), [])  # 10
    while position < len(text):  # 11
        position += 1  # 11.1
        position = position_past(text, position, HTTP_WHITESPACE)  # 11.2
        end = position_of_one(text, position, (";", "="))
        parameter_name = text[position:end]  # 11.3
        position = end
        parameter_name = ascii_lowercase(parameter_name)  # 11.4
        if position < len(text):  # 11.5
            if text[position] == ";":  # 11.5.1
                continue
            position += 1  # 11.5.2
        if position == len(text):  # 11.6
            break
        parameter_value: str | None = None  # 11.7
        if text[position] == '"':  # 11.8
            quoted = collect_an_http_quoted_string(text, position, True)
            parameter_value = quoted.value  # 11.8.1
            position = position_of_one(text, quoted.position, (";",))  # 11.8.2
        else:
            end = position_of_one(text, position, (";",))
            parameter_value = text[position:end]  # 11.9.1
            position = end
            parameter_value = without_trailing(parameter_value, HTTP_WHITESPACE)  # 11.9.2
            if parameter_value == "":  # 11.9.3
                continue
        if (
            parameter_name != ""  # 11.10.a
            and is_a_token(parameter_name)  # 11.10.b
            and consists_of_quoted_string_tokens(parameter_value)  # 11.10.c
            and len(parameter_values(parameter_name, mime_type.parameters)) == 0  # 11.10.d
        ):  # 11.10
            mime_type.parameters.append((parameter_name, parameter_value))
    return mime_type  # 12


@rule(FETCH + "concept-header-extract-mime-type")
def extract_a_mime_type(headers: list[tuple[str, str]]) -> MimeType | None:
    """Give the MIME type that the Content-Type headers come to together; None is the Standard's failure."""
    charset: str | None = None  # 1
    essence: str | None = None  # 2
    mime_type: MimeType | None = None  # 3
    values = get_decode_and_split("Content-Type", headers)  # 4
    if values is None:  # 5
        return None
    for value in values:  # 6
        temporary_mime_type = parse_a_mime_type(value)  # 6.1
        if temporary_mime_type is None or mime_type_essence(temporary_mime_type) == "*/*":  # 6.2
            continue
        mime_type = temporary_mime_type  # 6.3
        charsets = parameter_values("charset", mime_type.parameters)
        if mime_type_essence(mime_type) != essence:  # 6.4
            charset = None  # 6.4.1
            if len(charsets) > 0:  # 6.4.2
                charset = charsets[0]
            essence = mime_type_essence(mime_type)  # 6.4.3
        elif len(charsets) == 0 and charset is not None:  # 6.5
            mime_type.parameters.append(("charset", charset))
    if mime_type is None:  # 7
        return None
    return mime_type  # 8
