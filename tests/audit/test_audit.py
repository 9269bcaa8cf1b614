"""The built site through tools that nobody here wrote: validators of HTML, CSS and SVG, a link checker, Lighthouse.

Run by `make audit`, which installs them: Node 20 and a Java runtime have to be there.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from conftest import Blog
from page_kinds import page_kinds
from static_host import TOOLS, hosted

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.audit

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PREFIXES = {"en": "", "ko": "ko/"}
# A widget's state in the address is no id in the page.
STATES = r"#[a-z-]+-\d+\?"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The site as its host serves it, built for the address at which it stands here, and its folder."""
    output = tmp_path_factory.mktemp("audit") / "output"
    with hosted(output) as address:
        built = [sys.executable, "-m", "pelican", "content", "-o", str(output), "--extra-settings"]
        subprocess.run([*built, f'SITEURL="{address}"'], cwd=ROOT, check=True, capture_output=True, timeout=120)
        yield address, output


def test_every_page_style_and_picture_is_valid(site: tuple[str, Path]) -> None:
    assert _invalid(site[1]) == []


def test_every_page_holds_to_the_rules_of_html_validate(site: tuple[str, Path]) -> None:
    assert _against_the_rules(site[1]) == []


def test_a_strangers_blog_is_as_valid(stranger: Blog) -> None:
    assert _invalid(stranger.output) + _against_the_rules(stranger.output) == []


def _invalid(output: Path) -> list[str]:
    """Return what vnu has to say against a site."""
    jar = TOOLS / "vnu-jar/build/dist/vnu.jar"
    files = [str(file) for file in sorted(output.rglob("*")) if file.suffix in {".html", ".css", ".svg"}]
    run = _run(["java", "-jar", str(jar), "--also-check-css", "--also-check-svg", "--format", "json", *files])
    found = json.loads(run.stderr)["messages"]
    return [f"{each['url']}: {each['message']}" for each in found if each["type"] != "info"]


def _against_the_rules(output: Path) -> list[str]:
    """Return what html-validate has to say against a site."""
    pages = [str(file) for file in sorted(output.rglob("*.html"))]
    command = [_tool("html-validate"), "--config", str(HERE / "html-validate.json"), "--formatter", "json", *pages]
    found = json.loads(_run(command).stdout)
    return [f"{each['filePath']}: {told['ruleId']}: {told['message']}" for each in found for told in each["messages"]]


def test_netlify_reads_every_header_and_every_redirect_as_meant(site: tuple[str, Path]) -> None:
    _, output = site
    found = json.loads(_run(["node", str(HERE / "read-as-netlify.mjs"), str(output)]).stdout)
    assert found["errors"] == []
    assert [each["for"] for each in found["headers"]] == ["/*", "/pictures/*", "/theme/fonts/*"]
    assert found["headers"][0]["values"].keys() >= {"Content-Security-Policy", "X-Content-Type-Options"}
    lines = (output / "_redirects").read_text("utf-8").splitlines()
    assert [f"{each['from']} {each['to']} {each['status']}" for each in found["redirects"]] == [
        unquote(line) for line in lines
    ]


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


# Lighthouse measures times: on a machine that does something else they differ, so one good run of five is enough.
RUNS = 5
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
