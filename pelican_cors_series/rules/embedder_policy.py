"""The embedder policy that a document gets from its headers, and what it asks of the frames within."""

# ruff: noqa: S105, SIM103 - a token of structured fields is no password; two steps of the Standard are not joined into one
from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .code_points import stripped
from .fetch_records import EmbedderPolicy
from .header_values import get
from .rule import ours, rule

if TYPE_CHECKING:
    from .fetch_records import EmbedderPolicyValue, PolicyContainer


@rule("https://html.spec.whatwg.org/multipage/browsers.html#obtain-an-embedder-policy")
def obtain_an_embedder_policy(headers: list[tuple[str, str]], secure_context: bool) -> EmbedderPolicy:
    """Give the embedder policy of a response: its value, and the value that is reported only."""
    policy = EmbedderPolicy()  # 1
    if not secure_context:  # 2
        return policy
    parsed_item = token_of_a_structured_field("Cross-Origin-Embedder-Policy", headers)  # 3
    if parsed_item is not None and is_compatible_with_cross_origin_isolation(parsed_item):  # 4
        policy.value = embedder_policy_value(parsed_item)  # 4.1
    parsed_item = token_of_a_structured_field("Cross-Origin-Embedder-Policy-Report-Only", headers)  # 5
    if parsed_item is not None and is_compatible_with_cross_origin_isolation(parsed_item):  # 6
        policy.report_only_value = embedder_policy_value(parsed_item)  # 6.1
    return policy  # 7


@rule(
    "https://html.spec.whatwg.org/multipage/browsers.html"
    "#check-a-navigation-response's-adherence-to-its-embedder-policy"
)
def check_a_navigation_response_s_adherence_to_its_embedder_policy(
    container_policies: PolicyContainer | None, response_policy: EmbedderPolicy
) -> bool:
    """Tell whether a frame may show a response, by the embedder policy of the document that holds the frame.

    `container_policies` are that document's, None where the navigation is that of a window and no frame.
    """
    if container_policies is None:  # 1
        return True
    parent_policy = container_policies.embedder_policy  # 2
    if not is_compatible_with_cross_origin_isolation(parent_policy.value) or is_compatible_with_cross_origin_isolation(
        response_policy.value
    ):  # 4
        return True
    return False  # 6


@ours
def embedder_policy_value(token: str) -> EmbedderPolicyValue:
    """Give the embedder policy value that a token names, unsafe-none for one that names none."""
    if token == "require-corp":
        return "require-corp"
    return "credentialless" if token == "credentialless" else "unsafe-none"


@ours
def is_compatible_with_cross_origin_isolation(token: str) -> bool:
    """Tell whether an embedder policy value is compatible with cross-origin isolation.

    https://html.spec.whatwg.org/multipage/browsers.html#compatible-with-cross-origin-isolation
    """
    return embedder_policy_value(token) != "unsafe-none"


@ours
def token_of_a_structured_field(name: str, headers: list[tuple[str, str]]) -> str | None:
    """Give the token of a header that is an item of structured fields, without its parameters; None for any other.

    https://www.rfc-editor.org/rfc/rfc9651#section-3.3
    """
    value = get(name, headers)
    if value is None:
        return None
    if (
        re.fullmatch(
            r" *[A-Za-z*][A-Za-z0-9:/!#$%&'*+.\^_`|~-]*(?:; *[a-z*][a-z0-9_.*-]*(?:=(?:"
            r"-?[0-9]{1,15}|-?[0-9]{1,12}\.[0-9]{1,3}|\?[01]|@-?[0-9]{1,15}|:[A-Za-z0-9+/=]*:"
            r'|"(?:[ !#-\[\]-~]|\\[\\"])*"|%"(?:[ !#-$&-~]|%[0-9a-f]{2})*"'
            r"|[A-Za-z*][A-Za-z0-9:/!#$%&'*+.\^_`|~-]*))?)* *",
            value,
        )
        is None
    ):
        return None
    return stripped(value.split(";")[0], (" ",))
