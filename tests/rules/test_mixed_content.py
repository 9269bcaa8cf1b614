"""Mixed content as its standard describes it, in both languages, and what it makes of a fetch."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from fetch_twin import client, url
from quickjs_twin import QuickJsTwin
from scenario_forms import ALLOW, API, CREDENTIALS, ORIGIN, OTHER, PAGE, STAR, form, hop, redirect

from pelican_cors_series.rules.fetch_records import Client, Request, Response
from pelican_cors_series.rules.mixed_content import (
    does_settings_prohibit_mixed_security_contexts,
    should_fetching_request_be_blocked_as_mixed_content,
    should_response_to_request_be_blocked_as_mixed_content,
    upgrade_a_mixed_content_request,
)
from pelican_cors_series.rules.origins import opaque_origin, origin_of_a_url
from pelican_cors_series.rules.printer import javascript_module
from pelican_cors_series.rules.request_scenario import read_request_scenario
from pelican_cors_series.rules.request_verdict import RequestVerdict, judge_request

INSECURE_PAGE, INSECURE_API, INSECURE_OTHER = (it.replace("https", "http") for it in (PAGE, API, OTHER))
BLOCKED = "should_fetching_request_be_blocked_as_mixed_content#2"


@pytest.fixture(scope="module")
def twin() -> QuickJsTwin:
    return QuickJsTwin(
        javascript_module(
            [
                should_fetching_request_be_blocked_as_mixed_content,
                should_response_to_request_be_blocked_as_mixed_content,
                upgrade_a_mixed_content_request,
            ]
        )
    )


def page(address: str, *around: str, **members: object) -> Client:
    """Give a page at an address, within pages at others."""
    made = replace(client(address), ancestor_origins=[origin_of_a_url(url(it)) for it in around])
    for name, value in members.items():
        setattr(made, name, value)
    return made


@pytest.mark.parametrize(
    ("settings", "prohibits"),
    [
        # The examples of https://w3c.github.io/webappsec-mixed-content/#categorize-settings-object
        pytest.param(page("http://a.example"), False, id="http"),
        pytest.param(page("https://a.example"), True, id="https"),
        pytest.param(page("https://b.example", "http://a.example"), True, id="https in http"),
        pytest.param(page("data:text/html,x", "https://a.example"), True, id="data: in https"),
        pytest.param(page("data:text/html,x"), False, id="data: by itself"),
        # Its steps
        pytest.param(page("http://b.example", "http://a.example", "https://top.example"), True, id="http far in https"),
        pytest.param(page("http://b.example", "http://a.example"), False, id="http in http"),
        pytest.param(page("http://localhost:8000"), True, id="localhost, to the letter"),
        pytest.param(page("https://a.example", origin=opaque_origin()), False, id="sandboxed by itself"),
        pytest.param(
            page("https://a.example", "https://a.example", origin=opaque_origin()), True, id="sandboxed in https"
        ),
        pytest.param(page("https://a.example", global_object="WorkerGlobalScope"), True, id="a worker"),
        pytest.param(
            page("http://a.example", "https://b.example", global_object="WorkerGlobalScope"),
            False,
            id="a worker has no page around it",
        ),
    ],
)
def test_a_page_that_is_trustworthy_or_within_one_prohibits_mixed_content(
    twin: QuickJsTwin, settings: Client, prohibits: bool
) -> None:
    assert twin.both(does_settings_prohibit_mixed_security_contexts, settings) is prohibits


SECURE, LENIENT = page(PAGE), page(PAGE, mixed_content_allowed=True)


@pytest.mark.parametrize(
    ("settings", "address", "destination", "blocked"),
    [
        (SECURE, "http://api.example/", "", True),
        (SECURE, "http://api.example/a.js", "script", True),
        (SECURE, "ws://api.example/", "", True),
        (SECURE, "ftp://api.example/", "", True),
        (SECURE, "http://192.168.0.1/", "", True),
        (SECURE, "http://localhost.example/", "", True),
        (SECURE, "http://frame.example/", "iframe", True),
        (SECURE, "http://top.example/", "document", False),
        (SECURE, "https://api.example/", "", False),
        (SECURE, "wss://api.example/", "", False),
        (SECURE, "http://localhost:3000/", "", False),
        (SECURE, "http://api.localhost/", "", False),
        (SECURE, "http://127.0.0.1:3000/", "", False),
        (SECURE, "http://[::1]/", "", False),
        (SECURE, "data:,x", "", False),
        (SECURE, "about:blank", "", False),
        (page(INSECURE_PAGE), "http://api.example/", "", False),
        (page(INSECURE_PAGE, PAGE), "http://api.example/", "", True),
        (LENIENT, "http://api.example/", "", False),
        (None, "http://api.example/", "", False),
    ],
)
def test_what_is_insecure_is_blocked_before_and_after(
    twin: QuickJsTwin, settings: Client | None, address: str, destination: str, blocked: bool
) -> None:
    request = Request([url(API), url(address)], [], client=settings, destination=destination)
    assert twin.both(should_fetching_request_be_blocked_as_mixed_content, request) is blocked
    response = Response([url(API), url(address)], [])
    secure = replace(request, url_list=[url(API)])
    assert twin.both(should_response_to_request_be_blocked_as_mixed_content, response, secure) is blocked


def test_a_response_without_an_address_is_insecure(twin: QuickJsTwin) -> None:
    request = Request([url(API)], [], client=SECURE)
    assert twin.both(should_response_to_request_be_blocked_as_mixed_content, Response([], []), request) is True


@pytest.mark.parametrize(
    ("settings", "address", "what", "upgraded"),
    [
        (SECURE, "http://cdn.example/a.png", "image", "https://cdn.example/a.png"),
        (SECURE, "http://cdn.example:8080/a?b#c", "audio", "https://cdn.example:8080/a?b#c"),
        (SECURE, "http://cdn.example/a", "video", "https://cdn.example/a"),
        (SECURE, "http://cdn.example/a", "video by imageset", "https://cdn.example/a"),
        (SECURE, "http://cdn.example/a", "image by imageset", None),
        (SECURE, "http://cdn.example/a", "script", None),
        (SECURE, "http://cdn.example/a", "", None),
        (SECURE, "http://a..b/a", "image", "https://a..b/a"),
        (SECURE, "http://192.0.2.1/a", "image", None),
        (SECURE, "http://[2001:db8::1]/a", "image", None),
        (SECURE, "http://localhost/a", "image", None),
        (SECURE, "https://cdn.example/a", "image", None),
        (SECURE, "ftp://cdn.example/a", "image", None),
        (SECURE, "foo:a", "image", None),
        (page(INSECURE_PAGE), "http://cdn.example/a", "image", None),
        (None, "http://cdn.example/a", "image", None),
    ],
)
def test_only_images_sounds_and_videos_of_a_secure_page_are_upgraded(
    twin: QuickJsTwin, settings: Client | None, address: str, what: str, upgraded: str | None
) -> None:
    destination, _, initiator = what.partition(" by ")
    request = Request([url(address), url(API)], [], client=settings, destination=destination, initiator=initiator)
    assert twin.both(upgrade_a_mixed_content_request, request) is None
    assert [it.href for it in request.url_list] == [upgraded or url(address).href, f"{API}/"]
    assert request.url_list[0].scheme == (upgraded or address).split(":")[0]


def judged(given: dict[str, Any]) -> RequestVerdict:
    return judge_request(read_request_scenario(given))


def insecure(*, page: str = PAGE, at: str = INSECURE_API, sandboxed: bool = False, **more: object) -> dict[str, Any]:
    """Give a page that asks a server over http:, which allows everyone."""
    return form(hop(STAR, at=at), page=page, sandboxed=sandboxed, **{"url": f"{at}/x", **more})


@pytest.mark.parametrize(
    ("given", "decided_by", "reached"),
    [
        pytest.param(insecure(), BLOCKED, 0, id="https to http"),
        pytest.param(insecure(mode="no-cors"), BLOCKED, 0, id="no-cors is no way around"),
        pytest.param(insecure(method="PUT"), BLOCKED, 0, id="no preflight either"),
        pytest.param(insecure(sandboxed=True), BLOCKED, 0, id="a sandboxed frame at https"),
        pytest.param(
            form(redirect(f"{INSECURE_OTHER}/y", STAR), hop(STAR, at=INSECURE_OTHER)),
            BLOCKED,
            1,
            id="a redirect to http",
        ),
        pytest.param(
            form(hop(STAR, at="http://api.example:6667"), url="http://api.example:6667/x"),
            "should_be_blocked_due_to_a_bad_port#2",
            0,
            id="a bad port is what comes first",
        ),
        pytest.param(form(url="ftp://api.example/x"), BLOCKED, 0, id="https to ftp"),
    ],
)
def test_a_page_at_https_may_fetch_nothing_insecure(given: dict[str, Any], decided_by: str, reached: int) -> None:
    verdict = judged(given)
    assert (verdict.outcome, verdict.decided_by, len(verdict.wire)) == ("network-error", decided_by, reached)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(insecure(page=INSECURE_PAGE), id="http to http"),
        pytest.param(insecure(page=INSECURE_PAGE, sandboxed=True), id="a sandboxed frame at http"),
        pytest.param(insecure(at="http://localhost:3000"), id="https to localhost"),
        pytest.param(insecure(at="http://127.0.0.1:3000"), id="https to 127.0.0.1"),
        # https://github.com/w3c/webappsec-mixed-content/issues/73
        pytest.param(insecure(page="http://localhost:3000"), id="localhost to http, as in every browser"),
        pytest.param(insecure(page="http://localhost:3000", sandboxed=True), id="a sandboxed frame at localhost"),
        pytest.param(form(hop(STAR)), id="https to https"),
    ],
)
def test_what_is_no_mixed_content_goes_through_by_cors(given: dict[str, Any]) -> None:
    assert judged(given).decided_by == "cors_check#3"


ALLOW_ORIGIN = ("response", ORIGIN, PAGE)


@pytest.mark.parametrize(
    ("given", "address", "answers"),
    [
        pytest.param(insecure(), f"{API}/x", [], id="the address alone"),
        pytest.param(insecure(url="HTTP://api.example:80/x?y#z"), f"{API}/x?y#z", [], id="written otherwise"),
        pytest.param(insecure(at=f"{INSECURE_API}:8080"), f"{API}:8080/x", [], id="with its port"),
        pytest.param(
            form(hop({}, at=INSECURE_API), url=f"{INSECURE_API}/x"), f"{API}/x", [(0, *ALLOW_ORIGIN)], id="and CORS"
        ),
        pytest.param(
            form(hop({}, at=INSECURE_API), url=f"{INSECURE_API}/x", credentials="include"),
            f"{API}/x",
            [(0, *ALLOW_ORIGIN), (0, "response", CREDENTIALS, "true")],
            id="and CORS with cookies",
        ),
        pytest.param(
            form(redirect(f"{API}/x", {}, at=INSECURE_API), hop(), url=f"{INSECURE_API}/x"),
            f"{API}/x",
            [(1, *ALLOW_ORIGIN)],
            id="a server that redirects to itself at https is asked there at once",
        ),
        pytest.param(
            form(redirect(f"{INSECURE_OTHER}/y", ALLOW), hop(STAR, at=INSECURE_OTHER)),
            None,
            [(0, "response", "Location", f"{OTHER}/y")],
            id="a redirect has to lead to https",
        ),
        pytest.param(
            form(
                redirect(f"{INSECURE_OTHER}/y", ALLOW),
                redirect(f"{OTHER}/y", {}, at=INSECURE_OTHER),
                hop(at=OTHER),
            ),
            None,
            [(0, "response", "Location", f"{OTHER}/y"), (2, "response", ORIGIN, "*")],
            id="a redirect to a server that redirects to itself at https",
        ),
        pytest.param(
            form(
                redirect(f"{INSECURE_OTHER}/y", ALLOW, at=INSECURE_API),
                hop(STAR, at=INSECURE_OTHER),
                url=f"{INSECURE_API}/x",
            ),
            f"{API}/x",
            [(0, "response", "Location", f"{OTHER}/y")],
            id="both",
        ),
        pytest.param(insecure(mode="no-cors"), None, [], id="no one member helps"),
        pytest.param(form(url=f"{INSECURE_API}/x"), None, [], id="there is no server"),
    ],
)
def test_what_helps_is_https(
    given: dict[str, Any], address: str | None, answers: list[tuple[int, str, str, str]]
) -> None:
    verdict = judged(given)
    needed = verdict.request_must_change
    assert verdict.change == ()
    assert needed is not None
    assert (needed.code, needed.value) == ("mixed-content", address)
    assert needed.member == (None if address is None else "url")
    assert [(it.hop, it.answer, it.name, it.value) for it in needed.change] == answers


@pytest.mark.parametrize("address", ["ftp://api.example/x", "blob:http://api.example/x", "foo:x"])
def test_where_https_would_be_another_thing_the_scheme_is_what_is_wrong(address: str) -> None:
    needed = judged(form(url=address)).request_must_change
    assert needed is not None
    assert (needed.code, needed.member, needed.change) == ("scheme", None, ())


def test_the_address_that_helps_is_readable_once_a_server_answers_there() -> None:
    needed = judged(insecure()).request_must_change
    assert needed is not None
    assert judged(form(hop(STAR), url=needed.value)).result == "readable"


def test_an_engine_that_blocks_this_machine_too_is_helped_by_https_too() -> None:
    verdict = judged({**insecure(at="http://localhost:3000"), "engine": "webkit"})
    needed = verdict.request_must_change
    assert verdict.decided_by == BLOCKED
    assert needed is not None
    assert (needed.code, needed.value) == ("mixed-content", "https://localhost:3000/x")
