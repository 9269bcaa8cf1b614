"""The gate: an error ends the build before anything in output/ is touched; under --autoreload it waits instead."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.mark.parametrize("delete", ["True", "False"])
def test_a_build_that_fails_leaves_the_output_as_it_was(site: Site, delete: str) -> None:
    site.configure(f"DELETE_OUTPUT_DIRECTORY = {delete}")
    site.part("en/2023-06-12-a.md")
    assert site.pelican().returncode == 0
    before = site.output()
    site.part("en/2023-06-13-b.md", lng_pair=None)
    site.part("en/2023-06-14-c.md", title="[c")
    run = site.pelican()
    assert run.returncode == 1
    assert (
        "content/en/2023-06-13-b.md:1:1: error[missing-key]: the front matter lacks lng_pair\n    hint: " in run.stderr
    )
    assert "content/en/2023-06-14-c.md:" in run.stderr
    assert run.stderr.endswith("2 errors\n")
    assert "Traceback" not in run.stderr + run.stdout
    assert site.output() == before


def test_warnings_let_the_build_go_on(site: Site) -> None:
    site.part("en/2023-06-12-a.md", titel="x")
    run = site.pelican()
    assert run.returncode == 0
    assert "warning[unknown-key]" in run.stderr
    assert (site.root / "output/posts/2023-06-12-a.html").is_file()


def test_a_setting_of_the_wrong_form_ends_the_build(site: Site) -> None:
    site.configure('CORS_SERIES_LANGUAGES = ["en"]\nCORS_SERIES_OLD_HOSTS = "old.example"')
    run = site.pelican()
    assert run.returncode == 1
    assert run.stderr.count("error[setting]") == 2


def test_a_line_is_never_wrapped(site: Site) -> None:
    name = "2023-06-12-" + "long-" * 30 + "name"
    site.part(f"en/{name}.md", titel="x")
    assert f"content/en/{name}.md:5:1: warning[unknown-key]: " in site.pelican().stderr


class Watched:
    """A pelican --autoreload that runs in the background, and what it has said so far."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.log = site.root / "log"
        command = [sys.executable, "-m", "pelican", "content", "--autoreload"]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command, cwd=site.root, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + 20
        while not condition():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < end, f"{what}:\n{self.log.read_text()}"
            time.sleep(0.05)
        time.sleep(0.5)  # the watching begins a moment after the last word

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGINT)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@pytest.fixture
def watched(site: Site) -> Iterator[Watched]:
    site.part("en/2023-06-12-a.md", "First.\n")
    running = Watched(site)
    try:
        yield running
    finally:
        running.stop()


def test_autoreload_goes_on_after_a_mistake_and_after_its_repair(watched: Watched) -> None:
    site, page = watched.site, watched.site.root / "output/posts/2023-06-12-a.html"
    watched.wait(lambda: page.is_file() and "Done" in watched.log.read_text(), "the first build")
    site.part("en/2023-06-12-a.md", "Second.\n", lng_pair=None)
    watched.wait(lambda: "Waiting for a change" in watched.log.read_text(), "the mistake")
    assert "First." in page.read_text()
    site.part("en/2023-06-12-a.md", "Third.\n", titel="x", title="[")
    watched.wait(lambda: watched.log.read_text().count("Waiting for a change") == 2, "another mistake")
    site.part("en/2023-06-12-a.md", "Fourth.\n")
    watched.wait(lambda: "Fourth." in page.read_text(), "the repair")
    site.part("en/2023-06-12-a.md", "Fifth.\n")
    watched.wait(lambda: "Fifth." in page.read_text(), "another change")
    assert watched.log.read_text().count("error[") == 2
    assert "Traceback" not in watched.log.read_text()


def test_settings_mended_while_waiting_take_effect(watched: Watched) -> None:
    site, index = watched.site, watched.site.root / "output/index.html"
    watched.wait(lambda: index.is_file() and "Done" in watched.log.read_text(), "the first build")
    site.configure('CORS_SERIES_REQUIRE_TRANSLATIONS = True\nCORS_SERIES_LANGUAGES["en"]["title"] = "Renamed"')
    watched.wait(lambda: "Waiting for a change" in watched.log.read_text(), "the mistake")
    assert "Renamed" not in index.read_text()
    site.configure("CORS_SERIES_REQUIRE_TRANSLATIONS = False")
    watched.wait(lambda: "Renamed" in index.read_text(), "the repair")


def test_no_state_is_left_in_the_working_folder(site: Site) -> None:
    site.part("en/2023-06-12-a.md")
    assert site.pelican().returncode == 0
    assert sorted(path.name for path in site.root.iterdir() if path.name != "__pycache__") == [
        "content",
        "output",
        "pelicanconf.py",
    ]
    assert Path("content").is_dir()
