"""What would let script read a response after the classic mistakes: the change that a person would name."""

from __future__ import annotations

import json
from typing import Any

import pytest
from scenario_forms import (
    ALLOW,
    API,
    CREDENTIALS,
    HEADERS,
    METHODS,
    ORIGIN,
    OTHER,
    PAGE,
    STAR,
    answer,
    form,
    hop,
    redirect,
)

from pelican_cors_series.rules.request_scenario import read_request_scenario, read_sequence_scenario
from pelican_cors_series.rules.request_verdict import RequestVerdict, judge_request, judge_sequence


def header(name: str, value: str, at: int = 0, of: str = "response") -> tuple[object, ...]:
    return (at, of, "header", name, value)


def preflight(name: str, value: str) -> tuple[object, ...]:
    return header(name, value, of="preflight")


def status(value: int, of: str = "preflight", at: int = 0) -> tuple[object, ...]:
    return (at, of, "status", None, value)


def found(given: dict[str, Any]) -> list[tuple[object, ...]]:
    return [(it.hop, it.answer, it.member, it.name, it.value) for it in judged(given).change]


def judged(given: dict[str, Any]) -> RequestVerdict:
    return judge_request(read_request_scenario(given))


@pytest.mark.parametrize(
    ("given_form", "change"),
    [
        pytest.param(form(hop()), [header(ORIGIN, PAGE)], id="no Allow-Origin"),
        pytest.param(form(hop({ORIGIN: f"{PAGE}/"})), [header(ORIGIN, PAGE)], id="a slash behind the origin"),
        pytest.param(form(hop({ORIGIN: OTHER})), [header(ORIGIN, PAGE)], id="another origin"),
        pytest.param(
            form(hop({**STAR, CREDENTIALS: "true"}), credentials="include"), [header(ORIGIN, PAGE)], id="* and cookies"
        ),
        pytest.param(
            form(hop(STAR), credentials="include"),
            [header(ORIGIN, PAGE), header(CREDENTIALS, "true")],
            id="* and cookies, and they are not allowed",
        ),
        pytest.param(
            form(hop({**ALLOW, CREDENTIALS: "True"}), credentials="include"),
            [header(CREDENTIALS, "true")],
            id="True is not true",
        ),
        pytest.param(
            form(hop(ALLOW, answer({**ALLOW, METHODS: "PUT"}, 404)), method="PUT"), [status(204)], id="preflight 404"
        ),
        pytest.param(
            form(hop(ALLOW, answer(ALLOW, 405)), method="PUT"),
            [status(204), preflight(METHODS, "PUT")],
            id="preflight 405 that allows no method",
        ),
        pytest.param(
            form(hop(ALLOW, answer({**ALLOW, METHODS: "PUT"}, 301)), method="PUT"),
            [status(204)],
            id="a preflight is redirected",
        ),
        pytest.param(
            form(hop(ALLOW, answer({METHODS: "PUT"}, 204)), method="PUT"),
            [preflight(ORIGIN, PAGE)],
            id="only the response has Allow-Origin",
        ),
        pytest.param(
            form(hop({}, answer({METHODS: "PUT"}, 204)), method="PUT"),
            [preflight(ORIGIN, PAGE), header(ORIGIN, PAGE)],
            id="neither has Allow-Origin",
        ),
        pytest.param(
            form(hop(ALLOW, answer({**ALLOW, METHODS: "GET, POST"}, 204)), method="PUT"),
            [preflight(METHODS, "GET, POST, PUT")],
            id="a method is missing",
        ),
        pytest.param(
            form(hop(ALLOW, answer({**ALLOW, METHODS: "PATCH"}, 204)), method="patch"),
            [preflight(METHODS, "PATCH, patch")],
            id="patch is not PATCH",
        ),
        pytest.param(
            form(
                hop({**ALLOW, CREDENTIALS: "true"}, answer({**ALLOW, CREDENTIALS: "true", METHODS: "*"}, 204)),
                method="PUT",
                credentials="include",
            ),
            [preflight(METHODS, "PUT")],
            id="with cookies * allows no method",
        ),
        pytest.param(
            form(hop(ALLOW, answer({**ALLOW, HEADERS: "*"}, 204)), headers={"Authorization": "x", "X-A": "1"}),
            [preflight(HEADERS, "*, authorization")],
            id="* leaves Authorization out",
        ),
        pytest.param(
            form(hop(ALLOW, answer({**ALLOW, HEADERS: "X-B"}, 204)), method="POST", body="json-blob"),
            [preflight(HEADERS, "X-B, content-type")],
            id="JSON",
        ),
        pytest.param(
            form(hop(ALLOW, answer({**ALLOW, METHODS: "P T", HEADERS: "/"}, 204)), method="PUT", headers={"X-A": "1"}),
            [preflight(METHODS, "PUT"), preflight(HEADERS, "x-a")],
            id="two values that can't be parsed",
        ),
        pytest.param(
            form(redirect(f"{OTHER}/y", ALLOW), hop(ALLOW, at=OTHER)),
            [header(ORIGIN, "*", at=1)],
            id="a redirect to another foreign origin makes the origin null",
        ),
        pytest.param(
            form(
                redirect(f"{OTHER}/y", {**ALLOW, CREDENTIALS: "true"}),
                hop({**ALLOW, CREDENTIALS: "true"}, at=OTHER),
                credentials="include",
            ),
            [header(ORIGIN, "null", at=1)],
            id="with cookies * is no way out",
        ),
        pytest.param(
            form(
                redirect(f"{API}/x", {}, at="http://api.example"),
                hop(ALLOW),
                page="http://app.example",
                url="http://api.example/x",
            ),
            [header(ORIGIN, "http://app.example"), header(ORIGIN, "*", at=1)],
            id="http leads to https, which is another origin",
        ),
        pytest.param(form(hop(), sandboxed=True), [header(ORIGIN, "*")], id="a sandboxed page"),
        pytest.param(
            form(redirect("https://u:p@api.example/", ALLOW)),
            [status(200, of="response")],
            id="a redirect that no page may follow",
        ),
    ],
)
def test_a_classic_mistake_has_the_change_a_person_would_name(
    given_form: dict[str, Any], change: list[tuple[object, ...]]
) -> None:
    assert found(given_form) == change
    assert judged(given_form).request_must_change is None


@pytest.mark.parametrize(
    ("given_form", "code", "member", "value", "answers"),
    [
        (form(hop(), mode="no-cors"), "mode-no-cors", "mode", "cors", 1),
        (form(hop(ALLOW), mode="no-cors"), "mode-no-cors", "mode", "cors", 0),
        (
            form(hop({"Cross-Origin-Resource-Policy": "same-origin"}), mode="no-cors"),
            "resource-policy",
            "mode",
            "cors",
            1,
        ),
        (form(hop(ALLOW), mode="same-origin"), "mode-same-origin", "mode", "cors", 0),
        (form(redirect("/y", ALLOW), hop(ALLOW), redirect="error"), "redirect-error", "redirect", "follow", 0),
        (form(redirect("/y", ALLOW), hop({}), redirect="manual"), "redirect-manual", "redirect", "follow", 1),
        (form(hop(ALLOW), mode="navigate"), "constructor", "mode", "cors", 0),
        (form(hop(ALLOW), method="TRACE"), "constructor", "method", "GET", 0),
        (form(hop(ALLOW), body="text"), "constructor", "method", "POST", 0),
        (form(hop(ALLOW), headers={"a b": "1"}), "constructor", "headers", [], 0),
        (form(hop(ALLOW), cache="only-if-cached"), "constructor", "cache", "default", 0),
        (
            form(hop(at=PAGE), url="/x", mode="same-origin", cache="only-if-cached"),
            "only-if-cached",
            "cache",
            "default",
            0,
        ),
        (form(hop(ALLOW), url="https://u@api.example/x"), "constructor", "url", f"{API}/x", 0),
        (form(hop(ALLOW), method="PUT"), "more-than-two-answers", "method", "GET", 0),
        (
            form(hop(ALLOW), headers={"X-A": "1", "Accept": "a"}),
            "more-than-two-answers",
            "headers",
            [["Accept", "a"]],
            0,
        ),
        (form(hop(ALLOW), method="POST", body="json-blob"), "more-than-two-answers", "body", "text", 0),
        (form(hop(), method="PUT"), "more-than-two-answers", None, None, 4),
        (form(hop(), url="https://api.example:6667/"), "bad-port", None, None, 0),
        (form(url="ftp://a/x"), "scheme", None, None, 0),
        (form(), "no-server", None, None, 0),
        (form({"response": None}), "no-server", None, None, 0),
    ],
)
def test_where_no_answer_helps_the_request_has_to_change(
    given_form: dict[str, Any], code: str, member: str | None, value: object, answers: int
) -> None:
    verdict = judged(given_form)
    needed = verdict.request_must_change
    assert verdict.change == ()
    assert needed is not None
    assert (needed.code, needed.member, needed.value, len(needed.change)) == (code, member, value, answers)


def test_too_many_redirects_end_at_the_last_server() -> None:
    assert found(form(*[redirect("/y", ALLOW)] * 22)) == [status(200, of="response", at=20)]


def test_a_cached_preflight_asks_for_no_change() -> None:
    allow = answer({**ALLOW, METHODS: "PUT"}, 204)
    allowed, refused = form(hop(ALLOW, allow), method="PUT"), form(hop(), method="PUT")
    verdict = judge_sequence(read_sequence_scenario({"exchanges": [allowed, refused, {**refused, "after": 9}]}))
    assert [len(it.change) for it in verdict.exchanges] == [0, 1, 0]
    assert verdict.exchanges[1].preflight_cached


def test_a_verdict_tells_it_in_json() -> None:
    shown = json.loads(json.dumps(judged(form(hop())).as_json()))
    assert shown["change"] == [{"hop": 0, "answer": "response", "member": "header", "name": ORIGIN, "value": PAGE}]
    assert shown["request_must_change"] is None
    needed = json.loads(json.dumps(judged(form(hop(ALLOW), mode="no-cors")).as_json()))["request_must_change"]
    assert needed == {"code": "mode-no-cors", "member": "mode", "value": "cors", "change": []}
    readable = judged(form(hop(ALLOW))).as_json()
    assert (readable["change"], readable["request_must_change"]) == ([], None)
