"""Every kind of page through axe-core, in each language, light and dark, on a phone and at a desk."""

# The fixtures of test_browser are asked for by their names.
# ruff: noqa: F811

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from page_kinds import page_kinds
from test_browser import address, chromium  # noqa: F401

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

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


def _axe(page: Page) -> list[str]:
    response = Axe().run(page, options={"resultTypes": list(FOUND)}).response
    return [
        f"{kind}: {each['id']}: {node['html'][:160]}"
        for kind in FOUND
        for each in response[kind]
        for node in each["nodes"]
    ]
