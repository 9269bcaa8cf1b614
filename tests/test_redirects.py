"""Redirects from the old blog's addresses: the rules for hosts that have them, pages for those that have none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import Blog, Site

from pelican_cors_series import redirects
from pelican_cors_series.settings import read_settings

PAGE = "---\nlng_pair: id_about\ntitle: About\n---\n\nText.\n"


@pytest.fixture
def moved(site: Site) -> Site:
    """A successor of the old blog: a pair whose title is in capitals, a text in each language alone, a page."""
    for code in ("en", "ko"):
        site.part(f"{code}/2023-06-14-cors-3.md", lng_pair="id_About_CORS_3")
        site.write(f"content/pages/{code}/about.md", PAGE)
    site.part("en/2023-06-15-Alone.md", title="Alone")
    site.part("ko/2023-06-16-혼자.md", title="혼자")
    site.part("en/2023-06-17-later.md", status="draft")
    return site


def rules(site: Site) -> dict[str, str]:
    lines = [line.split() for line in site.page("_redirects").splitlines()]
    assert {status for _, _, status in lines} == {"301"}
    return {old: new for old, new, _ in lines}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/posts/2023-06-14-CORS-3", "/posts/2023-06-14-cors-3"),
        ("/ko/2023-06-14-CORS-3", "/ko/2023-06-14-cors-3"),
        ("/posts/2023-06-15-alone", "/posts/2023-06-15-Alone"),
        ("/ko/2023-06-15-Alone", "/posts/2023-06-15-Alone"),
        ("/ko/2023-06-15-alone", "/posts/2023-06-15-Alone"),
        ("/posts/2023-06-16-%ED%98%BC%EC%9E%90", "/ko/2023-06-16-%ED%98%BC%EC%9E%90"),
        ("/tabs/about", "/about"),
        ("/ko/tabs/about", "/ko/about"),
        ("/tabs/archive", "/archives.html"),
        ("/tabs/blog/", "/"),
        ("/ko/tabs/blog/", "/ko/"),
        ("/ko/posts/*", "/ko/:splat"),
    ],
)
def test_each_spelling_of_an_old_address_has_a_rule(moved: Site, old: str, new: str) -> None:
    assert moved.pelican().returncode == 0
    assert rules(moved)[old] == new


def test_a_spelling_that_the_texts_themselves_have_has_a_rule(moved: Site) -> None:
    moved.part("ko/2023-06-18-c.md", "[a](https://old.example/posts/2023-06-14-Cors-3.html#x) [b](2023-06-14-cORS-3)\n")
    assert moved.pelican().returncode == 0
    for spelled in ("Cors-3", "cORS-3"):
        assert rules(moved)[f"/posts/2023-06-14-{spelled}"] == "/posts/2023-06-14-cors-3"


def test_no_rule_hides_a_page_of_the_authors_own(moved: Site) -> None:
    moved.write("content/pages/here.md", "Title: Here\nsave_as: tabs/about.html\nurl: tabs/about\n\nText.\n")
    assert moved.pelican().returncode == 0
    assert "/tabs/about" not in rules(moved)
    assert "Here" in moved.page("tabs/about.html")


def test_no_rule_takes_the_address_of_a_page_and_none_leads_to_a_draft(moved: Site) -> None:
    assert moved.pelican().returncode == 0
    found = rules(moved)
    pages = {f"/{path.removesuffix('.html')}" for path in moved.output() if path.endswith(".html")}
    stubs = {f"/{file}" for file in _stubs(moved)}
    assert not set(found) & (pages - stubs)
    assert not [each for each in (*found, *found.values()) if "later" in each]


def _stubs(site: Site) -> dict[str, BeautifulSoup]:
    found = {
        path.removesuffix(".html").removesuffix("index"): BeautifulSoup(site.page(path), "html.parser")
        for path in site.output()
        if path.endswith(".html")
    }
    return {path: page for path, page in found.items() if page.select("meta[http-equiv=refresh]")}


def test_where_a_host_has_no_rules_pages_lead_on(moved: Site) -> None:
    assert moved.pelican().returncode == 0
    stubs = _stubs(moved)
    targets = {
        "ko/2023-06-15-Alone": "/posts/2023-06-15-Alone",
        "posts/2023-06-16-혼자": "/ko/2023-06-16-%ED%98%BC%EC%9E%90",
        "tabs/about": "/about",
        "ko/tabs/about": "/ko/about",
        "tabs/archive": "/archives.html",
        "ko/tabs/archive": "/ko/archives.html",
        "tabs/blog/": "/",
        "ko/tabs/blog/": "/ko/",
    }
    assert {path: str(page.a["href"]) for path, page in stubs.items()} == targets  # type: ignore[index]
    for path, page in stubs.items():
        assert page.select_one("meta[http-equiv=refresh]")["content"] == f"0; url={targets[path]}"  # type: ignore[index]
        assert page.select_one("link[rel=canonical]")["href"] == f"https://blog.example{targets[path]}"  # type: ignore[index]
        assert page.select_one("meta[name=robots]")["content"] == "noindex"  # type: ignore[index]
        assert page.select("link[hreflang]") == []
        assert page.html["lang"] == ("ko" if targets[path].startswith("/ko/") else "en")  # type: ignore[index]
    assert not [path for path in stubs if f"https://blog.example/{path}<" in moved.page("sitemap.xml")]


def test_no_two_files_differ_by_case_alone(moved: Site) -> None:
    assert moved.pelican().returncode == 0
    names = [path.casefold() for path in moved.output()]
    assert len(names) == len(set(names))


def test_the_page_for_what_is_not_found_can_look_every_spelling_up(moved: Site) -> None:
    moved.configure('SITEURL = "https://blog.example/Blog"')
    assert moved.pelican().returncode == 0
    table = json.loads(moved.page("redirects.json"))
    assert table["/blog/posts/2023-06-14-cors-3"] == "/Blog/posts/2023-06-14-cors-3"
    assert table["/blog/ko/2023-06-15-alone"] == "/Blog/posts/2023-06-15-Alone"
    assert table["/blog/posts/2023-06-15-alone"] == "/Blog/posts/2023-06-15-Alone"
    assert table["/blog/ko/2023-06-16-혼자"] == "/Blog/ko/2023-06-16-%ED%98%BC%EC%9E%90"
    assert table["/blog/tabs/about"] == "/Blog/about"
    assert all(key == key.lower() for key in table)
    page = BeautifulSoup(moved.page("404.html"), "html.parser")
    assert page.select_one("[data-addresses]")["data-addresses"] == "/Blog/redirects.json"  # type: ignore[index]
    assert rules(moved)["/Blog/posts/2023-06-14-CORS-3"] == "/Blog/posts/2023-06-14-cors-3"


def test_a_blog_with_no_past_has_none_of_the_old_theme_s_addresses(stranger: Blog) -> None:
    assert not list(stranger.output.rglob("tabs"))
    assert "tabs" not in (stranger.output / "_redirects").read_text("utf-8")
    assert (stranger.output / "ko/2021-05-07-post-7.html").is_file()


def test_what_is_spelled_right_comes_before_another_case(moved: Site) -> None:
    assert moved.pelican().returncode == 0
    order = list(rules(moved))
    assert order.index("/ko/2023-06-15-Alone") < order.index("/posts/2023-06-14-CORS-3")


def test_the_projects_own_links_in_the_wrong_case_are_led_right(built: Path) -> None:
    # As the old blog's second part links to the third.
    found = (built / "_redirects").read_text("utf-8").splitlines()
    assert "/posts/2023-06-14-CORS-3 /posts/2023-06-14-cors-3 301" in found
    assert "/ko/2023-06-14-CORS-3 /ko/2023-06-14-cors-3 301" in found


def test_cloudflare_reads_what_leads_whole_folders_on_before_its_limit(moved: Site) -> None:
    settings, _ = read_settings({"CORS_SERIES_LANGUAGES": {"en": {}, "ko": {}}, "DEFAULT_LANG": "en"}, "")
    many = [redirects.Redirect(f"old-{number}", f"new-{number}", "en") for number in range(2500)]
    lines = redirects.rules(many, settings).splitlines()
    assert (len(lines), lines.index("/ko/posts/* /ko/:splat 301")) == (2501, 2000)
    assert moved.pelican().returncode == 0
    assert max(map(len, moved.page("_redirects").splitlines())) <= 1000
