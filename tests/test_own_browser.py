"""cors-series lab --open: the real command, and the page that it opens, in Chromium without any proxy."""

# The fixtures of test_browser are asked for by their names.
# ruff: noqa: F811

from __future__ import annotations

import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from conftest import OWN_LANGUAGES, ROOT
from playwright.sync_api import Browser, Page, expect
from test_browser import chromium  # noqa: F401

from pelican_cors_series.cli import main
from pelican_cors_series.lab.session import Result
from pelican_cors_series.lab.visit import Patience, Ran
from pelican_cors_series.own_browser import show_in_own_browser
from pelican_cors_series.own_browser_page import Shown, browser_of, own_browser_page
from pelican_cors_series.rules import WireEntry, judge_request, read_request_scenario
from pelican_cors_series.scenario_text import judge_text
from pelican_cors_series.text import load_text

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = "page: https://app.example/\n"
SIMPLE = f"""{PAGE}request: {{url: https://api.example/items/7}}
response: {{status: 200, headers: {{Access-Control-Allow-Origin: https://app.example, ETag: "1"}}}}
"""
# A preflight before each of two requests, of which the first is redirected to another site.
REDIRECTED = f"""{PAGE}request: {{url: https://api.example/items/7, method: PUT, headers: {{X-A: "1"}}}}
server:
  - at: https://api.example
    preflight: &preflight
      status: 204
      headers:
        {{Access-Control-Allow-Origin: "*", Access-Control-Allow-Methods: '*', Access-Control-Allow-Headers: x-a}}
    response: {{status: 307, headers: {{Access-Control-Allow-Origin: "*", Location: https://store.test:8443/items}}}}
  - at: https://store.test:8443
    preflight: *preflight
    response: {{status: 200, headers: {{Access-Control-Allow-Origin: "*", ETag: "1"}}}}
"""
REFUSED = f"""{PAGE}request: {{url: https://api.example/items/7, method: DELETE}}
preflight: {{status: 204, headers: {{Access-Control-Allow-Origin: "https://other.example"}}}}
"""
SANDBOXED = f"""{PAGE}sandboxed: true
request: {{url: https://app.example/items/7, method: POST, body: text}}
response: {{status: 200, headers: {{Access-Control-Allow-Origin: "null"}}}}
"""
MIXED = f"{PAGE}request: {{url: http://api.example/}}\nresponse: {{status: 200}}\n"
# Chromium lets it pass, the Standard does not.
WILDCARD = f"""{PAGE}request: {{url: https://api.example/items, headers: {{Authorization: Bearer t}}}}
preflight: {{status: 204, headers: {{Access-Control-Allow-Origin: "*", Access-Control-Allow-Headers: "*"}}}}
response: {{status: 200, headers: {{Access-Control-Allow-Origin: "*"}}}}
"""


@dataclass
class Here:
    """The same in this process: the address that it gave to the browser, and what it says."""

    address: str
    said: list[str]
    thread: threading.Thread

    def ends(self) -> str:
        """Wait for its end and give what it has said."""
        self.thread.join(20)
        assert not self.thread.is_alive()
        return "".join(self.said)


@contextmanager
def here(monkeypatch: pytest.MonkeyPatch, scenario: str, language: str = "en", closed: float = 0.5) -> Iterator[Here]:
    """Show a scenario as the command does, but end soon after the page has gone."""
    judged, problems = judge_text(scenario, lambda *_: pytest.fail("no problem is to have a place"))
    assert judged is not None
    assert problems == []
    opened: queue.SimpleQueue[str] = queue.SimpleQueue()
    monkeypatch.setattr("webbrowser.open", opened.put)
    said: list[str] = []
    thread = threading.Thread(
        target=show_in_own_browser,
        args=(judged[0], load_text(language), said.append),
        kwargs={"patience": Patience(closed=closed), "limit": 60},
        daemon=True,
    )
    thread.start()
    yield Here(opened.get(timeout=20), said, thread)


@dataclass
class Command:
    """The command as it runs, and the address that it gave to the browser."""

    process: subprocess.Popen[str]
    address: str
    said: Path

    def ends(self, within: float = 20) -> str:
        """Wait for its end and give what it has said."""
        self.process.wait(within)
        return self.said.read_text(encoding="utf-8")

    def port_is_free(self) -> bool:
        """Tell whether nobody listens at its port any more."""
        port = int(re.findall(r":(\d+)/", self.address)[0])
        with socket.socket() as asking:
            return asking.connect_ex(("127.0.0.1", port)) != 0


@contextmanager
def command(folder: Path, scenario: str, language: str = "en") -> Iterator[Command]:
    """Run the command with a browser that only writes down what it is to open."""
    (folder / "scenario.yaml").write_text(scenario, encoding="utf-8")
    browser, opened, said = folder / "browser.sh", folder / "opened", folder / "said"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{opened}.new" && mv "{opened}.new" "{opened}"\n', encoding="utf-8")
    browser.chmod(0o755)
    environment = {**os.environ, "BROWSER": f"{browser} %s", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    line = ["lab", str(folder / "scenario.yaml"), "--open", "--language", language]
    with said.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "pelican_cors_series.cli", *line], env=environment, stdout=output, text=True
        )
    try:
        end = time.monotonic() + 20
        while not opened.is_file() and time.monotonic() < end:
            time.sleep(0.05)
        yield Command(process, opened.read_text(encoding="utf-8").strip(), said)
    finally:
        process.kill()
        process.wait()


@contextmanager
def shown(chromium: Browser, address: str, width: int = 1280) -> Iterator[Page]:
    """Open the page and wait for the end of its run; fails where the policy was violated or the page broke."""
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if "Content Security" in message.text else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(address)
    expect(page.locator("#verdict")).to_have_attribute("data-agrees", re.compile("yes|no"), timeout=20_000)
    yield page
    # As a person closes it: with its last words.
    page.close(run_before_unload=True)
    time.sleep(0.5)
    context.close()
    assert wrong == []


@pytest.mark.parametrize(
    ("scenario", "outcome"),
    [
        (SIMPLE, "cors"),
        (SANDBOXED, "cors"),
        (f"{PAGE}request: {{url: '/x'}}\nresponse: {{status: 404}}\n", "basic"),
        (f"{PAGE}request: {{url: 'https://u:p@api.example/'}}\n", "constructor-error"),
        (f"{PAGE}request: {{url: 'data:text/plain,a'}}\n", "basic"),
    ],
    ids=["simple", "sandboxed", "same-origin", "constructor", "data"],
)
def test_the_browser_does_what_the_rules_say(
    chromium: Browser, monkeypatch: pytest.MonkeyPatch, scenario: str, outcome: str
) -> None:
    text = load_text("en")
    with here(monkeypatch, scenario) as running:
        with shown(chromium, running.address) as page:
            expect(page.locator("#verdict")).to_have_text(text("open_page.agrees"))
            for card in page.locator("#cards > section").all():
                assert text(f"explain.outcome.{outcome}") in card.inner_text()
        assert text("lab.same") in running.ends()


@pytest.mark.parametrize(
    ("language", "scenario", "outcome"),
    [("en", REDIRECTED, "cors"), ("ko", REFUSED, "network-error")],
    ids=["redirected after preflights, in English", "refused, in Korean"],
)
def test_the_command_shows_what_the_browser_did_and_ends_with_the_page(
    chromium: Browser, tmp_path: Path, language: str, scenario: str, outcome: str
) -> None:
    text = load_text(language)
    with command(tmp_path, scenario, language) as running:
        assert running.address.endswith(f"/{language}")
        with shown(chromium, running.address) as page:
            expect(page.locator("#verdict")).to_have_text(text("open_page.agrees"))
            expect(page.locator("html")).to_have_attribute("lang", language)
            for card in page.locator("#cards > section").all():
                assert text(f"explain.outcome.{outcome}") in card.inner_text()
        said = running.ends()
        assert running.process.returncode == 0
        assert running.port_is_free()
    assert text("lab.same") in said
    assert said.endswith(text("open_page.closed") + "\n")


def test_what_reached_the_servers_stands_on_the_page_under_the_stand_ins(
    chromium: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    with here(monkeypatch, REDIRECTED) as running, shown(chromium, running.address) as page:
        first, second = running.address.split("/~")[0], page.locator("table td:nth-child(2)").all_inner_texts()[2]
        assert second.startswith("http://store-test.localhost:")
        ours, theirs = (card.locator("li").all_inner_texts() for card in page.locator("#cards > section").all())
        assert len(ours) == 4
        assert ours == theirs
        assert f"Origin: {first}" in theirs[0]
        assert second in theirs[2]
        assert "Origin: null" in theirs[3]


def test_it_is_run_again_on_demand_and_read_in_the_other_language(
    chromium: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    with here(monkeypatch, SIMPLE, closed=6) as running:
        with shown(chromium, running.address) as page:
            page.click("#again")
            expect(page.locator("main")).to_have_attribute("data-state", "done", timeout=10_000)
            page.click("nav a[lang=ko]")
            expect(page.locator("#verdict")).to_have_text(load_text("ko")("open_page.agrees"))
            assert page.locator("main").get_attribute("data-runs") == "2"
            expect(page.locator("#again")).to_be_enabled()
        assert running.ends().count(load_text("en")("lab.same")) == 2


def test_where_the_browser_is_known_to_differ_the_page_and_the_command_say_so(
    chromium: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = load_text("en")("deviations.authorization-by-wildcard")
    with here(monkeypatch, WILDCARD) as running:
        with shown(chromium, running.address) as page:
            expect(page.locator("#verdict")).to_have_attribute("data-agrees", "no")
            assert known in page.locator("#result").inner_text()
        assert f"{known} (authorization-by-wildcard)" in running.ends()


def test_what_the_rewriting_takes_away_is_said(chromium: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    text = load_text("en")
    scenario = MIXED.replace("status: 200", 'status: 200, headers: {Access-Control-Allow-Origin: "*"}')
    with here(monkeypatch, scenario) as running:
        with shown(chromium, running.address, width=320) as page:
            other = page.locator("#other").inner_text()
            assert text("explain.outcome.network-error") in other
            assert "http://api.example/. The browser blocks that as mixed content" in other
            assert text("open_page.not_https") in page.locator("main").inner_text()
            assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert other in running.ends()


def test_an_interrupt_ends_it_and_frees_its_port(tmp_path: Path) -> None:
    with command(tmp_path, SIMPLE) as running:
        assert not running.port_is_free()
        running.process.send_signal(signal.SIGINT)
        running.ends()
        assert running.process.returncode == 128 + signal.SIGINT
        assert running.port_is_free()


@pytest.mark.parametrize(
    ("patience", "limit", "key"),
    [(Patience(first=0.1), 60.0, "unvisited"), (Patience(), 0.5, "limit")],
    ids=["nobody came", "the time is up"],
)
def test_it_ends_by_itself(monkeypatch: pytest.MonkeyPatch, patience: Patience, limit: float, key: str) -> None:
    text, said, asked = load_text("en"), [], []
    monkeypatch.setattr("webbrowser.open", asked.append)
    scenario = read_request_scenario({"page": "https://app.example/", "request": {"url": "/x"}})
    begun = time.monotonic()
    show_in_own_browser(scenario, text, said.append, patience=patience, limit=limit)
    assert time.monotonic() - begun < 30
    assert said[-1] == f"\n{text(f'open_page.{key}')}\n"
    assert any(address in "".join(said) for address in asked)


@pytest.mark.parametrize(
    ("scenario", "options", "code", "expected"),
    [
        ("page: about:blank\nrequest: {url: https://api.example/}\n", [], 1, "a browser's page has to be at an http"),
        ("a: null\nb: null\n", [], 1, load_text("en")("lab.requests_only")),
        (f"{PAGE}request: {{}}\n", [], 1, "scenario.yaml:2:"),
        (SIMPLE, ["--engine", "firefox"], 2, load_text("en")("open_page.engine_with_open")),
    ],
    ids=["no page", "no request", "no scenario", "an engine"],
)
def test_what_cannot_be_opened_is_one_clear_problem(  # noqa: PLR0913, PLR0917 - the fixtures count too
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    scenario: str,
    options: list[str],
    code: int,
    expected: str,
) -> None:
    monkeypatch.setattr("webbrowser.open", lambda _: pytest.fail("nothing is to be opened"))
    file = tmp_path / "scenario.yaml"
    file.write_text(scenario, encoding="utf-8")
    assert main(["lab", str(file), "--open", *options]) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert expected in shown.err
    assert shown.err.count("cors-series:") + shown.err.count("error[") == 1


@pytest.mark.parametrize(
    ("options", "language"),
    [([], "en"), (["--language", "en"], "en"), (["--language", "ko"], "ko"), (["--language=ko"], "ko")],
)
def test_the_help_is_in_the_language_that_is_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, options: list[str], language: str
) -> None:
    monkeypatch.setenv("COLUMNS", "1000")
    with pytest.raises(SystemExit, match="0"):
        main(["lab", *options, "--help"])
    shown, words = capsys.readouterr().out, load_text(language).words["lab_help"]
    assert all(sentence in shown for sentence in words.values())


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0", ("firefox", "Firefox 153")),
        (
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
            ("chromium", "Chrome 156"),
        ),
        ("Mozilla/5.0 Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0", ("chromium", "Edge 156")),
        (
            "Mozilla/5.0 AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Safari/605.1.15",
            ("webkit", "Safari 19.1"),
        ),
        ("curl/8", (None, None)),
    ],
)
def test_a_browser_is_known_by_what_it_calls_itself(user_agent: str, expected: tuple[str | None, str | None]) -> None:
    assert browser_of(user_agent) == expected


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({}, "agrees"),
        ({"outcome": "basic"}, "other_outcome"),
        ({"wire": ()}, "other_wire"),
        ({"outcome": None}, "no_answer"),
    ],
)
@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_the_page_says_whether_they_agree_and_in_what_they_differ(
    language: str, change: dict[str, object], key: str
) -> None:
    text = load_text(language)
    request = {"url": "http://b.localhost/?<b>"}
    scenario = read_request_scenario({"page": "http://a.localhost/", "request": request, "response": {"status": 200}})
    verdict = judge_request(scenario)
    wire = (WireEntry(0, "GET", preflight=False, origin="http://a.localhost", asks_headers=None),)
    found: dict[str, object] = {"outcome": "network-error", "wire": wire, **change}
    result = Result(0, status=None, readable_headers=(), message="<i>", mark="m", **found)  # type: ignore[arg-type]
    page = own_browser_page(Shown(verdict, verdict, ()), Ran(result, "x"), 1, text, {"en": text})
    soup = BeautifulSoup(page, "html.parser")
    assert [each.get_text() for each in soup.select("#verdict")] == [text(f"open_page.{key}")]
    assert soup.select("b, i") == []
    assert text("open_page.same_verdict") in soup.get_text()
