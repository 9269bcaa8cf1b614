"""The syntaxes of a text: title, input, expected HTML — one fixture file each in tests/markdown/."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Site

FIXTURES = sorted(Path(__file__).parent.joinpath("markdown").glob("*.txt"))


def _cases() -> list[tuple[str, str, str]]:
    cases = []
    for file in FIXTURES:
        for block in re.split(r"^=+$\n", file.read_text(encoding="utf-8"), flags=re.MULTILINE):
            if block.strip():
                title, written, expected = re.split(r"^\.$\n", block, flags=re.MULTILINE)
                cases.append((f"{file.stem}: {title.strip()}", written, expected.strip()))
    return cases


@pytest.mark.parametrize(("title", "written", "expected"), _cases(), ids=[case[0] for case in _cases()])
def test_syntax(site: Site, title: str, written: str, expected: str) -> None:
    del title
    site.part("2023-06-13-a.md", written)
    (part,) = site.tree(CORS_SERIES_LANGUAGES={"en": {}}).parts.values()
    content = re.sub(r"\n{2,}", "\n", part.content).strip()
    shown = content if not part.summary else f"{content}\n--summary--\n{part.summary}"
    assert shown == expected


def test_markdown_extensions_of_the_authors_own_settings_work_in_parts(site: Site) -> None:
    site.part("2023-06-13-a.md", '!!! note "Mind"\n    This.\n')
    config = {"extensions": ["markdown.extensions.admonition"], "extension_configs": {}}
    (part,) = site.tree(CORS_SERIES_LANGUAGES={"en": {}}, MARKDOWN=config).parts.values()
    assert 'class="admonition note"' in part.content
