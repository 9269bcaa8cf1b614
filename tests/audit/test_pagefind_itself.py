"""Search with Pagefind itself: both languages, under the policy of the search page, by keyboard, in Chromium."""

# The fixtures of test_browser are asked for by their names.
# ruff: noqa: F811

from __future__ import annotations

import os
import unicodedata
from typing import TYPE_CHECKING

import pytest
from conftest import CONFIGURATION, Site
from playwright.sync_api import Browser, Page, expect
from static_host import TOOLS, hosted
from test_browser import chromium  # noqa: F401

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.audit

ENGLISH = """\
A web server answers; a < b. It compares addresses.

## The Origin header {#origin}

Nothing but a zebra here.
"""
KOREAN = """\
정적인 웹서버는 파일을 그대로 보냅니다.

## 출처를 비교하는 법 {#compare}

한글로 적은 문장에서 Origin 헤더를 찾습니다.
"""


@pytest.fixture(scope="module", params=["", "/blog"], ids=["at the root", "below a path"])
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with a text in each language that search finds and one that it does not; its address."""
    root = tmp_path_factory.mktemp("pagefind")
    site = Site(root)
    site.write("pelicanconf.py", CONFIGURATION)
    output = f"{root}/host{request.param}"
    site.configure(f'CORS_SERIES_SEARCH = "pagefind"\nSITEURL = "https://blog.example{request.param}"')
    site.part("en/2023-06-13-text.md", ENGLISH, title="About <answers>")
    site.part("ko/2023-06-13-text.md", KOREAN, title="서버 이야기")
    site.part("en/2023-06-14-kept-out.md", "A zebra.", title="Kept out", on_site_search_exclude="true")
    site.part("ko/2023-06-14-kept-out.md", "웹서버.", title="빠진 글", on_site_search_exclude="true")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{TOOLS / '.bin'}{os.pathsep}{os.environ['PATH']}")
        run = site.pelican("-o", output)
    assert run.returncode == 0, run.stderr
    with hosted(root / "host") as address:
        yield address + request.param


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page that has nothing to say to the console and fetches nothing from elsewhere when the test is over."""
    opened = chromium.new_context().new_page()
    said: list[str] = []
    asked: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    assert said == []
    assert {url.split("/")[2] for url in asked} == {opened.url.split("/")[2]}
    opened.context.close()


def look_up(page: Page, query: str, titles: list[str]) -> None:
    page.get_by_role("searchbox").fill(query)
    expect(page.locator(".results h2")).to_have_text(titles)


def test_english_is_found_other_forms_of_a_word_too(page: Page, small: str) -> None:
    page.goto(f"{small}/search/")
    for query in ("web server", "WEB", "zebra", "origin head", "a < b", "<answers>", "comparing"):
        look_up(page, query, ["About <answers>"])
    look_up(page, "giraffe", [])
    expect(page.locator('[data-slot="count"]')).to_contain_text("“giraffe”")


@pytest.mark.parametrize(
    "query",
    ["서버", unicodedata.normalize("NFD", "서버"), "웹서버", "버는", "비교", "찾습니", "웹서버 origin", "ORIGIN"],
)
def test_korean_is_found_within_its_compounds(page: Page, small: str, query: str) -> None:
    page.goto(f"{small}/ko/search/")
    look_up(page, query, ["서버 이야기"])
    assert page.locator(".results mark").count() > 0


def test_a_result_leads_to_its_heading_and_the_keyboard_is_enough(page: Page, small: str) -> None:
    page.goto(f"{small}/search/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("zebra")
    expect(page.locator(".results p")).to_have_text("The Origin header Nothing but a zebra here.")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".results a").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{small}/posts/2023-06-13-text#origin")
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("zebra")
    expect(page.locator(".results > li")).to_have_count(1)
