"""document.domain: what the setter takes, what it throws at, and what comes of the origin, in both languages."""

from __future__ import annotations

import pytest
from quickjs_twin import QuickJsTwin, both

from pelican_cors_series.rules import Rule
from pelican_cors_series.rules.document_domain import (
    document_domain_setter,
    is_a_registrable_domain_suffix_of_or_is_equal_to,
)
from pelican_cors_series.rules.documents import (
    SANDBOXED_DOCUMENT_DOMAIN,
    SANDBOXED_ORIGIN,
    parse_a_sandboxing_directive_origin_and_document_domain_flags,
)
from pelican_cors_series.rules.hosts import parse_host
from pelican_cors_series.rules.origins import opaque_origin, same_origin_domain
from pelican_cors_series.rules.printer import javascript_module
from pelican_cors_series.rules.records import Origin
from pelican_cors_series.rules.rule import Step

RULES: list[Rule[..., object]] = [
    document_domain_setter,
    is_a_registrable_domain_suffix_of_or_is_equal_to,
    parse_host,
]


@pytest.fixture(scope="module")
def twin() -> QuickJsTwin:
    return QuickJsTwin(javascript_module(RULES))


def origin(host: str, port: int | None = None, domain: str | None = None) -> Origin:
    return Origin(opaque=False, scheme="https", host=host, port=port, domain=domain)


# What is written → the host of it, None where it is none: a host alone, never an address around one.
HOSTS = [
    ("a.example", "a.example"),
    ("A.Example.", "a.example."),
    ("한국", "xn--3e0b707e"),
    ("%61", "a"),
    ("0x7f.1", "127.0.0.1"),
    ("[0::1]", "[::1]"),
    ("", None),
    ("a b", None),
    ("a/b", None),
    ("a\\b", None),
    ("a?b", None),
    ("a#b", None),
    ("u@a", None),
    ("a:443", None),
    ("a:", None),
    ("a\tb", None),
    ("a\n", None),
    ("\ra", None),
    ("[::1]:443", None),
    ("[::1", None),
    ("[::1]:[::1]", None),
    ("1.2.3.256", None),
]


@pytest.mark.parametrize(("written", "host"), HOSTS)
def test_a_host_is_read_alone(twin: QuickJsTwin, written: str, host: str | None) -> None:
    assert both(twin, parse_host, written) == host


# Suffix, host, and the step that settles it.
SUFFIXES = [
    ("", "a.example", False, "1"),
    ("a b", "a.example", False, "3"),
    ("A.example", "a.example", True, "5"),
    ("co.kr", "co.kr", True, "5"),
    ("[::1]", "[::1]", True, "5"),
    ("0.4", "1.2.0.4", False, "4.1"),
    ("1.2.0.4", "a.example", False, "4.1"),
    ("b.example", "a.example", False, "4.2"),
    ("a.b.example", "b.example", False, "4.2"),
    ("xample.kr", "example.kr", False, "4.2"),
    ("b.example", "a.b.example.", False, "4.2"),
    ("example", "a.example", False, "4.3.a"),
    ("co.kr", "shop.co.kr", False, "4.3.a"),
    ("github.io", "alice.github.io", False, "4.3.a"),
    ("kobe.jp", "a.b.kobe.jp", False, "4.3.b"),
    ("alice.github.io", "a.alice.github.io", True, "5"),
    ("b.example", "a.b.example", True, "5"),
    ("b.example.", "a.b.example.", True, "5"),
    ("city.kobe.jp", "a.city.kobe.jp", True, "5"),
]


@pytest.mark.parametrize(("suffix", "host", "expected", "settled"), SUFFIXES)
def test_a_suffix_stands_for_a_host_where_one_owner_has_it(
    twin: QuickJsTwin, suffix: str, host: str, expected: bool, settled: str
) -> None:
    assert both(twin, is_a_registrable_domain_suffix_of_or_is_equal_to, suffix, host) is expected
    steps: list[Step] = []
    is_a_registrable_domain_suffix_of_or_is_equal_to.traced(steps, suffix, host)
    own = [step.number for step in steps if step.rule == "is_a_registrable_domain_suffix_of_or_is_equal_to"]
    assert next(number for number in reversed(own) if number != "4.3") == settled


def test_setting_document_domain_keeps_the_rest_of_the_origin(twin: QuickJsTwin) -> None:
    page = origin("a.shop.example", 8443)
    changed = both(twin, document_domain_setter, True, [SANDBOXED_ORIGIN], page, False, "Shop.example")
    assert changed is not None
    assert (changed.scheme, changed.host, changed.port, changed.domain) == (
        "https",
        "a.shop.example",
        8443,
        "shop.example",
    )
    assert page.domain is None


def test_two_pages_that_set_one_domain_are_same_origin_domain(twin: QuickJsTwin) -> None:
    one, other = (
        both(twin, document_domain_setter, True, [], origin(host, port), False, "shop.example")
        for host, port in (("a.shop.example", None), ("b.shop.example", 8443))
    )
    assert one is not None
    assert other is not None
    assert same_origin_domain(one, other)
    assert not same_origin_domain(one, origin("a.shop.example"))


def test_a_domain_that_was_set_can_only_be_shortened_further(twin: QuickJsTwin) -> None:
    page = origin("a.b.shop.example", domain="b.shop.example")
    assert both(twin, document_domain_setter, True, [], page, False, "shop.example") is not None
    assert both(twin, document_domain_setter, True, [], page, False, "a.b.shop.example") is None


REFUSALS = [
    ((False, [], origin("a.example"), False, "a.example"), "1"),
    ((True, [SANDBOXED_DOCUMENT_DOMAIN], origin("a.example"), False, "a.example"), "2"),
    ((True, [], opaque_origin(), False, "a.example"), "4"),
    ((True, [], origin("a.example"), False, "b.example"), "5"),
    ((True, [], origin("a.example"), True, "b.example"), "5"),
]


@pytest.mark.parametrize(("arguments", "number"), REFUSALS)
def test_a_security_error_is_thrown_at_the_first_thing_that_forbids_it(
    twin: QuickJsTwin, arguments: tuple[bool, list[str], Origin, bool, str], number: str
) -> None:
    assert both(twin, document_domain_setter, *arguments) is None
    steps: list[Step] = []
    document_domain_setter.traced(steps, *arguments)
    assert (steps[-1].step, steps[-1].value) == (f"document_domain_setter#{number}", True)


def test_every_sandbox_forbids_it(twin: QuickJsTwin) -> None:
    flags = parse_a_sandboxing_directive_origin_and_document_domain_flags("allow-same-origin allow-scripts")
    assert both(twin, document_domain_setter, True, flags, origin("a.example"), False, "a.example") is None


def test_in_an_origin_keyed_agent_cluster_the_origin_stays_as_it_is(twin: QuickJsTwin) -> None:
    page = origin("a.shop.example")
    assert both(twin, document_domain_setter, True, [], page, True, "shop.example") is page
