"""The built pages in every engine of this machine: each widget wakes, says its verdict, and nothing goes wrong."""

from __future__ import annotations

import json
import mimetypes
import os
import queue
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pelican_cors_series.lab import NAMES, EngineName, engine, installed
from pelican_cors_series.lab.browser import Browser
from pelican_cors_series.lab.messages import HttpRequest, Reply
from pelican_cors_series.lab.server import LabServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pelican_cors_series.rules.records import Url

# Not a host of the site's own settings: the pages have to work wherever they lie.
HOST = "https://blog.example"
# Each page, and the elements that wake on it.
ELEMENTS = {
    "/posts/2023-06-14-cors-3": {"origin-compare", "predict-first", "live-experiment"},
    "/ko/2023-06-12-cors-1": {"origin-compare", "predict-first", "cors-exchange"},
    "/ko/2023-06-14-cors-3": {"origin-compare", "predict-first", "live-experiment"},
    "/doctor/": {"cors-doctor"},
    "/ko/search/": {"site-search"},
}
PAGES = [*ELEMENTS]
# What an element says once the probe has done something with it; an experiment is only woken.
VERDICTS = {
    "origin-compare": "same-origin",
    "cors-exchange": "readable",
    "predict-first": "right",
    "live-experiment": None,
    "cors-doctor": "Access-Control-Allow-Origin: https://app.example",
    "site-search": True,
}
PROBE = Path(__file__).with_name("probe.js")
# How long a page may take, in seconds.
PATIENCE = 90


class ProbedSite:
    """A built site, with the probe in each of its pages; what that reports comes out of a queue."""

    def __init__(self, folder: Path, pages: list[str]) -> None:
        self.folder = folder
        self.reports: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self._next = deque(pages[1:])

    def __call__(self, request: HttpRequest, url: Url) -> Reply | None:
        """Answer as a plain host would, which finds a page by its address without the ending."""
        if url.path == "/probe/probe.js":
            return Reply(200, [("Content-Type", "text/javascript")], PROBE.read_bytes())
        if url.path == "/probe/report":
            self.reports.put(json.loads(request.body))
            following = f"{HOST}{self._next.popleft()}" if self._next else None
            return Reply(200, [("Content-Type", "application/json")], json.dumps({"next": following}).encode())
        file = self.folder / url.path.removeprefix("/")
        file = file / "index.html" if file.is_dir() else file
        file = file if file.is_file() else file.with_name(f"{file.name}.html")
        if not file.is_file():
            return Reply(404, [("Content-Type", "text/plain")], b"")
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        body = file.read_bytes()
        if kind == "text/html":
            body = body.replace(b"</head>", b'<script type="module" src="/probe/probe.js"></script></head>')
        return Reply(200, [("Content-Type", f"{kind};charset=utf-8" if kind.startswith("text/") else kind)], body)


@pytest.fixture(scope="module")
def server() -> Iterator[LabServer]:
    pytest.importorskip("trustme")
    with LabServer(limit=600) as found:
        yield found


@pytest.mark.parametrize("name", NAMES)
def test_every_widget_wakes_and_nothing_goes_wrong(name: EngineName, server: LabServer, built: Path) -> None:
    if name not in installed() and os.environ.get("CI") != "true":
        pytest.skip(engine(name).apt_line())
    site = ProbedSite(built, PAGES)
    # The server knows whose request it gets by the first segment of its path.
    server.handlers |= dict.fromkeys(("probe", *(path.name for path in built.iterdir())), site)
    with Browser(engine(name), server, f"{HOST}{PAGES[0]}", limit=PATIENCE * len(PAGES)):
        reports = [site.reports.get(timeout=PATIENCE) for _ in PAGES]
    assert [report["page"] for report in reports] == PAGES
    for report in reports:
        assert report["problems"] == []
        assert {widget["name"] for widget in report["widgets"]} == ELEMENTS[report["page"]]
        assert [widget for widget in report["widgets"] if not widget["isUpgraded"]] == []
        verdicts = {(widget["name"], widget["verdict"]) for widget in report["widgets"]}
        assert verdicts == {(name, VERDICTS[name]) for name in ELEMENTS[report["page"]]}
