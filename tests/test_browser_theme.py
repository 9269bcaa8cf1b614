"""The theme in Chromium: light and dark, what a part weighs when it is opened cold, and what keeps its place."""

# The fixtures of test_browser are asked for by their names.
# ruff: noqa: F811

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from test_browser import PARTS, RULES, address, chromium, page, page_without_scripts  # noqa: F401
from test_browser_pages import FIRST, WATCH

PAPER = {"light": "rgb(251, 250, 246)", "dark": "rgb(20, 22, 27)"}
LABEL = {"en": "Dark colours", "ko": "어두운 화면"}
# What the paper is when the first frame is drawn.
FIRST_FRAME = """
    requestAnimationFrame(function look() {
        if (!document.body) return requestAnimationFrame(look);
        window.first = getComputedStyle(document.body).backgroundColor;
    });
"""


def paper(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def open_context(chromium: Browser, scheme: str) -> BrowserContext:
    context = chromium.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    context.add_init_script(FIRST_FRAME)
    return context


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_readers_setting_decides_also_without_scripts(chromium: Browser, address: str, scheme: str) -> None:
    context = chromium.new_context(color_scheme=scheme, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/{FIRST['en']}")
    expect(page.locator("body")).to_have_css("background-color", PAPER[scheme])
    expect(page.locator(".theme")).to_be_hidden()
    context.close()


@pytest.mark.parametrize(("scheme", "other"), [("light", "dark"), ("dark", "light")])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_is_chosen_stays_from_page_to_page_and_never_flashes(
    chromium: Browser, address: str, scheme: str, other: str, language: str
) -> None:
    context = open_context(chromium, scheme)
    page = context.new_page()
    page.goto(f"{address}/{FIRST[language]}")
    button = page.get_by_role("button", name=LABEL[language])
    expect(button).to_have_attribute("aria-pressed", str(scheme == "dark").lower())
    assert page.evaluate("first") == paper(page) == PAPER[scheme]
    button.click()
    expect(button).to_have_attribute("aria-pressed", str(other == "dark").lower())
    assert paper(page) == PAPER[other]
    for path in (FIRST[language], "", "rules/"):
        page.goto(f"{address}/{path}", wait_until="networkidle")
        assert page.evaluate("first") == paper(page) == PAPER[other]
        assert page.locator("meta[name=theme-color][media=all]").count() == 1
        assert page.locator(f"meta[name=theme-color][media=all][data-media*={other}]").count() == 1
    context.close()


def test_who_goes_back_to_their_setting_follows_it_again(chromium: Browser, address: str) -> None:
    context = open_context(chromium, "light")
    page = context.new_page()
    page.goto(f"{address}/{FIRST['en']}")
    button = page.get_by_role("button", name=LABEL["en"])
    button.click()
    button.click()
    assert page.evaluate("localStorage.getItem('theme')") is None
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body")).to_have_css("background-color", PAPER["dark"])
    expect(button).to_have_attribute("aria-pressed", "true")
    assert page.locator("meta[name=theme-color][media='(prefers-color-scheme: dark)']").count() == 1
    context.close()


def test_the_other_tabs_follow(chromium: Browser, address: str) -> None:
    context = open_context(chromium, "light")
    one, other = context.new_page(), context.new_page()
    for each in (one, other):
        each.goto(f"{address}/{FIRST['en']}")
    one.get_by_role("button", name=LABEL["en"]).click()
    expect(other.locator("body")).to_have_css("background-color", PAPER["dark"])
    expect(other.locator(".theme")).to_have_attribute("aria-pressed", "true")
    context.close()


@pytest.mark.parametrize("kept", ["nonsense", None])
def test_a_browser_that_keeps_nothing_or_nonsense_shows_the_setting(
    chromium: Browser, address: str, kept: str | None
) -> None:
    context = open_context(chromium, "dark")
    if kept:
        context.add_init_script(f"localStorage.setItem('theme', '{kept}')")
    else:
        context.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}/{FIRST['en']}")
    assert paper(page) == PAPER["dark"]
    page.get_by_role("button", name=LABEL["en"]).click()
    assert paper(page) == PAPER["light"]
    assert errors == []
    context.close()


def test_paper_is_light_whatever_was_chosen(chromium: Browser, address: str) -> None:
    context = open_context(chromium, "dark")
    page = context.new_page()
    page.goto(f"{address}/{FIRST['en']}")
    page.get_by_role("button", name=LABEL["en"]).click()
    page.get_by_role("button", name=LABEL["en"]).click()
    page.emulate_media(media="print")
    assert paper(page) == "rgb(255, 255, 255)"
    expect(page.locator(".theme")).to_be_hidden()
    expect(page.locator("article h1")).to_be_visible()
    context.close()


@pytest.mark.parametrize("part", PARTS)
def test_a_part_opened_cold_is_light_and_asks_little(chromium: Browser, built: Path, address: str, part: str) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 780})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path.lstrip("/")))
    page.goto(f"{address}/{part}", wait_until="networkidle")
    context.close()
    files = [built / path if (built / path).is_file() else built / f"{path}.html" for path in asked]
    weights = {
        str(file): file.stat().st_size if file.suffix == ".woff2" else len(gzip.compress(file.read_bytes()))
        for file in files
    }
    fonts = sum(weight for file, weight in weights.items() if file.endswith(".woff2"))
    assert fonts <= (80_000 if part.startswith("ko/") else 0)
    assert sum(weights.values()) <= 150_000
    assert len(asked) <= 10, asked
    # These are not the widgets': the icon of its tab is among them.
    frame = [path for path in asked if not path.startswith("theme/js/") or path.endswith("/page.js")]
    assert len(frame) <= (6 if part.startswith("ko/") else 4), frame


@pytest.mark.parametrize("path", [*PARTS, *RULES, "", "ko/", "series/about-cors/", "ko/archive/", "404.html"])
def test_nothing_moves_while_a_page_loads(chromium: Browser, address: str, path: str) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 780})
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(f"{address}/{path}", wait_until="networkidle")
    page.wait_for_timeout(200)
    assert page.evaluate("shifts") <= 0.01
    context.close()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_has_the_focus_is_seen_to_have_it(page: Page, address: str, language: str) -> None:
    page.goto(f"{address}/{FIRST[language]}")
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = "getComputedStyle(document.activeElement)"
        assert page.evaluate(f"{outline}.outlineStyle") == "solid"
        assert page.evaluate(f"parseFloat({outline}.outlineWidth)") >= 2
    assert page.evaluate("document.activeElement !== document.body")
