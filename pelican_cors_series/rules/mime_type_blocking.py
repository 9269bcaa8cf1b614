"""What is not loaded for its MIME type: the no-sniff header, scripts and style sheets."""

# ruff: noqa: PIE810, SIM102, SIM103 - a line is a step of the Standard

from __future__ import annotations

from typing import TYPE_CHECKING

from .header_values import get_decode_and_split
from .leaves import ascii_lowercase
from .mime_types import extract_a_mime_type, is_a_javascript_mime_type, mime_type_essence
from .request_origin import FETCH
from .rule import ours, rule

if TYPE_CHECKING:
    from .fetch_records import Request, Response

# https://fetch.spec.whatwg.org/#request-destination-script-like
SCRIPT_LIKE_DESTINATIONS = ("audioworklet", "paintworklet", "script", "serviceworker", "sharedworker", "worker")


@rule(FETCH + "determine-nosniff")
def determine_nosniff(headers: list[tuple[str, str]]) -> bool:
    """Tell whether the first value of X-Content-Type-Options is nosniff."""
    values = get_decode_and_split("X-Content-Type-Options", headers)  # 1
    if values is None:  # 2
        return False
    if ascii_lowercase(values[0]) == "nosniff":  # 3
        return True
    return False  # 4


@rule(FETCH + "should-response-to-request-be-blocked-due-to-nosniff?")
def blocked_due_to_nosniff(response: Response, request: Request) -> bool:
    """Tell whether a script or a style sheet of another MIME type is blocked, since it must not be sniffed."""
    if not determine_nosniff(response.header_list):  # 1
        return False
    mime_type = extract_a_mime_type(response.header_list)  # 2
    destination = request.destination  # 3
    if destination in SCRIPT_LIKE_DESTINATIONS and (mime_type is None or not is_a_javascript_mime_type(mime_type)):  # 4
        return True
    if destination == "style" and (mime_type is None or mime_type_essence(mime_type) != "text/css"):  # 5
        return True
    return False  # 6


@rule(FETCH + "should-response-to-request-be-blocked-due-to-mime-type?")
def blocked_due_to_its_mime_type(response: Response, request: Request) -> bool:
    """Tell whether a script is blocked since its MIME type is that of an image, of sound or film, or CSV."""
    mime_type = extract_a_mime_type(response.header_list)  # 1
    if mime_type is None:  # 2
        return False
    destination = request.destination  # 3
    if destination in SCRIPT_LIKE_DESTINATIONS:
        if (
            has_a_media_essence(mime_type_essence(mime_type))  # 4.a
            or mime_type_essence(mime_type) == "text/csv"  # 4.b
        ):  # 4
            return True
    return False  # 5


@ours
def has_a_media_essence(essence: str) -> bool:
    """Tell whether an essence is that of sound, an image or film."""
    return essence.startswith("audio/") or essence.startswith("image/") or essence.startswith("video/")
