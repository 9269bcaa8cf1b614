"""Every kind of page and every state of a widget through axe-core, in each language, light and dark."""

# The fixtures of test_browser are asked for by their names.
# ruff: noqa: F811

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from page_kinds import page_kinds
from playwright.sync_api import Browser, BrowserContext, Page, expect
from test_browser import address, chromium  # noqa: F401
from test_images import opening  # noqa: F401
from widget_states import STATES, State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# What axe leaves to a person is asked for too: a page on which it has doubts has to be made plainer.
FOUND = ("violations", "incomplete")


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_and_doubts_nothing(chromium: Browser, built: Path, address: str, width: int) -> None:
    found = []
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    for path in page_kinds(built):
        page.goto(f"{address}/{path}", wait_until="networkidle")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # a literal
            found += [f"{path} ({scheme}, {width} px): {line}" for line in _axe(page)]
    context.close()
    assert found == []


@pytest.fixture(scope="module")
def context(chromium: Browser) -> Iterator[BrowserContext]:
    found = chromium.new_context(viewport={"width": 360, "height": 800}, reduced_motion="reduce")
    yield found
    found.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    found = context.new_page()
    yield found
    found.close()


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name.replace(" ", "-"))
def test_axe_finds_nothing_in_a_state_of_a_widget(page: Page, address: str, state: State, language: str) -> None:
    state.open(page, address, language)
    assert _axe_in_both_schemes(page, state.widget) == []


def test_axe_finds_nothing_in_an_image_that_is_open(page: Page, opening: str) -> None:
    page.goto(opening)
    page.locator(".image-link").first.click()
    expect(page.locator("dialog img")).to_have_js_property("complete", value=True)
    assert _axe_in_both_schemes(page, "dialog") == []


def _axe_in_both_schemes(page: Page, within: str) -> list[str]:
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # a literal
        found += [f"{scheme}: {line}" for line in _axe(page, within)]
    return found


def _axe(page: Page, within: str | None = None) -> list[str]:
    response = Axe().run(page, context=within, options={"resultTypes": list(FOUND)}).response
    return [
        f"{kind}: {each['id']}: {node['html'][:160]}: {node['failureSummary']}"
        for kind in FOUND
        for each in response[kind]
        for node in each["nodes"]
    ]
