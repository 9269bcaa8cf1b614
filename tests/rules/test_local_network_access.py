"""Local Network Access as its draft has it: tables of the address blocks and of the check, in both languages."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_address
from typing import TYPE_CHECKING

import pytest
from fetch_twin import client, url
from quickjs_twin import RAISED, QuickJsTwin

from pelican_cors_series.rules.fetch_records import EmbedderPolicy, PolicyContainer, Request, Response
from pelican_cors_series.rules.ip_addresses import determine_the_ip_address_space, less_public
from pelican_cors_series.rules.leaves import parse_url
from pelican_cors_series.rules.local_network_access import (
    LocalNetworkPermissions,
    Permission,
    fetch_amendments_target_ip_address_space,
    is_not_upgraded_in_the_local_network,
    local_network_access_check,
    local_network_request,
    may_be_mixed_content_in_the_local_network,
)
from pelican_cors_series.rules.origins import opaque_origin
from pelican_cors_series.rules.printer import javascript_module

if TYPE_CHECKING:
    from pelican_cors_series.rules import Step
    from pelican_cors_series.rules.fetch_records import IpAddressSpace

SPACES: list[IpAddressSpace] = ["loopback", "local", "public"]
PUBLIC, LOCAL, LOOPBACK = "93.184.215.14", "192.168.0.1", "127.0.0.1"
PAGE, ROUTER = "https://app.example", "http://router.local"


@pytest.fixture(scope="module")
def twin() -> QuickJsTwin:
    return QuickJsTwin(
        javascript_module(
            [
                local_network_request,
                local_network_access_check,
                fetch_amendments_target_ip_address_space,
                may_be_mixed_content_in_the_local_network,
                is_not_upgraded_in_the_local_network,
            ]
        )
    )


def test_less_public_is_a_strict_order(twin: QuickJsTwin) -> None:
    for lhs in SPACES:
        for rhs in SPACES:
            assert twin.both(less_public, lhs, rhs) is (SPACES.index(lhs) < SPACES.index(rhs))


# https://wicg.github.io/local-network-access/#non-public-ip-address-blocks: the first and the last address of each
# block, and what lies right before and behind it.
BLOCKS = [
    ("127.0.0.0", "127.255.255.255", "loopback", "public", "public"),
    ("10.0.0.0", "10.255.255.255", "local", "public", "public"),
    ("100.64.0.0", "100.127.255.255", "local", "public", "public"),
    ("172.16.0.0", "172.31.255.255", "local", "public", "public"),
    ("192.168.0.0", "192.168.255.255", "local", "public", "public"),
    ("198.18.0.0", "198.19.255.255", "loopback", "public", "public"),
    ("169.254.0.0", "169.254.255.255", "local", "public", "public"),
    ("::1", "::1", "loopback", "loopback", "public"),
    ("fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "local", "public", "public"),
    ("fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "local", "public", "local"),
    ("fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "local", "local", "public"),
    ("0.0.0.0", "0.0.0.0", "loopback", None, "local"),  # noqa: S104 - an address to be classed, none to listen at
    ("0.0.0.1", "0.255.255.255", "local", "loopback", "public"),
    ("::", "::", "loopback", None, "loopback"),
    ("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "local", "public", "public"),
    ("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "local", "public", "public"),
    ("::ffff:127.0.0.0", "::ffff:127.255.255.255", "loopback", "public", "public"),
    ("::ffff:192.168.0.0", "::ffff:192.168.255.255", "local", "public", "public"),
    ("::ffff:0.0.0.0", "::ffff:0.0.0.0", "loopback", "public", "local"),
    ("::ffff:8.8.8.8", "::ffff:8.8.8.8", "public", "public", "public"),
]


def host_of(address: str) -> str:
    parsed = parse_url(f"http://[{address}]/" if ":" in address else f"http://{address}/")
    assert parsed is not None
    assert parsed.host is not None
    return parsed.host


def test_every_block_of_the_table_ends_where_it_says(twin: QuickJsTwin) -> None:
    for first, last, space, before, behind in BLOCKS:
        around = [] if before is None else [(str(ip_address(first) - 1), before)]
        for address, expected in [*around, (first, space), (last, space), (str(ip_address(last) + 1), behind)]:
            assert twin.both(determine_the_ip_address_space, host_of(address)) == expected, address


def test_a_name_has_no_address_space_of_its_own(twin: QuickJsTwin) -> None:
    assert twin.both(determine_the_ip_address_space, "router.local") == RAISED


def request(address: str = ROUTER, page: str = PAGE, space: IpAddressSpace = "public", **members: object) -> Request:
    """Give a request of a page whose own server lies in a space."""
    policies = PolicyContainer(EmbedderPolicy(), ip_address_space=space)
    asking = replace(client(page), policy_container=policies)
    asked = Request([url(address)], [], client=asking, origin=asking.origin, policy_container=policies)
    for name, value in members.items():
        setattr(asked, name, value)
    return asked


@pytest.mark.parametrize(
    ("space", "address", "local"),
    [
        ("public", PUBLIC, False),
        ("public", LOCAL, True),
        ("public", LOOPBACK, True),
        ("local", PUBLIC, False),
        ("local", LOCAL, False),
        ("local", LOOPBACK, True),
        ("loopback", LOCAL, False),
        ("loopback", LOOPBACK, False),
    ],
)
def test_a_request_to_what_is_nearer_than_its_page_is_a_local_network_request(
    twin: QuickJsTwin, space: IpAddressSpace, address: str, local: bool
) -> None:
    assert twin.both(local_network_request, request(space=space), address) is local


def test_without_a_policy_nothing_is_a_local_network_request(twin: QuickJsTwin) -> None:
    assert twin.both(local_network_request, request(policy_container=None), LOCAL) is False


GRANTED = Permission(allowed_to_use=True, state="granted", user_grants=False)
DENIED = Permission(allowed_to_use=True, state="denied", user_grants=True)
NOT_ALLOWED = Permission(allowed_to_use=False, state="granted", user_grants=True)
ASKED_YES = Permission(allowed_to_use=True, state="prompt", user_grants=True)
ASKED_NO = Permission(allowed_to_use=True, state="prompt", user_grants=False)
WORKER = replace(client(PAGE), global_object="ServiceWorkerGlobalScope")


def permissions(
    local: Permission = DENIED, loopback: Permission = DENIED, *, secure: bool = True
) -> LocalNetworkPermissions:
    return LocalNetworkPermissions(secure, local, loopback)


@pytest.mark.parametrize(
    ("asked", "address", "given", "step"),
    [
        pytest.param(request(PAGE), LOCAL, permissions(), "2", id="a secure page asks its own origin"),
        pytest.param(request("http://app.example", "http://app.example"), LOCAL, permissions(), "5.11", id="http"),
        pytest.param(request(origin=opaque_origin()), LOCAL, permissions(), "5.11", id="an opaque origin"),
        pytest.param(request(policy_container=None), LOCAL, permissions(), "3", id="no policy"),
        pytest.param(request(target_ip_address_space="local"), LOCAL, permissions(), "4.3", id="as announced"),
        pytest.param(request(target_ip_address_space="local"), PUBLIC, permissions(), "4.2", id="not as announced"),
        pytest.param(request(target_ip_address_space="loopback"), LOCAL, permissions(), "4.2", id="nor here"),
        pytest.param(request(target_ip_address_space="public"), PUBLIC, permissions(), None, id="public is no target"),
        pytest.param(request(), PUBLIC, permissions(), "6", id="public to public"),
        pytest.param(request(space="local"), LOCAL, permissions(), "6", id="local to local"),
        pytest.param(request(space="loopback"), LOCAL, permissions(), "6", id="loopback to local"),
        pytest.param(request(), LOCAL, permissions(GRANTED, secure=False), "5.2", id="no secure context"),
        pytest.param(request(client=None), LOCAL, permissions(GRANTED), "5.2", id="no client"),
        pytest.param(request(client=WORKER), LOCAL, permissions(GRANTED), "5.8", id="a service worker"),
        pytest.param(request(), LOCAL, permissions(NOT_ALLOWED), "5.9", id="a permissions policy"),
        pytest.param(request(), LOCAL, permissions(DENIED, GRANTED), "5.11", id="denied"),
        pytest.param(request(), LOCAL, permissions(GRANTED), "5.12", id="granted"),
        pytest.param(request(), LOCAL, permissions(ASKED_YES), "5.13.1", id="asked, and yes"),
        pytest.param(request(), LOCAL, permissions(ASKED_NO), "5.13.2", id="asked, and no"),
        pytest.param(request(), LOOPBACK, permissions(DENIED, GRANTED), "5.12", id="loopback has its own permission"),
        pytest.param(request(space="local"), LOOPBACK, permissions(GRANTED), "5.11", id="local to loopback"),
        pytest.param(request(), "[::1]", permissions(GRANTED, ASKED_NO), "5.13.2", id="IPv6"),
    ],
)
def test_the_check_ends_at_the_step_that_the_draft_says(
    twin: QuickJsTwin, asked: Request, address: str, given: LocalNetworkPermissions, step: str | None
) -> None:
    result = twin.both(local_network_access_check, asked, address, given)
    if step is None:
        assert result == RAISED
        return
    steps: list[Step] = []
    again = local_network_access_check.traced(steps, asked, address, given)
    ran = [it.number for it in steps if it.rule == "local_network_access_check"]
    assert ran[-1] == step
    blocked = step in ("4.2", "5.2", "5.8", "5.9", "5.11", "5.13.2")
    assert (again is not None) is blocked
    if isinstance(again, Response):
        assert again.type == "error"
        assert again.ip_address == (None if step in ("4.2", "5.2") else address)


@pytest.mark.parametrize(
    ("address", "before", "after"),
    [
        ("http://192.168.0.1/", None, "local"),
        ("http://[fe80::1]/", None, "local"),
        ("http://[::ffff:10.0.0.1]/", None, "local"),
        ("http://127.0.0.1/", None, None),
        ("http://8.8.8.8/", None, None),
        ("http://router.local/", None, "local"),
        ("http://a.router.local/", None, "local"),
        ("http://local/", None, "local"),
        ("http://local.example/", None, None),
        ("http://localhost/", None, None),
        ("data:,x", None, None),
        ("http://192.168.0.1/", "loopback", "loopback"),
        ("http://app.example/", "local", "local"),
    ],
)
def test_an_address_that_can_only_be_local_is_announced_as_such(
    twin: QuickJsTwin, address: str, before: IpAddressSpace | None, after: IpAddressSpace | None
) -> None:
    asked = request(address, target_ip_address_space=before)
    assert twin.both(fetch_amendments_target_ip_address_space, asked) is None
    assert asked.target_ip_address_space == after


@pytest.mark.parametrize(
    ("page", "space", "let_through", "not_upgraded"),
    [
        ("http://app.example", "local", True, True),
        ("http://app.example", "loopback", False, False),
        ("http://app.example", None, False, False),
        (PAGE, "local", False, True),
        (PAGE, None, False, False),
    ],
)
def test_what_the_draft_excepts_from_mixed_content(
    twin: QuickJsTwin, page: str, space: IpAddressSpace | None, let_through: bool, not_upgraded: bool
) -> None:
    asked = request(page=page, target_ip_address_space=space)
    assert twin.both(may_be_mixed_content_in_the_local_network, asked) is let_through
    assert twin.both(is_not_upgraded_in_the_local_network, asked) is not_upgraded
    assert twin.both(may_be_mixed_content_in_the_local_network, replace(asked, origin=None)) is False
