"""Search by Pagefind: what its command is handed, and what the search page makes of its answers.

What Pagefind itself would do is stood in for, since it comes from npm; `make audit` runs the real one.
"""

# The fixtures of test_browser are asked for by their names.
# ruff: noqa: F811

from __future__ import annotations

import os
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import Site
from playwright.sync_api import Page, expect
from test_browser import chromium, page  # noqa: F401
from test_browser_pages import served

from pelican_cors_series.pagefind import endings, pagefind_page, write_pagefind
from pelican_cors_series.search import Searched
from pelican_cors_series.settings import read_settings

# Keeps what it is handed, and writes a module of the form that Pagefind's has.
STAND_IN = """#!/bin/sh
[ "$1 $3" = "--site --output-path" ] || exit 2
cp -r "$2" "$4"
echo unused > "$4/pagefind-ui.js"
cat > "$4/pagefind.js" <<'END'
const content = "The title. Before all. B. x < y here. - 서버 버.";
const anchors = [
    {element: "h1", id: "h", text: "The title", location: 0},
    {element: "h2", id: "b", text: "B", location: 4},
    {element: "h2", id: "~ends~", text: "-", location: 9},
];
const meta = {title: "The title", url: "/posts/a"};
const places = [
    {url: "/posts/a#b", title: "B", anchor: anchors[1], excerpt: "x &lt;<mark>y</mark>"},
    {url: "/posts/a#~ends~", title: "-", anchor: anchors[2], excerpt: "<mark>서버</mark>"},
];
const text = {content, anchors, meta, sub_results: places};
const found = {
    y: [text],
    likened: [text],
    ends: [{...text, sub_results: places.slice(1)}],
    many: Array(57).fill(text),
};
export const search = async (query) => ({results: (found[query] ?? []).map((each) => ({data: async () => each}))});
END
"""


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A command named pagefind, before all others."""
    file = tmp_path / "bin" / "pagefind"
    file.parent.mkdir()
    file.write_text(STAND_IN, "utf-8")
    file.chmod(0o755)
    monkeypatch.setenv("PATH", f"{file.parent}{os.pathsep}{os.environ['PATH']}")
    return file


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("웹서버는", "는 버는 서버는"),
        ("웹서버는 서버는", "는 버는"),
        ("웹서버 서버에서", "버에서 에서"),
        ("REST서버 웹API", "API 버 서버"),
        ("출처, 출처.", "처"),
        ("A web server", ""),
        ("", ""),
    ],
)
def test_what_a_word_in_hangul_ends_with_is_found_by_its_beginning(text: str, expected: str) -> None:
    assert " ".join(endings(text)) == expected


def test_a_text_is_handed_over_as_its_words_under_its_headings() -> None:
    content = (
        '<p>a &lt; <b>b</b></p><origin-compare><p>label</p></origin-compare><h2 id="c">C &amp; D</h2><p>웹서버</p>'
    )
    found = BeautifulSoup(pagefind_page(Searched('/ko/"x"', "T <i>&amp;</i> U", content), "ko"), "html.parser")
    assert found.select("html")[0]["lang"] == "ko"
    assert found.select("[data-url]")[0]["data-url"] == '/ko/"x"'
    assert [(tag.name, tag.get("id"), tag.text) for tag in found.select("body > *") if tag.text] == [
        ("h1", None, "T & U"),
        ("p", None, "a < b"),
        ("h2", "c", "C & D"),
        ("p", None, "웹서버"),
        ("h2", "~ends~", "-"),
        ("p", None, "버 서버"),
    ]


def test_without_its_command_it_is_a_problem(command: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings({"CORS_SERIES_SEARCH": "pagefind"}, "pelicanconf.py")[1] == []
    monkeypatch.setenv("PATH", str(command.parent.parent))
    (problem,) = read_settings({"CORS_SERIES_SEARCH": "pagefind"}, "pelicanconf.py")[1]
    assert (problem.code, "npm install --global pagefind" in problem.message) == ("setting", True)


def test_what_it_fails_with_ends_the_build(command: Path, tmp_path: Path) -> None:
    command.write_text("#!/bin/sh\necho 'no room left' >&2\nexit 1\n", "utf-8")
    with pytest.raises(RuntimeError, match="no room left"):
        write_pagefind({}, tmp_path / "found")


@pytest.mark.usefixtures("command")
def test_it_is_handed_what_the_other_search_finds_and_the_page_shows_what_it_finds(site: Site, page: Page) -> None:
    site.part("en/2023-06-13-a.md", title="A")
    site.part("en/2023-06-14-b.md", on_site_search_exclude="true")
    site.part("ko/2023-06-13-a.md", "글입니다.", title="가")
    site.configure('CORS_SERIES_SEARCH = "pagefind"')
    run = site.pelican()
    assert run.returncode == 0, run.stderr
    assert [name for name in site.output() if name.startswith(("pagefind/", "search/"))] == [
        "pagefind/en/0.html",
        "pagefind/ko/0.html",
        "pagefind/pagefind.js",
        "search/index.html",
    ]
    assert 'data-url="/posts/2023-06-13-a"' in site.page("pagefind/en/0.html")
    policies = [
        BeautifulSoup(site.page(f"{name}.html"), "html.parser").select("meta[http-equiv]")[0]["content"]
        for name in ("search/index", "index")
    ]
    assert ["script-src 'self' 'wasm-unsafe-eval';" in str(policy) for policy in policies] == [True, False]
    results, count = page.locator(".results > li"), page.locator('[data-slot="count"]')
    with served(site.root / "output") as address:
        page.goto(f"{address}/search/?q=y")
        expect(page.locator(".results p")).to_have_text("B x < y here.")
        expect(page.locator(".results p a")).to_have_attribute("href", "/posts/a#b")
        assert page.locator(".results mark").all_text_contents() == ["y"]
        # Another form of the word, of which Pagefind alone knows where it is.
        page.get_by_role("searchbox").fill("likened")
        expect(page.locator(".results p")).to_have_text("B x <y")
        page.get_by_role("searchbox").fill("ends")
        expect(count).to_contain_text("“ends”")
        expect(results).to_have_count(0)
        page.get_by_role("searchbox").fill("many")
        expect(count).to_have_text("Found in 57 texts; these are the 20 likeliest")
        expect(results).to_have_count(20)
