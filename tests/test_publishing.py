"""Publishing: the workflow, what hosts are told, and the same tree below a path."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml
from bs4 import BeautifulSoup
from conftest import ROOT, Site

from pelican_cors_series.head import POLICY, policy
from pelican_cors_series.headers import headers
from pelican_cors_series.settings import read_settings
from pelican_cors_series.widgets import sources

WORKFLOW = ROOT / ".github/workflows/pages.yml"
SUB = "https://h.example/sub"
GISCUS = {"repo": "owner/talk", "repo_id": "R_1", "category": "Comments", "category_id": "DIC_2"}


def workflow() -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    return found


def test_every_action_is_pinned_to_a_commit_and_says_which_release_it_is() -> None:
    lines = [line.strip() for line in WORKFLOW.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert len(lines) == 7
    for line in lines:
        assert re.fullmatch(r"(- )?uses: actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_what_is_published_has_passed_every_test_and_only_that_step_may_publish() -> None:
    found = workflow()
    build, deploy = found["jobs"]["build"], found["jobs"]["deploy"]
    steps = [step.get("run") or step["uses"].partition("@")[0] for step in build["steps"]]
    assert steps == [
        "actions/checkout",
        "actions/setup-python",
        "make test",
        "make site",
        "actions/upload-pages-artifact",
    ]
    assert build["steps"][-1]["with"]["path"] == "output"
    assert deploy["needs"] == "build"
    assert "refs/heads/main" in deploy["if"]
    assert found["permissions"] == {"contents": "read"}
    assert "permissions" not in build
    assert deploy["permissions"] == {"pages": "write", "id-token": "write"}


def test_the_audit_has_what_it_needs_and_keeps_no_publication_back() -> None:
    jobs = workflow()["jobs"]
    steps = {step.get("run") or step["uses"].partition("@")[0]: step for step in jobs["audit"]["steps"]}
    needed = json.loads((ROOT / "tests/audit/package.json").read_text("utf-8"))["engines"]["node"]
    assert f">={steps['actions/setup-node']['with']['node-version']}." in needed
    assert list(steps)[-1] == "make audit"
    assert jobs["deploy"]["needs"] == "build"


def test_a_linter_that_knows_workflows_finds_nothing() -> None:
    command = [f"{Path(sys.executable).parent}/zizmor", "--offline", "--no-progress", "--format", "plain"]
    run = subprocess.run([*command, str(WORKFLOW)], capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def told(*kinds: str, **raw: object) -> dict[str, dict[str, str]]:
    """Return the rules of _headers: path → name → value."""
    found: dict[str, dict[str, str]] = {}
    path = ""
    for line in headers(read_settings(raw, "")[0], "/theme", sources(kinds)).splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            found[path][name] = value
        elif line:
            path = line
            found[path] = {}
    return found


def test_hosts_are_told_what_a_page_cannot_say_of_itself() -> None:
    everywhere = told()["/*"]
    assert everywhere["Content-Security-Policy"] == f"{POLICY}; frame-ancestors 'none'"
    assert everywhere["X-Content-Type-Options"] == "nosniff"
    assert everywhere["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "Cache-Control" not in everywhere
    assert "immutable" in told()["/pictures/*"]["Cache-Control"]


def test_what_hosts_are_told_allows_what_any_page_needs() -> None:
    found = told(CORS_SERIES_GISCUS=GISCUS, CORS_SERIES_SEARCH="pagefind")["/*"]["Content-Security-Policy"]
    assert "script-src 'self' https://giscus.app 'wasm-unsafe-eval';" in found
    assert "frame-src https://giscus.app" in found
    assert len(found) < 2000 - len("  Content-Security-Policy: ")


def test_hosts_are_told_that_the_site_may_frame_its_own_experiment() -> None:
    found = told("live-experiment")["/*"]["Content-Security-Policy"]
    assert found.endswith("; frame-src 'self'; frame-ancestors 'self'")


def test_a_policy_names_each_directive_once() -> None:
    assert policy() == POLICY
    wide = policy({"script-src": "https://a.example", "frame-src": "https://b.example"})
    names = [each.split(" ")[0] for each in wide.split("; ")]
    assert len(names) == len(set(names))
    assert {"script-src 'self' https://a.example", "frame-src https://b.example"} <= set(wide.split("; "))


def test_files_with_a_hash_are_where_hosts_are_told_that_they_never_change(built: Path) -> None:
    rules = (built / "_headers").read_text(encoding="utf-8")
    assert rules.startswith("/*\n")
    for name in ("pictures", "theme/fonts"):
        assert f"\n/{name}/*\n" in rules
        files = [file.name for file in (built / name).iterdir() if file.suffix != ".txt"]
        assert files
        assert [file for file in files if not re.search(r"[-.][0-9a-f]{10,}\.\w+$", file)] == []


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own site below a path, by nothing but SITEURL."""
    output = tmp_path_factory.mktemp("below") / "output"
    command = [sys.executable, "-m", "pelican", "content", "-o", str(output), "-e", f"SITEURL={json.dumps(SUB)}"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=60)
    return output


def addresses(page: BeautifulSoup) -> list[str]:
    """Return every address that a page has, those of a srcset and of a part's data included."""
    found = [
        str(tag[name])
        for tag in page.select("[href], [src], [data-index], [data-addresses]")
        for name in ("href", "src", "data-index", "data-addresses")
        if tag.has_attr(name)
    ]
    for tag in page.select("[srcset]"):
        found += [each.split(" ")[0] for each in str(tag["srcset"]).split(", ")]
    return [
        *found,
        *(str(meta["content"]) for meta in page.select('meta[property="og:image"], meta[property="og:url"]')),
    ]


def test_below_a_path_every_link_begins_with_it_and_leads_somewhere(below: Path) -> None:
    # The frame of an experiment is no page, and names its script beside itself.
    pages = [file for file in sorted(below.rglob("*.html")) if file.name != "frame.html"]
    assert len(pages) > 20
    checked = 0
    for file in pages:
        page = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        for each in addresses(page):
            if each.startswith(("#", "mailto:", "data:")) or (each.startswith("http") and not each.startswith(SUB)):
                continue
            address = each.removeprefix("https://h.example")
            assert address.startswith("/sub/"), (file, each)
            path = unquote(re.sub(r"[?#].*", "", address.removeprefix("/sub/")))
            wanted = below / (f"{path}index.html" if not path or path.endswith("/") else path)
            assert wanted.is_file() or wanted.with_name(f"{wanted.name}.html").is_file(), (file, each)
            checked += 1
    assert checked > 500


def test_below_a_path_what_scripts_and_hosts_read_carries_it_too(below: Path) -> None:
    for prefix in ("", "ko/"):
        index = json.loads((below / prefix / "search/index.json").read_text(encoding="utf-8"))
        assert [url for url, _, _ in index if not url.startswith("/sub/")] == []
        manifest = json.loads((below / prefix / "manifest.webmanifest").read_text(encoding="utf-8"))
        assert all(icon["src"].startswith("/sub/theme/") for icon in manifest["icons"])
    assert (below / "_headers").read_text(encoding="utf-8").startswith("/sub/*\n")
    redirects = json.loads((below / "redirects.json").read_text(encoding="utf-8"))
    assert redirects
    assert all(address.startswith("/sub/") for pair in redirects.items() for address in pair)


def test_siteurl_stands_in_one_place(below: Path) -> None:
    """Nothing that is built names the address that pelicanconf.py has."""
    own = re.search(r'^SITEURL = "(.+)"$', (ROOT / "pelicanconf.py").read_text(encoding="utf-8"), re.MULTILINE)
    assert own is not None
    for file in sorted(below.rglob("*")):
        if file.suffix in {".html", ".xml", ".txt", ".json", ".webmanifest", ".js", ".css"} or file.name[0] == "_":
            assert own[1] not in file.read_text(encoding="utf-8"), file


def test_an_authors_own_headers_stay(site: Site) -> None:
    site.write("content/extra/_headers", "/*\n  X-Own: 1\n")
    site.configure('STATIC_PATHS = ["extra"]\nEXTRA_PATH_METADATA = {"extra/_headers": {"path": "_headers"}}')
    site.part("2023-06-13-a.md")
    assert site.pelican().returncode == 0
    assert "X-Own" in site.page("_headers")
