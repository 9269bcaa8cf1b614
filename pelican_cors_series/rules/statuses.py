"""Sets of statuses that the Standard treats alike."""

# ruff: noqa: PLR2004 - statuses are their own names

from __future__ import annotations

from .request_origin import FETCH
from .rule import rule


@rule(FETCH + "null-body-status")
def null_body_status(status: int) -> bool:
    """Tell whether a response of this status has no body."""
    return status in (101, 103, 204, 205, 304)  # 4


@rule(FETCH + "ok-status")
def ok_status(status: int) -> bool:
    """Tell whether a status is in the range 200 to 299: a preflight has to have such a one."""
    return status >= 200 and status <= 299  # 5


@rule(FETCH + "range-status")
def range_status(status: int) -> bool:
    """Tell whether a status answers a range."""
    return status in (206, 416)  # 6


@rule(FETCH + "redirect-status")
def redirect_status(status: int) -> bool:
    """Tell whether a status redirects."""
    return status in (301, 302, 303, 307, 308)  # 7
