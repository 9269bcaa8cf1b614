"""Public suffix and registrable domain, and the algorithm of the Public Suffix List below them."""

# ruff: noqa: PT018, S101 - a line is a step of the Standard, its assertions included
from __future__ import annotations

import re

from .records import SuffixSplit
from .rule import ours, rule
from .suffix_list import matching_rules

URL = "https://url.spec.whatwg.org/#"


@rule(URL + "host-public-suffix")
def public_suffix(host: str) -> str | None:
    """Give the part of a serialized host that no one can register, None for an IP address."""
    if not is_a_domain(host):  # 1
        return None
    trailing_dot = "." if host.endswith(".") else ""  # 2
    suffix = public_suffix_list_algorithm(host).public_suffix  # 3
    assert suffix.endswith(trailing_dot)  # 4
    return suffix  # 5


@rule(URL + "host-registrable-domain")
def registrable_domain(host: str) -> str | None:
    """Give the public suffix of a serialized host with one more label, None where there is none."""
    suffix = public_suffix(host)
    if suffix is None or suffix == host:  # 1
        return None
    trailing_dot = "." if host.endswith(".") else ""  # 2
    registrable = public_suffix_list_algorithm(host).registrable_domain  # 3
    assert registrable is not None and registrable.endswith(trailing_dot)  # 4
    return registrable  # 5


@rule("https://github.com/publicsuffix/list/wiki/Format#algorithm")
def public_suffix_list_algorithm(domain: str) -> SuffixSplit:
    """Split a domain by the list's prevailing rule; a trailing dot is no label of its own and stays."""
    rules = matching_rules(domain.removesuffix("."))  # 1
    exceptions = [found for found in rules if found.startswith("!")]
    if len(rules) == 0:  # 2
        prevailing = "*"
    elif len(exceptions) > 0:  # 3
        prevailing = exceptions[0]
    else:
        prevailing = longest_rule(rules)  # 4
    labels = prevailing.split(".")
    if prevailing.startswith("!"):  # 5
        labels = labels[1:]
    suffix = last_labels(domain, len(labels))  # 6
    registrable = last_labels(domain, len(labels) + 1)  # 7
    assert suffix is not None
    return SuffixSplit(suffix, registrable)


@ours
def is_a_domain(host: str) -> bool:
    """Tell a domain from an IP address and from a host with an empty label.

    The URL parser has put IPv6 into brackets and has made four decimals of whatever ends in a number.
    """
    if "" in host.removesuffix(".").split("."):
        return False
    return not host.startswith("[") and re.fullmatch(r"[0-9]+(?:\.[0-9]+){3}", host) is None


@ours
def longest_rule(rules: list[str]) -> str:
    """Give the rule of the list with the most labels."""
    longest = rules[0]
    for candidate in rules:
        if len(candidate.split(".")) > len(longest.split(".")):
            longest = candidate
    return longest


@ours
def last_labels(domain: str, count: int) -> str | None:
    """Give the last `count` labels of a domain with its trailing dot, None where it has fewer."""
    wanted = count + 1 if domain.endswith(".") else count
    rest = domain.split(".")
    for _ in domain.split("."):
        if len(rest) == wanted:
            return ".".join(rest)
        rest = rest[1:]
    return None


@rule(URL + "concept-host-equals")
def host_equals(a: str, b: str) -> bool:
    """Tell whether two serialized hosts are equal."""
    return a == b  # 1
