"""Images in a text: their size, the small versions that the build makes, when they load, and how they open large."""

# The fixtures of test_browser are asked for by their names.
# ruff: noqa: F811

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup, Tag
from conftest import CONFIGURATION, Site
from PIL import Image
from playwright.sync_api import Page, expect
from test_browser import chromium, page, page_without_scripts  # noqa: F401
from test_browser_pages import served

from pelican_cors_series.image_files import read_image

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PHONE, ON_ITS_SIDE = 0x0112, 6


def draw(path: Path, size: tuple[int, int], form: str = "PNG", exif: Image.Exif | None = None) -> Path:
    """Write a picture whose left half is red."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.new("RGB", size, "#204080")
    image.paste("#a03020", (0, 0, size[0] // 2, size[1]))
    image.save(path, form, exif=exif or b"")
    return path


def images(site: Site, address: str = "posts/2023-06-13-a") -> list[Tag]:
    return list(BeautifulSoup(site.page(f"{address}.html"), "html.parser").select(".text img"))


@pytest.fixture
def pictured(site: Site) -> Site:
    draw(site.root / "content/assets/img/posts/large.png", (1600, 900))
    draw(site.root / "content/assets/img/posts/middle 1.jpg", (900, 300), "JPEG")
    draw(site.root / "content/assets/img/posts/small.png", (400, 300))
    site.configure('STATIC_PATHS = ["assets"]')
    return site


def test_an_image_has_its_size_and_small_versions_that_are_there(pictured: Site) -> None:
    pictured.part("2023-06-13-a.md", "![a](:large.png) ![b](:small.png) ![c](:middle%201.jpg)")
    assert pictured.pelican().returncode == 0
    large, small, middle = images(pictured)
    assert [(each["width"], each["height"]) for each in (large, small, middle)] == [
        ("1600", "900"),
        ("400", "300"),
        ("900", "300"),
    ]
    assert not {"srcset", "sizes"} & set(small.attrs)
    candidates = [each.split(" ") for each in str(large["srcset"]).split(", ")]
    assert [width for _, width in candidates] == ["640w", "1280w", "1600w"]
    assert candidates[2][0] == large["src"] == "/assets/img/posts/large.png"
    for address, width in candidates[:2]:
        version = Image.open(BytesIO(pictured.output()[address.lstrip("/")]))
        assert (version.format, version.width, version.height) == ("WEBP", int(width[:-1]), int(width[:-1]) * 9 // 16)
    assert str(middle["srcset"]).endswith(", /assets/img/posts/middle%201.jpg 900w")
    assert f'srcset="https://blog.example{candidates[0][0]} 640w' in pictured.page("feed.xml")


def test_an_image_of_the_front_matter_has_them_too(pictured: Site) -> None:
    pictured.part("2023-06-13-a.md", img='":large.png"')
    assert pictured.pelican().returncode == 0
    (own,) = BeautifulSoup(pictured.page("posts/2023-06-13-a.html"), "html.parser").select("img.article-image")
    (listed,) = BeautifulSoup(pictured.page("index.html"), "html.parser").select("img.post-image")
    assert own["width"] == listed["width"] == "1600"
    assert own["srcset"] == listed["srcset"]
    assert ("loading" in own.attrs, listed["loading"], listed["sizes"]) == (False, "lazy", "5rem")


def test_what_its_author_wrote_stands(pictured: Site) -> None:
    pictured.part(
        "2023-06-13-a.md",
        '<img src=":large.png" width="80" alt=""> <img src=":large.png" srcset="/x.png 2x" alt="">'
        ' <img loading="eager" src=":small.png" alt="">',
        image_lazy_loader_on="true",
    )
    assert pictured.pelican().returncode == 0
    narrow, own, eager = images(pictured)
    assert (narrow["width"], "height" in narrow.attrs) == ("80", False)
    assert (own["srcset"], "sizes" in own.attrs) == ("/x.png 2x", False)
    assert eager["loading"] == "eager"


def test_a_picture_is_as_large_as_it_is_shown(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[PHONE] = ON_ITS_SIDE
    read = read_image(draw(tmp_path / "a.jpg", (1000, 800), "JPEG", exif=exif))
    assert read is not None
    assert (read.width, read.height) == (800, 1000)
    (version,) = read.versions
    upright = Image.open(BytesIO(version.make())).convert("RGB")
    assert upright.size == (640, 800)
    # The red half, which lay at the left, stands above.
    red, blue = upright.getpixel((320, 100)), upright.getpixel((320, 700))
    assert isinstance(red, tuple)
    assert isinstance(blue, tuple)
    assert red[0] > red[2]
    assert blue[2] > blue[0]


@pytest.mark.parametrize("name", ["drawing.svg", "broken.png", "moving.gif", "moving.webp"])
def test_what_does_not_stand_still_or_is_no_photograph_stays_as_it_is(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.startswith("moving"):
        frames = [Image.new("RGB", (900, 100), colour) for colour in ("red", "blue")]
        frames[0].save(path, save_all=True, append_images=frames[1:])
    else:
        path.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    read = read_image(path)
    assert read is None or read.versions == ()
    assert (read is not None) is name.startswith("moving")


def test_transparency_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGBA", (700, 70), "#10203000").save(path)
    read = read_image(path)
    assert read is not None
    assert Image.open(BytesIO(read.versions[0].make())).convert("RGBA").getpixel((9, 9))[3] == 0  # type: ignore[index]


def test_the_same_picture_makes_the_same_bytes_and_another_one_another_name(tmp_path: Path) -> None:
    first, again = (read_image(draw(tmp_path / folder / "a.png", (700, 70))) for folder in ("x", "y"))
    other = read_image(draw(tmp_path / "z/a.png", (700, 71)))
    assert first is not None
    assert again is not None
    assert other is not None
    assert first.versions[0].name == again.versions[0].name != other.versions[0].name
    assert first.versions[0].make() == again.versions[0].make()


def test_images_load_lazily_but_for_the_first(pictured: Site) -> None:
    body = "![a](:small.png) ![b](:small.png) ![c](gone.png)"
    pictured.part("2023-06-13-a.md", body, image_lazy_loader_on="true")
    pictured.part("2023-06-14-b.md", body, image_lazy_loader_on="true", img='":large.png"')
    pictured.part("2023-06-15-c.md", body)
    pictured.part("2023-06-16-d.md", body, image_lazy_loader_on="true", img='":gone.png"')
    assert pictured.pelican().returncode == 0
    found = {
        name: [each.get("loading") for each in images(pictured, f"posts/2023-06-{name}")]
        for name in ("13-a", "14-b", "15-c", "16-d")
    }
    assert found == {
        "13-a": [None, "lazy", "lazy"],
        "14-b": ["lazy", "lazy", "lazy"],
        "15-c": [None, None, None],
        "16-d": [None, "lazy", "lazy"],
    }


@pytest.mark.parametrize(
    ("setting", "own", "opens"),
    [(False, None, False), (False, "true", True), (True, None, True), (True, "false", False)],
)
def test_images_open_large_where_the_site_or_the_part_says_so(
    pictured: Site, setting: bool, own: str | None, opens: bool
) -> None:
    pictured.part("2023-06-13-a.md", "![a](:small.png)", image_viewer_on=own)
    pictured.configure(f"CORS_SERIES_IMAGE_VIEWER = {setting}")
    assert pictured.pelican().returncode == 0
    found = BeautifulSoup(pictured.page("posts/2023-06-13-a.html"), "html.parser")
    links = [str(link["href"]) for link in found.select("a.image-link")]
    assert links == (["/assets/img/posts/small.png"] if opens else [])
    assert bool(found.select("dialog")) is opens
    assert ("image-viewer.js" in str(found)) is opens


def test_an_image_in_a_link_keeps_it_and_one_without_words_has_the_links(pictured: Site) -> None:
    body = (
        "[![in](:small.png)](https://a.example/) ![after](:small.png) ![](:small.png)\n\n"
        '<a href="/x">y</a> <abbr>z</abbr> <img src=":small.png" alt="raw"> ![gone](:gone.png)'
    )
    pictured.part("2023-06-13-a.md", body, image_viewer_on="true")
    assert pictured.pelican().returncode == 0
    links = [
        (str(link.get("href")), link.get("aria-label"))
        for link in BeautifulSoup(pictured.page("posts/2023-06-13-a.html"), "html.parser").select(".text a:has(img)")
    ]
    small = "/assets/img/posts/small.png"
    assert links == [
        ("https://a.example/", None),
        (small, None),
        (small, "Open the image large"),
        (small, None),
    ]


@pytest.fixture(scope="module")
def opening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = Site(tmp_path_factory.mktemp("opening"))
    site.write("pelicanconf.py", CONFIGURATION)
    site.configure('STATIC_PATHS = ["assets"]')
    draw(site.root / "content/assets/img/posts/large.png", (1600, 900))
    body = "![A red and a blue half](:large.png)\n\n" + "Text.\n\n" * 90 + "![Again](:large.png)"
    site.part("ko/2023-06-13-a.md", body, image_viewer_on="true", image_lazy_loader_on="true")
    run = site.pelican()
    assert run.returncode == 0, run.stderr
    with served(site.root / "output") as address:
        yield f"{address}/ko/2023-06-13-a"


def test_a_phone_loads_a_small_version_and_nothing_moves_when_it_comes(page: Page, opening: str) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(opening)
    page.wait_for_load_state("networkidle")
    assert [url.rsplit("/", 1)[1].split("-")[1] for url in loaded if "/pictures/" in url] == ["640"]
    assert not [url for url in loaded if url.endswith("large.png")]
    box = page.locator(".text img").first.bounding_box()
    assert box is not None
    assert box["width"] <= 360
    assert round(box["width"] * 9 / 16) == pytest.approx(round(box["height"]), abs=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_press_opens_the_image_over_the_page_and_the_keyboard_goes_back(page: Page, opening: str) -> None:
    page.goto(opening)
    link, viewer = page.locator(".image-link").first, page.locator(".image-viewer")
    expect(viewer).to_be_hidden()
    link.click()
    expect(viewer).to_be_visible()
    expect(viewer.locator("img")).to_have_js_property("complete", value=True)
    expect(viewer.locator("img")).to_have_js_property("naturalWidth", 1600)
    expect(viewer.locator("p")).to_have_text("A red and a blue half")
    expect(viewer.get_by_role("button")).to_have_text("닫기")
    expect(viewer.get_by_role("button")).to_be_focused()
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(viewer).to_be_visible()
    viewer.get_by_role("button").click()
    expect(viewer).to_be_hidden()
    expect(page).to_have_url(opening)


def test_without_javascript_the_link_leads_to_the_file(page_without_scripts: Page, opening: str) -> None:
    page_without_scripts.goto(opening)
    expect(page_without_scripts.locator(".image-viewer")).to_be_hidden()
    page_without_scripts.locator(".image-link").first.click()
    assert page_without_scripts.url.endswith("/assets/img/posts/large.png")
