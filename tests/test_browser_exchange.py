"""The cors-exchange widget of the built site in Chromium: what one changes, what the button makes, what a link says."""

# ruff: noqa: F401, F811 - fixtures come from where the site is served for tests
from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from test_browser import address, chromium, page, page_without_scripts

from pelican_cors_series.text import load_text

if TYPE_CHECKING:
    from collections.abc import Callable

PART = {"en": "posts/2023-06-12-cors-1", "ko": "ko/2023-06-12-cors-1"}
API = "https://api.example"
READABLE = {
    "page": "https://app.example/",
    "request": {"url": f"{API}/x", "method": "PUT"},
    "preflight": {
        "status": 204,
        "headers": [["Access-Control-Allow-Origin", "*"], ["Access-Control-Allow-Methods", "PUT"]],
    },
    "response": {"status": 200, "headers": [["Access-Control-Allow-Origin", "*"]]},
}


def slot(widget: Locator, name: str) -> Locator:
    return widget.locator(f'[data-slot="{name}"]')


def link(scenario: object) -> str:
    text = scenario if isinstance(scenario, str) else json.dumps(scenario)
    return f"#cors-exchange-1?{urlencode({'scenario': text})}"


@pytest.fixture
def first(page: Page, address: str) -> Callable[..., Locator]:
    """The first widget of a page, in view."""

    def opened(language: str = "en", fragment: str = "") -> Locator:
        page.goto(f"{address}/{PART[language]}{fragment}")
        widget = page.locator("cors-exchange").first
        widget.scroll_into_view_if_needed()
        expect(slot(widget, "edit")).to_be_attached()
        return widget

    return opened


def form_of(widget: Locator) -> Locator:
    slot(widget, "edit").locator("> summary").click()
    expect(slot(widget, "form")).to_be_visible()
    return slot(widget, "form")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_button_makes_the_change_and_another_takes_it_back(first: Callable[..., Locator], language: str) -> None:
    widget = first(language)
    built = widget.get_attribute("data-outcome")
    expect(widget).to_have_attribute("data-result", "blocked")
    before = slot(widget, "why").text_content()
    slot(widget, "change").get_by_role("button").click()
    expect(widget).to_have_attribute("data-result", "readable")
    expect(slot(widget, "change")).to_have_count(0)
    reset = slot(widget, "edited").get_by_role("button")
    expect(reset).to_be_focused()
    reset.click()
    expect(widget).to_have_attribute("data-outcome", built or "")
    expect(slot(widget, "why")).to_have_text(before or "")
    expect(slot(widget, "edited")).to_be_hidden()
    expect(slot(widget, "edit").locator("> summary")).to_be_focused()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_one_changes_in_the_form_turns_the_verdict(first: Callable[..., Locator], language: str) -> None:
    widget = first(language)
    form = form_of(widget)
    method = form.locator('input[list*="methods"]')
    method.fill("DELETE")
    expect(slot(widget, "call")).to_contain_text('method: "DELETE"')
    expect(slot(widget, "messages").locator("li[data-sender]").first).to_contain_text("OPTIONS")
    expect(slot(widget, "console")).to_have_count(0)
    method.fill("POST")
    answers = form.locator("fieldset").nth(1)
    answers.get_by_role("button").last.click()
    page_of_widget = widget.page
    page_of_widget.keyboard.type("Access-Control-Allow-Origin")
    page_of_widget.keyboard.press("Tab")
    page_of_widget.keyboard.type("*")
    expect(widget).to_have_attribute("data-result", "readable")


def test_the_messages_and_steps_that_were_built_come_back_with_the_authors_values(
    first: Callable[..., Locator],
) -> None:
    widget = first()
    texts = "(it) => [...it.children].filter((e) => e.dataset.slot !== 'editor').map((e) => e.textContent)"
    built = widget.evaluate(texts)
    form = form_of(widget)
    url = form.locator("input").nth(1)
    written = url.input_value()
    url.fill("https://elsewhere.example/")
    expect(slot(widget, "edited")).to_be_visible()
    url.fill(written)
    expect(slot(widget, "edited")).to_be_hidden()
    assert widget.evaluate(texts) == built


@pytest.mark.parametrize("language", ["en", "ko"])
def test_upgrading_changes_no_word_of_what_was_built(
    first: Callable[..., Locator],
    page_without_scripts: Page,
    address: str,
    language: str,
) -> None:
    widget = first(language)
    page_without_scripts.goto(f"{address}/{PART[language]}")
    built = page_without_scripts.locator("cors-exchange").first
    expected = [element.inner_html() for element in built.locator("> *").all()]
    found = widget.evaluate(
        "(it) => [...it.children].filter((e) => e.dataset.slot !== 'editor').map((e) => {"
        "const c = e.cloneNode(true); c.querySelector('button')?.remove(); return c.innerHTML;})"
    )
    assert found == expected


def test_the_steps_of_a_change_unfold(first: Callable[..., Locator]) -> None:
    widget = first()
    slot(widget, "change").get_by_role("button").click()
    steps = widget.locator("> details:not([data-slot])")
    steps.locator("summary").click()
    expect(steps.locator("li a").first).to_be_visible()
    assert steps.locator("li").count() >= 3


def test_a_state_goes_into_the_address_and_back(page: Page, first: Callable[..., Locator]) -> None:
    widget = first()
    slot(widget, "change").get_by_role("button").click()
    page.wait_for_url("**#cors-exchange-1?scenario=**")
    page.reload()
    expect(widget).to_have_attribute("data-result", "readable")
    expect(slot(widget, "edited")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_link_into_a_state_shows_it_at_once(first: Callable[..., Locator], language: str) -> None:
    widget = first(language, link(READABLE))
    expect(widget).to_have_attribute("data-result", "readable")
    expect(slot(widget, "call")).to_contain_text(f"{API}/x")
    expect(widget).to_be_in_viewport()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_mixed_content_is_mended_where_the_servers_answer_at_https(
    first: Callable[..., Locator], language: str
) -> None:
    mixed = {"page": "https://app.example/", "request": {"url": "http://api.example/"}, "response": {"status": 200}}
    widget = first(language, link(mixed))
    expect(slot(widget, "change").locator("li")).to_have_count(3)
    slot(widget, "change").get_by_role("button").click()
    expect(widget).to_have_attribute("data-result", "readable")
    expect(slot(widget, "call")).to_contain_text("https://api.example/")


def test_what_seldom_decides_is_told_in_words_too(first: Callable[..., Locator]) -> None:
    widget = first("en", link({**READABLE, "request": {"url": API, "method": "TRACE"}}))
    expect(widget).to_have_attribute("data-outcome", "constructor-error")
    expect(slot(widget, "why").locator("span")).not_to_be_empty()
    slot(widget, "change").get_by_role("button").click()
    expect(widget).to_have_attribute("data-result", "readable")


def test_servers_of_a_redirect_are_added_and_taken_away(first: Callable[..., Locator]) -> None:
    widget = first("en", link(READABLE))
    form = form_of(widget)
    form.get_by_role("button", name="Add the server").click()
    at = form.locator("fieldset").nth(2).locator("input").first
    expect(at).to_be_focused()
    at.fill("https://cdn.example")
    expect(slot(widget, "note")).to_have_text("")
    form.get_by_role("button", name="Remove the last server").click()
    expect(form.locator("fieldset")).to_have_count(2)
    expect(widget).to_have_attribute("data-result", "readable")


HOSTILE = [
    "",
    "{",
    "null",
    "[]",
    '{"page": "https://app.example/"}',
    '{"__proto__": {"page": "https://app.example/"}}',
    '{"constructor": 1, "page": "https://app.example/", "request": {"url": "/"}}',
    '{"page": "javascript:alert(1)//", "request": {"url": {"toString": 1}}}',
    '{"page": "<img src=x onerror=alert(1)>", "request": {"url": "/"}}',
    json.dumps({**READABLE, "engine": "chromium"}),
    json.dumps({**READABLE, "<img src=x onerror=alert(1)>": 1}),
    "[" * 6000,
]


@pytest.mark.parametrize("state", HOSTILE, ids=range(len(HOSTILE)))
def test_a_state_that_is_none_says_so_and_does_nothing_else(first: Callable[..., Locator], state: str) -> None:
    widget = first("en", link(state))
    expect(slot(widget, "note")).to_contain_text("does not describe an exchange")
    expect(widget).to_have_attribute("data-result", "blocked")
    expect(widget.locator("img, script")).to_have_count(0)
    expect(slot(widget, "edited")).to_be_hidden()


def test_hostile_values_stay_text(first: Callable[..., Locator]) -> None:
    nasty = "<img src=x onerror=alert(1)>"
    state = {**READABLE, "request": {"url": f"{API}/?{nasty}", "method": "PUT", "headers": [["X-A", nasty]]}}
    widget = first("en", link(state))
    expect(slot(widget, "call")).to_contain_text(nasty)
    form_of(widget)
    expect(widget.locator("img, script")).to_have_count(0)


def test_a_value_that_makes_no_sense_says_so_beside_its_field(first: Callable[..., Locator]) -> None:
    widget = first()
    form = form_of(widget)
    field = form.locator("input").first
    field.fill("nowhere")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(widget.locator(f"#{field.get_attribute('aria-describedby')}")).to_contain_text("https://")
    expect(slot(widget, "note")).not_to_have_text("")
    slot(widget, "edited").get_by_role("button").click()
    expect(form.locator("[aria-invalid]")).to_have_count(0)
    expect(slot(widget, "note")).to_have_text("")
    server = form.locator("fieldset").nth(1).locator("input").first
    form.locator("input").nth(1).fill("nowhere:")
    form.locator("input").nth(1).fill("https://elsewhere.example/x")
    expect(server).to_have_value("https://elsewhere.example")


def test_a_screen_reader_hears_the_verdict_once_when_the_typing_rests(
    page: Page, first: Callable[..., Locator]
) -> None:
    widget = first()
    status = widget.get_by_role("status")
    expect(status).to_have_count(1)
    expect(status).to_have_text("")
    form = form_of(widget)
    status.evaluate(
        """(status) => {
            window.heard = [];
            new MutationObserver(() => heard.push(status.textContent)).observe(status, {childList: true});
        }""",
    )
    form.locator("input").nth(1).press_sequentially("abc", delay=20)
    expect(status).not_to_have_text("")
    page.wait_for_timeout(500)
    heard = page.evaluate("heard")
    assert len(heard) == 1
    assert (slot(widget, "title").text_content() or "?") in heard[0]


def test_the_verdict_is_shown_once_wherever_one_is_in_the_form(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 640})
    opened = context.new_page()
    opened.goto(f"{address}/{PART['en']}{link(READABLE)}")
    widget = opened.locator("cors-exchange").first
    expect(widget).to_have_attribute("data-result", "readable")
    form = form_of(widget)
    again = slot(widget, "now")
    slot(widget, "title").scroll_into_view_if_needed()
    expect(again).to_be_hidden()
    form.get_by_role("button").last.scroll_into_view_if_needed()
    expect(again).to_be_in_viewport(ratio=1)
    expect(again).to_have_text(slot(widget, "title").text_content() or "?")
    context.close()


def test_the_keyboard_alone_does_it_all(page: Page, first: Callable[..., Locator]) -> None:
    widget = first()
    button = slot(widget, "change").get_by_role("button")
    button.focus()
    page.keyboard.press("Tab")
    expect(slot(widget, "edit").locator("> summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(slot(widget, "form")).to_be_visible()
    reached = set()
    controls = slot(widget, "form").locator("input:visible, select:visible, button:visible, summary:visible")
    for _ in range(controls.count()):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("[...document.querySelectorAll('cors-exchange *')].indexOf(document.activeElement)"))
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert ring not in ("none", "")
    assert len(reached) == controls.count()


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_opened_form_does_not_scroll_sideways_on_a_small_phone(
    chromium: Browser,
    address: str,
    language: str,
    scheme: str,
) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme)  # type: ignore[arg-type]
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.goto(f"{address}/{PART[language]}{link(READABLE)}")
    widget = opened.locator("cors-exchange").first
    form = form_of(widget)
    form.locator("input").nth(1).fill("http://api.example/x")  # the step that decides then has the longest name
    expect(slot(widget, "why")).to_contain_text("http://api.example/x")
    for summary in form.locator("details:not([open]) > summary").all():
        summary.click()
    assert opened.evaluate("document.documentElement.scrollWidth") <= 320
    assert said == []
    context.close()


@pytest.mark.parametrize("by", ["hover", "focus", "click"])
def test_what_judges_anew_is_loaded_when_a_reader_reaches_for_it(page: Page, address: str, by: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1].split("?")[0]))
    page.goto(f"{address}/{PART['en']}")
    widget = page.locator("cors-exchange").first
    widget.scroll_into_view_if_needed()
    expect(slot(widget, "edit")).to_be_attached()
    page.wait_for_load_state("networkidle")
    assert "cors-exchange.js" in asked
    assert not {"exchange.js", "cors-exchange.en.js"} & set(asked)
    button = slot(widget, "change").get_by_role("button")
    with page.expect_request("**/exchange.js"):
        getattr(button, by)()
    page.wait_for_load_state("networkidle")
    assert {"exchange.js", "cors-exchange.en.js"} <= set(asked)
    assert not {"exchange-form.js", "exchange-steps.js", "cors-exchange-steps.en.js"} & set(asked)
    expect(widget).to_have_attribute("data-result", "readable" if by == "click" else "blocked")


def test_a_file_that_cannot_be_loaded_is_said_to_be_missing(chromium: Browser, address: str) -> None:
    context = chromium.new_context()
    opened = context.new_page()
    opened.route("**/cors-exchange.en.js", lambda route: route.abort())
    opened.goto(f"{address}/{PART['en']}")
    widget = opened.locator("cors-exchange").first
    widget.scroll_into_view_if_needed()
    before = slot(widget, "verdict").text_content()
    slot(widget, "change").get_by_role("button").click()
    unreachable = load_text("en")("cors_exchange_element.unreachable")
    expect(slot(widget, "note")).to_have_text(unreachable)
    expect(widget.get_by_role("status")).to_have_text(unreachable)
    expect(slot(widget, "verdict")).to_have_text(before or "")
    context.close()


def test_paper_shows_what_came_of_it_and_nothing_to_press(page: Page, first: Callable[..., Locator]) -> None:
    widget = first()
    page.emulate_media(media="print")
    expect(slot(widget, "verdict")).to_be_visible()
    expect(widget.locator("button:visible, input:visible")).to_have_count(0)
