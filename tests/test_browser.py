"""The built site in headless Chromium: typing changes verdict and reason; without JavaScript all is there."""

from __future__ import annotations

import shutil
import threading
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from pelican.server import ComplexHTTPRequestHandler
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PARTS = [f"{folder}/2023-06-{day}-cors-{n}" for folder in ("posts", "ko") for n, day in ((1, 12), (2, 13), (3, 14))]
THIRD = {"en": "posts/2023-06-14-cors-3", "ko": "ko/2023-06-14-cors-3"}
RULES = ["rules/", "ko/rules/"]
ENGINES = ["engines/", "ko/engines/"]
SAME = {"en": "Same origin", "ko": "동일 출처"}
CROSS_SITE = {"en": "Cross-origin, cross-site", "ko": "교차 출처, 교차 사이트"}
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
ANSWER = '[data-slot="answer"]'
# Two addresses, and not asked about first.
PAIRS = 'origin-compare:not(predict-first *):not(:has([data-slot="list"]))'


class Quiet(ComplexHTTPRequestHandler):
    """Pelican's own server, which finds a page by its address without the ending; without a line for each request."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    handler = partial(Quiet, directory=str(built))
    Quiet.base_path = str(built)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert path, "Chromium is missing: run tests/install-browser"
    flags = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-quic"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page that fails its test when the console says anything, the policy's violations included."""
    context = chromium.new_context()
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    assert said == []


@pytest.fixture
def page_without_scripts(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_one_types_changes_verdict_difference_and_reason(page: Page, address: str, language: str) -> None:
    page.goto(f"{address}/{THIRD[language]}#origin-compare-1")
    widget = page.locator("origin-compare").first
    expect(widget.locator("input")).to_have_count(2)
    title, first = widget.locator('[data-slot="title"]'), widget.locator('[data-field="a"] input')
    expect(title).to_have_text(SAME[language])
    widget.locator("summary").first.click()
    steps = widget.locator("details > ol").first.text_content()
    first.fill("https://shop.test/cart")
    expect(title).to_have_text(CROSS_SITE[language])
    expect(widget.locator('tr[data-part="host"]')).to_have_attribute("data-mark", "different")
    expect(widget.locator('tr[data-part="scheme"]')).to_have_attribute("data-mark", "same")
    expect(widget.locator('tr[data-part="host"] td').first).to_contain_text("shop.test")
    expect(widget.locator("details > ol").first).not_to_have_text(steps or "")
    expect(widget.locator('details a[href$="#same-origin"]').first).to_be_attached()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_screen_reader_hears_the_verdict_once_when_the_typing_rests(page: Page, address: str, language: str) -> None:
    page.clock.install(time=NOON)
    page.goto(f"{address}/{THIRD[language]}#origin-compare-1")
    widget = page.locator("origin-compare").first
    expect(widget.locator("input")).to_have_count(2)
    status = widget.get_by_role("status")
    expect(status).to_have_count(1)
    page.clock.pause_at(NOON + timedelta(hours=1))  # From here on the typing rests when it is told to.
    page.evaluate(
        """() => {
            window.heard = [];
            const status = document.querySelector("origin-compare [role=status]");
            new MutationObserver(() => heard.push(status.textContent)).observe(status, {childList: true});
        }""",
    )
    widget.locator('[data-field="a"] input').press_sequentially("x", delay=20)
    widget.locator('[data-field="b"] input').press_sequentially("yz", delay=20)
    expect(widget.locator('[data-slot="title"]')).to_have_text(CROSS_SITE[language])
    assert page.evaluate("heard") == []
    page.clock.run_for(1000)
    heard = page.evaluate("heard")
    assert len(heard) == 1
    assert widget.locator('[data-slot="title"]').text_content() in heard[0]


def test_the_keyboard_reaches_every_control_and_the_steps(page: Page, address: str) -> None:
    page.goto(f"{address}/{THIRD['en']}#origin-compare-1")
    widget = page.locator("origin-compare").first
    expect(widget.locator('[data-field="a"] input')).to_be_visible()
    widget.locator('[data-field="a"] input').focus()
    page.keyboard.press("End")
    page.keyboard.type("/x")
    page.keyboard.press("Tab")
    expect(widget.locator('[data-field="b"] input')).to_be_focused()
    page.keyboard.press("Tab")
    expect(widget.locator("summary").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(widget.locator("details li").first).to_be_visible()
    widget.get_by_role("button").first.focus()
    page.keyboard.press("Tab")
    expect(widget.get_by_role("button").last).to_be_focused()
    page.keyboard.press("Enter")
    expect(widget.locator('[data-field="a"] input')).to_be_focused()
    expect(widget.locator('[data-slot="title"]')).to_have_text(SAME["en"])


@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_is_no_address_says_so_beside_the_field(page: Page, address: str, language: str) -> None:
    page.goto(f"{address}/{THIRD[language]}#origin-compare-1")
    widget = page.locator("origin-compare").first
    expect(widget.locator("input")).to_have_count(2)
    field = widget.locator('[data-field="b"] input')
    field.fill("no address")
    expect(field).to_have_attribute("aria-invalid", "true")
    described = field.get_attribute("aria-describedby")
    expect(page.locator(f"#{described}")).to_contain_text("https://")
    widget.get_by_role("button").last.click()
    field = widget.locator('[data-field="b"] input')
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(widget.locator('[data-slot="title"]')).to_have_text(SAME[language])


def test_hostile_input_stays_text(page: Page, address: str) -> None:
    page.goto(f"{address}/{THIRD['en']}#origin-compare-1")
    widget = page.locator("origin-compare").first
    field = widget.locator('[data-field="a"] input')
    for hostile in (
        "https://x.example/<img src=x onerror=alert(1)>",
        "javascript:alert(1)",
        "__proto__",
        "null",
        "{value}",
    ):
        field.fill(hostile)
        expect(widget.locator("img, script")).to_have_count(0)
    field.fill("https://constructor/")
    expect(widget.locator('[data-slot="title"]')).to_have_text(CROSS_SITE["en"])


@pytest.mark.parametrize("path", PARTS)
def test_the_browser_arrives_at_what_the_build_printed(
    page: Page, page_without_scripts: Page, address: str, path: str
) -> None:
    page_without_scripts.goto(f"{address}/{path}")
    printed = page_without_scripts.locator(PAIRS)
    expect(printed.first).to_be_visible()
    page.goto(f"{address}/{path}#origin-compare-1")
    last = page.locator(PAIRS).first
    for index in range(printed.count()):
        codes = [printed.nth(index).locator(f'[data-field="{name}"] > code') for name in "ab"]
        marked = [code.inner_html() for code in codes]
        for name, code in zip("ab", codes, strict=True):
            last.locator(f'[data-field="{name}"] input').fill(code.text_content() or "")
        expected = printed.nth(index).locator(ANSWER)
        expect(last.locator(ANSWER)).to_have_attribute("data-relation", expected.get_attribute("data-relation") or "")
        last.locator("details").first.evaluate("(details) => { details.open = true; }")
        expect(last.locator(ANSWER)).to_have_text(expected.text_content() or "")
        assert [last.locator(f'[data-field="{name}"] > code').inner_html() for name in "ab"] == marked


@pytest.mark.parametrize("language", ["en", "ko"])
def test_without_javascript_the_verdict_and_its_reason_are_there(
    page_without_scripts: Page, address: str, language: str
) -> None:
    page_without_scripts.goto(f"{address}/{THIRD[language]}")
    widget = page_without_scripts.locator("origin-compare").first
    expect(widget.locator('[data-slot="title"]')).to_have_text(SAME[language])
    expect(widget.locator("input, button")).to_have_count(0)
    widget.locator("summary").first.click()
    expect(widget.locator("details li a").first).to_be_visible()
    assert widget.locator("details li").count() >= 3


def test_the_built_verdict_stands_where_the_browser_sees_it_differently(page: Page, address: str) -> None:
    def alter(route: Route) -> None:
        response = route.fetch()
        route.fulfill(
            response=response,
            body=response.text().replace('data-relation="same-origin"', 'data-relation="cross-site"', 1),
        )

    page.route(f"{address}/{THIRD['en']}", alter)
    page.goto(f"{address}/{THIRD['en']}#origin-compare-1")
    widget = page.locator("origin-compare").first
    expect(widget.locator('[data-slot="browser"]')).to_contain_text("sees it differently")
    expect(widget.locator(ANSWER)).to_have_attribute("data-relation", "cross-site")


def test_a_state_in_the_address_opens_the_page_with_it(page: Page, address: str) -> None:
    state = "a=https%3A%2F%2Falice.github.io%2F&b=https%3A%2F%2Fbob.github.io%2F"
    page.goto(f"{address}/{THIRD['en']}#origin-compare-4?{state}")
    widget = page.locator("origin-compare").nth(3)
    expect(widget).to_be_in_viewport()
    expect(widget.locator('[data-slot="title"]')).to_have_text(CROSS_SITE["en"])
    expect(widget.locator('[data-field="a"] input')).to_have_value("https://alice.github.io/")


@pytest.mark.parametrize("path", ["", "ko/", "series/about-cors/", "ko/series/about-cors/", *RULES, *ENGINES, *PARTS])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_scrolls_sideways_on_a_small_phone(chromium: Browser, address: str, path: str, scheme: str) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme)  # type: ignore[arg-type]
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.goto(f"{address}/{path}")
    opened.wait_for_load_state("networkidle")
    assert opened.evaluate("document.documentElement.scrollWidth") <= 320
    assert said == []
    context.close()


@pytest.mark.parametrize("path", [*RULES, *ENGINES])
def test_nothing_that_the_pages_of_rules_and_engines_unfold_scrolls_sideways_on_a_small_phone(
    page: Page, address: str, path: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{address}/{path}")
    folded = page.locator("details")
    for index in range(folded.count()):
        folded.nth(index).locator("> summary").click()
        expect(folded.nth(index).locator("li, pre").first).to_be_visible()
    assert folded.count() > 5
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    cut = (
        "[...document.querySelectorAll('main *')].filter((it) => it.scrollWidth > it.clientWidth + 1 && it.clientWidth)"
    )
    assert page.evaluate(f"{cut}.map((it) => it.outerHTML.slice(0, 99))") == []
