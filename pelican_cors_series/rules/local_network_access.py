"""Local Network Access, a draft: which requests reach into a network that is nearer than the page's own.

No fetch calls these rules: a scenario does not state the IP addresses that they ask for.
"""

# ruff: noqa: C901, PLR0911, S101 - a line is a step of the draft; an algorithm is not split
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from .ip_addresses import (
    LOCAL_NETWORK_ACCESS,
    bytes_of_an_ip_address,
    determine_the_ip_address_space,
    less_public,
)
from .origins import origin_of_a_url, same_origin
from .public_suffix import public_suffix
from .request_origin import current_url
from .responses import network_error
from .rule import rule
from .secure_contexts import is_origin_potentially_trustworthy

if TYPE_CHECKING:
    from .fetch_records import Request, Response


@dataclass(frozen=True, slots=True, eq=False)
class Permission:
    """How a page stands to one permission: may its document use the feature, what is the state, what says the user."""

    allowed_to_use: bool
    state: Literal["granted", "denied", "prompt"]
    user_grants: bool


@dataclass(frozen=True, slots=True, eq=False)
class LocalNetworkPermissions:
    """The two permissions of a page, and whether it is a secure context, without which none counts."""

    secure_context: bool
    local_network: Permission
    loopback_network: Permission


@rule(LOCAL_NETWORK_ACCESS + "local-network-request")
def local_network_request(request: Request, address: str) -> bool:
    """Tell whether a request reaches nearer than its page; `address` is the IP address that its host maps to."""
    return request.policy_container is not None and less_public(
        determine_the_ip_address_space(address), request.policy_container.ip_address_space
    )  # 1


@rule(LOCAL_NETWORK_ACCESS + "local-network-access-check")
def local_network_access_check(request: Request, address: str, permissions: LocalNetworkPermissions) -> Response | None:
    """Hold a request against the IP address it has come to: a network error where the page may not go there."""
    address_space = determine_the_ip_address_space(address)  # 1
    assert request.origin is not None
    if is_origin_potentially_trustworthy(request.origin) and same_origin(
        origin_of_a_url(current_url(request)), request.origin
    ):  # 2
        return None
    if request.policy_container is None:  # 3
        return None
    if request.target_ip_address_space is not None:  # 4
        assert request.target_ip_address_space != "public"  # 4.1
        if address_space != request.target_ip_address_space:  # 4.2
            return network_error()
        return None  # 4.3
    if less_public(address_space, request.policy_container.ip_address_space):  # 5
        error = network_error()  # 5.1
        if request.client is None or not permissions.secure_context:  # 5.2
            return error
        error.ip_address = address  # 5.3
        permission_name = "local-network" if address_space == "local" else "loopback-network"  # 5.4
        settings_object = request.client  # 5.5
        global_object = settings_object.global_object  # 5.6
        has_document = global_object == "Window"  # 5.7
        if not has_document:  # 5.8
            return error
        permission = permissions.local_network if permission_name == "local-network" else permissions.loopback_network
        if not permission.allowed_to_use:  # 5.9
            return error
        permission_state = permission.state  # 5.10
        if permission_state == "denied":  # 5.11
            return error
        if permission_state == "granted":  # 5.12
            return None
        if permission.user_grants:  # 5.13
            return None  # 5.13.1
        return error  # 5.13.2
    return None  # 6


@rule(LOCAL_NETWORK_ACCESS + "fetching")
def fetch_amendments_target_ip_address_space(request: Request) -> None:
    """Note for a request at its start that its address can only be one of the local network."""
    if request.target_ip_address_space is None:  # 1
        host = request.url_list[0].host
        if (
            host is not None
            and bytes_of_an_ip_address(host) is not None
            and determine_the_ip_address_space(host) == "local"
        ):  # 1.1
            request.target_ip_address_space = "local"
        if host is not None and public_suffix(host) == "local":  # 1.2
            request.target_ip_address_space = "local"


@rule(LOCAL_NETWORK_ACCESS + "integration-with-mixed-content")
def may_be_mixed_content_in_the_local_network(request: Request) -> bool:
    """Tell whether the draft lets a request through that is mixed content otherwise.

    To the letter it asks for an origin that is *not* potentially trustworthy, and so for pages that hardly meet mixed
    content; its prose wants the opposite.
    """
    return (
        request.origin is not None
        and not is_origin_potentially_trustworthy(request.origin)
        and request.target_ip_address_space == "local"
    )  # 1


@rule(LOCAL_NETWORK_ACCESS + "integration-with-mixed-content")
def is_not_upgraded_in_the_local_network(request: Request) -> bool:
    """Tell whether the draft keeps the scheme of a request that mixed content would upgrade to https."""
    return request.target_ip_address_space == "local"  # 2
