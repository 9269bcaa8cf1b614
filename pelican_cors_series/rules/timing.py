"""The TAO check: whether a page may see how long a response took."""

# ruff: noqa: S101, SIM103 - a line is a step of the Standard, its assertions included
from __future__ import annotations

from typing import TYPE_CHECKING

from .header_values import get_decode_and_split
from .origins import origin_of_a_url, same_origin
from .request_origin import FETCH, current_url, serializing_a_request_origin
from .rule import rule

if TYPE_CHECKING:
    from .fetch_records import Request, Response


@rule(FETCH + "concept-tao-check")
def tao_check(request: Request, response: Response) -> bool:
    """Tell whether a response lets the request's origin see its timing; False is the Standard's failure."""
    assert request.origin is not None  # 1
    if request.timing_allow_failed:  # 2
        return False
    values = get_decode_and_split("Timing-Allow-Origin", response.header_list)  # 3
    allowed = [] if values is None else values
    if "*" in allowed:  # 4
        return True
    if serializing_a_request_origin(request) in allowed:  # 5
        return True
    if request.mode == "navigate" and not same_origin(origin_of_a_url(current_url(request)), request.origin):  # 6
        return False
    if request.response_tainting == "basic":  # 7
        return True
    return False  # 8
