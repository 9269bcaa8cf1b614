"""Reading many files in two processes comes to the same as reading them in one, whatever happens to the second."""

from __future__ import annotations

import subprocess

import pytest
from conftest import Site

from pelican_cors_series import two_processes


def outcome(site: Site, **settings: object) -> list[object]:
    tree = site.tree(**settings)
    return [sorted(tree.parts), [part.content for part in tree.parts.values()], sorted(tree.unpublished), tree.problems]


@pytest.fixture
def many(site: Site) -> Site:
    for number in range(two_processes.MANY):
        site.part(
            f"en/2023-06-13-a{number:03}.md", f"Text [{number}](/posts/2023-06-13-a000).\n", lng_pair=f"id_{number}x"
        )
    site.part("en/2023-06-13-a001.md", published="false")
    site.part("en/2023-06-13-a002.md", title="[")
    return site


def test_two_processes_come_to_what_one_comes_to(many: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = []
    popen = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *args, **more: begun.append(args) or popen(*args, **more))
    together = outcome(many)
    assert len(begun) == 1
    monkeypatch.setattr(two_processes, "MANY", 10_000)
    assert outcome(many) == together
    assert len(begun) == 1


def test_a_second_process_that_fails_loses_nothing(many: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    together = outcome(many)
    monkeypatch.setattr(two_processes.sys, "executable", "/bin/false")
    assert outcome(many) == together


def test_settings_that_cannot_be_handed_over_are_read_here(many: Site) -> None:
    markdown = {
        "extensions": ["markdown.extensions.toc"],
        "extension_configs": {"markdown.extensions.toc": {"slugify": lambda text, _: text}},
    }
    assert outcome(many, MARKDOWN=markdown)[0] == outcome(many)[0]
