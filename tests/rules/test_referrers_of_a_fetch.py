"""The referrer policy in a fetch: what a redirect makes of it, and the Origin header that follows."""

from __future__ import annotations

import pytest
from fetch_twin import FetchTwin, client, lines

from pelican_cors_series.rules import judge
from pelican_cors_series.rules.fetch_method import fetch_method
from pelican_cors_series.rules.fetch_records import Answer, Hop, Network, RequestInit
from pelican_cors_series.rules.request_verdict import RequestVerdict

PAGE, API = "https://app.example", "https://api.test"


@pytest.fixture(scope="module")
def twin() -> FetchTwin:
    return FetchTwin([fetch_method])


# The policy of the redirect → the Origin of the two requests that a POST without CORS makes.
ORIGINS = [
    (None, [PAGE, PAGE]),
    ("no-referrer", [PAGE, "null"]),
    ("same-origin", [PAGE, "null"]),
    ("strict-origin", [PAGE, PAGE]),
    ("unsafe-url", [PAGE, PAGE]),
    ("policy-to-come", [PAGE, PAGE]),
    ("no-referrer, origin", [PAGE, PAGE]),
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
    allow = {"Access-Control-Allow-Origin": "*"}
    redirect = {"status": 307, "headers": {**allow, "Location": "/y", "Referrer-Policy": "no-referrer"}}
    server = [{"at": API, "response": redirect}, {"at": API, "response": {"status": 200, "headers": allow}}]
    verdict = judge({"page": f"{PAGE}/", "request": {"url": f"{API}/x", "method": "POST"}, "server": server})
    assert isinstance(verdict, RequestVerdict)
    assert [entry.origin for entry in verdict.wire] == [PAGE, PAGE]
