"""Which documents stay in one group of windows, by their Cross-Origin-Opener-Policy."""

# ruff: noqa: SIM103 - a line is a step of the Standard; two steps are not joined into one
from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .origins import HTML, same_origin
from .rule import rule

if TYPE_CHECKING:
    from .records import Origin

OpenerPolicyValue = Literal[
    "unsafe-none", "same-origin-allow-popups", "same-origin", "same-origin-plus-COEP", "noopener-allow-popups"
]


@rule(HTML + "matching-coop")
def match_opener_policy_values_coop(
    document_coop: OpenerPolicyValue,
    document_origin: Origin,
    response_coop: OpenerPolicyValue,
    response_origin: Origin,
) -> bool:
    """Tell whether the opener policies of a document and of the response that follows it match.

    Where they don't, a navigation between the two puts the new document into a group of windows of its own.
    """
    if document_coop == "unsafe-none" and response_coop == "unsafe-none":  # 1
        return True
    if document_coop == "unsafe-none" or response_coop == "unsafe-none":  # 2
        return False
    if document_coop == response_coop and same_origin(document_origin, response_origin):  # 3
        return True
    return False  # 4
