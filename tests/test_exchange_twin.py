"""The cors-exchange widget in Python and in JavaScript: the same HTML, the same change, the same refusals."""

from __future__ import annotations

import json
import math
import re
from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
from any_scenarios import json_values, requests
from conftest import OWN_LANGUAGES
from exchange_twin import ExchangeTwin
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pelican_cors_series.lab.random_scenarios import random_scenarios
from pelican_cors_series.rules import ScenarioError, judge_request, read_request_scenario
from pelican_cors_series.text import load_text
from pelican_cors_series.widgets.exchange_markup import exchange_markup
from pelican_cors_series.widgets.exchange_scripts import DECIDING
from pelican_cors_series.widgets.scenario_json import plain_scenario, scenario_json

if TYPE_CHECKING:
    from pelican_cors_series.rules import RequestScenario

LONE_SURROGATE = re.compile("[\ud800-\udfff]")
PAGE = "https://app.example/"
API = "https://api.example"
CREDENTIALS = {"Access-Control-Allow-Origin": "*"}
CURATED = [
    {"request": {"url": API}, "response": {"status": 200}},
    {"request": {"url": "/same"}, "response": {"status": 200}},
    {"request": {"url": API, "credentials": "include"}, "response": {"status": 200, "headers": CREDENTIALS}},
    {
        "request": {"url": API, "method": "PUT", "headers": {"X-A": "1", "Authorization": "b"}},
        "response": {"status": 200},
    },
    {"request": {"url": API, "method": "PUT"}, "preflight": {"status": 404}, "response": None},
    {"request": {"url": "http://api.example/"}, "response": {"status": 200}},
    {"request": {"url": API, "mode": "no-cors"}, "response": {"status": 200}},
    {"request": {"url": API, "mode": "no-cors", "method": "PUT"}, "response": {"status": 200}},
    {"request": {"url": API, "mode": "same-origin"}, "response": {"status": 200}},
    {"request": {"url": API, "mode": "navigate"}, "response": {"status": 200}},
    {"request": {"url": "https://user:word@api.example/"}, "response": {"status": 200}},
    {"request": {"url": "https://api.example:25/"}, "response": {"status": 200}},
    {"request": {"url": "data:,x"}},
    {"request": {"url": "data:x"}},
    {"request": {"url": "blob:https://app.example/1", "method": "POST"}},
    {"request": {"url": "file:///etc", "mode": "no-cors"}},
    {"request": {"url": "ftp://api.example/", "mode": "no-cors"}},
    {"request": {"url": API, "integrity": "sha256-x"}, "response": {"status": 204, "headers": CREDENTIALS}},
    {"request": {"url": API, "method": "TRACE"}},
    {"request": {"url": API, "headers": {"Cookie": "a", "é": "b"}, "body": "text"}},
    {"request": {"url": API, "cache": "only-if-cached", "mode": "same-origin"}},
    {"request": {"url": "/", "cache": "only-if-cached", "mode": "same-origin"}, "response": {"status": 200}},
    {
        "request": {"url": "http://api.example/a"},
        "server": [
            {"at": "http://api.example", "response": {"status": 301, "headers": {"Location": "https://api.example/a"}}},
            {"at": "https://api.example", "response": {"status": 200}},
        ],
    },
    {
        "request": {"url": API, "redirect": "error"},
        "response": {"status": 302, "headers": {"Location": "/b", **CREDENTIALS}},
    },
    {
        "request": {"url": API, "redirect": "manual"},
        "response": {"status": 302, "headers": {"Location": "/b", **CREDENTIALS}},
    },
    {
        "request": {"url": API},
        "server": [
            {"at": API, "response": {"status": 302, "headers": {"Location": f"https://u:p@{host}/", **CREDENTIALS}}}
            for host in ("app.example", "api.example")
        ],
    },
    {
        "request": {"url": API},
        "response": {"status": 200, "headers": {"X-A": "<img src=x>&'\"", "Access-Control-Allow-Origin": "null"}},
    },
    {"request": {"url": API}, "response": {"status": 200, "headers": {"Access-Control-Allow-Origin": "{value}"}}},
    {"sandboxed": True, "request": {"url": API}, "response": {"status": 200, "headers": {"X-A": "한국"}}},
]


@pytest.fixture(scope="module", params=[False, True], ids=["readable", "minified"])
def twin(request: pytest.FixtureRequest) -> ExchangeTwin:
    return ExchangeTwin(OWN_LANGUAGES, minified=request.param)


def in_python(scenario: RequestScenario, language: str) -> dict[str, str]:
    """What the build prints, without what the element leaves to it: the consoles and the engines that do otherwise."""
    markup = exchange_markup(scenario, judge_request(scenario), load_text(language)).replace("\n<", "<")
    found = re.fullmatch(
        r'<cors-exchange[^>]*>(?P<top>.*?)(?P<wire><p data-slot="heading">.*?<p data-slot="ending">.*?</p>)'
        r".*<ol>(?P<steps>.*?)</ol></details></cors-exchange>",
        markup,
        re.DOTALL,
    )
    assert found is not None
    return found.groupdict()


def hold(twin: ExchangeTwin, scenario: RequestScenario, language: str) -> None:
    said = twin.say(json.dumps(plain_scenario(scenario)), language)
    expected = in_python(scenario, language)
    assert {name: said[name] for name in expected} == expected
    verdict = judge_request(scenario)
    remedy: Any = verdict.remedy.as_json()
    changes = remedy["change"]
    if said["remedy"] is not None:
        must: Any = remedy["request_must_change"]
        assert said["decided_by"] in DECIDING
        asked = said["remedy"]["request"]
        assert (asked is None) == (must is None)
        if must is not None:
            assert (asked["member"], asked["value"]) == (must["member"], must["value"])
            assert asked["change"] == list(map(without_member, must["change"]))
        assert said["remedy"]["change"] == list(map(without_member, changes))
        helps = bool(changes) or bool(must and (must["member"] or must["change"]))
        assert (said["fixed"] is not None) == helps
        if helps:
            assert judge_request(read_request_scenario(said["fixed"])).result == "readable"
    assert said["plain"] == plain_scenario(scenario)


def without_member(change: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in change.items() if name != "member"}


@pytest.mark.parametrize("language", OWN_LANGUAGES)
@pytest.mark.parametrize("given_here", CURATED, ids=range(len(CURATED)))
def test_the_widget_says_what_the_build_says(twin: ExchangeTwin, given_here: dict[str, object], language: str) -> None:
    hold(twin, read_request_scenario({"page": PAGE, **given_here}), language)


def test_it_says_the_same_after_more_redirects_than_a_browser_follows(twin: ExchangeTwin) -> None:
    hop = {"at": API, "response": {"status": 302, "headers": {"Location": "/b", **CREDENTIALS}}}
    given_here = {"page": PAGE, "request": {"url": API}, "server": [hop] * 22}
    hold(twin, read_request_scenario(given_here), "en")


@pytest.mark.parametrize("seed", range(4))
def test_random_exchanges_read_the_same(twin: ExchangeTwin, seed: int) -> None:
    for scenario in islice(random_scenarios(seed), 20):
        hold(twin, scenario, OWN_LANGUAGES[seed % len(OWN_LANGUAGES)])


@settings(max_examples=40, deadline=None)
@given(requests)
def test_the_strangest_exchanges_read_the_same(twin: ExchangeTwin, plain: dict[str, object]) -> None:
    try:
        scenario = read_request_scenario(plain)
    except ScenarioError:
        assume(False)
    assume(not LONE_SURROGATE.search(scenario_json(scenario)))  # A page is UTF-8, and no text of it holds one.
    hold(twin, scenario, "en")


@settings(max_examples=150, deadline=None)
@given(
    requests
    | json_values
    | st.builds(
        lambda base, more: {**base, **more},
        requests,
        st.dictionaries(
            st.sampled_from(["kind", "page", "request", "server", "preflight", "response", "expect", "engine", "x"]),
            json_values,
            max_size=2,
        ),
    )
)
def test_the_widget_reads_and_refuses_what_the_build_does(twin: ExchangeTwin, plain: object) -> None:
    assume(only_plain_numbers(plain))
    try:
        expected: dict[str, object] = {"plain": plain_scenario(read_request_scenario(plain))}
    except ScenarioError as error:
        expected = {"member": error.member, "code": error.code}
    assert twin.read(plain) == expected


def only_plain_numbers(value: object) -> bool:
    """JSON's numbers are whole where they look whole to JavaScript, and its names that are numbers come first."""
    if isinstance(value, dict):
        return not any(re.fullmatch("[0-9]+|__proto__", name) for name in value) and all(
            map(only_plain_numbers, value.values())
        )
    if isinstance(value, list | tuple):
        return all(map(only_plain_numbers, value))
    if isinstance(value, float):
        return math.isfinite(value) and not value.is_integer()
    return isinstance(value, bool) or not isinstance(value, int) or abs(value) < 2**53


def test_a_scenario_can_be_read_from_what_is_written_of_it() -> None:
    for scenario in islice(random_scenarios(5), 300):
        assert asdict(read_request_scenario(json.loads(scenario_json(scenario)))) == asdict(scenario)
