"""Links between parts: every spelling of the old posts leads to the page in the reader's language."""

from __future__ import annotations

import re

import pytest
from conftest import Site

from pelican_cors_series.problems import has_error


def link(site: Site, target: str, language: str = "ko", **settings: object) -> str:
    """Return where a link to that target leads from a part in that language, beside a pair named 2023-06-14-cors-3."""
    for folder in ("en", "ko"):
        site.part(f"{folder}/2023-06-14-cors-3.md", lng_pair="id_About_CORS_3")
    site.part("en/2023-06-15-alone.md")
    site.part(f"{language}/2023-06-13-cors-2.md", f"See [it]({target}).\n", lng_pair="id_About_CORS_2")
    tree = site.tree(**settings)
    assert not has_error(tree.problems), tree.problems
    (part,) = [part for part in tree.parts.values() if part.stem == "2023-06-13-cors-2"]
    found = re.search(r'href="([^"]*)"', part.content)
    assert found
    return found[1]


@pytest.mark.parametrize(
    "target",
    [
        "https://old.example/posts/2023-06-14-CORS-3",
        "http://OLD.example/posts/2023-06-14-cors-3",
        "https://old.example/posts/2023-06-14-cors-3.html",
        "https://old.example/ko/2023-06-14-cors-3",
        "https://old.example/ko/posts/2023-06-14-cors-3/",
        "https://blog.example/posts/2023-06-14-cors-3",
        "//old.example/posts/2023-06-14-cors-3",
        "/posts/2023-06-14-cors-3",
        "/posts/2023-06-14-Cors-3.html",
        "/ko/2023-06-14-cors-3",
        "2023-06-14-cors-3",
        "./2023-06-14-cors-3.md",
        "../en/2023-06-14-cors-3.md",
    ],
)
@pytest.mark.parametrize(("language", "address"), [("ko", "/ko/2023-06-14-cors-3"), ("en", "/posts/2023-06-14-cors-3")])
def test_every_spelling_leads_to_the_page_in_the_readers_language(
    site: Site, target: str, language: str, address: str
) -> None:
    assert link(site, target, language) == address


def test_fragment_and_query_are_kept(site: Site) -> None:
    assert link(site, "/posts/2023-06-14-CORS-3?from=mail#three-parts") == "/ko/2023-06-14-cors-3?from=mail#three-parts"


def test_a_part_without_translation_is_linked_as_it_is(site: Site) -> None:
    assert link(site, "/posts/2023-06-15-alone") == "/posts/2023-06-15-alone"


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example/posts/2023-06-14-cors-3",
        "https://old.example/about",
        "/ko/series/about-cors/",
        "/feed.xml",
        "#three-parts",
        "mailto:someone@old.example",
        "about",
        "https://html.spec.whatwg.org/#x-(-o-)",
        "https://[broken/",
    ],
)
def test_other_links_are_left_alone(site: Site, target: str) -> None:
    assert link(site, target) == target


def test_below_a_path_links_carry_it(site: Site) -> None:
    assert link(site, "/posts/2023-06-14-CORS-3", SITEURL="https://blog.example/cors") == "/cors/ko/2023-06-14-cors-3"


def test_a_link_in_html_is_resolved_too(site: Site) -> None:
    site.part("2023-06-13-a.md", '<a class="x" href="https://old.example/posts/2023-06-13-A">a</a>\n')
    (part,) = site.tree().parts.values()
    assert 'href="/posts/2023-06-13-a"' in part.content


@pytest.mark.parametrize(
    "html",
    [
        "<a href='/posts/2023-06-13-A'>a</a>",
        '<A HREF="/posts/2023-06-13-A">a</A>',
        '<a data-href="/x" href="/posts/2023-06-13-A">a</a>',
    ],
)
def test_an_authors_own_tag_may_be_written_in_any_way(site: Site, html: str) -> None:
    site.part("2023-06-13-a.md", f"{html}\n")
    (part,) = site.tree().parts.values()
    assert "/posts/2023-06-13-a" in part.content


@pytest.mark.parametrize(
    "target",
    [
        "/2023-06-14-report.pdf",
        "/posts/2023-06-14-data.zip",
        "/posts/2020-01-01-ordinary",
        "<!-- [x](/posts/2023-06-14-none) -->",
    ],
)
def test_what_is_no_link_to_a_part_stops_no_build(site: Site, target: str) -> None:
    site.write("content/2020-01-01-ordinary.md", "Title: Ordinary\nDate: 2020-01-01\n\nText.\n")
    site.part("2023-06-13-a.md", target if target.startswith("<") else f"[x]({target})\n")
    assert not has_error(site.tree().problems)


def test_each_bad_link_is_named_at_its_own_place(site: Site) -> None:
    body = "`/posts/2023-06-14-b` [ok](/posts/2023-06-14-bcd)\n\n[b](/posts/2023-06-14-b) [c](/posts/2023-06-14-b)\n"
    site.part("2023-06-13-a.md", body)
    site.part("2023-06-14-bcd.md")
    found = [(item.line, item.column) for item in site.tree().problems if item.code == "link-to-no-part"]
    assert found == [(9, 5), (9, 30)]


def test_a_link_to_a_draft_is_a_warning_and_between_drafts_none(site: Site) -> None:
    site.part("2023-06-13-a.md", "[b](/posts/2023-06-14-b)\n", lng_pair="id_a")
    site.part("2023-06-14-b.md", "[c](/posts/2023-06-15-c)\n", lng_pair="id_b", status="draft")
    site.part("2023-06-15-c.md", lng_pair="id_c", status="draft")
    found = site.tree(CORS_SERIES_LANGUAGES={"en": {}}).problems
    assert [(item.severity, item.code, item.path) for item in found] == [
        ("warning", "link-to-draft", "content/2023-06-13-a.md"),
    ]


def test_below_a_path_every_link_from_the_root_carries_it_once(site: Site) -> None:
    site.part("2023-06-13-a.md", "[x](/assets/x.pdf) [y](/cors/y) [z](/corsair) [h](/ko/)\n")
    (part,) = site.tree(SITEURL="https://blog.example/cors").parts.values()
    assert re.findall(r'href="([^"]*)"', part.content) == [
        "/cors/assets/x.pdf",
        "/cors/y",
        "/cors/corsair",
        "/cors/ko/",
    ]


def test_a_link_in_code_is_code(site: Site) -> None:
    site.part("2023-06-13-a.md", '    <a href="/posts/2023-06-14-none">\n')
    assert not has_error(site.tree().problems)
