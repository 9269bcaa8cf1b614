"""A visit, asked by raw sockets: who gets the page, what it may load, what it says, and when it is over."""

from __future__ import annotations

import json
import re
import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from lab_client import line_to

from pelican_cors_series.lab.loopback import on_loopback, places_of
from pelican_cors_series.lab.server import LabServer
from pelican_cors_series.lab.visit import Patience, Ran, Visit
from pelican_cors_series.rules import read_request_scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

SCENARIO = read_request_scenario(
    {
        "page": "https://app.example/",
        "request": {"url": "https://api.example/x"},
        "response": {"status": 200, "headers": {"Access-Control-Allow-Origin": "*"}},
    }
)


@dataclass
class Opened:
    """A visit that waits, with its server."""

    server: LabServer
    visit: Visit
    ran: list[Ran]
    host: str

    @property
    def path(self) -> str:
        """The folder of the page."""
        return re.sub(r"^http://[^/]+|/en$", "", self.visit.address("en"))

    def ask(self, line: str, host: str | None = None, body: str = "") -> bytes:
        """Send a request to the host of the page, or another, and give the head of the answer and its body."""
        with line_to(self.server) as connection:
            head = f"{line} HTTP/1.1\nHost: {host or self.host}\nUser-Agent: x\nContent-Length: {len(body)}"
            answer = connection.ask(head, body.encode())
            lengths = re.findall(rb"Content-Length: (\d+)", answer)
            return answer + b"\n" + connection.stream.read(int(lengths[0])) if lengths else answer

    def say(self, what: str) -> dict[str, object]:
        """Say something as the page does and give the answer."""
        answer: dict[str, object] = json.loads(self.ask(f"POST {self.path}/{what}").rpartition(b"\n")[2])
        return answer


def opened(patience: Patience | None = None) -> Opened:
    places = places_of(SCENARIO)
    server = LabServer(60, {place.host for place in places.values()})
    server.__enter__()
    scenario = on_loopback(SCENARIO, places, server.ports).scenario
    ran: list[Ran] = []
    pages = {code: lambda last, runs, code=code: f"<{code} {runs} {last is None}>" for code in ("en", "ko")}
    return Opened(server, Visit(server, scenario, pages, ran.append, patience), ran, scenario.page[7:-1])


@pytest.fixture
def waiting() -> Iterator[Opened]:
    there = opened()
    yield there
    there.server.close()


def test_the_page_stands_in_each_language_and_may_load_what_is_its_own_alone(waiting: Opened) -> None:
    for code in ("en", "ko"):
        answer = waiting.ask(f"GET {waiting.path}/{code}").decode()
        assert answer.startswith("HTTP/1.1 200 ")
        assert answer.endswith(f"<{code} 0 True>")
        (policy,) = re.findall("Content-Security-Policy: (.*)\r", answer)
        assert policy.startswith("default-src 'none'; ")
        assert set(re.findall(r"\S+://\S+", policy.replace(";", ""))) == {f"http://{waiting.host}"}
        assert "unsafe" not in policy
    for asset, kind in (("visit.css", "text/css"), ("visit.js", "text/javascript")):
        assert f"Content-Type: {kind}".encode() in waiting.ask(f"GET {waiting.path}/{asset}")


@pytest.mark.parametrize("name", ["de", "", "visit.py", "run", "page.js", "../server.py"])
def test_nothing_else_is_to_be_had(waiting: Opened, name: str) -> None:
    assert waiting.ask(f"GET {waiting.path}/{name}") == b""


def test_a_host_that_it_does_not_know_is_met_by_a_closed_connection(waiting: Opened) -> None:
    port = waiting.server.port
    page = f"GET {waiting.path}/en"
    for host in (f"localhost:{port}", f"127.0.0.1:{port}", f"evil.example:{port}", "app-example.localhost", "", "x:y"):
        assert waiting.ask(page, host or " ") == b"", host
    # Another origin of the scenario answers for itself, and has no page.
    assert waiting.ask(page, f"api-example.localhost:{port}") == b""
    assert waiting.ask(f"GET http://{waiting.host}{waiting.path}/en") == b""
    assert waiting.ask("CONNECT app-example.localhost:443") == b""
    assert waiting.ask(page).startswith(b"HTTP/1.1 200 ")


def test_it_stands_on_loopback_alone(waiting: Opened) -> None:
    with socket.socket() as elsewhere:
        elsewhere.settimeout(1)
        with pytest.raises(OSError, match=r"refused|timed out"):
            elsewhere.connect(("127.0.0.2", waiting.server.port))


def test_a_run_is_a_frame_whose_result_is_counted_and_reported_and_the_next_one_is_a_new_frame(waiting: Opened) -> None:
    first = str(waiting.say("run")["frame"])
    assert first.startswith(f"http://{waiting.host}/~lab-")
    folder = first.removesuffix("/page")[len(f"http://{waiting.host}") :]
    (task,) = json.loads(waiting.ask(f"POST {folder}/work", body="[]").rpartition(b"\n")[2])["tasks"]
    assert waiting.say("beat") == {"runs": 0}
    result = {"mark": task["mark"], "outcome": "cors", "status": 200, "headers": [], "message": None}
    waiting.ask(f"POST {folder}/work", body=json.dumps([result]))
    assert waiting.say("beat") == {"runs": 1}
    assert [(ran.result.outcome, ran.user_agent) for ran in waiting.ran] == [("cors", "x")]
    assert waiting.ask(f"GET {waiting.path}/en").endswith(b"<en 1 False>")
    assert waiting.say("run")["frame"] != first
    assert waiting.ask(f"GET {folder}/page") == b""


@pytest.mark.parametrize(
    ("patience", "said", "ending"),
    [
        (Patience(first=0.1), [], "unvisited"),
        (Patience(closed=0.1), ["beat", "gone"], "closed"),
        (Patience(silent=0.1), ["beat"], "closed"),
        (Patience(closed=0.1), ["beat", "gone", "beat"], None),
        (Patience(silent=0.1), [], None),
    ],
)
def test_it_is_over_where_nobody_came_or_whoever_came_has_gone(
    patience: Patience, said: list[str], ending: str | None
) -> None:
    there = opened(patience)
    try:
        assert there.visit.ended() is None
        for what in said:
            there.say(what)
        time.sleep(0.3)
        assert there.visit.ended() == ending
    finally:
        there.server.close()
