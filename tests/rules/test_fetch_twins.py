"""Random exchanges through both languages: never a difference in result or steps, and always a verdict."""

from __future__ import annotations

from typing import Any

import pytest
from fetch_twin import FetchTwin
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican_cors_series.rules.fetch_method import fetch_method
from pelican_cors_series.rules.fetch_records import Network
from pelican_cors_series.rules.request_scenario import RequestScenario, read_request_scenario
from pelican_cors_series.rules.request_verdict import judge_request
from pelican_cors_series.rules.scenario_fetch import fetch_arguments

ORIGINS = ["https://app.example", "https://api.example", "http://api.example", "https://a.api.example:8443"]
VALUES = {
    "Access-Control-Allow-Origin": [*ORIGINS, "*", "null", "https://app.example/", ""],
    "Access-Control-Allow-Credentials": ["true", "True", "false"],
    "Access-Control-Allow-Methods": ["PUT", "*", "put, DELETE", "P UT", ""],
    "Access-Control-Allow-Headers": ["*", "x-a, authorization", "Range,X-A", "a b"],
    "Access-Control-Expose-Headers": ["*", "etag", "a b", "set-cookie"],
    "Access-Control-Max-Age": ["0", "99999999999999999999", "-1", "x"],
    "Cross-Origin-Resource-Policy": ["same-origin", "same-site", "cross-origin", "x"],
    "Location": [*ORIGINS, "/y", "", "http://", "https://u:p@api.example/", "data:,x", "#f", "é"],
    "ETag": ["1"],
    "Referrer-Policy": ["no-referrer", "same-origin", "x, unsafe-url", "a b"],
}
REQUEST_HEADERS = {
    "X-A": ["1", "", "é"],
    "Authorization": ["x"],
    "Content-Type": ["text/plain", "application/json", "text/plain; charset=x", "a"],
    "Range": ["bytes=0-9", "bytes=-5", "bytes=0-99999999999999999999"],
    "Accept": ["*/*", "a" * 129, '"'],
    "Cookie": ["c"],
    "bad name": ["1"],
}


def header_lists(values: dict[str, list[str]], most: int) -> st.SearchStrategy[list[list[str]]]:
    one = st.sampled_from(sorted(values)).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(values[name])))
    return st.lists(one.map(list), max_size=most)


def answers(statuses: list[int]) -> st.SearchStrategy[Any]:
    given_headers = header_lists(VALUES, 6)
    return st.one_of(st.none(), st.fixed_dictionaries({"status": st.sampled_from(statuses), "headers": given_headers}))


hops = st.fixed_dictionaries(
    {
        "at": st.sampled_from(ORIGINS),
        "preflight": answers([200, 204, 204, 302, 404]),
        "response": answers([200, 200, 206, 301, 302, 302, 303, 307, 308, 304, 404]),
    }
)
urls = st.sampled_from(
    [
        *(f"{origin}/x" for origin in ORIGINS * 3),
        *("/x#f", "data:text/plain;base64,YQ", "data:,", "data:x", "about:blank", "blob:https://app.example/1"),
        *("https://u@api.example", "ftp://a/", "https://api.example:25/", "https://"),
    ]
)
requests = st.fixed_dictionaries(
    {"url": urls, "headers": header_lists(REQUEST_HEADERS, 3)},
    optional={
        "method": st.sampled_from(["GET", "HEAD", "POST", "put", "DELETE", "QUERY", "trace", "a b"]),
        "mode": st.sampled_from(["cors", "cors", "no-cors", "same-origin", "navigate"]),
        "credentials": st.sampled_from(["omit", "same-origin", "include"]),
        "redirect": st.sampled_from(["follow", "follow", "error", "manual"]),
        "body": st.sampled_from(["text", "urlencoded", "form-data", "json-blob", "blob", "bytes"]),
        "referrerPolicy": st.sampled_from(["", "no-referrer", "same-origin", "strict-origin", "unsafe-url"]),
        "cache": st.sampled_from(["no-store", "only-if-cached"]),
    },
)
scenarios = st.fixed_dictionaries(
    {
        "page": st.sampled_from([f"{origin}/page?q#f" for origin in ORIGINS[:3]]),
        "request": requests,
        "server": st.lists(hops, max_size=4),
        "sandboxed": st.sampled_from([False, False, False, True]),
    }
).map(read_request_scenario)


@pytest.fixture(scope="module")
def twin() -> FetchTwin:
    return FetchTwin([fetch_method])


@given(scenario=scenarios)
@settings(max_examples=300, deadline=None)
def test_both_languages_fetch_alike_and_every_exchange_has_a_verdict(
    twin: FetchTwin, scenario: RequestScenario
) -> None:
    promise = twin.both(fetch_method, lambda: fetch_arguments(scenario, Network([], [], [])))
    verdict = judge_request(scenario)
    assert (verdict.result == "blocked") is promise.rejected
    assert verdict.spec
