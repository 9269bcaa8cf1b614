"""Opaque Response Blocking: which no-cors responses a page gets at all. A draft that is not part of Fetch yet.

What the bytes of a body come to is an argument: no rule here reads bytes or parses JavaScript.
"""

# ruff: noqa: C901, PLR0911, PLR0912, PLR2004, SIM103 - a line is a step of the draft; an algorithm is not split
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from .mime_type_blocking import determine_nosniff, has_a_media_essence
from .mime_types import extract_a_mime_type, is_a_javascript_mime_type, mime_type_essence
from .rule import ours, rule
from .statuses import ok_status

if TYPE_CHECKING:
    from .fetch_records import Response
    from .mime_types import MimeType

NoCorsMediaRequestState = Literal["N/A", "initial", "subsequent"]

# Essences of the opaque-blocklisted-never-sniffed MIME types.
NEVER_SNIFFED = (
    "application/dash+xml",
    "application/gzip",
    "application/msexcel",
    "application/mspowerpoint",
    "application/msword",
    "application/msword-template",
    "application/pdf",
    "application/vnd.apple.mpegurl",
    "application/vnd.ces-quickpoint",
    "application/vnd.ces-quicksheet",
    "application/vnd.ces-quickword",
    "application/vnd.ms-excel",
    "application/vnd.ms-excel.sheet.macroenabled.12",
    "application/vnd.ms-powerpoint",
    "application/vnd.ms-powerpoint.presentation.macroenabled.12",
    "application/vnd.ms-word",
    "application/vnd.ms-word.document.12",
    "application/vnd.ms-word.document.macroenabled.12",
    "application/vnd.msword",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.presentationml.template",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
    "application/vnd.presentation-openxml",
    "application/vnd.presentation-openxmlm",
    "application/vnd.spreadsheet-openxml",
    "application/vnd.wordprocessing-openxml",
    "application/x-gzip",
    "application/x-protobuf",
    "application/x-protobuffer",
    "application/zip",
    "audio/mpegurl",
    "multipart/byteranges",
    "multipart/signed",
    "text/event-stream",
    "text/csv",
    "text/vtt",
)


@dataclass(frozen=True, slots=True, eq=False)
class BodyFindings:
    """What the bytes of a response's body come to.

    `matches_audio_or_video` and `matches_image` are about its beginning, `parses_as_javascript` and `parses_as_json`
    about the whole; `is_a_valid_part` tells that its Content-Range is that of the part which was asked for.
    """

    is_a_valid_part: bool = True
    matches_audio_or_video: bool = False
    matches_image: bool = False
    parses_as_javascript: bool = False
    parses_as_json: bool = False


@rule("https://github.com/annevk/orb#orbs-algorithm")
def determine_whether_to_allow_an_opaque_response(
    media_request_state: NoCorsMediaRequestState, response: Response, findings: BodyFindings
) -> bool:
    """Tell whether a no-cors response from another origin is handed to the page, or stopped before.

    `media_request_state` is the request's no-cors media request state: initial and subsequent are the first and the
    later requests of an audio or video element, N/A is any other request.
    """
    mime_type = extract_a_mime_type(response.header_list)  # 1
    nosniff = determine_nosniff(response.header_list)  # 2
    if mime_type is not None:  # 3
        if is_opaque_safelisted(mime_type):  # 3.1
            return True
        if mime_type_essence(mime_type) in NEVER_SNIFFED:  # 3.2
            return False
        if response.status == 206 and is_opaque_blocklisted(mime_type):  # 3.3
            return False
        if nosniff and (is_opaque_blocklisted(mime_type) or mime_type_essence(mime_type) == "text/plain"):  # 3.4
            return False
    if media_request_state == "subsequent":  # 4
        return True
    if response.status == 206 and not findings.is_a_valid_part:  # 5
        return False
    if findings.matches_audio_or_video:  # 7
        if media_request_state != "initial":  # 7.1
            return False
        if response.status not in (200, 206):  # 7.2
            return False
        return True  # 7.3
    if media_request_state != "N/A":  # 8
        return False
    if findings.matches_image:  # 9
        return True
    if nosniff:  # 10
        return False
    if not ok_status(response.status):  # 11
        return False
    if mime_type is None:  # 12
        return True
    if has_a_media_essence(mime_type_essence(mime_type)):  # 13
        return False
    if findings.parses_as_javascript and not findings.parses_as_json:  # 15
        return True
    return False  # 16


@ours
def is_opaque_safelisted(mime_type: MimeType) -> bool:
    """Tell whether a MIME type is one that any page may load: JavaScript, CSS and SVG."""
    return is_a_javascript_mime_type(mime_type) or mime_type_essence(mime_type) in ("text/css", "image/svg+xml")


@ours
def is_opaque_blocklisted(mime_type: MimeType) -> bool:
    """Tell whether a MIME type is that of HTML, JSON or XML.

    https://mimesniff.spec.whatwg.org/#html-mime-type, #json-mime-type and #xml-mime-type
    """
    return (
        mime_type.subtype.endswith("+json")
        or mime_type.subtype.endswith("+xml")
        or mime_type_essence(mime_type) in ("text/html", "application/json", "text/json", "application/xml", "text/xml")
    )
