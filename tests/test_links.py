"""Links between parts: every spelling of the old posts leads to the page in the reader's language."""

from __future__ import annotations

import re

import pytest
from conftest import Site


def link(site: Site, target: str, language: str = "ko", **settings: object) -> str:
    """Return where a link to that target leads from a part in that language, beside a pair named 2023-06-14-cors-3."""
    for folder in ("en", "ko"):
        site.part(f"{folder}/2023-06-14-cors-3.md", lng_pair="id_About_CORS_3")
    site.part("en/2023-06-15-alone.md")
    site.part(f"{language}/2023-06-13-cors-2.md", f"See [it]({target}).\n", lng_pair="id_About_CORS_2")
    tree = site.tree(**settings)
    assert not tree.failed, tree.problems
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


def test_a_link_in_code_is_code(site: Site) -> None:
    site.part("2023-06-13-a.md", '    <a href="/posts/2023-06-14-none">\n')
    assert not site.tree().failed
