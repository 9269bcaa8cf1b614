"""IP addresses and how public they are, as the draft of Local Network Access divides them."""

# ruff: noqa: S101, SIM103, SIM113 - a line is a step of the draft; the printer knows no enumerate
from __future__ import annotations

import re
from ipaddress import ip_address
from typing import TYPE_CHECKING

from .rule import leaf, ours, rule

if TYPE_CHECKING:
    from .fetch_records import IpAddressSpace

LOCAL_NETWORK_ACCESS = "https://wicg.github.io/local-network-access/#"

Ranges = tuple[tuple[int, int], ...]

# An address block: for each of the first bytes of its addresses the least and the greatest.
IPV4_MAPPED: Ranges = ((0, 0),) * 10 + ((0xFF, 0xFF),) * 2  # ::ffff:0:0/96
# Address blocks, after how many bytes their addresses have.
# https://wicg.github.io/local-network-access/#non-public-ip-address-blocks, in its order
NON_PUBLIC_IP_ADDRESS_BLOCKS: tuple[tuple[int, Ranges, IpAddressSpace], ...] = (
    (4, ((127, 127),), "loopback"),  # 127.0.0.0/8
    (4, ((10, 10),), "local"),  # 10.0.0.0/8
    (4, ((100, 100), (64, 127)), "local"),  # 100.64.0.0/10
    (4, ((172, 172), (16, 31)), "local"),  # 172.16.0.0/12
    (4, ((192, 192), (168, 168)), "local"),  # 192.168.0.0/16
    (4, ((198, 198), (18, 19)), "loopback"),  # 198.18.0.0/15
    (4, ((169, 169), (254, 254)), "local"),  # 169.254.0.0/16
    (16, ((0, 0),) * 15 + ((1, 1),), "loopback"),  # ::1/128
    (16, ((0xFC, 0xFD),), "local"),  # fc00::/7
    (16, ((0xFE, 0xFE), (0x80, 0xBF)), "local"),  # fe80::/10
    (16, ((0xFE, 0xFE), (0xC0, 0xFF)), "local"),  # fec0::/10
    (4, ((0, 0),) * 4, "loopback"),  # 0.0.0.0/32
    (4, ((0, 0),), "local"),  # 0.0.0.0/8
    (16, ((0, 0),) * 16, "loopback"),  # ::/128
    (16, ((0x20, 0x20), (0x01, 0x01), (0x0D, 0x0D), (0xB8, 0xB8)), "local"),  # 2001:db8::/32
    (16, ((0x3F, 0x3F), (0xFF, 0xFF), (0x00, 0x0F)), "local"),  # 3fff::/20
)


@leaf
def bytes_of_an_ip_address(host: str) -> list[int] | None:
    """Give the 4 or 16 bytes of a host that is an IP address as the URL serializer writes it; None for a name."""
    if host.startswith("["):
        return [*ip_address(host[1:-1]).packed]
    return [*ip_address(host).packed] if re.fullmatch(r"[0-9]+(?:\.[0-9]+){3}", host) else None


@ours
def belongs_to(address: list[int], length: int, ranges: Ranges) -> bool:
    """Tell whether an address has `length` bytes, the first of them within these ranges."""
    if len(address) != length:
        return False
    position = 0
    for least, greatest in ranges:
        if address[position] < least or address[position] > greatest:
            return False
        position += 1
    return True


@rule(LOCAL_NETWORK_ACCESS + "less-public")
def less_public(lhs: IpAddressSpace, rhs: IpAddressSpace) -> bool:
    """Tell whether one address space is reached from fewer places than another."""
    if lhs == "loopback" and rhs in ("local", "public"):  # 1
        return True
    if lhs == "local" and rhs == "public":  # 2
        return True
    return False


@rule(LOCAL_NETWORK_ACCESS + "determine-the-ip-address-space")
def determine_the_ip_address_space(address: str) -> IpAddressSpace:
    """Give the space of an IP address, which is written as a URL's host: this machine, this network, or the rest."""
    found = bytes_of_an_ip_address(address)
    assert found is not None
    if belongs_to(found, 16, IPV4_MAPPED):  # 1
        found = found[12:]
    for length, ranges, address_space in NON_PUBLIC_IP_ADDRESS_BLOCKS:  # 2
        if belongs_to(found, length, ranges):  # 2.1
            return address_space
    return "public"  # 3
