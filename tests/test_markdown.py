"""The syntaxes of a text: title, input, expected HTML — one fixture file each in tests/markdown/."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
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


@pytest.mark.parametrize(
    ("written", "places"),
    [
        ("Text <!-- outline-start --> more.\n\n<!-- outline-end -->\n", ["7:6"]),
        ("<!-- outline-start -->\n\n- a\n  <!-- outline-end -->\n- b\n", ["10:3"]),
        ("- <!-- outline-start --> a\n- b <!-- outline-end -->\n", ["7:3", "8:5"]),
        ("Text\n    <!-- outline-start -->\n\n<!-- outline-end -->\n", ["8:5"]),
    ],
    ids=["in a paragraph", "in an item", "behind the marker of an item", "on an indented line of a paragraph"],
)
def test_an_outline_marker_that_would_tear_the_summary_is_an_error(site: Site, written: str, places: list[str]) -> None:
    site.part("2023-06-13-a.md", written)
    tree = site.tree(CORS_SERIES_LANGUAGES={"en": {}})
    assert [(found.code, f"{found.line}:{found.column}") for found in tree.problems] == [
        ("outline-mismatch", place) for place in places
    ]
    assert all("must stand on a line of its own" in found.message for found in tree.problems)
    assert [part.summary for part in tree.parts.values()] == [""]


def test_code_that_shows_an_outline_marker_keeps_its_lines(site: Site) -> None:
    site.part("2023-06-13-a.md", "```text\na\n<!-- outline-start -->\nb\n```\n")
    (part,) = site.tree(CORS_SERIES_LANGUAGES={"en": {}}).parts.values()
    assert "a\n&lt;!-- outline-start --&gt;\nb\n" in part.content


def test_a_widgets_fence_in_a_quotation_is_a_warning_at_its_place(site: Site) -> None:
    site.part("2023-06-13-a.md", "> ```origin-compare\n> a: null\n> ```\n\n    > ```origin-compare\n")
    (found,) = site.tree(CORS_SERIES_LANGUAGES={"en": {}}).problems
    assert (found.code, found.severity, found.line, found.column) == ("fence-in-quote", "warning", 7, 3)


@pytest.mark.parametrize("title", ["in a comment", "in the midst", "in indented code", "in Jekyll's", "more marks"])
def test_a_widgets_fence_that_is_shown_is_not_judged(site: Site, title: str) -> None:
    (written,) = [
        case[1] for case in _cases() if case[0].startswith(f"fences: {title}") and "of an item" not in case[0]
    ]
    site.part("2023-06-13-a.md", written)
    tree = site.tree(CORS_SERIES_LANGUAGES={"en": {}})
    assert not tree.problems
    assert [part.widgets for part in tree.parts.values()] == [()]


WIDGET = ["```origin-compare", "a: null", "b: null", "```"]


@pytest.mark.parametrize(
    ("written", "within"),
    [
        ("\n".join(["- a", "", *(f"  {line}" for line in WIDGET), "- b", ""]), "li"),
        ("\n".join(["- ```origin-compare", *(f"  {line}" for line in WIDGET[1:]), "- b", ""]), "li"),
        ("\n".join(["1. a", "   - b", "", *(f"     {line}" for line in WIDGET), ""]), "li li"),
        ("\n".join([*WIDGET, "", '{:data-align="center"}', ""]), "div[data-align=center]"),
    ],
    ids=["in an item", "right behind a marker", "in an item of an item", "with attributes"],
)
def test_a_widget_stands_where_its_fence_stood(site: Site, written: str, within: str) -> None:
    site.part("2023-06-13-a.md", written)
    tree = site.tree(CORS_SERIES_LANGUAGES={"en": {}})
    assert not tree.problems
    (part,) = tree.parts.values()
    page = BeautifulSoup(part.content, "html.parser")
    assert len(page.select(f"{within} > origin-compare")) == len(page.select("origin-compare")) == 1
    assert page.select("p origin-compare, p div") == []
