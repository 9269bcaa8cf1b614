"""The CORS check: whether a response allows the origin of a request."""

# ruff: noqa: SIM103 - a line is a step of the Standard; two steps are not joined into one
from __future__ import annotations

from typing import TYPE_CHECKING

from .header_values import get
from .request_origin import FETCH, byte_serializing_a_request_origin
from .rule import rule

if TYPE_CHECKING:
    from .fetch_records import Request, Response


@rule(FETCH + "concept-cors-check")
def cors_check(request: Request, response: Response) -> bool:
    """Tell whether the headers of a response let the request's origin read it; False is the Standard's failure."""
    origin = get("Access-Control-Allow-Origin", response.header_list)  # 1
    if origin is None:  # 2
        return False
    if request.credentials_mode != "include" and origin == "*":  # 3
        return True
    if byte_serializing_a_request_origin(request) != origin:  # 4
        return False
    if request.credentials_mode != "include":  # 5
        return True
    credentials = get("Access-Control-Allow-Credentials", response.header_list)  # 6
    if credentials == "true":  # 7
        return True
    return False  # 8
