"""The built site through tools that nobody here wrote: validators of HTML, CSS and SVG, a link checker, Lighthouse.

Run by `make audit`, which installs them: Node 20 and a Java runtime have to be there.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from page_kinds import page_kinds
from pelican.server import ComplexHTTPRequestHandler

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.audit

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
TOOLS = HERE / "node_modules"
PREFIXES = {"en": "", "ko": "ko/"}
# A widget's state in the address is no id in the page.
STATES = r"#[a-z-]+-\d+\?"
COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".webmanifest"}


class Host(ComplexHTTPRequestHandler):
    """Answers as a static host does: addresses without their endings, texts compressed, connections kept."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> Any:  # noqa: ANN401 - as the library has it
        """Send the head of a compressed text, or of the file as it is."""
        found = self.get_path_that_exists(self.path.split("?", 1)[0])
        file = Path(self.base_path, unquote(found or "").lstrip("/"))
        file = file / "index.html" if file.is_dir() else file
        if not found or file.suffix not in COMPRESSED:
            return super().send_head()
        body = gzip.compress(file.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The site as its host serves it, built for the address at which it stands here, and its folder."""
    output = tmp_path_factory.mktemp("audit") / "output"
    handler = type("Here", (Host,), {"base_path": str(output)})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(output))) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}"
        built = [sys.executable, "-m", "pelican", "content", "-o", str(output), "--extra-settings"]
        subprocess.run([*built, f'SITEURL="{address}"'], cwd=ROOT, check=True, capture_output=True, timeout=120)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield address, output
        server.shutdown()


def test_every_page_style_and_picture_is_valid(site: tuple[str, Path]) -> None:
    _, output = site
    jar = TOOLS / "vnu-jar/build/dist/vnu.jar"
    files = [str(file) for file in sorted(output.rglob("*")) if file.suffix in {".html", ".css", ".svg"}]
    run = _run(["java", "-jar", str(jar), "--also-check-css", "--also-check-svg", "--format", "json", *files])
    found = json.loads(run.stderr)["messages"]
    assert [f"{each['url']}: {each['message']}" for each in found if each["type"] != "info"] == []


def test_every_page_holds_to_the_rules_of_html_validate(site: tuple[str, Path]) -> None:
    _, output = site
    pages = [str(file) for file in sorted(output.rglob("*.html"))]
    command = [_tool("html-validate"), "--config", str(HERE / "html-validate.json"), "--formatter", "json", *pages]
    found = json.loads(_run(command).stdout)
    assert [(each["filePath"], told["ruleId"], told["message"]) for each in found for told in each["messages"]] == []


def test_no_link_is_broken_and_no_fragment(site: tuple[str, Path]) -> None:
    address, output = site
    starts = [f"{address}/{page}" for page in page_kinds(output)]
    others = f"^(?!{address})"
    options = ["--recurse", "--check-fragments", "--skip", others, "--format", "json"]
    run = _run([_tool("linkinator"), *starts, *options])
    found = json.loads(run.stdout)
    broken = [(each["url"], each.get("parent")) for each in found["links"] if each["state"] == "BROKEN"]
    assert len(found["links"]) > 100
    assert [link for link in broken if not re.search(STATES, link[0])] == []


@pytest.mark.parametrize("language", PREFIXES)
@pytest.mark.parametrize("kind", ["home", "part", "series", "search"])
def test_lighthouse_gives_a_phone_full_marks(site: tuple[str, Path], tmp_path: Path, language: str, kind: str) -> None:
    prefix = PREFIXES[language]
    page = {
        "home": prefix,
        "part": f"{prefix or 'posts/'}2023-06-12-cors-1",
        "series": f"{prefix}series/about-cors/",
        "search": f"{prefix}search/",
    }[kind]
    lacking = [""]
    for number in range(RUNS):
        lacking = _lacking(f"{site[0]}/{page}", tmp_path / f"{number}.json")
        if not lacking:
            return
    assert lacking == []


# Lighthouse measures times: on a machine that does something else they differ, so one good run of three is enough.
RUNS = 3
# Milliseconds, but for the last.
LIMITS = {"largest-contentful-paint": 1800, "total-blocking-time": 0, "cumulative-layout-shift": 0.01}


def _lacking(page: str, report: Path) -> list[str]:
    """Run Lighthouse on a page, and return what keeps it from full marks and what is beyond its limit."""
    flags = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"
    options = ["--output", "json", "--output-path", str(report), "--quiet", f"--chrome-flags={flags}"]
    _run([_tool("lighthouse"), page, *options])
    found = json.loads(report.read_text("utf-8"))
    audits, lacking = found["audits"], []
    for name, category in found["categories"].items():
        failed = [ref["id"] for ref in category["auditRefs"] if audits[ref["id"]]["score"] not in (1, None)]
        lacking += [f"{name} {category['score']}: {', '.join(failed)}"] if category["score"] != 1 else []
    values = {name: audits[name]["numericValue"] for name in LIMITS}
    return lacking + [f"{name}: {value}" for name, value in values.items() if value > LIMITS[name]]


def _tool(name: str) -> str:
    return str(TOOLS / ".bin" / name)


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    chrome = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""
    environment = {**os.environ, "CHROME_PATH": chrome}
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=environment)
