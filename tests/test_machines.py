"""What machines read: sitemap, robots.txt, llms.txt, JSON-LD, manifests, feeds, and the addresses that pages name."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from bs4 import BeautifulSoup
from conftest import STRANGERS, Blog, Site

from pelican_cors_series.feeds import with_whole_addresses
from pelican_cors_series.llms_text import Link, llms_text
from pelican_cors_series.settings import Language

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def canonical(page: BeautifulSoup) -> str:
    found = page.select_one("link[rel=canonical]")
    assert found is not None
    return str(found["href"])


def alternates(page: BeautifulSoup) -> dict[str, str]:
    return {str(link["hreflang"]): str(link["href"]) for link in page.select("link[hreflang]")}


def sitemap(text: str) -> dict[str, tuple[str | None, dict[str, str]]]:
    """Return address → (lastmod, alternates)."""
    root = ET.fromstring(text)  # noqa: S314 - our own
    assert root.tag == f"{{{NAMES['s']}}}urlset"
    return {
        str(url.findtext("s:loc", namespaces=NAMES)): (
            url.findtext("s:lastmod", namespaces=NAMES),
            {str(link.get("hreflang")): str(link.get("href")) for link in url.findall("x:link", NAMES)},
        )
        for url in root.findall("s:url", NAMES)
    }


def test_every_page_names_itself_its_translations_and_a_default(stranger: Blog) -> None:
    pages = stranger.pages()
    by_address = {canonical(page): page for page in pages.values() if page.select("link[rel=canonical]")}
    unnamed = {name for name, page in pages.items() if not page.select("link[rel=canonical]")}
    assert unnamed == {
        "authors.html",
        "author/owner.html",
        "author/juin.html",
    }  # lists of Pelican's own, which have no language
    assert len(by_address) == len(pages) - len(unnamed)
    for name, page in pages.items():
        if name in unnamed or name.startswith("drafts/"):
            continue
        code = "ko" if name.startswith("ko/") else "en"
        address = f"{stranger.url}/{name.removesuffix('index.html')}"
        assert page.html["lang"] == code  # type: ignore[index]
        assert canonical(page) in {address, address.removesuffix(".html")}
        others = alternates(page)
        assert others[code] == canonical(page)
        assert others["x-default"] == others.get("en", canonical(page))
        for other in set(others.values()):
            assert alternates(by_address[other]) == others


def test_the_sitemap_has_every_page_that_may_be_listed_and_no_other(stranger: Blog) -> None:
    found = sitemap((stranger.output / "sitemap.xml").read_text("utf-8"))
    listed = {
        canonical(page): alternates(page)
        for page in stranger.pages().values()
        if page.select("link[rel=canonical]") and not page.select("meta[name=robots]")
    }
    assert {address: links for address, (_, links) in found.items()} == listed
    assert f"{stranger.url}/posts/2022-05-09-post-9" not in found
    assert found[f"{stranger.url}/ko/2020-05-02-post-2"][0] == "2024-01-02T00:00:00+09:00"
    assert found[f"{stranger.url}/posts/2020-05-02-post-2"][0] == "2020-05-02T09:00:00+09:00"
    assert found[f"{stranger.url}/about"][0] is None


def test_a_translation_that_is_not_listed_is_no_alternate_in_the_sitemap(site: Site) -> None:
    site.part("en/2023-06-13-a.md", lng_pair="id_a", search_engine_exclude="true")
    site.part("ko/2023-06-13-a.md", lng_pair="id_a")
    assert site.pelican().returncode == 0
    found = sitemap(site.page("sitemap.xml"))
    assert found["https://blog.example/ko/2023-06-13-a"][1] == {"ko": "https://blog.example/ko/2023-06-13-a"}
    assert "https://blog.example/posts/2023-06-13-a" not in found


def test_numbered_pages_are_in_the_sitemap(site: Site) -> None:
    for number in range(1, 21):
        site.part(f"2023-06-{number:02}-a.md", lng_pair=f"id_{number}x")
    assert site.pelican().returncode == 0
    assert "https://blog.example/index2.html" in sitemap(site.page("sitemap.xml"))


def test_robots_txt_keeps_nobody_out_and_names_the_sitemap(stranger: Blog) -> None:
    lines = (stranger.output / "robots.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if line] == ["User-agent: *", "Allow: /", f"Sitemap: {stranger.url}/sitemap.xml"]


def test_an_authors_own_robots_txt_stays(site: Site) -> None:
    site.write("content/extra/robots.txt", "User-agent: x\nDisallow: /\n")
    site.configure('STATIC_PATHS = ["extra"]\nEXTRA_PATH_METADATA = {"extra/robots.txt": {"path": "robots.txt"}}')
    site.part("2023-06-13-a.md")
    assert site.pelican().returncode == 0
    assert site.page("robots.txt").startswith("User-agent: x\n")


def test_without_a_whole_address_there_is_no_sitemap(site: Site) -> None:
    site.configure('SITEURL = ""')
    site.part("2023-06-13-a.md")
    assert site.pelican().returncode == 0
    assert not {"sitemap.xml", "robots.txt"} & set(site.output())
    assert BeautifulSoup(site.page("posts/2023-06-13-a.html"), "html.parser").select(".share") == []


def test_llms_txt_says_what_the_site_is_and_where_its_texts_are(stranger: Blog) -> None:
    title, about, *sections = (stranger.output / "llms.txt").read_text("utf-8").strip().split("\n\n")
    assert (title, about) == ("# Site", "> What it is about")
    assert [section for section in sections if section.startswith("#")] == ["## Site (English)", "## 누리집 (한국어)"]
    for code, links in zip(("en", "ko"), sections[1::2], strict=True):
        found = re.findall(r"^- \[(.+)\]\((.+?)\): .+$", links, re.MULTILINE)
        expected = [number for number in range(8, 0, -1) if (number, code) not in {(4, "en"), (7, "ko")}]
        assert [name for name, _ in found] == [STRANGERS[code][number - 1] for number in expected]
        for _, address in found:
            assert canonical(stranger.page(address.removeprefix(f"{stranger.url}/"))) == address


def test_llms_txt_holds_any_title() -> None:
    language = Language("en", "", "A\nB", "", "", "")
    link = Link("[x] \\ y", "https://a.example/", "one\ntwo")
    assert llms_text(language, [("S", [link])]) == "# A B\n\n## S\n\n- [\\[x\\] \\\\ y](https://a.example/): one two\n"


def data(page: BeautifulSoup) -> dict[str, Any]:
    (script,) = page.select('script[type="application/ld+json"]')
    found: dict[str, Any] = json.loads(script.get_text())
    assert found["@context"] == "https://schema.org"
    return found


def test_a_part_says_what_it_is_and_of_what_it_is_a_translation(stranger: Blog) -> None:
    english, korean = (f"{stranger.url}/{folder}/2020-05-02-post-2" for folder in ("posts", "ko"))
    found = data(stranger.page("posts/2020-05-02-post-2"))
    translation = found.pop("workTranslation")
    picture = str(found.pop("image")).removeprefix(f"{stranger.url}/")
    assert (stranger.output / picture).is_file()
    assert found == {
        "@context": "https://schema.org",
        "@type": "TechArticle",
        "@id": english,
        "url": english,
        "inLanguage": "en",
        "headline": "Ink",
        "description": "Ink. Text. Text.",
        "datePublished": "2020-05-02T09:00:00+09:00",
        "dateModified": "2020-05-02T09:00:00+09:00",
        "author": {"@type": "Person", "name": "Owner"},
        "articleSection": "Craft",
        "keywords": ["Books", "Print"],
    }
    assert translation == [{"@type": "TechArticle", "@id": korean, "url": korean, "inLanguage": "ko"}]
    other = data(stranger.page("ko/2020-05-02-post-2"))
    assert other["translationOfWork"] == {"@type": "TechArticle", "@id": english, "url": english, "inLanguage": "en"}
    assert "workTranslation" not in other
    assert other["dateModified"] == "2024-01-02T00:00:00+09:00"
    alone = data(stranger.page("ko/2021-05-04-post-4"))
    assert not {"workTranslation", "translationOfWork"} & set(alone)


def test_a_part_says_which_of_which_series_it_is_and_the_series_says_the_same(site: Site) -> None:
    for number in (1, 2):
        site.part(f"2023-06-1{number}-a.md", title=f'"</script> & {number}"', lng_pair=f"id_Old_Shop_{number}")
    site.configure('SITEURL = "https://blog.example/cors"\nCORS_SERIES_TITLES = {"old-shop": {"en": "A & B"}}')
    assert site.pelican().returncode == 0
    found = data(BeautifulSoup(site.page("posts/2023-06-12-a.html"), "html.parser"))
    address = "https://blog.example/cors/series/old-shop/"
    assert found["isPartOf"] == {"@type": "CreativeWorkSeries", "@id": address, "url": address, "name": "A & B"}
    assert found["position"] == 2
    assert found["headline"] == "</script> & 2"
    series = data(BeautifulSoup(site.page("series/old-shop/index.html"), "html.parser"))
    assert (series["@type"], series["@id"], series["name"]) == ("CreativeWorkSeries", address, "A & B")
    assert [(part["position"], part["@id"]) for part in series["hasPart"]] == [
        (1, "https://blog.example/cors/posts/2023-06-11-a"),
        (2, found["@id"]),
    ]
    home = data(BeautifulSoup(site.page("index.html"), "html.parser"))
    assert (home["@type"], home["url"]) == ("WebSite", "https://blog.example/cors/")


def test_each_language_has_a_manifest_that_its_pages_name(stranger: Blog) -> None:
    for prefix, name, code in (("", "Site", "en"), ("ko/", "누리집", "ko")):
        for address in (prefix, f"{prefix}archives", f"{prefix or 'posts/'}2020-05-01-post-1"):
            (link,) = stranger.page(address).select("link[rel=manifest]")
            assert link["href"] == f"{stranger.path}/{prefix}manifest.webmanifest"
        found = json.loads((stranger.output / prefix / "manifest.webmanifest").read_text("utf-8"))
        assert (found["name"], found["lang"]) == (name, code)
        assert found["start_url"] == f"{stranger.path}/{prefix}"
        assert found["scope"] == f"{stranger.path}/"
        assert sorted(icon["sizes"] for icon in found["icons"]) == ["192x192", "512x512", "512x512", "any"]
        for icon in found["icons"]:
            assert (stranger.output / icon["src"].removeprefix(f"{stranger.path}/")).is_file()


BODY = """\
[up](../about) ![a](:a.png) [here](#here) [part](/posts/2023-06-14-B) <a href='c.html'>c</a> `<a href="/x">`

<img src="/d.png" srcset="/d.png 1x, e.png 2x" alt="">

```origin-compare
a: https://a.example/
b: https://b.example/
```

## Here {#here}
"""


@pytest.mark.parametrize("path", ["", "/blog"])
def test_a_feed_has_the_whole_text_with_whole_addresses_and_the_widgets_as_tables(site: Site, path: str) -> None:
    for code in ("en", "ko"):
        site.part(f"{code}/2023-06-13-a.md", BODY, lng_pair="id_a")
        site.part(f"{code}/2023-06-14-b.md", lng_pair="id_b", meta_modify_date="2024-01-02 00:00:00 +0000")
    site.write("content/assets/img/posts/a.png", "png")
    site.configure(f'SITEURL = "https://blog.example{path}"\nSTATIC_PATHS = ["assets"]')
    assert site.pelican().returncode == 0
    root = f"https://blog.example{path}"
    ids = set()
    for name, folder in (("feed.xml", "posts"), ("ko/feed.xml", "ko")):
        feed = feedparser.parse(site.page(name).encode())
        assert not feed.bozo
        ids.add(feed.feed.id)
        assert [link.href for link in feed.feed.links if link.rel == "self"] == [f"{root}/{name}"]
        assert feed.feed.language == ("en" if folder == "posts" else "ko")
        newer, older = feed.entries
        assert datetime(*newer.updated_parsed[:6], tzinfo=UTC) == datetime(2024, 1, 2, tzinfo=UTC)
        assert (older.link, older.id) == (f"{root}/{folder}/2023-06-13-a",) * 2
        text = BeautifulSoup(older.content[0].value, "html.parser")
        assert [str(link["href"]) for link in text.select("p > a")] == [
            f"{root}/about",
            f"{root}/{folder}/2023-06-13-a#here",
            f"{root}/{folder}/2023-06-14-b",
            f"{root}/{folder}/c.html",
        ]
        assert [str(image["src"]) for image in text.select("img")] == [
            f"{root}/assets/img/posts/a.png",
            f"{root}/d.png",
        ]
        assert '<a href="/x">' in text.get_text()
        assert "a.example" in text.select_one("table").get_text()  # type: ignore[union-attr]
        assert text.select_one("h2").get_text() == "Here"  # type: ignore[union-attr]
    assert ids == {f"{root}/feed.xml", f"{root}/ko/feed.xml"}


@pytest.mark.parametrize(
    ("html", "whole"),
    [
        ('<a href="b">', '<a href="https://a.example/x/b">'),
        ("<a href='?q=1&amp;r'>", "<a href='https://a.example/x/p?q=1&amp;r'>"),
        ('<img src="//c.example/i.png">', '<img src="https://c.example/i.png">'),
        (
            '<img srcset="i.png 1x, /j.png 2x">',
            '<img srcset="https://a.example/x/i.png 1x, https://a.example/j.png 2x">',
        ),
        ('<a href="mailto:a@b.example">', '<a href="mailto:a@b.example">'),
        ('<a title="a > b" href="#c">', '<a title="a > b" href="https://a.example/x/p#c">'),
        ('<!-- <a href="b"> -->', '<!-- <a href="b"> -->'),
        ('<a data-href="b">', '<a data-href="b">'),
        ('<a href="https://[">', '<a href="https://[">'),
        ('&lt;a href="b"&gt;', '&lt;a href="b"&gt;'),
    ],
)
def test_an_address_is_made_whole_wherever_a_tag_has_one(html: str, whole: str) -> None:
    assert with_whole_addresses(html, "https://a.example/x/p") == whole
