"""The CORS doctor in Chromium: paste → verdict in both languages, by keyboard, announced once, and nothing leaves."""

# The fixtures of test_browser are asked for by their names.
# ruff: noqa: F811

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect
from test_browser import address, chromium, page, page_without_scripts  # noqa: F401

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = {"en": "doctor/", "ko": "ko/doctor/"}
BLOCKED = {"en": "Blocked", "ko": "막힘"}
CAPTURES = [
    json.loads(line) for line in (Path(__file__).parent / "doctor_captures.jsonl").read_text("utf-8").splitlines()
]
MESSAGE = (
    "Access to fetch at 'https://api.shop.com/v1/orders' from origin 'http://localhost:3000' has been blocked by CORS "
    "policy: No 'Access-Control-Allow-Origin' header is present on the requested resource."
)
HEADER = "Access-Control-Allow-Origin: http://localhost:3000"


def capture(name: str) -> str:
    return next(str(row["text"]) for row in CAPTURES if row["id"] == name)


def opened(page: Page, address: str, language: str) -> None:
    page.goto(f"{address}/{PAGES[language]}")
    page.wait_for_selector("cors-doctor[data-ready]")


@pytest.fixture(params=PAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def watched(chromium: Browser) -> Iterator[Page]:
    """A page that writes down what its policy refuses."""
    context = chromium.new_context(locale="en")
    context.add_init_script(
        "window.violations = [];"
        "addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective))"
    )
    yield context.new_page()
    context.close()


def test_a_pasted_message_gets_verdict_reason_and_header_and_nothing_is_sent(
    page: Page, address: str, language: str
) -> None:
    opened(page, address, language)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.locator("cors-doctor textarea").first.fill(MESSAGE)
    expect(page.locator('cors-doctor [data-slot="title"]')).to_contain_text(BLOCKED[language])
    expect(page.locator('cors-doctor [data-slot="why"] a')).to_have_attribute(
        "href", "https://fetch.spec.whatwg.org/#concept-cors-check"
    )
    expect(page.locator('cors-doctor [data-slot="change"] code')).to_have_text(HEADER)
    for server in ("nginx", "express", "fastapi", "django", "spring"):
        page.locator('cors-doctor [data-slot="server"] select').select_option(server)
        expect(page.locator('cors-doctor [data-slot="server"] pre')).to_contain_text("http://localhost:3000")
    page.wait_for_timeout(600)
    assert sent == []


@pytest.mark.parametrize(
    ("name", "step"),
    [("har-request-header", "7.7"), ("curl-redirect", "2"), ("headers-other-origin", "4"), ("preflight-method", "7.5")],
)
def test_captures_are_read_in_the_page(page: Page, address: str, language: str, name: str, step: str) -> None:
    opened(page, address, language)
    page.locator("cors-doctor textarea").first.fill(capture(name))
    expect(page.locator('cors-doctor [data-slot="why"] a')).to_contain_text(step)
    expect(page.locator('cors-doctor [data-slot="title"]')).to_contain_text(BLOCKED[language])


def test_a_har_file_is_read_where_it_is(page: Page, address: str) -> None:
    opened(page, address, "en")
    body = capture("har-two-values").encode()
    page.locator("cors-doctor input[type=file]").set_input_files(
        {"name": "a.har", "mimeType": "application/json", "buffer": body}
    )
    expect(page.locator('cors-doctor [data-slot="title"]')).to_contain_text("Blocked")


def test_what_is_missing_is_asked_for_and_changes_the_lines(page: Page, address: str, language: str) -> None:
    opened(page, address, language)
    page.locator("cors-doctor textarea").first.fill(
        "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at "
        "https://api.shop.com/x. (Reason: CORS preflight response did not succeed). Status code: 404."
    )
    asked = page.locator('cors-doctor [data-slot="missing"] [data-field]')
    assert [row.get_attribute("data-field") for row in asked.all()] == ["page", "method", "credentials", "headers"]
    page.locator('[data-field="page"] input').fill("https://shop.com")
    page.locator('[data-field="method"] select').select_option("PATCH")
    page.locator('[data-field="credentials"] select').select_option("include")
    page.locator('[data-field="headers"] textarea').fill("Content-Type: application/json")
    lines = page.locator('cors-doctor [data-slot="server"] pre')
    page.locator('cors-doctor [data-slot="server"] select').select_option("fastapi")
    for part in (
        'allow_origins=["https://shop.com"]',
        '"PATCH"',
        'allow_headers=["content-type"]',
        "allow_credentials=True",
    ):
        expect(lines).to_contain_text(part)
    page.locator('[data-field="page"] input').fill("http://")
    expect(page.locator('cors-doctor [data-slot="invalid"]')).to_be_visible()


def test_the_keyboard_is_enough(page: Page, address: str, language: str) -> None:
    opened(page, address, language)
    page.locator("cors-doctor textarea").first.focus()
    page.keyboard.insert_text(MESSAGE)
    expect(page.locator('cors-doctor [data-slot="title"]')).to_be_visible()
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.closest('[data-slot],[data-field]')?.dataset.slot ?? ''"))
        if "link" in reached:
            break
    assert {"tools", "why", "link"} <= reached
    page.keyboard.press("Enter")
    expect(page.locator('cors-doctor [data-slot="link"] span')).not_to_be_empty()
    assert "#cors-doctor-1?text=" in page.url


def test_a_screen_reader_hears_the_verdict_once(page: Page, address: str, language: str) -> None:
    opened(page, address, language)
    status = page.locator("cors-doctor [role=status]")
    expect(status).to_have_count(1)
    expect(status).to_have_text("")
    page.evaluate(
        """() => {
            window.heard = [];
            const status = document.querySelector("cors-doctor [role=status]");
            new MutationObserver(() => heard.push(status.textContent)).observe(status, {childList: true});
        }"""
    )
    page.locator("cors-doctor textarea").first.fill(MESSAGE)
    expect(status).to_contain_text(BLOCKED[language])
    page.wait_for_timeout(600)
    assert len(page.evaluate("heard")) == 1


def test_a_link_leads_to_a_diagnosis_and_a_hostile_one_to_a_message(page: Page, address: str) -> None:
    page.goto(f"{address}/doctor/#cors-doctor-1?text={'x%3A'}&method=PUT")
    page.wait_for_selector("cors-doctor[data-ready]")
    opened(page, address, "en")
    page.locator("cors-doctor textarea").first.fill(MESSAGE)
    page.locator('cors-doctor [data-slot="link"] button').click()
    link = page.url
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator('cors-doctor [data-slot="change"] code')).to_have_text(HEADER)
    page.goto("about:blank")
    page.goto(f"{address}/doctor/#cors-doctor-1?text=%ff%fe")
    expect(page.locator('cors-doctor [data-slot="form"]')).not_to_be_empty()
    expect(page.locator("cors-doctor [data-slot=title]")).to_have_count(0)


@pytest.mark.parametrize(
    "hostile",
    [
        "<img src=x onerror=alert(1)><script>alert(1)</script>",
        MESSAGE.replace("http://localhost:3000", "http://<b>x"),
        'fetch("https://a.example/<img src=x>", {"headers": {"__proto__": "<b>", "constructor": "x"}})',
        "HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: <img src=x onerror=alert(1)>\nX: \x01\x02",
        '{"log":{"entries":[{"request":{"url":"https://a.example/<b>","headers":[{"name":"__proto__","value":"x"}]}}]}}',
        "[" * 1_000_000,
        "Access to fetch at '" * 50_000,
        "name: value\n" * 90_000,
        "fetch(" + "{a:" * 300_000,
    ],
    ids=lambda value: repr(value)[:30],
)
def test_hostile_text_stays_text_and_is_read_within_a_second(page: Page, address: str, hostile: str) -> None:
    opened(page, address, "en")
    outside = page.evaluate("document.body.innerHTML.replace(/<cors-doctor[^]*<\\/cors-doctor>/, '')")
    names = page.evaluate("Object.getOwnPropertyNames(Object.prototype).length")
    took = page.evaluate(
        """(text) => {
            const box = document.querySelector("cors-doctor textarea");
            box.value = text;
            const started = performance.now();
            box.dispatchEvent(new Event("input"));
            return performance.now() - started;
        }""",
        hostile,
    )
    assert took < 1000
    assert page.locator("cors-doctor :is(img, script, b, iframe)").count() == 0
    assert page.evaluate("document.body.innerHTML.replace(/<cors-doctor[^]*<\\/cors-doctor>/, '')") == outside
    assert page.evaluate("Object.getOwnPropertyNames(Object.prototype).length") == names


def test_the_page_keeps_to_its_policy_and_to_320_pixels(watched: Page, address: str, language: str) -> None:
    watched.set_viewport_size({"width": 320, "height": 700})
    opened(watched, address, language)
    for text in (MESSAGE, capture("har-method"), capture("fetch-preflight-passes"), capture("curl-redirect")):
        watched.locator("cors-doctor textarea").first.fill(text)
        expect(watched.locator('cors-doctor [data-slot="server"] pre')).to_be_visible()
        assert watched.evaluate("document.documentElement.scrollWidth") <= 320
    assert watched.evaluate("violations") == []


def test_without_javascript_the_usual_messages_and_the_lines_for_servers_are_there(
    page_without_scripts: Page, address: str, language: str
) -> None:
    page_without_scripts.goto(f"{address}/{PAGES[language]}")
    expect(page_without_scripts.locator(".cause")).to_have_count(13)
    expect(page_without_scripts.locator("cors-doctor textarea")).to_have_count(0)
    first = page_without_scripts.locator("#no-header")
    expect(first).to_contain_text("No 'Access-Control-Allow-Origin' header is present")
    expect(first).to_contain_text("Access-Control-Allow-Origin: https://app.example")
    page_without_scripts.locator(".server summary").first.click()
    expect(page_without_scripts.locator(".server pre").first).to_contain_text("add_header Vary Origin")


def test_no_page_without_a_doctor_loads_any_of_it(page: Page, address: str) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(f"{address}/rules/")
    time.sleep(0.3)
    assert [url for url in loaded if "doctor" in url] == []
