"""Every page that the build writes: the addresses in its head, and what Chromium makes of it, on paper too."""

# The fixtures of test_browser are asked for by their names.
# ruff: noqa: F811

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import pytest
from bs4 import BeautifulSoup
from conftest import Blog
from page_kinds import page_kinds
from playwright.sync_api import Browser, Page
from test_browser import address, chromium  # noqa: F401
from test_browser_pages import served
from test_machines import alternates, canonical

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from playwright.sync_api import ViewportSize

SITE = "https://yeonuk44.github.io"
DESK: ViewportSize = {"width": 1280, "height": 800}
# Wakes what waits until it comes into view.
TO_THE_END = """async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
        scrollTo(0, y);
        await new Promise(requestAnimationFrame);
    }
}"""
VIOLATIONS = """
    window.violations = [];
    addEventListener("securitypolicyviolation", ({violatedDirective, blockedURI}) => {
        violations.push([violatedDirective, blockedURI]);
    });
"""
# The words of a page by the elements that hold them, each once: of what can be seen. What is there to be pressed or to
# be followed has no use on paper, nor has the way to run an experiment.
CONTROLS = "button, form, nav, .contents, .share, live-experiment fieldset, [data-slot=edit], site-search"
SEEN = f"""() => [...document.querySelectorAll("main *")]
    .filter((each) => !each.closest("{CONTROLS}"))
    .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .filter((each) => each.checkVisibility({{visibilityProperty: true, opacityProperty: true}}))
    .map((each) => each.textContent.trim())"""
# What has more in it than can be seen and would have to be scrolled; the table below a field has its address whole.
CUT = """() => [document.documentElement, ...document.querySelectorAll("main :not(input)")]
    .filter((each) => each.clientWidth > 1 && each.scrollWidth > each.clientWidth + 1)
    .filter((each) => getComputedStyle(each).overflowX !== "visible" || each === document.documentElement)
    .map((each) => each.outerHTML.slice(0, 120))"""
MOVING = """() => [...document.querySelectorAll("*")].flatMap((each) => [null, "::before", "::after"].flatMap((at) => {
    const style = getComputedStyle(each, at);
    const lasting = [style.transitionDuration, style.animationName === "none" ? "0s" : style.animationDuration];
    const moves = lasting.join().split(",").some((time) => parseFloat(time) > 0) || style.scrollBehavior === "smooth";
    return moves ? [each.outerHTML.slice(0, 120)] : [];
}))"""


def whole(built: Path) -> dict[str, BeautifulSoup]:
    """Return every page that leads to no other by its address within the site."""
    pages = {
        file.relative_to(built).as_posix(): BeautifulSoup(file.read_text("utf-8"), "html.parser")
        for file in sorted(built.rglob("*.html"))
    }
    return {
        name.removesuffix("index.html") if name.endswith("index.html") else name.removesuffix(".html"): page
        for name, page in pages.items()
        if not name.startswith("theme/") and not page.select("meta[http-equiv=refresh]")
    }


def test_every_page_names_itself_and_is_named_by_its_translations(built: Path) -> None:
    pages = whole(built)
    assert len(pages) > 30
    for path, page in pages.items():
        language = "ko" if path.startswith("ko/") else "en"
        assert page.html["lang"] == language, path  # type: ignore[index]
        assert canonical(page) == f"{SITE}/{quote(path)}"
        named = alternates(page)
        assert named[language] == canonical(page)
        assert named["x-default"] == named.get("en", canonical(page))
        for other in named.values():
            assert alternates(pages[unquote(other.removeprefix(f"{SITE}/"))]) == named, path


@pytest.fixture(scope="module")
def found(chromium: Browser, built: Path, address: str) -> dict[str, list[object]]:
    """What is wrong with the project's own pages."""
    return look_at(chromium, address, whole(built), page_kinds(built))


def look_at(chromium: Browser, address: str, paths: Iterable[str], kinds: list[str]) -> dict[str, list[object]]:
    """Return what is wrong by what it is about. Each page is loaded once and looked at in all these ways."""
    context = chromium.new_context(viewport=DESK)
    context.add_init_script(VIOLATIONS)
    page = context.new_page()
    found: dict[str, list[object]] = {name: [] for name in ("said", "asked", "moving", "phone", "paper")}
    page.on("console", lambda message: found["said"].append((page.url, message.text)))
    page.on("pageerror", lambda error: found["said"].append((page.url, str(error))))
    page.on("request", lambda request: found["asked"].append(request.url))
    for path in paths:
        page.goto(f"{address}/{path}")
        page.evaluate(TO_THE_END)
        page.wait_for_load_state("networkidle")
        found["said"] += page.evaluate("violations")
        if {path, f"{path}.html"} & set(kinds):
            shown = page.evaluate(SEEN)
            found["moving"] += [(path, each) for each in without_motion(page)]
            found["phone"] += [(path, each) for each in on_a_phone(page, shown)]
            found["paper"] += [(path, each) for each in on_paper(page, shown)]
    found["asked"] = [url for url in found["asked"] if not str(url).startswith((f"{address}/", "data:", "blob:"))]
    context.close()
    return found


@pytest.mark.parametrize("about", ["said", "asked"])
def test_no_page_says_anything_to_the_console_or_asks_anyone_else(found: dict[str, list[object]], about: str) -> None:
    assert found[about] == []


def test_who_wants_no_motion_sees_none(found: dict[str, list[object]]) -> None:
    assert found["moving"] == []


def test_at_twice_the_size_nothing_scrolls_sideways_or_is_lost(found: dict[str, list[object]]) -> None:
    assert found["phone"] == []


def test_on_paper_no_text_is_lost_and_none_is_cut_off(found: dict[str, list[object]]) -> None:
    assert found["paper"] == []


@pytest.mark.parametrize("stranger", [""], indirect=True)
def test_in_a_strangers_blog_nothing_of_all_this_is_wrong(chromium: Browser, stranger: Blog) -> None:
    with served(stranger.output) as host:
        found = look_at(chromium, host, whole(stranger.output), page_kinds(stranger.output)[::3])
    assert {about: each for about, each in found.items() if each} == {}


def without_motion(page: Page) -> list[str]:
    page.emulate_media(reduced_motion="reduce")
    moving: list[str] = page.evaluate(MOVING)
    page.emulate_media(reduced_motion="null")
    return moving


def on_a_phone(page: Page, shown: list[str]) -> list[str]:
    """Look at it in a window of 320 pixels, which is one of 640 at 200 %, in its own colours and in the reader's."""
    page.set_viewport_size({"width": 320, "height": 512})
    wrong = []
    for forced in ("none", "active"):
        page.emulate_media(forced_colors=forced)  # type: ignore[arg-type] # a literal
        width = page.evaluate("document.documentElement.scrollWidth")
        wrong += [f"{width} px wide ({forced})"] if width > 320 else []
        wrong += lost(shown, page.evaluate(SEEN))
    page.emulate_media(forced_colors="null")
    page.set_viewport_size(DESK)
    return wrong


def on_paper(page: Page, shown: list[str]) -> list[str]:
    """Look at it as printed on A4, upright, within usual margins at 96 pixels an inch."""
    page.set_viewport_size({"width": 718, "height": 1047})
    page.emulate_media(media="print")
    wrong = [*page.evaluate(CUT), *lost(shown, page.evaluate(SEEN))]
    page.emulate_media(media="null")
    page.set_viewport_size(DESK)
    return wrong


def lost(before: list[str], after: list[str]) -> list[str]:
    left = set(after)
    return [text for text in dict.fromkeys(before) if text not in left]
