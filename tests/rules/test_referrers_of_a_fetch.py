"""The referrer in a whole fetch: the Referer header, what a redirect changes, and the Origin header that follows."""

from __future__ import annotations

from typing import Any

import pytest
from fetch_twin import FetchTwin, client, lines, url

from pelican_cors_series.rules import judge
from pelican_cors_series.rules.fetch_method import fetch, fetch_method
from pelican_cors_series.rules.fetch_records import Answer, Hop, Network, Request, RequestInit
from pelican_cors_series.rules.request_verdict import RequestVerdict
from pelican_cors_series.rules.rule import Step

PAGE, API, OTHER = "https://app.example", "https://api.test", "https://other.test"


@pytest.fixture(scope="module")
def twin() -> FetchTwin:
    return FetchTwin([fetch, fetch_method])


def referers(steps: list[Step] | tuple[Step, ...]) -> list[object]:
    """Give the Referer of each request that went out, preflights among them; None where it had none."""
    found: list[object] = []
    for step in steps:
        if step.step == "http_network_or_cache_fetch#1":
            found.append(None)
        elif step.step == "http_network_or_cache_fetch#8.11.1":
            found[-1] = step.value
    return found


def verdict_on(request: dict[str, object], answers: list[tuple[str, dict[str, Any]]], **more: object) -> RequestVerdict:
    """Judge a request of a page that has a path; an answer is the server's origin, and its status and headers."""
    server = [
        {"at": at, "preflight": {"status": 204, "headers": given["headers"]}, "response": given}
        for at, given in answers
    ]
    verdict = judge({"page": f"{PAGE}/path?secret", "request": request, "server": server, **more})
    assert isinstance(verdict, RequestVerdict)
    return verdict


def answer(status: int = 200, **headers: str) -> dict[str, Any]:
    return {"status": status, "headers": lines(Access_Control_Allow_Origin="*", **headers)}


@pytest.mark.parametrize(
    ("policy", "target", "sent"),
    [
        (None, f"{PAGE}/x", f"{PAGE}/path?secret"),
        (None, f"{API}/x", f"{PAGE}/"),
        ("", f"{API}/x", f"{PAGE}/"),
        (None, "http://api.test/x", None),
        ("no-referrer", f"{PAGE}/x", None),
        ("unsafe-url", "http://api.test/x", f"{PAGE}/path?secret"),
    ],
)
def test_a_request_carries_the_referer_that_its_policy_lets_through(
    policy: str | None, target: str, sent: str | None
) -> None:
    at = target.removesuffix("/x")
    verdict = verdict_on({"url": target, "referrerPolicy": policy}, [(at, answer())])
    assert referers(verdict.steps) == [sent]


def test_a_preflight_carries_the_referer_of_its_request() -> None:
    allow = answer(Access_Control_Allow_Methods="PUT")
    verdict = verdict_on({"url": f"{API}/x", "method": "PUT"}, [(API, allow)])
    assert [entry.preflight for entry in verdict.wire] == [True, False]
    assert referers(verdict.steps) == [f"{PAGE}/", f"{PAGE}/"]


def test_a_sandboxed_page_sends_no_referer() -> None:
    verdict = verdict_on({"url": f"{API}/x", "referrerPolicy": "unsafe-url"}, [(API, answer())], sandboxed=True)
    assert referers(verdict.steps) == [None]


# Policies of the redirects, from the page over API to OTHER → the Referer of each of the three requests.
REDIRECTS = [
    (None, None, [f"{PAGE}/path?secret", f"{PAGE}/", f"{PAGE}/"]),
    ("no-referrer", None, [f"{PAGE}/path?secret", None, None]),
    ("unsafe-url", None, [f"{PAGE}/path?secret", f"{PAGE}/path?secret", f"{PAGE}/path?secret"]),
    (None, "unsafe-url", [f"{PAGE}/path?secret", f"{PAGE}/", f"{PAGE}/"]),
    ("unsafe-url", "same-origin", [f"{PAGE}/path?secret", f"{PAGE}/path?secret", None]),
    ("policy-to-come", None, [f"{PAGE}/path?secret", f"{PAGE}/", f"{PAGE}/"]),
    ("no-referrer, origin", None, [f"{PAGE}/path?secret", f"{PAGE}/", f"{PAGE}/"]),
]


@pytest.mark.parametrize(("first", "second", "sent"), REDIRECTS)
def test_the_policy_of_a_redirect_counts_from_there_on_and_brings_nothing_back(
    first: str | None, second: str | None, sent: list[str | None]
) -> None:
    headers = [{} if policy is None else {"Referrer_Policy": policy} for policy in (first, second)]
    hops = [
        (PAGE, answer(302, Location=f"{API}/b", **headers[0])),
        (API, answer(302, Location=f"{OTHER}/c", **headers[1])),
        (OTHER, answer()),
    ]
    assert referers(verdict_on({"url": f"{PAGE}/a"}, hops).steps) == sent


# The policy of the redirect → the Origin of the two requests that a POST without CORS makes.
ORIGINS = [
    (None, [PAGE, PAGE]),
    ("no-referrer", [PAGE, "null"]),
    ("same-origin", [PAGE, "null"]),
    ("strict-origin", [PAGE, PAGE]),
    ("unsafe-url", [PAGE, PAGE]),
]


@pytest.mark.parametrize(("policy", "origins"), ORIGINS)
def test_the_policy_of_a_redirect_can_hide_the_origin_of_what_follows(
    twin: FetchTwin, policy: str | None, origins: list[str]
) -> None:
    networks: list[Network] = []

    def arguments() -> tuple[object, ...]:
        redirect = Answer(307, [("Location", "/y"), *lines(Referrer_Policy=policy)])
        networks.append(Network([Hop(API, None, redirect), Hop(API, None, Answer(200, []))], [], []))
        init = RequestInit(mode="no-cors", method="POST")
        return f"{API}/x", None, init, client(f"{PAGE}/path"), networks[-1]

    assert not twin.both(fetch_method, arguments).rejected
    assert [entry.origin for entry in networks[0].wire] == origins


def test_with_cors_a_policy_never_hides_the_origin() -> None:
    hops = [(API, answer(307, Location="/y", Referrer_Policy="no-referrer")), (API, answer())]
    verdict = verdict_on({"url": f"{API}/x", "method": "POST"}, hops)
    assert [entry.origin for entry in verdict.wire] == [PAGE, PAGE]
    assert referers(verdict.steps) == [f"{PAGE}/", None]


def test_a_request_that_names_its_referrer_sends_that(twin: FetchTwin) -> None:
    def arguments() -> tuple[object, ...]:
        request = Request([url(f"{PAGE}/x")], [], client=client(f"{PAGE}/path"), mode="cors")
        request.referrer = f"{PAGE}/else#x"
        return request, Network([Hop(PAGE, None, Answer(200, []))], [], [])

    twin.both(fetch, arguments)
    steps: list[Step] = []
    fetch.traced(steps, *arguments())  # type: ignore[arg-type]
    assert referers(steps) == [f"{PAGE}/else"]


def test_a_request_that_names_none_sends_none(twin: FetchTwin) -> None:
    def arguments() -> tuple[object, ...]:
        init = RequestInit(referrer="")
        return f"{PAGE}/x", None, init, client(f"{PAGE}/path"), Network([Hop(PAGE, None, Answer(200, []))], [], [])

    twin.both(fetch_method, arguments)
    steps: list[Step] = []
    fetch_method.traced(steps, *arguments())  # type: ignore[arg-type]
    assert referers(steps) == [None]
    assert "determine_request_s_referrer#1" not in {step.step for step in steps}


def test_the_steps_name_the_page_by_its_address() -> None:
    steps = verdict_on({"url": f"{API}/x"}, [(API, answer())]).as_json()["steps"]
    assert isinstance(steps, list)
    values = {step["step"]: step["value"] for step in steps}
    assert values["determine_request_s_referrer#2"] == {"origin": PAGE, "url": f"{PAGE}/path?secret"}
    assert values["determine_request_s_referrer#3.[1].1.1"] == f"{PAGE}/path?secret"
