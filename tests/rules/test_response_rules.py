"""What script may see of a response, and what policies block, where no foreign row says it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pelican_cors_series.rules.fetch_records import Client, EmbedderPolicy, PolicyContainer, Request, Response
from pelican_cors_series.rules.filtered_responses import (
    basic_filtered_response,
    cors_safelisted_response_header_name,
    opaque_filtered_response,
    opaque_redirect_filtered_response,
)
from pelican_cors_series.rules.leaves import parse_url
from pelican_cors_series.rules.mime_type_blocking import blocked_due_to_its_mime_type, blocked_due_to_nosniff
from pelican_cors_series.rules.origins import opaque_origin, origin_of_a_url
from pelican_cors_series.rules.records import Origin, Url
from pelican_cors_series.rules.resource_policy import (
    cross_origin_embedder_policy_allows_credentials,
    cross_origin_resource_policy_check,
)
from pelican_cors_series.rules.secure_contexts import is_origin_potentially_trustworthy, is_url_potentially_trustworthy

if TYPE_CHECKING:
    from pelican_cors_series.rules.fetch_records import EmbedderPolicyValue


def url(address: str) -> Url:
    parsed = parse_url(address)
    assert parsed is not None
    return parsed


def origin(address: str) -> Origin:
    return origin_of_a_url(url(address))


APP = "https://app.example/"


def test_what_script_sees_of_a_response() -> None:
    headers = [("Set-Cookie", "a=b"), ("X-a", "1"), ("ETag", "2"), ("Content-Type", "text/plain")]
    response = Response([url(APP)], headers, status=201, cors_exposed_header_name_list=["x-A", "set-cookie"])
    basic = basic_filtered_response(response)
    assert (basic.type, basic.status, basic.header_list) == ("basic", 201, headers[1:])
    assert [name for name, _ in headers if cors_safelisted_response_header_name(name, ["x-A", "set-cookie"])] == [
        "X-a",
        "Content-Type",
    ]
    opaque = opaque_filtered_response(response)
    assert (opaque.type, opaque.status, opaque.header_list, opaque.url_list) == ("opaque", 0, [], [])
    redirect = opaque_redirect_filtered_response(response)
    assert (redirect.type, redirect.status, redirect.header_list) == ("opaqueredirect", 0, [])
    assert redirect.url_list == response.url_list
    assert {filtered.internal_response for filtered in (basic, opaque, redirect)} == {response}


@pytest.mark.parametrize(
    ("destination", "content_type", "nosniff", "by_type"),
    [
        ("script", None, True, False),
        ("script", "text/javascript", False, False),
        ("worker", "application/x-ecmascript; a=b", False, False),
        ("script", "text/plain", True, False),
        ("sharedworker", "image/png", True, True),
        ("script", "audio/x", True, True),
        ("script", "video/x", True, True),
        ("script", "text/csv", True, True),
        ("style", "text/css", False, False),
        ("style", "text/csv", True, False),
        ("style", None, True, False),
        ("image", "text/csv", False, False),
    ],
)
def test_scripts_and_styles_of_another_type_are_blocked(
    destination: str, content_type: str | None, nosniff: bool, by_type: bool
) -> None:
    request = Request([url(APP)], [], destination=destination)
    headers = [] if content_type is None else [("content-type", content_type)]
    assert blocked_due_to_its_mime_type(Response([], headers), request) is by_type
    assert blocked_due_to_nosniff(Response([], headers), request) is False
    assert blocked_due_to_nosniff(Response([], [*headers, ("X-Content-Type-Options", "nosniff")]), request) is nosniff


ALLOWED = "allowed"
BLOCKED = "blocked"


@pytest.mark.parametrize(
    ("page", "response", "policy", "verdict"),
    [
        (APP, APP, "same-origin", ALLOWED),
        (APP, "https://api.app.example/", "same-origin", BLOCKED),
        (APP, "https://www.example/", "same-site", BLOCKED),
        ("https://a.shop.test/", "https://b.shop.test/", "same-site", ALLOWED),
        ("http://a.shop.test/", "https://b.shop.test/", "same-site", BLOCKED),
        ("http://a.shop.test/", "http://b.shop.test/", "same-site", ALLOWED),
        ("https://a.shop.test/", "http://b.shop.test/", "same-site", ALLOWED),
        (APP, "https://other.test/", "cross-origin", ALLOWED),
        (APP, "https://other.test/", "Same-Origin", ALLOWED),
        (APP, "https://other.test/", "same-origin, same-origin", ALLOWED),
        (APP, "https://other.test/", None, ALLOWED),
    ],
)
def test_the_resource_policy_is_held_against_the_page(
    page: str, response: str, policy: str | None, verdict: str
) -> None:
    headers = [] if policy is None else [("Cross-Origin-Resource-Policy", policy)]
    found = Response([url("https://first.test/"), url(response)], headers)
    client = Client(origin(page), url(page), PolicyContainer(EmbedderPolicy()))
    assert cross_origin_resource_policy_check(client.origin, client, found, None) == verdict
    assert cross_origin_resource_policy_check(client.origin, client, found, for_navigation=True) == ALLOWED


@pytest.mark.parametrize(
    ("value", "credentials", "navigation", "verdict"),
    [
        ("require-corp", False, False, BLOCKED),
        ("credentialless", False, False, ALLOWED),
        ("credentialless", True, False, BLOCKED),
        ("credentialless", False, True, BLOCKED),
        ("unsafe-none", True, True, ALLOWED),
    ],
)
def test_an_embedder_policy_asks_for_a_resource_policy(
    value: EmbedderPolicyValue, credentials: bool, navigation: bool, verdict: str
) -> None:
    client = Client(origin(APP), url(APP), PolicyContainer(EmbedderPolicy(value, "require-corp")))
    response = Response([url("https://other.test/")], [], request_includes_credentials=credentials)
    assert cross_origin_resource_policy_check(client.origin, client, response, navigation) == verdict
    response.header_list.append(("cross-origin-resource-policy", "cross-origin"))
    assert cross_origin_resource_policy_check(client.origin, client, response, navigation) == ALLOWED


def test_a_credentialless_page_sends_credentials_to_its_own_origin_alone() -> None:
    client = Client(origin(APP), url(APP), PolicyContainer(EmbedderPolicy("credentialless")))
    request = Request([url(APP)], [], client=client, origin=client.origin)
    allows = cross_origin_embedder_policy_allows_credentials
    assert allows(request)
    assert not allows(replace(request, url_list=[url("https://other.test/")]))
    assert not allows(replace(request, url_list=[url(APP), url("https://other.test/"), url(APP)]))
    assert allows(replace(request, url_list=[url("https://other.test/")], mode="cors"))
    assert allows(replace(request, url_list=[url("https://other.test/")], client=None))
    client.policy_container.embedder_policy.value = "require-corp"
    assert allows(replace(request, url_list=[url("https://other.test/")]))


def test_what_is_potentially_trustworthy() -> None:
    addresses = {
        True: "https://a/ wss://a/ http://127.9.8.7/ http://[::1]/ http://localhost/ http://localhost./ "
        "http://a.localhost/ ws://a.b.localhost./ about:blank about:blank#x about:srcdoc data:,x",
        False: "http://a/ http://128.0.0.1/ http://[::2]/ http://notlocalhost/ http://localhost.a/ http://1.127.0.0/ "
        "file:///a about:config foo:blank ftp://a/",
    }
    for holds, written in addresses.items():
        assert [is_url_potentially_trustworthy(url(address)) for address in written.split()] == [holds] * len(
            written.split()
        )
    assert is_origin_potentially_trustworthy(Origin(opaque=False, scheme="file", host="", port=None, domain=None))
    assert not is_origin_potentially_trustworthy(opaque_origin())
