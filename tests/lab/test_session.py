"""What a browser is given to do, with a page that is played here: batches, pages, second tries, and the end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pelican_cors_series.lab.messages import HttpRequest
from pelican_cors_series.lab.server import LabServer
from pelican_cors_series.lab.session import BATCH, CannotRunError, Result, Session
from pelican_cors_series.rules import RequestScenario, read_request_scenario
from pelican_cors_series.rules.leaves import parse_url

if TYPE_CHECKING:
    from collections.abc import Iterable


def scenario(page: str = "https://app.example/", *, sandboxed: bool = False, **request: object) -> RequestScenario:
    asked = {"url": "https://api.example/x", **request}
    return read_request_scenario({"page": page, "sandboxed": sandboxed, "request": asked})


class Page:
    """A page of the lab, and all that was reported of it."""

    def __init__(self, scenarios: Iterable[RequestScenario], pause: int | None = None) -> None:
        self.server = LabServer()
        self.reported: list[Result | None] = []
        self.session = Session(self.server, scenarios, self.reported.append, pause)

    def get(self, address: str) -> str:
        url = parse_url(address)
        assert url is not None
        reply = self.session(HttpRequest("GET", address, ()), url)
        assert reply is not None
        assert reply.body is not None
        return reply.body.decode()

    def post(self, page: str, results: list[dict[str, Any]]) -> dict[str, Any]:
        url = parse_url("work", page)
        assert url is not None
        reply = self.session(HttpRequest("POST", url.href, (), json.dumps(results).encode()), url)
        assert reply is not None
        assert reply.body is not None
        answer: dict[str, Any] = json.loads(reply.body)
        return answer


def result(task: dict[str, Any], outcome: str = "cors") -> dict[str, Any]:
    return {"mark": task["mark"], "outcome": outcome, "status": 200, "headers": ["etag"], "message": None}


def test_every_scenario_runs_on_a_page_of_its_own_origin() -> None:
    pages = [("https://app.example/a?b", False), ("http://app.example:8080/", False), ("https://app.example/", True)]
    played = Page(scenario(page, sandboxed=sandboxed) for page, sandboxed in [*pages, *pages])
    address: str | None = played.session.start()
    visited, indexes = [], []
    while address is not None:
        visited.append(address.partition("/~lab-")[0] + " " + address.rpartition("/")[2])
        answer = played.post(address, [])
        assert len(answer["tasks"]) == 2
        address = played.post(address, [result(task) for task in answer["tasks"]])["go"]
    indexes = [seen.index for seen in played.reported if seen is not None]
    assert visited == ["https://app.example page", "http://app.example:8080 page", "https://app.example sandbox"]
    assert indexes == [0, 3, 1, 4, 2, 5]
    assert played.reported[-1] is None


def test_a_sandboxed_page_is_a_frame_in_a_page() -> None:
    played = Page([scenario(sandboxed=True)])
    address = played.session.start()
    assert 'data-frame="page"' in played.get(address)
    assert "data-frame" not in played.get(address.removesuffix("sandbox") + "page")
    assert 'sandbox = "allow-scripts"' in played.get(address.removesuffix("sandbox") + "page.js")


def test_the_options_are_those_of_the_scenario_and_what_it_leaves_out_is_left_out() -> None:
    headers = [["X-A", "1"], ["x-a", "2"]]
    played = Page(
        [scenario(method="put", headers=headers, body="bytes", referrerPolicy="", keepalive=False), scenario()]
    )
    first, second = played.post(played.session.start(), [])["tasks"]
    assert first["init"] == {
        "method": "put",
        "headers": headers,
        "mode": "cors",
        "credentials": "same-origin",
        "redirect": "follow",
        "referrerPolicy": "",
        "keepalive": False,
    }
    assert (first["body"], second["body"]) == ("bytes", None)
    assert sorted(second["init"]) == ["credentials", "headers", "method", "mode", "redirect"]


def test_each_run_has_an_address_of_its_own() -> None:
    played = Page([scenario(), scenario()])
    tasks = played.post(played.session.start(), [])["tasks"]
    assert [task["url"] for task in tasks] == [f"https://api.example/{task['mark']}/x" for task in tasks]
    assert tasks[0]["mark"] != tasks[1]["mark"]


def test_what_got_no_answer_runs_once_more_alone_and_then_counts_as_such() -> None:
    played = Page([scenario(), scenario()])
    address = played.session.start()
    first, second = played.post(address, [])["tasks"]
    again = played.post(address, [result(first, "no-answer"), result(second)])
    assert (len(again["tasks"]), again["at_once"]) == (1, 1)
    assert again["tasks"][0]["mark"] not in (first["mark"], second["mark"])
    assert played.post(address, [result(again["tasks"][0], "no-answer")]) == {"go": None}
    assert [seen and (seen.index, seen.outcome) for seen in played.reported] == [(1, "cors"), (0, None), None]


def test_a_browser_that_starts_again_goes_on_where_the_one_before_broke_down() -> None:
    played = Page(scenario() for _ in range(BATCH + 1))
    tasks = played.post(played.session.start(), [])["tasks"]
    assert len(tasks) == BATCH
    address = played.session.start()
    left = played.post(address, [])["tasks"]
    while "tasks" in (answer := played.post(address, [result(task) for task in left])):
        left = answer["tasks"]
    assert sorted(seen.index for seen in played.reported if seen is not None) == list(range(BATCH + 1))
    # What the one before may still have posted is too late.
    assert played.post(address, [result(tasks[0])]) == {"go": None}
    assert len(played.reported) == BATCH + 3


def test_nothing_stays_registered_when_it_is_over() -> None:
    played = Page([scenario(), scenario("http://app.example/")])
    played.post(played.session.start(), [])
    assert played.server.handlers
    played.session.close()
    assert played.server.handlers == {}


@pytest.mark.parametrize(
    "page", ["about:blank", "data:text/html,x", "ftp://app.example/", "blob:https://app.example/1"]
)
def test_a_page_that_no_server_can_serve_is_refused_with_its_place(page: str) -> None:
    with pytest.raises(CannotRunError, match="http or https") as error:
        Page([scenario(), scenario(page)])
    assert error.value.index == 1


def test_where_the_console_is_read_the_page_is_told_to_pause() -> None:
    played = Page([scenario()], pause=50)
    assert played.post(played.session.start(), [])["pause"] == 50


def test_texts_of_the_browser_name_the_addresses_of_the_scenario() -> None:
    played = Page([scenario("https://app.example/cart?id=1")])
    address = played.session.start()
    (task,) = played.post(address, [])["tasks"]
    played.post(address, [{**result(task, "network-error"), "message": f"{address} could not load {task['url']}"}])
    seen = played.reported[0]
    assert seen is not None
    assert played.session.plain(str(seen.message), seen) == (
        "https://app.example/cart?id=1 could not load https://api.example/x"
    )
