"""Pages that stand by themselves: about, links, the page for what is not found; and a translation that is behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import Blog, Site

ABOUT = '---\nlng_pair: id_about\ntitle: "About: us"\n---\n\n'


def soup(site: Site, path: str) -> BeautifulSoup:
    return BeautifulSoup(site.page(path), "html.parser")


def link(page: BeautifulSoup, selector: str) -> str:
    found = page.select_one(selector)
    assert found is not None, selector
    return str(found["href"])


def test_a_page_has_front_matter_as_a_part_has_and_a_date_only_if_its_author_likes(site: Site) -> None:
    site.write("content/pages/en/about.md", ABOUT + 'Text.\n\n{:data-align="center"}\n')
    site.write("content/pages/ko/about.md", ABOUT.replace("About: us", "소개"))
    run = site.pelican()
    assert run.returncode == 0, run.stdout
    assert "warning" not in run.stderr
    page = soup(site, "about.html")
    assert page.h1.get_text() == "About: us"  # type: ignore[union-attr]
    assert link(page, "link[rel=canonical]") == "https://blog.example/about"
    assert link(page, "link[hreflang=ko]") == "https://blog.example/ko/about"
    assert link(soup(site, "ko/about.html"), "link[hreflang=en]") == "https://blog.example/about"
    assert page.select("time, meta[property^=article]") == []
    assert "{:" not in page.get_text()


def test_a_page_stands_in_the_menu_of_its_language_and_in_no_list(stranger: Blog) -> None:
    for prefix, name in (("", "Us"), ("ko/", "우리")):
        for address in (prefix, f"{prefix}archives", f"{prefix}about"):
            items = {str(item["href"]): item for item in stranger.page(address).select("nav.menu a")}
            assert items[f"{stranger.path}/{prefix}about"].get_text() == name
            assert len(items) == 3
    for address in ("", "archives", "ko/", "feed.xml", "llms.txt"):
        text = (stranger.output / (address or "index.html")) if "." in address else None
        found = text.read_text("utf-8") if text else str(stranger.page(address).main)
        assert "/about" not in found


def test_two_names_of_a_page_in_two_languages_are_paired_by_their_id(site: Site) -> None:
    site.write("content/pages/en/about.md", ABOUT)
    site.write("content/pages/ko/소개.md", ABOUT)
    site.part("2023-06-13-a.md")
    assert site.pelican().returncode == 0
    assert link(soup(site, "about.html"), "nav.languages a[hreflang=ko]") == "/ko/%EC%86%8C%EA%B0%9C"
    assert [str(item["href"]) for item in soup(site, "ko/index.html").select("nav.menu a")] == [
        "/ko/archives.html",
        "/ko/%EC%86%8C%EA%B0%9C",
        "/ko/search/",
    ]


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("/about", "/ko/about"),
        ("https://old.example/tabs/about", "/ko/about"),
        ("/tabs/About.html", "/ko/about"),
        ("../pages/en/about.md", "/ko/about"),
        ("/ko/tabs/about#who", "/ko/about#who"),
        ("about", "about"),
        ("/projects", "/projects"),
    ],
)
def test_a_link_to_a_page_leads_to_it_in_the_readers_language(site: Site, target: str, address: str) -> None:
    for code in ("en", "ko"):
        site.write(f"content/pages/{code}/about.md", ABOUT)
    site.part("ko/2023-06-13-a.md", f"[it]({target})\n")
    (part,) = [each for each in site.tree().parts.values() if not each.is_page]
    assert f'href="{address}"' in part.content


def test_a_mistake_in_a_page_is_told_as_one_in_a_part(site: Site) -> None:
    site.write("content/pages/about.md", "---\nlng_pair: id_about\n---\n\n[x](/posts/2023-06-13-none)\n")
    site.write("content/pages/links.md", "---\nlng_pair: id_links\ntitle: Links\ntitel: x\n---\n\n```origin-compare\n")
    found = [(item.path, item.line, item.code) for item in site.tree(CORS_SERIES_LANGUAGES={"en": {}}).problems]
    assert found == [
        ("content/pages/about.md", 1, "missing-key"),
        ("content/pages/links.md", 4, "unknown-key"),
        ("content/pages/links.md", 7, "fence-open"),
    ]


def test_a_page_may_be_a_draft_or_not_published_or_hidden_from_search_engines(site: Site) -> None:
    for name, key in (("a", "status: draft"), ("b", "published: false"), ("c", "search_engine_exclude: true")):
        site.write(
            f"content/pages/{name}.md", ABOUT.replace("id_about", f"id_{name}").replace("---\n\n", f"{key}\n---\n\n")
        )
    assert site.pelican().returncode == 0
    built = set(site.output())
    assert {"drafts/pages/a.html", "c.html"} <= built
    assert not {"a.html", "b.html", "pages/b.html"} & built
    assert "noindex" in site.page("c.html")
    menu = [str(item["href"]) for item in soup(site, "index.html").select("nav.menu a")]
    assert menu == ["/archives.html", "/c", "/search/"]


def test_a_widget_in_a_page_runs_there(site: Site) -> None:
    site.write("content/pages/about.md", ABOUT + "```origin-compare\na: null\nb: null\n```\n")
    assert site.pelican().returncode == 0
    assert "origin-compare.en.js" in site.page("about.html")
    assert (site.root / "output/theme/js/origin-compare.en.js").is_file()


def test_the_page_for_what_is_not_found_speaks_every_language_at_the_root(stranger: Blog) -> None:
    page = stranger.page("404.html")
    assert [str(each["lang"]) for each in page.select("main > section")] == ["en", "ko"]
    links = [str(each["href"]) for each in page.select("main a")]
    of_each = ("", "archives.html", "search/", "ko/", "ko/archives.html", "ko/search/")
    assert links == [f"{stranger.path}/{each}" for each in of_each]
    korean = stranger.page("ko/404.html")
    assert korean.html["lang"] == "ko"  # type: ignore[index]
    assert [str(each["lang"]) for each in korean.select("main > section")] == ["ko"]
    for found in (page, korean):
        assert len(found.select('meta[name=robots][content="noindex"]')) == 1


def test_the_page_for_what_is_not_found_offers_the_doctor_where_there_is_one(built: Path) -> None:
    page = BeautifulSoup((built / "404.html").read_text("utf-8"), "html.parser")
    assert [link["href"] for link in page.select('main a[href$="doctor/"]')] == ["/doctor/", "/ko/doctor/"]


def behind(site: Site, english: dict[str, object], korean: dict[str, object]) -> list[str]:
    site.part("en/2023-06-13-a.md", lng_pair="id_a", **english)
    site.part("ko/2023-06-13-a.md", lng_pair="id_a", **korean)
    return [item.path for item in site.tree().problems if item.code == "translation-behind"]


@pytest.mark.parametrize(
    ("english", "korean", "older"),
    [
        ({}, {"meta_modify_date": "2024-01-01"}, ["content/en/2023-06-13-a.md"]),
        ({"meta_modify_date": "2024-01-01"}, {"meta_modify_date": "2023-07-01"}, ["content/ko/2023-06-13-a.md"]),
        ({"meta_modify_date": "2024-01-01"}, {"meta_modify_date": "2024-01-01 23:00:00 +0900"}, []),
        # Two days, but one sitting.
        ({"meta_modify_date": "2024-01-01 20:00:00 +0900"}, {"meta_modify_date": "2024-01-02 19:00:00 +0900"}, []),
        (
            {"meta_modify_date": "2024-01-01 20:00:00 +0900"},
            {"meta_modify_date": "2024-01-02 21:00:00 +0900"},
            ["content/en/2023-06-13-a.md"],
        ),
        # What came out later was translated from what was there.
        ({}, {"date": "2024-01-01"}, []),
        ({"meta_modify_date": "2023-08-01"}, {"date": "2024-01-01"}, []),
    ],
)
def test_a_translation_is_behind_where_another_was_revised_more_than_a_day_later(
    site: Site, english: dict[str, object], korean: dict[str, object], older: list[str]
) -> None:
    assert behind(site, english, korean) == older


def test_what_is_behind_says_so_and_links_to_the_newer_text(stranger: Blog) -> None:
    page = stranger.page("posts/2020-05-02-post-2")
    (note,) = page.select(".note")
    assert (
        note.get_text().split(":")[0]
        == "This text is older than its Korean version, which was updated on January 2, 2024"
    )
    (newer,) = note.select("a")
    assert (newer["href"], newer["lang"], newer.get_text()) == (f"{stranger.path}/ko/2020-05-02-post-2", "ko", "잉크")
    assert stranger.page("ko/2020-05-02-post-2").select(".note") == []
    assert stranger.page("posts/2020-05-01-post-1").select(".note") == []


def test_the_author_hears_of_it_too(site: Site) -> None:
    assert behind(site, {"meta_modify_date": "2023-07-01"}, {"meta_modify_date": "2024-01-01"})
    (found,) = [item for item in site.tree().problems if item.code == "translation-behind"]
    assert (found.severity, found.line, found.column) == ("warning", 5, 1)
    assert "content/ko/2023-06-13-a.md" in found.message
    assert "2024-01-01" in found.hint
