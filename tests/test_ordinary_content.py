"""Ordinary Pelican content builds beside the parts as it builds without the plugin."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT, Site

ORDINARY = {
    "content/note.md": "Title: A note\nDate: 2023-01-01\nCategory: Misc\nTags: one, two\n\nText with *emphasis*.\n",
    "content/delimited.md": "---\nTitle: Delimited\nDate: 2023-01-02\n---\n\nText.\n",
    "content/paper.rst": "A paper\n#######\n\n:date: 2023-01-03\n:tags: one\n\nText with *emphasis*.\n",
    "content/later.md": "Title: Later\nDate: 2999-01-01\n\nText.\n",
    "content/unfinished.md": "Title: Unfinished\nDate: 2023-01-04\nStatus: draft\n\nText.\n",
    "content/unlisted.md": "Title: Unlisted\nDate: 2023-01-05\nStatus: hidden\n\nText.\n",
    "content/left-out.md": "Title: Left out\nDate: 2023-01-06\nStatus: skip\n\nText.\n",
    "content/uebersetzt.md": "Title: Übersetzt\nDate: 2023-01-01\nSlug: a-note\nLang: de\n\nText.\n",
    "content/pages/about.md": "Title: About\n\nA page, see [the note]({filename}/note.md).\n",
    "content/pages/delimited.md": "---\ntitle: With dashes\n---\n\nA page.\n",
    "content/images/picture.png": "png",
}


def build(site: Site, settings: str) -> dict[str, str]:
    for path, text in ORDINARY.items():
        site.write(path, text)
    site.configure(settings)
    run = site.pelican()
    assert run.returncode == 0, run.stderr
    return {
        path: re.sub(rb"<updated>.*?</updated>", b"", content).decode("utf-8", "replace")
        for path, content in site.output().items()
    }


def test_the_same_files_come_out_with_and_without_the_plugin(site: Site) -> None:
    without = build(site, 'PLUGINS = []\nTHEME = "simple"\nWITH_FUTURE_DATES = False')
    site.part("en/2023-06-13-a.md")
    site.configure('PLUGINS = ["pelican_cors_series"]')
    beside = build(site, "")
    new = {path for path in beside if path not in without}
    assert set(without) <= set(beside)
    assert new == {
        "posts/2023-06-13-a.html",
        "feed.xml",
        "ko/index.html",
        "ko/feed.xml",
        *("sitemap.xml", "robots.txt", "llms.txt", "_headers", "_redirects", "redirects.json"),
        "author/owner.html",
        "feeds/owner.atom.xml",
        "feeds/owner.rss.xml",
    }
    articles = [
        "a-note.html",
        "a-note-de.html",
        "a-paper.html",
        "unlisted.html",
        "drafts/later.html",
        "pages/about.html",
    ]
    for path in articles:
        text = re.search(r"Text.*|A page.*", without[path])
        assert text
        assert text[0] in beside[path]


def test_this_projects_theme_has_pelicans_lists_in_each_language_at_pelicans_addresses(site: Site) -> None:
    without = build(site, 'PLUGINS = []\nTHEME = "simple"')
    site.configure(f'PLUGINS = ["pelican_cors_series"]\nTHEME = {str(ROOT / "theme")!r}')
    beside = build(site, "")
    lists = {path for path in without if re.match(r"(category|tag)/|(archives|categories|tags)\.html", path)}
    assert len(lists) == 6
    assert lists <= set(beside)
    assert {"ko/archives.html", "ko/categories.html", "ko/tags.html"} <= set(beside)
    # Its own language's posts alone stand in the lists of a language.
    assert "ko/tag/one.html" not in beside
    for path in lists:
        assert 'rel="canonical"' in beside[path]


def test_a_list_that_pelican_is_told_to_leave_out_is_left_out_in_every_language(site: Site) -> None:
    pages = build(site, 'TAG_SAVE_AS = ""\nDIRECT_TEMPLATES = ["categories"]')
    assert not [path for path in pages if re.search(r"(^|/)(tag/|tags|archives)", path)]
    assert {"categories.html", "ko/categories.html", "category/misc.html"} <= set(pages)
    assert "<dt>Tags</dt><dd>one, two</dd>" in pages["a-note.html"]


LINKS = "[p]({filename}/pages/about.md) ![s]({static}/images/picture.png) [x]({attach}report.pdf)"


@pytest.mark.parametrize("settings", ['THEME = "simple"', ""])
def test_pelicans_own_links_in_ordinary_content_resolve_as_ever(site: Site, settings: str) -> None:
    site.write("content/linking.md", f"Title: Linking\nDate: 2023-01-01\n\n{LINKS}\n")
    site.write("content/report.pdf", "")
    page = build(site, settings)["linking.html"]
    for address in ("pages/about.html", "images/picture.png", "report.pdf"):
        assert f'"https://blog.example/{address}"' in page
    assert "{filename}" not in page + site.page("index.html")


def test_lists_of_pelicans_own_do_not_pass_for_the_home_page(site: Site) -> None:
    site.write("content/signed.md", "Title: Signed\nDate: 2023-01-01\nAuthor: Somebody\n\nText.\n")
    pages = build(site, "")
    for path in ("authors.html", "author/somebody.html"):
        assert "canonical" not in pages[path]
        assert "og:url" not in pages[path]


def test_an_ending_that_pelican_does_not_take_is_not_taken_here(site: Site) -> None:
    site.part("en/2023-06-13-a.md", lng_pair="id_a")
    site.part("ko/2023-06-13-a.MD", lng_pair="id_a")
    run = site.pelican()
    assert run.returncode == 0, run.stdout
    assert "has no translation into ko" in run.stderr


def test_what_another_plugin_takes_out_is_missed_without_harm(site: Site) -> None:
    site.write(
        "other.py",
        "from pelican import signals\n"
        "def take_out(generator, metadata):\n"
        "    if metadata.get('lang') == 'ko':\n"
        "        metadata['status'] = 'skip'\n"
        "def register():\n"
        "    signals.article_generator_context.connect(take_out)\n",
    )
    site.configure('PLUGINS = ["pelican_cors_series", "other"]\nimport sys; sys.path.insert(0, ".")')
    site.part("en/2023-06-13-a.md", lng_pair="id_a")
    site.part("ko/2023-06-13-a.md", lng_pair="id_a")
    run = site.pelican()
    assert run.returncode == 0, run.stdout
    assert "2023-06-13-a" in site.page("index.html")


def test_with_this_projects_theme_they_are_whole_pages_too(site: Site) -> None:
    site.part("en/2023-06-13-a.md")
    pages = build(site, "")
    assert "<em>emphasis</em>" in pages["a-note.html"]
    assert 'href="https://blog.example/a-note.html"' in pages["pages/about.html"]
    index = pages["index.html"]
    assert [index.index(f'href="/{path}"') for path in ("posts/2023-06-13-a", "a-paper.html", "a-note.html")]
    assert "unlisted" not in index
    for path in ("archives.html", "tags.html", "tag/one.html", "category/misc.html", "authors.html"):
        assert "<main" in pages[path]


def test_status_draft_and_hidden_work_in_a_part_as_in_pelican(site: Site) -> None:
    site.part("en/2023-06-13-a.md", status="draft")
    site.part("ko/2023-06-13-a.md", status="draft")
    site.part("en/2023-06-14-b.md", status="hidden")
    assert site.pelican().returncode == 0
    output = site.output()
    assert {"drafts/2023-06-13-a.html", "drafts/2023-06-13-a-ko.html", "posts/2023-06-14-b.html"} <= set(output)
    assert b"noindex" in output["drafts/2023-06-13-a.html"]
    for path in ("index.html", "feed.xml"):
        assert b"2023-06-14-b" not in output[path]
        assert b"2023-06-13-a" not in output[path]


def test_what_is_not_published_is_not_built(site: Site) -> None:
    site.part("en/2023-06-13-a.md", published="false")
    assert site.pelican().returncode == 0
    assert [path for path in site.output() if "2023-06-13-a" in path] == []


def test_pelicans_own_cache_never_brings_back_an_older_part(site: Site) -> None:
    site.configure("CACHE_CONTENT = LOAD_CONTENT_CACHE = True\nCHECK_MODIFIED_METHOD = 'md5'")
    site.part("en/2023-06-12-a.md", "[b](/posts/2023-06-13-b)\n")
    site.part("en/2023-06-13-b.md", lng_pair="id_b")
    assert site.pelican().returncode == 0
    site.part("ko/2023-06-13-b.md", lng_pair="id_b")
    site.part("ko/2023-06-12-a.md", "[b](/posts/2023-06-13-b)\n")
    run = site.pelican()
    assert run.returncode == 0, run.stderr
    assert 'hreflang="ko"' in site.page("posts/2023-06-12-a.html")
    assert 'href="/ko/2023-06-13-b"' in site.page("ko/2023-06-12-a.html")


def test_another_plugins_signals_still_fire_for_parts(site: Site) -> None:
    site.write(
        "other.py",
        "from pelican import signals\n"
        "def change(content):\n"
        "    content._content = (content._content or '') + '<p>added</p>'\n"
        "def register():\n"
        "    signals.content_object_init.connect(change)\n",
    )
    site.configure('PLUGINS = ["pelican_cors_series", "other"]\nimport sys; sys.path.insert(0, ".")')
    site.part("en/2023-06-13-a.md")
    assert site.pelican().returncode == 0
    assert "<p>added</p>" in site.page("posts/2023-06-13-a.html")


def test_a_theme_that_knows_no_series_builds_all_the_same(site: Site) -> None:
    site.configure('THEME = "simple"')
    site.part("en/2023-06-12-a.md", lng_pair="id_x_1")
    site.part("en/2023-06-13-b.md", lng_pair="id_x_2")
    run = site.pelican()
    assert run.returncode == 0, run.stderr
    assert "2023-06-12-a" in site.page("index.html")
