"""The referrer of a request: whose address it is, and what each policy lets through of it, in both languages."""

from __future__ import annotations

import json

import ada_url
import pytest
from conftest import shared
from fetch_twin import client, lines, url
from hypothesis import given, settings
from hypothesis import strategies as st
from quickjs_twin import QuickJsTwin, both

from pelican_cors_series.rules import Rule, referrers
from pelican_cors_series.rules.fetch_records import Client, Request, Response
from pelican_cors_series.rules.leaves import parse_url
from pelican_cors_series.rules.origins import opaque_origin, origin_of_a_url
from pelican_cors_series.rules.printer import javascript_module
from pelican_cors_series.rules.records import Document
from pelican_cors_series.rules.referrers import (
    REFERRER_POLICIES,
    determine_request_s_referrer,
    parse_a_referrer_policy_from_a_referrer_policy_header,
    strip_url_for_use_as_a_referrer,
)

RULES = [rule for rule in vars(referrers).values() if isinstance(rule, Rule) and rule.__module__ == referrers.__name__]
PAGE = "https://example.com/page.html?a=b"


@pytest.fixture(scope="module")
def twin() -> QuickJsTwin:
    return QuickJsTwin(javascript_module(RULES))


def request_to(address: str, policy: str, page: str = PAGE, referrer: str = "client") -> Request:
    return Request([url(address)], [], client=client(page), referrer=referrer, referrer_policy=policy)


def referrer_of(twin: QuickJsTwin, request: Request) -> str | None:
    found = both(twin, determine_request_s_referrer, request)
    return None if found is None else found.href


FULL, ORIGIN = PAGE, "https://example.com/"
# Policy → what goes with a request of PAGE to its own origin, to another one, and to an insecure one.
POLICIES = {
    "no-referrer": (None, None, None),
    "no-referrer-when-downgrade": (FULL, FULL, None),
    "same-origin": (FULL, None, None),
    "origin": (ORIGIN, ORIGIN, ORIGIN),
    "strict-origin": (ORIGIN, ORIGIN, None),
    "origin-when-cross-origin": (FULL, ORIGIN, ORIGIN),
    "strict-origin-when-cross-origin": (FULL, ORIGIN, None),
    "unsafe-url": (FULL, FULL, FULL),
}


@pytest.mark.parametrize("policy", POLICIES)
def test_a_policy_says_what_goes_where(twin: QuickJsTwin, policy: str) -> None:
    targets = ("https://example.com/other", "https://not.example.com/", "http://example.com/")
    assert tuple(referrer_of(twin, request_to(target, policy)) for target in targets) == POLICIES[policy]


def test_every_policy_of_the_standard_is_known() -> None:
    known = json.loads(shared("standards", "tables.json").read_text("utf-8"))["referrer policy"]
    assert set(known) - {""} == set(REFERRER_POLICIES) == set(POLICIES)


@pytest.mark.parametrize(
    ("page", "target", "sent"),
    [
        ("http://example.com/p", "https://other.test/", "http://example.com/"),
        ("http://example.com/p", "http://other.test/", "http://example.com/"),
        ("https://example.com/p", "http://localhost:3000/", "https://example.com/"),
        ("https://example.com/p", "http://127.0.0.1/", "https://example.com/"),
        ("http://localhost/p", "http://other.test/", None),
        ("https://example.com/p", "data:,x", "https://example.com/"),
        ("https://example.com/p", "wss://other.test/", "https://example.com/"),
    ],
)
def test_a_downgrade_is_one_from_what_is_trustworthy_to_what_is_not(
    twin: QuickJsTwin, page: str, target: str, sent: str | None
) -> None:
    assert referrer_of(twin, request_to(target, "strict-origin-when-cross-origin", page)) == sent


@pytest.mark.parametrize("policy", ["", "no-such-policy"])
def test_no_policy_sends_nothing(twin: QuickJsTwin, policy: str) -> None:
    assert referrer_of(twin, request_to("https://example.com/", policy)) is None


def test_script_can_name_another_address_of_its_own(twin: QuickJsTwin) -> None:
    request = request_to("https://example.com/", "unsafe-url", referrer="https://u:p@example.com/else?x#y")
    assert referrer_of(twin, request) == "https://example.com/else?x"


def test_an_address_of_more_than_4096_characters_is_cut_to_its_origin(twin: QuickJsTwin) -> None:
    longest = f"https://example.com/{'a' * (4096 - len('https://example.com/'))}"
    assert referrer_of(twin, request_to("http://x.test/", "unsafe-url", f"{longest}#fragment")) == longest
    assert referrer_of(twin, request_to("http://x.test/", "unsafe-url", f"{longest}a")) == ORIGIN


def window(document: Document) -> Client:
    found = client("https://base.test/")
    found.document = document
    return found


def test_a_srcdoc_frame_sends_the_address_of_the_page_around_it(twin: QuickJsTwin) -> None:
    origin = origin_of_a_url(url(PAGE))
    outer = Document(url(PAGE), origin)
    frame = Document(url("about:srcdoc"), origin, outer)
    for document in (outer, frame, Document(url("about:srcdoc"), origin, frame)):
        request = Request([url("https://api.test/")], [], client=window(document), referrer_policy="unsafe-url")
        assert referrer_of(twin, request) == PAGE


def test_a_sandboxed_page_sends_none_though_it_has_an_address(twin: QuickJsTwin) -> None:
    sandboxed = window(Document(url(PAGE), opaque_origin()))
    request = Request([url(PAGE)], [], client=sandboxed, referrer_policy="unsafe-url")
    assert referrer_of(twin, request) is None


def test_a_worker_sends_the_address_of_its_script(twin: QuickJsTwin) -> None:
    worker = client("https://example.com/base/")
    worker.global_object = "WorkerGlobalScope"
    request = Request([url("https://api.test/")], [], client=worker, referrer_policy="unsafe-url")
    assert referrer_of(twin, request) == "https://example.com/base/"
    worker.creation_url = url("https://example.com/worker.js#x")
    assert referrer_of(twin, request) == "https://example.com/worker.js"
    worker.creation_url = url("blob:https://example.com/1")
    assert referrer_of(twin, request) is None


def test_nobody_behind_a_request_sends_none(twin: QuickJsTwin) -> None:
    assert referrer_of(twin, Request([url(PAGE)], [], referrer_policy="unsafe-url")) is None


# Address → without what no referrer carries, and the origin alone; None where it makes no referrer.
STRIPPED = [
    (
        "https://user:pass@example.com:8443/a/b?c=d#e",
        "https://example.com:8443/a/b?c=d",
        "https://example.com:8443/",
    ),
    ("https://user@example.com/", "https://example.com/", "https://example.com/"),
    ("https://:pass@example.com/", "https://example.com/", "https://example.com/"),
    ("https://us%40er:p%3Ass@example.com/@:x?@#@", "https://example.com/@:x?@", "https://example.com/"),
    ("https://example.com/?#", "https://example.com/?", "https://example.com/"),
    ("https://example.com?q?r#s?t#u", "https://example.com/?q?r", "https://example.com/"),
    ("http://[::1]:3000/a", "http://[::1]:3000/a", "http://[::1]:3000/"),
    ("file:///etc/hosts#a", "file:///etc/hosts", "file:///"),
    ("foo://u:p@host?x#y", "foo://host?x", "foo://host/"),
    ("foo:/a/b?c#d", "foo:/a/b?c", "foo:/"),
    ("foo:/.//a?c", "foo:/.//a?c", "foo:/"),
    ("mailto:a@b.example?c", "mailto:a@b.example?c", "mailto:/"),
    ("about:blank", None, None),
    ("data:text/plain,https://x", None, None),
    ("blob:https://example.com/1", None, None),
]


@pytest.mark.parametrize(("address", "stripped", "origin"), STRIPPED)
def test_a_referrer_carries_no_credentials_and_no_fragment(
    twin: QuickJsTwin, address: str, stripped: str | None, origin: str | None
) -> None:
    for origin_only, expected in ((False, stripped), (True, origin)):
        found = both(twin, strip_url_for_use_as_a_referrer, url(address), origin_only)
        assert found == (None if expected is None else parse_url(expected))


@given(
    st.builds(
        "{}://{}{}/{}".format,
        st.sampled_from(["http", "https", "foo"]),
        st.sampled_from(["", "u@", "u:@", "u:p@", ":p@", "@", ":@", "a@b:c:d@", "%40:%3A@"]),
        st.sampled_from(["host", "a.b:81", "[::1]:1", "1.2.3.4"]),
        st.text(st.sampled_from("/.?#@:;a%2F\\ é"), max_size=9),
    )
)
@settings(max_examples=300, deadline=None)
def test_stripping_is_what_the_url_parser_makes_of_the_same_changes(address: str) -> None:
    given_url = parse_url(address)
    if given_url is None:
        return
    parser = ada_url.URL(address)
    parser.username, parser.password, parser.hash = "", "", ""
    assert strip_url_for_use_as_a_referrer(given_url, origin_only=False) == parse_url(parser.href)
    parser.pathname, parser.search = "/", ""
    assert strip_url_for_use_as_a_referrer(given_url, origin_only=True) == parse_url(parser.href)


# Referrer-Policy headers → the policy that they come to.
HEADERS = [
    ([], ""),
    ([""], ""),
    (["origin"], "origin"),
    (["no-referrer, strict-origin-when-cross-origin"], "strict-origin-when-cross-origin"),
    (["no-referrer", "unsafe-url"], "unsafe-url"),
    (["no-referrer, some-policy-to-come"], "no-referrer"),
    (["some-policy-to-come"], ""),
    ([" origin ,, "], "origin"),
    (["Origin"], ""),
    (["origin; x"], ""),
    (["origin x"], ""),
    (["origin, a_b"], ""),
    (["origin, 1"], ""),
    (["origin", "a b"], ""),
    ([","], ""),
    (['"origin"'], ""),
]


@pytest.mark.parametrize(("values", "policy"), HEADERS)
def test_the_last_known_policy_of_the_header_counts(twin: QuickJsTwin, values: list[str], policy: str) -> None:
    headers = [line for value in values for line in lines(Referrer_Policy=value)]
    assert both(twin, parse_a_referrer_policy_from_a_referrer_policy_header, Response([], headers)) == policy
