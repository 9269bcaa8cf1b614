"""The Korean font: cut to what the site uses, under its own name, with its licence, and on Korean pages alone."""

# The fixtures of test_browser are asked for by their names.
# ruff: noqa: F811

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, Site
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser, Page
from test_browser import PARTS, address, chromium  # noqa: F401

from pelican_cors_series.fonts import font_files

SOURCES = ROOT / "theme/fonts/ko"
# Where no text of the page's language stands, or none that is set in its font.
ELSEWHERE = "code, pre, kbd, samp, script, [lang=en]"


def opened(font: Path | bytes) -> TTFont:
    return TTFont(BytesIO(font if isinstance(font, bytes) else font.read_bytes()))


def characters(font: Path | bytes) -> set[str]:
    return set(map(chr, opened(font).getBestCmap()))


def korean_pages(built: Path) -> list[Path]:
    return [path for path in built.rglob("*.html") if '<html lang="ko">' in path.read_text(encoding="utf-8")]


def files(built: Path, weight: str) -> list[Path]:
    return sorted((built / "theme/fonts").glob(f"chulcheo-{weight}.*.woff2"))


@pytest.fixture(scope="module")
def whole() -> set[str]:
    return characters(SOURCES / "Chulcheo-400.ttf")


def texts(page: Path, selector: str = "body") -> set[str]:
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    for tag in soup.select(ELSEWHERE):
        tag.decompose()
    return set("".join(tag.get_text() for tag in soup.select(selector)))


def test_every_character_of_a_korean_page_that_the_font_has_is_in_the_cut(built: Path, whole: set[str]) -> None:
    cut = set().union(*(characters(file) for file in files(built, "400")))
    pages = korean_pages(built)
    assert len(pages) > 10
    for page in pages:
        assert (texts(page) & whole) - cut == set(), page
        assert re.search("[가-힣]", "".join(texts(page) & cut)) or page.stem.startswith("about"), page


def test_what_is_set_bold_by_its_element_is_in_the_bold_cut(built: Path, whole: set[str]) -> None:
    cut = set().union(*(characters(file) for file in files(built, "600-900")))
    bold = "h1, h2, h3, h4, h5, h6, b, strong, em, th, .brand, [aria-current], .admonition-title"
    for page in korean_pages(built):
        assert (texts(page, bold) & whole) - cut == set(), page


@pytest.mark.parametrize("part", [each for each in PARTS if each.startswith("ko/")])
def test_no_korean_text_falls_back_to_a_font_of_the_system(chromium: Browser, address: str, part: str) -> None:
    page = chromium.new_page()
    for _ in range(5):
        page.goto(f"{address}/{part}", wait_until="networkidle")
        seen = fonts_of_korean_text(page)
        # On a machine that is busy a font may come too late for its page; then the next one has it.
        if len(seen) == 1:
            break
    page.close()
    assert seen.pop("own") > 500
    assert seen == Counter()


def fonts_of_korean_text(page: Page) -> Counter[str]:
    """Return how many glyphs are drawn in the page's own font, and for each other one in which text."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    session = page.context.new_cdp_session(page)
    root: dict[str, Any] = session.send("DOM.getDocument", {"depth": -1})["root"]
    session.send("CSS.enable")
    seen: Counter[str] = Counter()
    for node in _with_korean_text(root):
        for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node["nodeId"]})["fonts"]:
            own = font["familyName"].startswith("Chulcheo")
            seen["own" if own else str((font["familyName"], node["children"][0].get("nodeValue")))] += font[
                "glyphCount"
            ]
    session.detach()
    return seen


def _with_korean_text(node: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the elements that hold text alone, of Hangul, Latin letters and the like, Hangul among it."""
    if node["nodeName"] in {"CODE", "PRE", "HEAD", "SCRIPT", "KBD", "SAMP"} or "en" in node.get("attributes", [])[1::2]:
        return []
    children = node.get("children", [])
    text = "".join(each["nodeValue"] if each["nodeType"] == 3 else "\0" for each in children)
    own = [node] if re.search("[가-힣]", text) and re.fullmatch(r"[가-힣\s\w.,?!:·]*", text, re.ASCII) else []
    return own + [found for each in children for found in _with_korean_text(each)]


def test_a_korean_page_is_within_what_fonts_may_weigh(built: Path) -> None:
    sizes = [file.stat().st_size for file in (built / "theme/fonts").glob("*.woff2")]
    assert sizes
    assert max(sizes) <= 40_000
    assert sum(sizes) <= 80_000


def test_the_licence_lies_beside_the_fonts_which_have_a_name_of_their_own(built: Path) -> None:
    licence = (built / "theme/fonts/OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    (reserved,) = re.findall(r"Reserved Font Name (\w+)", licence)
    for file in (*files(built, "*"), *SOURCES.glob("*.ttf")):
        names = opened(file)["name"]
        assert f"Reserved Font Name {reserved}" in names.getDebugName(0)
        assert "Open Font License" in names.getDebugName(13)
        for number in (1, 3, 4, 6, 16, 17, 25):
            assert reserved not in (names.getDebugName(number) or ""), file


def test_a_korean_page_preloads_its_fonts_and_an_english_one_has_none(built: Path) -> None:
    for page in built.rglob("*.html"):
        soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        found = [str(link["href"]) for link in soup.select("link[rel=preload][as=font]")]
        if (soup.html and soup.html["lang"] == "en") or soup.select('meta[http-equiv="refresh"]'):
            assert found == [], page
        else:
            assert len(found) == 2
            assert all((built / each.lstrip("/")).is_file() for each in found)
    sheets = {path.name: path.read_text(encoding="utf-8") for path in (built / "theme/css").glob("*-page.*.css")}
    assert {name: "@font-face" in sheet for name, sheet in sheets.items()} == {name: ".ko." in name for name in sheets}


def test_an_english_page_loads_no_font(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.resource_type))
    for path in (PARTS[0], "", "rules/"):
        page.goto(f"{address}/{path}", wait_until="networkidle")
    page.close()
    assert "document" in asked
    assert "font" not in asked


def test_fonts_are_cut_anew_only_when_there_are_new_characters(site: Site) -> None:
    site.part("ko/2023-06-13-a.md", "뜻밖의 글\n")
    site.configure("CORS_SERIES_FONTS = True")
    fonts = site.root / "output/theme/fonts"

    def build() -> dict[str, int]:
        assert site.pelican().returncode == 0
        return {path.name: path.stat().st_mtime_ns for path in fonts.glob("*.woff2")}

    first = build()
    assert len(first) == 2
    kept = fonts / "their-own.woff2"
    kept.write_bytes(b"")
    assert {name: when for name, when in build().items() if name != kept.name} == first
    assert kept.is_file()
    kept.unlink()
    site.part("ko/2023-06-13-a.md", "뜻밖의 꿍꿍이\n")
    third = build()
    assert len(third) == 2
    assert not set(third) & {name for name in first if "-400" in name}
    assert "꿍" in characters(next(fonts.glob("chulcheo-400.*")))


def test_a_site_in_other_languages_needs_no_font(site: Site) -> None:
    site.part("en/2023-06-13-a.md")
    site.configure('CORS_SERIES_FONTS = True\ndel CORS_SERIES_LANGUAGES["ko"]')
    assert site.pelican().returncode == 0
    assert not (site.root / "output/theme/fonts").exists()
    assert "font-face" not in site.page("theme/css/text-page.en.css")
    assert "preload" not in site.page("posts/2023-06-13-a.html")


def test_what_is_used_most_comes_first_and_the_rest_is_loaded_for_its_own_characters() -> None:
    used = Counter({chr(0xAC00 + index): 1 + (index < 500) for index in range(1000)})
    first, rest, _, _ = font_files(SOURCES, used, used)
    assert set(first.characters) >= {chr(0xAC00 + index) for index in range(500)}
    assert not first.rest
    assert rest.rest
    assert "unicode-range" not in first.rule("..")
    assert f"U+{ord(rest.characters[0]):X}" in rest.rule("..")
    assert set(first.characters) | set(rest.characters) == set(used)
    assert characters(rest.cut()) <= set(rest.characters)


def test_the_same_cut_is_the_same_to_the_byte() -> None:
    (font, _) = font_files(SOURCES, Counter("가나다"), Counter("가"))
    assert font.cut() == font.cut()
