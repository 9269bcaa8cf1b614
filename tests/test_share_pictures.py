"""The pictures that the build draws: what stands for a page where it is shared, and the icons."""

# The fixtures of test_browser are asked for by their names.
# ruff: noqa: F811

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, Site
from PIL import Image, ImageChops, ImageStat
from test_browser import chromium, page  # noqa: F401

from pelican_cors_series.picture_design import Design, find_design
from pelican_cors_series.share_picture import SharePicture, balanced, filled

if TYPE_CHECKING:
    from playwright.sync_api import Page

THEME = ROOT / "theme"
LONG = "두 출처가 같은지 어떻게 비교하는지 Access-Control-Allow-Origin 헤더를 따라 처음부터 끝까지 차근차근 살펴봅시다"


@pytest.fixture(scope="module")
def design() -> Design:
    found = find_design(THEME, "ko")
    assert found is not None
    return found


def picture(design: Design, title: str = "제목", lead: str = "") -> SharePicture:
    return SharePicture("a", title, "누리집", lead, "연재 1편", "blog.example", design)


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def test_a_picture_is_drawn_on_the_themes_paper_with_all_of_it_in_the_middle_that_every_site_shows(
    design: Design,
) -> None:
    for title in ("제목", "W" * 300, LONG * 3, "One two"):
        image = opened(picture(design, title, lead=LONG).draw())
        assert image.size == (1200, 630)
        paper = image.getpixel((0, 0))
        assert paper is not None
        box = ImageChops.difference(image, Image.new("RGB", image.size, paper)).getbbox()
        assert box is not None
        assert box[0] >= 60
        assert box[1] >= 15 + 40
        assert box[2] <= 1140
        assert box[3] <= 615 - 40


def test_the_title_stands_between_the_mark_and_the_line(design: Design) -> None:
    without, with_title = (opened(picture(design, title).draw()) for title in (" ", LONG))
    box = ImageChops.difference(without, with_title).convert("L").point(lambda value: 255 * (value > 8)).getbbox()
    assert box is not None
    assert box[1] >= 110
    assert box[3] <= 480
    # It is large: the reader sees a thumbnail of it.
    assert box[3] - box[1] > 180


def test_the_same_words_make_the_same_bytes_and_other_words_another_name(design: Design) -> None:
    first, again, other = picture(design), picture(design), picture(design, "다른 제목")
    assert (first.name, first.draw()) == (again.name, again.draw())
    assert first.name != other.name
    assert first.draw() != other.draw()


def test_what_the_fonts_lack_is_not_drawn_as_boxes(design: Design) -> None:
    assert picture(design).can_be_drawn
    assert not picture(design, "日本語").can_be_drawn


def test_a_theme_without_fonts_has_no_design(tmp_path: Path) -> None:
    assert find_design(tmp_path, "ko") is None


def test_a_language_without_fonts_of_its_own_is_drawn_with_anothers() -> None:
    assert find_design(THEME, "en") == find_design(THEME, "ko")


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("a bb ccc", 8, ["a bb ccc"]),
        ("aa bb cc dd", 8, ["aa bb", "cc dd"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("", 4, []),
    ],
)
def test_lines_are_full_and_about_as_long_as_each_other(text: str, room: float, lines: list[str]) -> None:
    def length(line: str) -> float:
        return 100 * len(line)

    assert balanced(filled(text, length, 100 * room), length) == lines


def test_each_part_series_and_language_has_its_picture_and_its_name_never_changes_its_content(site: Site) -> None:
    for code, title in (("en", "One"), ("ko", "하나")):
        for number in (1, 2):
            site.part(f"{code}/2023-06-1{number}-a.md", lng_pair=f"id_x_{number}", title=f"{title} {number}")
    site.part("en/2023-06-15-draft.md", status="draft")
    assert site.pelican().returncode == 0
    first = {name: data for name, data in site.output().items() if name.startswith("pictures/")}
    # Two parts and one series in two languages, and the site itself in both.
    assert len(first) == 8
    for name in ("posts/2023-06-11-a", "ko/2023-06-12-a", "ko/series/x/index", "index", "ko/search/index"):
        found = BeautifulSoup(site.page(f"{name}.html"), "html.parser")
        og = {str(meta["property"]): str(meta["content"]) for meta in found.select("meta[property]")}
        assert (og["og:image:width"], og["og:image:height"]) == ("1200", "630")
        assert og["og:image"].removeprefix("https://blog.example/") in first
        assert og["og:image:alt"]
        assert found.select('meta[name="twitter:card"]')[0]["content"] == "summary_large_image"
    site.part("en/2023-06-11-a.md", lng_pair="id_x_1", title="Another")
    assert site.pelican().returncode == 0
    again = {name: data for name, data in site.output().items() if name.startswith("pictures/")}
    # The part's own, and its series', which names it.
    assert len(first.keys() - again.keys()) == len(again.keys() - first.keys()) == 2
    assert all(again[name] == data for name, data in first.items() if name in again)


def test_a_picture_that_is_there_is_not_drawn_again(site: Site) -> None:
    site.part("en/2023-06-13-a.md", title="A")
    assert site.pelican().returncode == 0
    (file,) = (site.root / "output/pictures").glob("2023-06-13-a-en-*.png")
    file.write_bytes(b"kept")
    assert site.pelican().returncode == 0
    assert file.read_bytes() == b"kept"


def test_an_authors_own_picture_goes_first(site: Site) -> None:
    site.part("en/2023-06-13-a.md", img='":a.png"')
    site.write("content/assets/img/posts/a.png", "")
    site.configure('STATIC_PATHS = ["assets"]')
    assert site.pelican().returncode == 0
    found = BeautifulSoup(site.page("posts/2023-06-13-a.html"), "html.parser")
    assert found.select('meta[property="og:image"]')[0]["content"] == "https://blog.example/assets/img/posts/a.png"


def test_without_a_whole_address_there_is_no_picture_to_name(site: Site) -> None:
    site.configure('SITEURL = ""')
    site.part("en/2023-06-13-a.md")
    assert site.pelican().returncode == 0
    found = BeautifulSoup(site.page("posts/2023-06-13-a.html"), "html.parser")
    assert found.select('meta[property="og:image"]') == []
    assert found.select('meta[name="twitter:card"]')[0]["content"] == "summary"


@pytest.mark.parametrize(
    ("name", "side", "margin", "is_round"),
    [
        ("apple-touch-icon", 180, 0, False),
        ("icon-192", 192, 0, True),
        ("icon-512", 512, 0, True),
        ("icon-maskable-512", 512, 3, False),
    ],
)
def test_the_icons_are_what_chromium_makes_of_the_themes_own(
    page: Page, name: str, side: int, margin: int, is_round: bool
) -> None:
    page.set_viewport_size({"width": side, "height": side})
    page.goto(f"file://{THEME}/static/icon.svg")
    box = f"{-margin} {-margin} {32 + 2 * margin} {32 + 2 * margin}"
    page.evaluate(f"document.documentElement.setAttribute('viewBox', '{box}')")
    drawn = Image.open(BytesIO(page.screenshot(omit_background=True))).convert("RGBA")
    ours = Image.open(THEME / f"static/{name}.png").convert("RGBA")
    assert ours.size == drawn.size == (side, side)
    shown = [Image.alpha_composite(Image.new("RGBA", ours.size, "#2b419f"), each) for each in (drawn, ours)]
    # They differ at edges alone.
    assert max(ImageStat.Stat(ImageChops.difference(*shown)).mean) < 1.5
    corners = {ours.getchannel("A").getpixel((x, y)) for x in (0, side - 1) for y in (0, side - 1)}
    assert corners == ({0} if is_round else {255})
