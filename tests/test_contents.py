"""The table of contents of a text, and the links that hand a page on."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from conftest import Blog, Site

from pelican_cors_series.contents import contents
from pelican_cors_series.settings import read_settings
from pelican_cors_series.share import TARGETS, share_links


def shape(html: str, outline: str = "") -> list[object]:
    return [(each.id, each.title, [inner.id for inner in each.within]) for each in contents(html, outline)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<h2 id="a">A</h2><h3 id="b">B</h3><h2 id="c">C</h2>', [("a", "A", ["b"]), ("c", "C", [])]),
        # The old blog's posts begin at the fourth level.
        ('<h4 id="a">A</h4><h5 id="b">B</h5><h6 id="c">C</h6>', [("a", "A", ["b"])]),
        ('<h2 id="a">A</h2><h4 id="b">B</h4>', [("a", "A", ["b"])]),
        ('<h3 id="a">A</h3><h2 id="b">B</h2>', [("a", "A", []), ("b", "B", [])]),
        ('<h2 id="a">A</h2>', []),
        ('<h2>A</h2><h2 id="b">B</h2>', []),
        ("", []),
    ],
)
def test_contents_are_the_two_highest_levels_of_headings(html: str, expected: list[object]) -> None:
    assert shape(html) == expected


def test_a_heading_in_the_outline_is_a_subtitle() -> None:
    outline = '<h3 data-align="center" id="of">Of this</h3>'
    assert shape(f'{outline}<h4 id="a">A</h4><h4 id="b">B</h4>', outline) == [("a", "A", []), ("b", "B", [])]


def test_a_heading_is_its_words_alone() -> None:
    html = '<h2 class="x" id="a">The <code>&lt;a&gt;</code> &amp; <a href="/">more</a></h2><h2 id="b">B</h2>'
    assert contents(html, "")[0].title == "The &lt;a&gt; &amp; more"


def test_a_part_has_its_contents_and_a_text_without_sections_has_none(stranger: Blog) -> None:
    page = stranger.page("ko/2020-05-01-post-1")
    (table,) = page.select("details.contents")
    links = [str(link["href"]) for link in table.select("a")]
    assert links == ["#one", "#two"]
    assert all(page.find(id=link[1:]) for link in links)
    assert stranger.page("ko/about").select(".contents") == []


def test_korean_headings_are_found_by_their_ids(site: Site) -> None:
    site.part("ko/2023-06-13-a.md", "## 첫째 글\n\n글.\n\n## 둘째\n")
    assert site.pelican().returncode == 0
    page = BeautifulSoup(site.page("ko/2023-06-13-a.html"), "html.parser")
    for link in page.select(".contents a"):
        assert page.find(id=str(link["href"])[1:]).get_text() == link.get_text()  # type: ignore[union-attr]


def test_address_and_title_travel_whole() -> None:
    address, title = "https://blog.example/ko/가?a=1&b#c", "A & B: 100% #1?"
    for link in share_links(TARGETS, address, title):
        given = parse_qs(urlsplit(link.url.replace("/#", "/?")).query)
        values = [value for each in given.values() for value in each]
        assert any(address in value for value in values), link
        assert link.name in {"facebook", "linkedin"} or any(title in value for value in values)


def test_a_part_can_be_shared_where_its_author_says(stranger: Blog, site: Site) -> None:
    page = stranger.page("posts/2020-05-01-post-1")
    assert [urlsplit(str(link["href"])).netloc for link in page.select(".share a")] == ["", "x.com", "www.linkedin.com"]
    (button,) = page.select(".share button")
    assert button.has_attr("hidden")
    assert button["data-copy"] == f"{stranger.url}/posts/2020-05-01-post-1"
    drafts = stranger.page("drafts/2022-05-10-post-10")
    assert drafts.select(".share") == []
    site.configure('CORS_SERIES_SHARE = ["telegram"]')
    site.part("ko/2023-06-13-a.md")
    assert site.pelican().returncode == 0
    shared = BeautifulSoup(site.page("ko/2023-06-13-a.html"), "html.parser").select(".share a")
    assert [link.get_text() for link in shared] == ["텔레그램"]


def test_an_unknown_place_to_share_is_a_mistake_in_the_settings() -> None:
    settings, problems = read_settings({"CORS_SERIES_SHARE": ["x", "friendster"]}, "pelicanconf.py")
    assert settings.share == ("x",)
    assert [(item.code, item.severity) for item in problems] == [("setting", "error")]
    assert "friendster" in problems[0].message
    assert read_settings({"CORS_SERIES_SHARE": []}, "")[0].share == ()
