"""Search: what a search page looks words up in, and what its reader finds there, in Chromium."""

# The fixtures of test_browser are asked for by their names.
# ruff: noqa: F811

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from conftest import CONFIGURATION, Blog, Site
from playwright.sync_api import Browser, Page, expect
from test_browser import chromium, page, page_without_scripts  # noqa: F401
from test_browser_pages import served

from pelican_cors_series.search import Searched, Section, search_index, sections
from pelican_cors_series.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEARCH = {"en": "search/", "ko": "ko/search/"}


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One <b>t</b>wo.</p>", [Section("", "", "One two.")]),
        (
            '<p>a</p><h2 id="b">B <code>c</code></h2><p>d</p><pre>e\n  f</pre><h3 class="x" id="g">G</h3>',
            [Section("", "", "a"), Section("b", "B c", "d e f"), Section("g", "G", "")],
        ),
        ("<h2>No id</h2><p>a</p>", [Section("", "", "No id a")]),
        ('<p>a<!-- <h2 id="b">b</h2> --></p>', [Section("", "", "a")]),
        ("<p>a &lt;b&gt; &amp;</p>", [Section("", "", "a <b> &")]),
        ("<origin-compare data-a='x'><p>label</p></origin-compare><p>a</p>", [Section("", "", "a")]),
        ("<p>a</p><live-experiment><p>label</p></live-experiment>", [Section("", "", "a")]),
        (unicodedata.normalize("NFD", "<p>출처</p>"), [Section("", "", "출처")]),
        ("", []),
    ],
)
def test_a_text_is_cut_at_what_a_link_can_lead_to(html: str, expected: list[Section]) -> None:
    assert sections(html) == expected


def test_the_index_holds_addresses_titles_and_sections() -> None:
    content = '<p>a</p><h2 id="b">B</h2><p>c</p>'
    assert json.loads(search_index([Searched("/x", "A &amp; <b>B</b>", content)])) == [
        ["/x", "A & B", [["", "", "a"], ["b", "B", "c"]]]
    ]


def index(site: Site, language: str = "en") -> list[Any]:
    found: list[Any] = json.loads(site.page(f"{SEARCH[language]}index.json"))
    return found


def test_every_published_text_of_a_language_can_be_found_unless_it_says_no(site: Site) -> None:
    site.part("en/2023-06-13-a.md", "The text.", title="A")
    site.part("en/2023-06-14-b.md", on_site_search_exclude="true")
    site.part("en/2023-06-15-c.md", status="draft")
    site.part("en/2023-06-16-d.md", search_engine_exclude="true")
    site.part("en/2023-06-17-e.md", status="hidden")
    site.part("ko/2023-06-13-a.md", "글입니다.", title="가")
    site.part("pages/en/about.md", lng_pair="id_about", title="About", date=None)
    site.write("content/en/ordinary.md", "Title: Ordinary\nDate: 2023-06-12\nLang: en\n\nOther words.\n")
    assert site.pelican().returncode == 0
    assert [(url, title) for url, title, _ in index(site)] == [
        ("/posts/2023-06-16-d", "2023-06-16-d"),
        ("/posts/2023-06-13-a", "A"),
        ("/ordinary.html", "Ordinary"),
        ("/about", "About"),
    ]
    assert index(site, "ko") == [["/ko/2023-06-13-a", "가", [["", "", "글입니다."]]]]


def test_no_other_page_loads_anything_of_it(stranger: Blog) -> None:
    for name, found in stranger.pages().items():
        loaded = [str(tag.get("src") or tag.get("href")) for tag in found.select("script[src], link[href]")]
        of_search = [
            each for each in loaded if "/js/search" in each or "/css/search" in each or each.endswith("index.json")
        ]
        assert bool(of_search) is (name in {"search/index.html", "ko/search/index.html"}), name
        if found.select("nav.menu"):
            code = str(found.html["lang"])  # type: ignore[index]
            assert found.select(f'nav.menu a[href="{stranger.path}/{SEARCH[code]}"]'), name


@pytest.mark.parametrize(("value", "right"), [('"index"', True), ('""', True), ('"lunr"', False)])
def test_a_search_that_there_is_not_is_a_problem(value: str, right: bool) -> None:
    _, problems = read_settings({"CORS_SERIES_SEARCH": json.loads(value)}, "pelicanconf.py")
    assert [each.code for each in problems] == ([] if right else ["setting"])


def test_a_site_can_do_without(site: Site) -> None:
    site.part("en/2023-06-13-a.md")
    site.configure('CORS_SERIES_SEARCH = ""')
    assert site.pelican().returncode == 0
    assert [name for name in site.output() if name.startswith(("search/", "ko/search/"))] == []
    assert "search/" not in site.page("index.html")


BODY = """\
A web server answers. Also the WebServer does.

## The Origin header {#origin}

Nothing but servers here; a < b.

## Middle {#middle}

A far word: zebra. A zebra again.
"""
KOREAN = """\
정적인 웹서버는 파일을 그대로 보냅니다.

## 출처를 비교하는 법 {#compare}

한글로 적은 문장에서 Origin 헤더를 찾습니다.
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with a few texts, one of which has the looked-for word in its title, one in a heading, one in its text."""
    site = Site(tmp_path_factory.mktemp("small"))
    site.write("pelicanconf.py", CONFIGURATION)
    site.part("en/2023-06-13-text.md", BODY, title="About <answers>")
    site.part("en/2023-06-12-heading.md", "## Answers\n\nText.\n", title="Heading")
    site.part("en/2023-06-11-often.md", "answers " * 300, title="Often")
    site.part("ko/2023-06-13-text.md", KOREAN, title="서버 이야기")
    run = site.pelican()
    assert run.returncode == 0, run.stderr
    with served(site.root / "output") as address:
        yield address


def results(page: Page) -> list[str]:
    return [str(each) for each in page.locator(".results h2").all_text_contents()]


def look_up(page: Page, query: str, results_: int) -> None:
    page.get_by_role("searchbox").fill(query)
    expect(page.locator(".results > li")).to_have_count(results_)


def test_what_is_typed_is_found_title_before_heading_before_text(page: Page, small: str) -> None:
    page.goto(f"{small}/search/")
    look_up(page, "ANSWERS", 3)
    assert results(page) == ["About <answers>", "Heading", "Often"]
    assert {each.lower() for each in page.locator(".results mark").all_text_contents()} == {"answers"}
    expect(page.locator('[data-slot="count"]')).to_have_text("Found in 3 texts")
    expect(page.locator("[role=status]")).to_have_text("Found in 3 texts")
    expect(page).to_have_url(f"{small}/search/?q=ANSWERS")


def test_all_the_words_must_occur_wherever_in_a_text(page: Page, small: str) -> None:
    page.goto(f"{small}/search/")
    look_up(page, "zebra  origin", 1)
    look_up(page, "zebra heading", 0)
    expect(page.locator('[data-slot="count"]')).to_contain_text("“zebra heading”")
    look_up(page, "", 0)
    expect(page.locator('[data-slot="count"]')).to_have_text("")


def test_a_result_leads_to_the_heading_under_which_it_was_found(page: Page, small: str) -> None:
    page.goto(f"{small}/search/")
    look_up(page, "zebra", 1)
    expect(page.locator(".results p")).to_have_text("Middle A far word: zebra. A zebra again.")
    page.locator(".results p a").click()
    expect(page).to_have_url(f"{small}/posts/2023-06-13-text#middle")
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("zebra")
    expect(page.locator(".results > li")).to_have_count(1)


@pytest.mark.parametrize(
    "query", ["서버", unicodedata.normalize("NFD", "서버"), "비교", "찾습니", "웹서버 origin", "ORIGIN"]
)
def test_a_word_is_found_inside_a_korean_compound(page: Page, small: str, query: str) -> None:
    page.goto(f"{small}/ko/search/")
    look_up(page, query, 1)
    assert results(page) == ["서버 이야기"]


def test_a_compound_is_marked_where_the_word_stands(page: Page, small: str) -> None:
    page.goto(f"{small}/ko/search/?q=서버")
    expect(page.locator(".results > li")).to_have_count(1)
    assert page.locator(".results h2 mark").all_text_contents() == ["서버"]
    expect(page.locator(".results p").first).to_have_text("정적인 웹서버는 파일을 그대로 보냅니다.")
    assert page.locator(".results p mark").all_text_contents() == ["서버"]


def test_half_a_syllable_leaves_what_was_found(page: Page, small: str) -> None:
    page.goto(f"{small}/ko/search/?q=웹서")
    expect(page.locator(".results > li")).to_have_count(1)
    typed = """(field, [value, isComposing]) => {
        field.value = value;
        field.dispatchEvent(new InputEvent("input", {isComposing, bubbles: true}));
    }"""
    page.get_by_role("searchbox").evaluate(typed, ["웹섭", True])
    page.wait_for_timeout(100)
    expect(page.locator(".results > li")).to_have_count(1)
    page.get_by_role("searchbox").evaluate(typed, ["웹섭", False])
    expect(page.locator(".results > li")).to_have_count(0)


def test_the_keyboard_is_enough(page: Page, small: str) -> None:
    page.goto(f"{small}/search/")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    page.keyboard.type("answers")
    expect(page.locator(".results > li")).to_have_count(3)
    page.keyboard.press("ArrowDown")
    expect(page.locator(".results a").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".results a").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("/")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("/")
    expect(field).to_have_value("answers/")
    page.keyboard.press("Backspace")
    expect(page.locator(".results > li")).to_have_count(3)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{small}/posts/2023-06-13-text")
    page.go_back()
    expect(page.locator(".results > li")).to_have_count(3)
    page.get_by_role("searchbox").press("Enter")
    expect(page).to_have_url(f"{small}/posts/2023-06-13-text")


def test_markup_in_a_query_and_in_a_title_is_text(page: Page, small: str) -> None:
    page.goto(f"{small}/search/?q=%3Cimg%20src%3Dx%3E")
    expect(page.locator('[data-slot="count"]')).to_contain_text("“<img src=x>”")
    look_up(page, "<answers>", 1)
    look_up(page, "a < b", 1)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_without_javascript_the_page_says_so_and_offers_the_archive(
    page_without_scripts: Page, small: str, language: str
) -> None:
    page_without_scripts.goto(f"{small}/{SEARCH[language]}")
    expect(page_without_scripts.locator("site-search")).to_be_hidden()
    expect(page_without_scripts.locator(".note")).to_be_visible()
    page_without_scripts.locator(".elsewhere a").click()
    assert page_without_scripts.url.endswith("archives.html")


def test_texts_that_do_not_load_are_spoken_of(chromium: Browser, small: str) -> None:
    opened = chromium.new_context().new_page()
    opened.route("**/index.json", lambda route: route.abort())
    opened.goto(f"{small}/search/")
    expect(opened.locator('[data-slot="count"]')).to_contain_text("could not be loaded")
    opened.context.close()


def test_it_is_usable_within_50_milliseconds_with_fifty_parts(page: Page, tmp_path: Path) -> None:
    """From a letter typed to the results on the page, and from the JSON that has come to what can be searched.

    Of each word the best of five runs counts, for others may be at work on the machine; of the words the worst.
    """
    words = ["브라우저", "서버", "요청", "응답", "출처", "헤더", "origin", "fetch", "preflight", "쿠키", "캐시", "표준"]
    texts = [
        Searched(
            f"/ko/{number}",
            f"글 {number}",
            "".join(
                f'<h2 id="s{part}">{words[(number + part) % len(words)]}</h2><p>'
                + " ".join(words[(number * part + place * place) % len(words)] + "에서" for place in range(220))
                + "</p>"
                for part in range(12)
            ),
        )
        for number in range(50)
    ]
    site = Site(tmp_path)
    (tmp_path / "content").mkdir()
    site.write("pelicanconf.py", CONFIGURATION)
    site.part("ko/2023-06-13-a.md")
    assert site.pelican().returncode == 0
    site.write("output/ko/search/index.json", search_index(texts))
    assert (site.root / "output/ko/search/index.json").stat().st_size > 1_000_000
    with served(site.root / "output") as address:
        page.goto(f"{address}/ko/search/")
        look_up(page, "서버", 50)
        took = page.evaluate(
            """async () => {
                const {prepared} = await import("/theme/js/search-index.js");
                const text = await (await fetch("index.json")).text();
                const opening = [];
                for (let run = 0; run < 7; run++) {
                    const start = performance.now();
                    prepared(JSON.parse(text));
                    opening.push(performance.now() - start);
                }
                const field = document.querySelector("#q"), list = document.querySelector(".results");
                const type = async (query) => {
                    const changed = new Promise((done) => new MutationObserver((_, observer) => {
                        observer.disconnect();
                        done();
                    }).observe(list, {childList: true}));
                    const start = performance.now();
                    field.value = query;
                    field.dispatchEvent(new InputEvent("input", {bubbles: true}));
                    await changed;
                    list.getBoundingClientRect();
                    return performance.now() - start;
                };
                const typing = {};
                for (let run = 0; run < 5; run++) {
                    for (const query of ["서", "서버", "서버 출처", "origin", "쿠키 캐시 fetch"]) {
                        typing[query] = Math.min(typing[query] ?? Infinity, await type(query));
                    }
                }
                return {opening: Math.min(...opening), typing: Math.max(...Object.values(typing)), each: typing};
            }"""
        )
    assert took["opening"] < 50, took
    assert took["typing"] < 50, took
