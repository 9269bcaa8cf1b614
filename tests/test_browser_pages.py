"""What the pages do in Chromium: the offer of the reader's language, the contents, sharing, and what is not found."""

# The fixtures of test_browser are asked for by their names.
# ruff: noqa: F811

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from test_browser import Quiet, chromium, page, page_without_scripts  # noqa: F401

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Blog

FIRST = {"en": "posts/2023-06-12-cors-1", "ko": "ko/2023-06-12-cors-1"}
KINDS = ["archive/", "category/", "category/browser/", "tag/", "tag/cors/", "about", "404.html"]
WATCH = """
    window.shifts = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((each) => (window.shifts += each.value)))
        .observe({type: "layout-shift", buffered: true});
"""


class Host(Quiet):
    """Answers as GitHub Pages does: with the site's 404.html where there is no page."""

    def do_GET(self) -> None:  # noqa: N802 - as the library has it
        """Answer a request."""
        if self.get_path_that_exists(self.path.split("?", 1)[0]):
            super().do_GET()
            return
        body = Path(self.base_path, "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    """Says nothing of a browser that was closed before it had read all."""

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    handler = type("Here", (Host,), {"base_path": str(folder)})
    with Server(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    with served(built) as found:
        yield found


@pytest.fixture
def korean(chromium: Browser) -> Iterator[BrowserContext]:
    """The browser of a reader who would rather read Korean."""
    context = chromium.new_context(locale="ko-KR")
    context.add_init_script(WATCH)
    yield context
    context.close()


def test_a_reader_is_offered_their_language_and_next_to_nothing_moves(korean: BrowserContext, address: str) -> None:
    page = korean.new_page()
    page.goto(f"{address}/{FIRST['en']}#what-to-check-first")
    offer = page.locator(".offer")
    expect(offer).to_be_visible()
    expect(offer).to_have_attribute("lang", "ko")
    page.wait_for_load_state("networkidle")
    # The offer lies above the page; what may move a little is a widget that wakes above the heading.
    assert page.evaluate("shifts") <= 0.01
    offer.get_by_role("link").click()
    expect(page).to_have_url(f"{address}/{FIRST['ko']}#what-to-check-first")
    expect(page.locator(".offer")).to_be_hidden()


def test_an_offer_that_is_declined_does_not_come_again(korean: BrowserContext, address: str) -> None:
    page = korean.new_page()
    page.goto(f"{address}/{FIRST['en']}")
    page.locator(".offer").get_by_role("button").click()
    expect(page.locator(".offer")).to_be_hidden()
    for path in ("", FIRST["en"], "archive/"):
        page.goto(f"{address}/{path}")
        page.wait_for_load_state("networkidle")
        expect(page.locator(".offer")).to_be_hidden()


def test_who_has_chosen_a_language_is_not_asked(korean: BrowserContext, address: str) -> None:
    page = korean.new_page()
    page.goto(f"{address}/{FIRST['ko']}")
    page.get_by_role("navigation", name="언어").get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{address}/{FIRST['en']}")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".offer")).to_be_hidden()


@pytest.mark.parametrize(
    ("languages", "path", "offered"),
    [
        ("en-GB", FIRST["en"], None),
        ("en-GB", FIRST["ko"], "en"),
        ("de-DE", FIRST["en"], None),
        ("de-DE, ko, en", FIRST["en"], "ko"),
        ("de-DE, en, ko", FIRST["en"], None),
        ("ko-KR", "tag/errors/", None),  # this list is in English alone
        ("ko-KR", "404.html", None),
    ],
)
def test_an_offer_is_made_where_the_page_is_there_in_a_language_that_is_preferred(
    chromium: Browser, address: str, languages: str, path: str, offered: str | None
) -> None:
    context = chromium.new_context(locale="en-US")
    wanted = [each.strip() for each in languages.split(",")]
    context.add_init_script(f"Object.defineProperty(navigator, 'languages', {{get: () => {wanted}}})")
    page = context.new_page()
    page.goto(f"{address}/{path}")
    page.wait_for_load_state("networkidle")
    if offered:
        expect(page.locator(f".offer[lang={offered}]")).to_be_visible()
    else:
        assert page.locator(".offer:visible").count() == 0
    context.close()


def test_a_browser_that_keeps_nothing_offers_all_the_same(korean: BrowserContext, address: str) -> None:
    korean.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})")
    page = korean.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}/{FIRST['en']}")
    page.locator(".offer").get_by_role("button").click()
    expect(page.locator(".offer")).to_be_hidden()
    assert errors == []


def test_without_javascript_nothing_is_offered_and_no_button_is_there(page_without_scripts: Page, address: str) -> None:
    page_without_scripts.set_viewport_size({"width": 360, "height": 800})
    page_without_scripts.goto(f"{address}/{FIRST['ko']}")
    expect(page_without_scripts.locator(".offer")).to_be_hidden()
    expect(page_without_scripts.locator(".share button")).to_be_hidden()
    expect(page_without_scripts.locator(".share a").first).to_be_visible()
    page_without_scripts.locator(".contents summary").click()
    expect(page_without_scripts.locator(".contents a").first).to_be_visible()


def test_the_language_switch_keeps_the_place(page: Page, address: str) -> None:
    page.goto(f"{address}/{FIRST['en']}#what-reached-the-server")
    page.get_by_role("navigation", name="Languages").get_by_role("link", name="한국어").click()
    expect(page).to_have_url(f"{address}/{FIRST['ko']}#what-reached-the-server")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_contents_follow_the_reading(page: Page, address: str, language: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{address}/{FIRST[language]}")
    current = page.locator('.contents [aria-current="location"]')
    expect(current).to_have_count(0)
    for anchor in ("what-to-check-first", "what-you-see", "what-the-header-says"):
        page.evaluate(f"document.getElementById('{anchor}').scrollIntoView()")
        expect(current).to_have_attribute("href", f"#{anchor}")
        expect(current).to_be_in_viewport()
    page.evaluate("scrollTo(0, 0)")
    expect(current).to_have_count(0)


def test_on_a_wide_screen_the_contents_stand_open_beside_the_text_and_on_a_phone_folded_above(
    page: Page, address: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{address}/{FIRST['en']}")
    box, text = (page.locator(each).bounding_box() for each in (".contents", ".text"))
    assert box is not None
    assert text is not None
    assert text["x"] + text["width"] < box["x"]
    assert box["x"] + box["width"] <= 1280
    expect(page.locator(".contents a").first).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 800})
    expect(page.locator(".contents a").first).to_be_hidden()
    page.locator(".contents summary").click()
    page.locator(".contents a").last.click()
    expect(page).to_have_url(f"{address}/{FIRST['en']}#next-part")


@pytest.mark.parametrize(("language", "copied"), [("en", "Copied"), ("ko", "복사했습니다")])
def test_the_address_is_copied_whole(chromium: Browser, address: str, language: str, copied: str) -> None:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/{FIRST[language]}")
    page.locator(".share button").click()
    expect(page.locator(".share [role=status]")).to_have_text(copied)
    assert page.evaluate("navigator.clipboard.readText()") == f"https://yeonuk44.github.io/{FIRST[language]}"
    context.close()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("posts/2023-06-14-CORS-3#three-parts", "posts/2023-06-14-cors-3#three-parts"),
        ("ko/2023-06-14-Cors-3?a=1", "ko/2023-06-14-cors-3?a=1"),
        ("POSTS/2023-06-12-cors-1.html", "posts/2023-06-12-cors-1"),
        ("ko/TABS/ABOUT", "ko/about"),
    ],
)
def test_an_address_in_the_wrong_case_leads_to_its_page_where_the_host_has_no_rules(
    chromium: Browser, address: str, asked: str, found: str
) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{address}/{asked}")
    expect(page).to_have_url(f"{address}/{found}")
    expect(page.locator("article h1")).to_be_visible()
    context.close()


def test_what_is_nowhere_stays_not_found_and_says_where_to_go(chromium: Browser, address: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{address}/ko/2023-06-14-cors-33")
    page.wait_for_load_state("networkidle")
    expect(page.locator("h1")).to_be_visible()
    expect(page).to_have_url(f"{address}/ko/2023-06-14-cors-33")
    page.get_by_role("link", name="글 모음").click()
    expect(page).to_have_url(f"{address}/ko/archive/")
    context.close()


def test_below_a_path_what_is_not_found_finds_its_table(
    chromium: Browser, stranger: Blog, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = stranger.output
    if stranger.path:
        root = tmp_path_factory.mktemp("host")
        (root / stranger.path.strip("/")).symlink_to(stranger.output)
        (root / "404.html").symlink_to(stranger.output / "404.html")
    context = chromium.new_context()
    page = context.new_page()
    with served(root) as host:
        page.goto(f"{host}{stranger.path}/posts/2020-05-01-POST-1")
        expect(page).to_have_url(f"{host}{stranger.path}/posts/2020-05-01-post-1")
    context.close()


def test_a_page_of_the_old_blog_leads_to_its_successor(page_without_scripts: Page, address: str) -> None:
    page_without_scripts.goto(f"{address}/ko/tabs/about")
    expect(page_without_scripts).to_have_url(f"{address}/ko/about")


@pytest.mark.parametrize("path", [f"{prefix}{kind}" for kind in KINDS for prefix in ("", "ko/")])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_list_or_page_scrolls_sideways_on_a_small_phone_even_with_an_offer(
    chromium: Browser, address: str, path: str, scheme: str
) -> None:
    locale = "en-US" if path.startswith("ko/") else "ko-KR"
    context = chromium.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme, locale=locale)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/{path}")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator(".offer:visible").count() == (0 if "404" in path else 1)
    context.close()
