"""Reading the scenario of a request: what it may hold, and where a mistake is."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican_cors_series.rules import ScenarioError
from pelican_cors_series.rules.fetch_records import Hop
from pelican_cors_series.rules.request_scenario import read_request_scenario, read_sequence_scenario

PAGE = "https://app.example/"
REQUEST = {"url": "https://api.example/items/7"}


def scenario(**members: object) -> dict[str, object]:
    return {"page": PAGE, "request": REQUEST, **members}


def request(**members: object) -> dict[str, object]:
    return {"page": PAGE, "request": {**REQUEST, **members}}


def hop(**members: object) -> dict[str, object]:
    return scenario(server=[{"at": "https://api.example", **members}])


def test_members_that_are_left_out_or_null_have_the_defaults_of_fetch() -> None:
    found = read_request_scenario(request(method=None))
    assert (found.request.method, found.request.mode) == ("GET", "cors")
    assert (found.request.credentials, found.request.redirect) == ("same-origin", "follow")
    assert (found.server, found.sandboxed, found.expect) == ((), False, None)


def test_headers_are_a_mapping_or_pairs_and_take_what_yaml_has_made_of_a_word() -> None:
    given_headers = {"Access-Control-Allow-Credentials": True, "Access-Control-Max-Age": 600, "X-A": " a "}
    as_mapping = read_request_scenario(scenario(response={"status": 200, "headers": given_headers}))
    as_pairs = read_request_scenario(scenario(response={"status": 200, "headers": [*map(list, given_headers.items())]}))
    expected = [("Access-Control-Allow-Credentials", "true"), ("Access-Control-Max-Age", "600"), ("X-A", "a")]
    for found in (as_mapping, as_pairs):
        answer = found.server[0].response
        assert answer is not None
        assert answer.header_list == expected


def test_answers_at_the_top_are_a_single_hop_at_the_origin_of_the_request() -> None:
    found = read_request_scenario(request(url="/relative") | {"response": {"status": 200}})
    assert [(it.at, it.preflight) for it in found.server] == [("https://app.example", None)]


def test_a_server_stands_at_an_origin_in_any_spelling() -> None:
    found = read_request_scenario(scenario(server=[{"at": "HTTPS://API.example:443/x"}]))
    assert [it.at for it in found.server] == ["https://api.example"]
    assert isinstance(found.server[0], Hop)


def test_a_sequence_has_exchanges_with_the_time_between_them() -> None:
    found = read_sequence_scenario({"kind": "sequence", "exchanges": [scenario(), scenario(after=2.5)]})
    assert [after for after, _ in found.exchanges] == [0.0, 2.5]


@pytest.mark.parametrize(
    ("given_values", "member", "code"),
    [
        ([], "", "invalid-value"),
        ({}, "page", "missing-member"),
        ({"page": PAGE}, "request", "missing-member"),
        (scenario(page=None), "page", "missing-member"),
        (scenario(page=7), "page", "invalid-value"),
        (scenario(page="app.example"), "page", "invalid-url"),
        (scenario(kind="origins"), "kind", "invalid-value"),
        (scenario(sever=[]), "sever", "unknown-member"),
        (scenario(sandboxed="yes"), "sandboxed", "invalid-value"),
        (scenario(expect="fine"), "expect", "invalid-value"),
        (scenario(expect="blocked by it"), "expect", "invalid-value"),
        (request(url=None), "request.url", "missing-member"),
        (request(mode="websocket"), "request.mode", "invalid-value"),
        (request(credentials=True), "request.credentials", "invalid-value"),
        (request(redirect="never"), "request.redirect", "invalid-value"),
        (request(body="stream"), "request.body", "invalid-value"),
        (request(referrer_policy="origin"), "request.referrer_policy", "unknown-member"),
        (request(referrerPolicy="all"), "request.referrerPolicy", "invalid-value"),
        (request(keepalive=1), "request.keepalive", "invalid-value"),
        (request(headers="X-A: 1"), "request.headers", "invalid-value"),
        (request(headers=[["X-A"]]), "request.headers[0]", "invalid-value"),
        (request(headers={"X-A": None}), "request.headers.X-A", "invalid-value"),
        (request(headers={"X-A": 0.5}), "request.headers.X-A", "invalid-value"),
        (scenario(server={}), "server", "invalid-value"),
        (scenario(server=[{}]), "server[0].at", "missing-member"),
        (scenario(server=[{"at": "data:,x"}]), "server[0].at", "opaque-origin"),
        (scenario(server=[{"at": "//api"}]), "server[0].at", "invalid-url"),
        (scenario(server=[], response={"status": 200}), "", "two-forms"),
        (hop(response={}), "server[0].response.status", "missing-member"),
        (hop(response={"status": True}), "server[0].response.status", "invalid-value"),
        (hop(preflight={"status": 100}), "server[0].preflight.status", "invalid-status"),
        (hop(response={"status": 600}), "server[0].response.status", "invalid-status"),
        (hop(response={"status": 200, "headers": {"a b": "1"}}), "server[0].response.headers.a b", "invalid-header"),
        (hop(response={"status": 200, "headers": [["é", "1"]]}), "server[0].response.headers[0][0]", "invalid-header"),
        (hop(response={"status": 200, "headers": {"a": "\n1\n1"}}), "server[0].response.headers.a", "invalid-header"),
    ],
)
def test_a_mistake_is_located(given_values: object, member: str, code: str) -> None:
    with pytest.raises(ScenarioError) as raised:
        read_request_scenario(given_values)
    assert (raised.value.member, raised.value.code) == (member, code)


@pytest.mark.parametrize(
    ("given_values", "member", "code"),
    [
        ({"exchanges": {}}, "exchanges", "invalid-value"),
        ({"exchanges": [scenario(after=-1)]}, "exchanges[0].after", "invalid-value"),
        ({"exchanges": [scenario(after=float("inf"))]}, "exchanges[0].after", "invalid-value"),
        ({"exchanges": [scenario(), request(mode=1)]}, "exchanges[1].request.mode", "invalid-value"),
        ({"exchanges": [], "kind": "request"}, "kind", "invalid-value"),
    ],
)
def test_a_mistake_in_a_sequence_is_located(given_values: object, member: str, code: str) -> None:
    with pytest.raises(ScenarioError) as raised:
        read_sequence_scenario(given_values)
    assert (raised.value.member, raised.value.code) == (member, code)


def test_a_mistake_says_what_was_meant() -> None:
    with pytest.raises(ScenarioError, match=r"sever: there is no such member here; did you mean server\?"):
        read_request_scenario(scenario(sever=[]))


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=8,
)
WHOLE: dict[str, Any] = hop(response={"status": 200, "headers": [["A", "1"]]}, preflight={"status": 204}) | {
    "request": {**REQUEST, "headers": {"A": "1"}, "mode": "cors", "method": "PUT"}
}


@given(json_values, st.data())
def test_any_json_is_read_or_refused(value: object, data: st.DataObject) -> None:
    member = data.draw(st.sampled_from([*WHOLE, "request.url", "request.headers", "server[0]"]))
    given_values: dict[str, Any] = {**WHOLE, "request": {**WHOLE["request"]}}
    if member.startswith("request."):
        given_values["request"][member.removeprefix("request.")] = value
    elif member == "server[0]":
        given_values["server"] = [value]
    else:
        given_values[member] = value
    for read in (read_request_scenario, read_sequence_scenario):
        for whole in (value, given_values, {"exchanges": [given_values]}):
            with suppress(ScenarioError):
                read(whole)
