"""The experiments of a built page in Firefox and WebKitGTK: on the site's own host, and as an author looks at it."""

from __future__ import annotations

import json
import mimetypes
import threading
from typing import TYPE_CHECKING, Any

import pytest
from conftest import CONFIGURATION, Site
from experiments import TABLE, fences

from pelican_cors_series.lab.browser import Browser
from pelican_cors_series.lab.firefox import firefox
from pelican_cors_series.lab.messages import HttpRequest, Reply
from pelican_cors_series.lab.server import LabServer
from pelican_cors_series.lab.webkit import webkit

if TYPE_CHECKING:
    from pathlib import Path

    from pelican_cors_series.rules.records import Url

ENGINES = {"firefox": firefox, "webkit": webkit}
STAR = ("Access-Control-Allow-Origin", "*")
# Where a site stands, and where its author looks at it first.
HOSTS = ["https://blog.example", "http://127.0.0.1:8000"]
# Which the engine does otherwise on a host without Access-Control-Allow-Origin, and what comes of it.
OTHERWISE = {("webkit", "does: font"): "readable"}
DRIVE = """
const until = async (look) => {
  while (!look()) await new Promise((resolve) => setTimeout(resolve, 20));
  return look();
};
const found = [];
for (const widget of document.querySelectorAll("live-experiment")) {
  widget.scrollIntoView();
  (await until(() => widget.querySelector("fieldset button"))).click();
  await until(() => widget.querySelector("[role=status]").textContent);
  const said = [...widget.querySelectorAll("table strong")].map((each) => each.textContent);
  const words = [...widget.querySelectorAll("fieldset button")].map((each) => each.textContent);
  const results = widget.dataset.results.split(" ");
  found.push(said.length ? said.map((each) => results[words.indexOf(each)]) : widget.textContent);
}
await fetch("/report", { method: "POST", body: JSON.stringify(found) });
"""


class Everything(dict[str, Any]):
    """The built site on every host, with a script in its pages that runs their experiments and reports."""

    def __init__(self, folder: Path, headers: list[tuple[str, str]]) -> None:
        super().__init__()
        self.folder, self.headers = folder, [("Cache-Control", "no-store"), *headers]
        self.report: list[object] = []
        self.ended = threading.Event()

    def get(self, *_: object) -> Any:  # noqa: ANN401 - a handler, whatever the path
        """Return the one handler."""
        return self.answer

    def answer(self, request: HttpRequest, url: Url) -> Reply:
        """Answer a request for a file, or take the report."""
        if url.path == "/report":
            self.report = json.loads(request.body)
            self.ended.set()
        if request.method not in ("GET", "HEAD"):
            return Reply(405, self.headers, b"")
        if url.path == "/drive.js":
            return Reply(200, [*self.headers, ("Content-Type", "text/javascript")], DRIVE.encode())
        file = self.folder / url.path.strip("/")
        file = file if file.is_file() else file.with_name(f"{file.name}.html")
        if not file.is_file():
            return Reply(404, self.headers, b"")
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        body = file.read_bytes()
        if url.path.startswith("/posts/"):
            body = body.replace(b"</head>", b'<script type="module" src="/drive.js"></script></head>')
        return Reply(200, [*self.headers, ("Content-Type", kind)], body)


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = Site(tmp_path_factory.mktemp("experiments"))
    site.write("pelicanconf.py", CONFIGURATION)
    site.part("en/2023-06-13-a.md", fences())
    run = site.pelican()
    assert run.returncode == 0, run.stderr + run.stdout
    return site.root / "output"


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("headers", [[STAR], []], ids=["with", "without"])
@pytest.mark.parametrize("engine", ENGINES)
def test_every_experiment_runs_and_comes_to_what_was_predicted(
    blog: Path, engine: str, headers: list[tuple[str, str]], host: str
) -> None:
    site = Everything(blog, headers)
    with LabServer(limit=120) as server:
        server.handlers = site
        with Browser(ENGINES[engine](), server, f"{host}/posts/2023-06-13-a", limit=100):
            assert site.ended.wait(90)
    expected = []
    for source, star, none in TABLE:
        predicted = star if headers else none
        came_to = predicted if headers else OTHERWISE.get((engine, source), predicted)
        expected.append(["readable", predicted, came_to])
    assert site.report == expected
