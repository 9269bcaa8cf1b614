"""The verdict on a request: its outcome, what reached the servers, and the step that settled it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pelican_cors_series.rules.request_scenario import (
    RequestDescription,
    RequestScenario,
    read_request_scenario,
    read_sequence_scenario,
)
from pelican_cors_series.rules.request_verdict import RequestVerdict, judge_request, judge_sequence

PAGE, API, OTHER = "https://app.example", "https://api.example", "https://other.example"
INSECURE = "http://app.example"
ALLOW = {"Access-Control-Allow-Origin": PAGE}
STAR = {"Access-Control-Allow-Origin": "*"}


def judge(
    *servers: dict[str, Any], page: str = PAGE, sandboxed: bool = False, url: str = f"{API}/x", **request: object
) -> RequestVerdict:
    given = {"page": page, "sandboxed": sandboxed, "request": {"url": url, **request}, "server": list(servers)}
    return judge_request(read_request_scenario(given))


def answers(
    headers: dict[str, str] | None = None, preflight: dict[str, str] | None = None, *, at: str = API, status: int = 200
) -> dict[str, Any]:
    given = None if preflight is None else {"status": 204, "headers": preflight}
    return {"at": at, "response": {"status": status, "headers": headers or {}}, "preflight": given}


def redirects(to: str, headers: dict[str, str] | None = None, *, at: str = API, status: int = 302) -> dict[str, Any]:
    return answers({"Location": to, **(headers or {})}, at=at, status=status)


@pytest.mark.parametrize(
    ("verdict", "outcome", "decided_by"),
    [
        (judge(answers(ALLOW)), "cors", "cors_check#5"),
        (judge(answers(STAR)), "cors", "cors_check#3"),
        (
            judge(answers({**ALLOW, "Access-Control-Allow-Credentials": "true"}), credentials="include"),
            "cors",
            "cors_check#7",
        ),
        (judge(answers()), "network-error", "cors_check#2"),
        (judge(answers({"Access-Control-Allow-Origin": f"{PAGE}/"})), "network-error", "cors_check#4"),
        (judge(answers(STAR), credentials="include"), "network-error", "cors_check#4"),
        (judge(answers(ALLOW), credentials="include"), "network-error", "cors_check#8"),
        (judge(answers(at=PAGE), url="/x"), "basic", "main_fetch#12.[2]"),
        (judge(url="data:text/plain,x"), "basic", "main_fetch#12.[2]"),
        (judge(url="data:text/plain"), "network-error", "scheme_fetch#3.[3].2"),
        (judge(url="data:;base64,_"), "network-error", "scheme_fetch#3.[3].2"),
        (judge(url="blob:https://app.example/1"), "network-error", "scheme_fetch#3.[2].2"),
        (judge(url="about:blank", mode="no-cors"), "opaque", "main_fetch#12.[4]"),
        (judge(url="about:srcdoc", mode="no-cors"), "network-error", "scheme_fetch#4"),
        (judge(page=INSECURE, url="file:///x", mode="no-cors"), "network-error", "scheme_fetch#3.[4]"),
        (judge(page=INSECURE, url="ftp://a/x"), "network-error", "main_fetch#12.[5]"),
        (judge(answers(ALLOW), mode="same-origin"), "network-error", "main_fetch#12.[3]"),
        (judge(answers(), mode="no-cors"), "opaque", "main_fetch#12.[4]"),
        (judge(answers(), mode="no-cors", redirect="error"), "network-error", "main_fetch#12.[4].1"),
        (
            judge(answers({"Cross-Origin-Resource-Policy": "same-origin"}), mode="no-cors"),
            "network-error",
            "cross_origin_resource_policy_internal_check#5.[2]",
        ),
        (judge(url="https://api.example:6667/"), "network-error", "should_be_blocked_due_to_a_bad_port#2"),
        (judge(), "network-error", "http_network_or_cache_fetch#11.2"),
        (judge(answers(ALLOW, at=OTHER)), "network-error", "http_network_or_cache_fetch#11.2"),
        (judge({"at": API}), "network-error", "http_network_or_cache_fetch#11.2"),
        (judge(answers(ALLOW, ALLOW), method="PUT"), "network-error", "cors_preflight_fetch#7.5"),
        (judge(answers(ALLOW, {}), method="PUT"), "network-error", "cors_check#2"),
        (judge(answers(ALLOW), method="PUT"), "network-error", "http_network_or_cache_fetch#11.2"),
        (
            judge({"at": API, "preflight": {"status": 404, "headers": ALLOW}}, method="PUT"),
            "network-error",
            "cors_preflight_fetch#7",
        ),
        (
            judge(answers(ALLOW, {**ALLOW, "Access-Control-Allow-Methods": "P UT"}), method="PUT"),
            "network-error",
            "cors_preflight_fetch#7.3",
        ),
        (
            judge(answers(ALLOW, {**ALLOW, "Access-Control-Allow-Headers": "*"}), headers={"Authorization": "x"}),
            "network-error",
            "cors_preflight_fetch#7.6",
        ),
        (judge(answers(ALLOW, ALLOW), headers={"X-A": "1"}), "network-error", "cors_preflight_fetch#7.7"),
        (judge(redirects(f"{API}/y", ALLOW), redirect="error"), "network-error", "http_fetch#6.3.[1].1"),
        (judge(redirects(f"{API}/y", ALLOW), redirect="manual"), "opaqueredirect", "http_fetch#6.3.[2].2"),
        (judge(answers(ALLOW, status=302)), "cors", "cors_check#5"),
        (judge(redirects("http://", ALLOW)), "network-error", "http_redirect_fetch#5"),
        (judge(redirects("data:,x", ALLOW)), "network-error", "http_redirect_fetch#6"),
        (judge(redirects("https://u:p@api.example/", ALLOW)), "network-error", "http_redirect_fetch#9"),
        (judge(redirects("https://u:p@app.example/", ALLOW)), "network-error", "http_redirect_fetch#10"),
        (judge(*[redirects(f"{API}/y", ALLOW)] * 22), "network-error", "http_redirect_fetch#7"),
        (judge(redirects(OTHER, at=PAGE), url="/x", mode="same-origin"), "network-error", "main_fetch#12.[3]"),
        (judge(redirects("/y", at=PAGE), answers(at=PAGE), url="/x"), "basic", "main_fetch#12.[2]"),
        (judge(redirects(OTHER, ALLOW), answers(ALLOW, at=OTHER)), "network-error", "cors_check#4"),
        (judge(redirects(OTHER, STAR), answers(STAR, at=OTHER)), "cors", "cors_check#3"),
        (judge(answers(), mode="no-cors", integrity="sha256-x"), "network-error", "main_fetch#23.2"),
        (judge(url="https://"), "constructor-error", "request_constructor#5.2"),
        (judge(url="https://u@api.example/"), "constructor-error", "request_constructor#5.3"),
        (judge(mode="navigate"), "constructor-error", "request_constructor#17"),
        (judge(cache="only-if-cached"), "constructor-error", "request_constructor#21"),
        (judge(method="CONNECT"), "constructor-error", "request_constructor#25.2"),
        (judge(method="PUT", mode="no-cors"), "constructor-error", "request_constructor#32.1"),
        (judge(body="text"), "constructor-error", "request_constructor#35"),
        (judge(headers={"a b": "1"}), "constructor-error", "validate#1"),
        (judge(headers={"X-A": "1", "X-B": "한"}), "constructor-error", "request_constructor#33.5"),
        (judge(headers={"Cookie": "1", "X-B": "한"}), "constructor-error", "request_constructor#33.5"),
        (judge(headers={"a": "☃"}), "constructor-error", "request_constructor#33.5"),
        (
            judge(answers({"X": "1"}, at=PAGE), page=f"{PAGE}/a", sandboxed=True, url="x"),
            "network-error",
            "cors_check#2",
        ),
    ],
)
def test_the_step_that_settled_it_is_named(verdict: RequestVerdict, outcome: str, decided_by: str) -> None:
    assert (verdict.outcome, verdict.decided_by) == (outcome, decided_by)
    assert verdict.spec.startswith("https://fetch.spec.whatwg.org/#")
    assert json.loads(json.dumps(verdict.as_json()))["decided_by"] == decided_by


def test_a_verdict_says_what_script_sees_and_what_reached_the_servers() -> None:
    allow = {**ALLOW, "Access-Control-Allow-Methods": "PUT", "Access-Control-Allow-Headers": "content-type"}
    shown = {**ALLOW, "ETag": "1", "X-A": "1", "Access-Control-Expose-Headers": "etag", "Content-Type": "text/plain"}
    verdict = judge(answers(shown, allow, status=201), method="put", body="json-blob")
    assert (verdict.status, verdict.readable_headers) == (201, ("content-type", "etag"))
    assert verdict.as_json()["wire"] == [
        {"hop": 0, "method": "OPTIONS", "preflight": True, "origin": PAGE, "asks_headers": "content-type"},
        {"hop": 0, "method": "PUT", "preflight": False, "origin": PAGE, "asks_headers": None},
    ]


def test_a_sandboxed_page_asks_as_null() -> None:
    verdict = judge(answers({"Access-Control-Allow-Origin": "null"}), sandboxed=True)
    assert (verdict.outcome, verdict.wire[0].origin) == ("cors", "null")


@pytest.mark.parametrize(
    ("expect", "holds"),
    [
        ("blocked", True),
        ("blocked by cors_check#2", True),
        ("blocked by cors_check#4", False),
        ("opaque", False),
        ("readable", False),
    ],
)
def test_what_an_author_expects_holds_or_not(expect: str, holds: bool) -> None:
    assert judge(answers()).meets(expect) is holds


def test_an_opaque_or_an_error_shows_no_status_and_no_headers() -> None:
    opaque, error = judge(answers({"A": "1"}), mode="no-cors"), judge(answers({"A": "1"}))
    assert (opaque.status, opaque.readable_headers, opaque.result) == (0, (), "opaque")
    assert (error.status, error.readable_headers, error.result) == (None, (), "blocked")


def test_a_sequence_has_one_preflight_cache_whose_entries_expire() -> None:
    allow = {**ALLOW, "Access-Control-Allow-Methods": "PUT", "Access-Control-Max-Age": "2"}
    put = {"page": PAGE, "request": {"url": f"{API}/x", "method": "PUT"}, "server": [answers(ALLOW, allow)]}
    times = [0, 1.9, 0.1, 0]
    verdict = judge_sequence(read_sequence_scenario({"exchanges": [{**put, "after": after} for after in times]}))
    assert [it.preflight_cached for it in verdict.exchanges] == [False, True, False, True]
    assert [len(it.wire) for it in verdict.exchanges] == [2, 1, 2, 1]
    shown = verdict.as_json()["exchanges"]
    assert isinstance(shown, list)
    assert [it["preflight_cached"] for it in shown] == [False, True, False, True]


def test_a_scenario_can_be_made_in_python() -> None:
    verdict = judge_request(RequestScenario(page=PAGE, request=RequestDescription(url="data:,x")))
    assert (verdict.outcome, verdict.status, verdict.preflight_cached) == ("basic", 200, False)
