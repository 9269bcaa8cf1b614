"""The cross-origin resource policy check, and the credentials that an embedder policy takes away."""

# ruff: noqa: S101, SIM103 - a line is a step of the Standard, its assertions included
from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .header_values import get
from .lists import last
from .origins import origin_of_a_url, same_origin, schemelessly_same_site
from .request_origin import FETCH, current_url, redirect_taint
from .rule import rule

if TYPE_CHECKING:
    from .fetch_records import Client, EmbedderPolicyValue, Request, Response
    from .records import Origin


@rule(FETCH + "cross-origin-resource-policy-check")
def cross_origin_resource_policy_check(
    origin: Origin, settings: Client, response: Response, for_navigation: bool | None
) -> Literal["allowed", "blocked"]:
    """Tell whether a response may be used by a page of `origin`; None for `for_navigation` is false.

    The Standard's destination goes into reports alone, so it is no argument here.
    """
    navigation = False if for_navigation is None else for_navigation  # 1
    embedder_policy = settings.policy_container.embedder_policy  # 2
    if cross_origin_resource_policy_internal_check(origin, "unsafe-none", response, navigation) == "blocked":  # 3
        return "blocked"
    if (
        cross_origin_resource_policy_internal_check(origin, embedder_policy.value, response, navigation) == "allowed"
    ):  # 5
        return "allowed"
    return "blocked"  # 7


@rule(FETCH + "cross-origin-resource-policy-internal-check")
def cross_origin_resource_policy_internal_check(
    origin: Origin, embedder_policy_value: EmbedderPolicyValue, response: Response, for_navigation: bool
) -> Literal["allowed", "blocked"]:
    """Hold the Cross-Origin-Resource-Policy of a response against an origin, under one embedder policy."""
    if for_navigation and embedder_policy_value == "unsafe-none":  # 1
        return "allowed"
    policy = get("Cross-Origin-Resource-Policy", response.header_list)  # 2
    if policy is not None and policy not in ("same-origin", "same-site", "cross-origin"):  # 3
        policy = None
    if policy is None:  # 4
        if embedder_policy_value == "unsafe-none":
            policy = None  # 4.[1]
        elif embedder_policy_value == "credentialless":
            if (
                response.request_includes_credentials  # 4.[2].a
                or for_navigation  # 4.[2].b
            ):  # 4.[2]
                policy = "same-origin"
        else:
            policy = "same-origin"  # 4.[3]
    switched = policy  # 5
    if switched is None or switched == "cross-origin":  # 5.[1]
        return "allowed"
    url = last(response.url_list)
    if switched == "same-origin":
        return "allowed" if same_origin(origin, origin_of_a_url(url)) else "blocked"  # 5.[2]
    if (
        schemelessly_same_site(origin, origin_of_a_url(url))  # 5.[3].a
        and (origin.scheme == "https" or url.scheme != "https")  # 5.[3].b
    ):  # 5.[3]
        return "allowed"
    return "blocked"


@rule(FETCH + "cross-origin-embedder-policy-allows-credentials")
def cross_origin_embedder_policy_allows_credentials(request: Request) -> bool:
    """Tell whether the embedder policy of a page lets a request carry credentials.

    Step 5 is read as it is meant and as browsers do it, to the letter it asks for a redirect-taint that is *not*
    same-origin, which would take the credentials from a page's requests to its own origin alone.
    """
    assert request.origin is not None  # 1
    if request.mode != "no-cors":  # 2
        return True
    if request.client is None:  # 3
        return True
    if request.client.policy_container.embedder_policy.value != "credentialless":  # 4
        return True
    if (
        same_origin(request.origin, origin_of_a_url(current_url(request))) and redirect_taint(request) == "same-origin"
    ):  # 5
        return True
    return False  # 6
