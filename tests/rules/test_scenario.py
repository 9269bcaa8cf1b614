"""A scenario of two addresses and its verdict."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from pelican_cors_series.rules import OriginsScenario, ScenarioError, all_rules, compare, default_port

# a, b → the closest relation, and the step that decides it.
RELATIONS = [
    ("https://shop.example:443/cart", "https://SHOP.example/pay", "same-origin", "same_origin#2"),
    ("https://shop.example", "https://shop.example:8443", "same-site", "same_site_of_two_origins#3"),
    ("https://shop.example", "https://api.shop.example", "same-site", "same_site_of_two_origins#3"),
    ("http://shop.example", "https://shop.example", "schemelessly-same-site", "schemelessly_same_site#2.3"),
    ("http://[::1]", "https://[::1]", "schemelessly-same-site", "schemelessly_same_site#2.2"),
    ("https://a.github.io", "https://b.github.io", "cross-site", "schemelessly_same_site#3"),
    ("https://example.com", "https://example.com.", "cross-site", "schemelessly_same_site#3"),
    ("https://1.2.3.4", "https://5.2.3.4", "cross-site", "schemelessly_same_site#3"),
    ("https://xn--3e0b707e", "https://한국", "same-origin", "same_origin#2"),
    ("blob:https://a.example/0", "https://a.example", "same-origin", "same_origin#2"),
    ("file:///a", "file:///a", "cross-site", "schemelessly_same_site#3"),
    ("data:,x", None, "cross-site", "schemelessly_same_site#3"),
    (None, None, "cross-site", "schemelessly_same_site#3"),
]
NESTED = ["same-origin", "same-site", "schemelessly-same-site", "cross-site"]


@pytest.mark.parametrize(("a", "b", "relation", "decided_by"), RELATIONS)
def test_the_closest_relation_is_named_with_the_step_that_decides(
    a: str | None, b: str | None, relation: str, decided_by: str
) -> None:
    verdict = compare(OriginsScenario(a, b))
    place = NESTED.index(relation)
    assert (verdict.relation, verdict.decided_by) == (relation, decided_by)
    assert verdict.steps[-1].step == decided_by
    assert verdict.spec == all_rules()[decided_by.split("#", maxsplit=1)[0]].url
    assert [verdict.same_origin, verdict.same_site, verdict.schemelessly_same_site] == [
        place <= 0,
        place <= 1,
        place <= 2,
    ]
    assert verdict.same_origin_domain is verdict.same_origin


def test_an_address_is_taken_apart() -> None:
    verdict = compare(OriginsScenario("https://u:p@API.Shop.example:8443/x?y#z", "data:,x")).as_json()
    assert verdict["a"] == {
        "href": "https://u:p@api.shop.example:8443/x?y#z",
        "origin": "https://api.shop.example:8443",
        "scheme": "https",
        "host": "api.shop.example",
        "port": 8443,
        "opaque": False,
        "site": "https://shop.example",
        "registrable_domain": "shop.example",
    }
    assert verdict["b"] == {
        "href": "data:,x",
        "origin": "null",
        "scheme": "data",
        "host": None,
        "port": None,
        "opaque": True,
        "site": "null",
        "registrable_domain": None,
    }


def test_an_opaque_origin_of_its_own_has_no_parts() -> None:
    side = compare(OriginsScenario(None, "https://a.example")).a
    assert (side.href, side.origin, side.scheme, side.host, side.port, side.opaque) == (
        None,
        "null",
        None,
        None,
        None,
        True,
    )


def test_a_domain_that_was_set_counts_for_same_origin_domain_and_comes_last() -> None:
    scenario = OriginsScenario("https://a.x.example", "https://b.x.example:8443", "X.example", "x.example")
    verdict = compare(scenario)
    assert (verdict.relation, verdict.same_origin_domain) == ("same-site", True)
    assert verdict.decided_by == "same_site_of_two_origins#3"
    assert verdict.steps[-1].step == "same_origin_domain#2.1"
    assert not compare(
        OriginsScenario("https://a.example", "https://a.example", b_domain="a.example")
    ).same_origin_domain


@pytest.mark.parametrize(
    ("scenario", "member", "code"),
    [
        (OriginsScenario("shop.example", "https://a.example"), "a", "invalid-url"),
        (OriginsScenario("https://a.example", "https://a b"), "b", "invalid-url"),
        (OriginsScenario("https://a.example", ""), "b", "invalid-url"),
        (OriginsScenario("https://a.example", None, a_domain="a b"), "a_domain", "invalid-domain"),
        (OriginsScenario("https://a.example", None, a_domain="a/b"), "a_domain", "invalid-domain"),
        (OriginsScenario("https://a.example", None, a_domain="a:1"), "a_domain", "invalid-domain"),
        (OriginsScenario("https://a.example", None, a_domain="u@a"), "a_domain", "invalid-domain"),
        (OriginsScenario("https://a.example", None, a_domain=""), "a_domain", "invalid-domain"),
        (OriginsScenario("https://a.example", None, a_domain="a.example:443"), "a_domain", "invalid-domain"),
        (OriginsScenario("https://a.example", None, a_domain="a.exa\nmple"), "a_domain", "invalid-domain"),
        (OriginsScenario("https://a.example", None, a_domain="b.example"), "a_domain", "domain-refused"),
        (OriginsScenario(None, "https://a.github.io", b_domain="github.io"), "b_domain", "domain-refused"),
        (OriginsScenario("http://1.2.3.4", None, a_domain="a.example"), "a_domain", "domain-refused"),
        (OriginsScenario("https://a.example", None, b_domain="a.example"), "b_domain", "domain-on-opaque-origin"),
    ],
)
def test_what_cannot_be_judged_is_an_error_that_names_its_member(
    scenario: OriginsScenario, member: str, code: str
) -> None:
    with pytest.raises(ScenarioError) as raised:
        compare(scenario)
    assert (raised.value.member, raised.value.code) == (member, code)
    assert str(raised.value) == f"{member}: {raised.value.message}"


@pytest.mark.parametrize(
    ("address", "domain", "why"),
    [
        (
            "https://a.shop.test:8443/",
            "b.example",
            (
                "a page at https://a.shop.test:8443 can set document.domain to a.shop.test or to a domain above it, "
                "and b.example is neither"
            ),
        ),
        (
            "https://x.y.kobe.jp/",
            "Kobe.jp",
            (
                "a page at https://x.y.kobe.jp can't set document.domain to kobe.jp: the public suffix of its host is "
                "y.kobe.jp, and neither that nor anything above it belongs to one owner"
            ),
        ),
        (
            "http://[::1]/",
            "1.2.3.4",
            "a page at http://[::1] can set document.domain to [::1] alone, since that is no domain name",
        ),
    ],
)
def test_a_domain_that_no_page_at_the_address_can_set_is_refused_with_the_reason(
    address: str, domain: str, why: str
) -> None:
    with pytest.raises(ScenarioError) as raised:
        compare(OriginsScenario(address, None, a_domain=domain))
    assert raised.value.message == why


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("http://1.2.3.4/", "1.2.772"),
        ("http://[::1]/", "[0:0::1]"),
        ("http://localhost/", "localhost"),
        ("https://github.io/", "github.io"),
        ("https://a.shop.example./", "shop.example."),
    ],
)
def test_every_host_can_be_set_to_itself_and_a_domain_to_one_above_it(address: str, domain: str) -> None:
    assert compare(OriginsScenario(address, address, domain, domain)).same_origin_domain


def test_a_lone_surrogate_is_replaced_as_a_browser_does() -> None:
    verdict = compare(OriginsScenario("https://a.example/\ud800", "https://a.example"))
    assert verdict.a.href == "https://a.example/%EF%BF%BD"


def test_the_verdict_is_json_with_the_members_of_the_form() -> None:
    verdict = compare(OriginsScenario("https://a.kr", "http://b.a.kr", a_domain="a.kr")).as_json()
    assert json.loads(json.dumps(verdict)) == verdict
    assert list(verdict) == [
        "relation",
        "same_origin",
        "same_origin_domain",
        "same_site",
        "schemelessly_same_site",
        "a",
        "b",
        "decided_by",
        "spec",
        "steps",
    ]
    assert {"step": "same_site_of_two_origins#1", "value": "https://a.kr"} in verdict["steps"]


def test_default_ports_are_those_of_the_special_schemes() -> None:
    ports = {scheme: default_port(scheme) for scheme in ("ftp", "file", "http", "https", "ws", "wss", "foo", "")}
    assert ports == {"ftp": 21, "file": None, "http": 80, "https": 443, "ws": 80, "wss": 443, "foo": None, "": None}


def test_importing_the_rules_reads_neither_the_parser_nor_the_suffix_list() -> None:
    code = (
        "import sys, pelican_cors_series.rules; print({'pelican', 'ada_url', 'publicsuffixlist'} & sys.modules.keys())"
    )
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == "set()"
