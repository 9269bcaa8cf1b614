"""The built pages: what a reader and a search engine find in them, in each language."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import feedparser
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, Site, shared, words_on_what_is_left_out

from pelican_cors_series.preflight import read_tree
from pelican_cors_series.settings import read_settings

if TYPE_CHECKING:
    from bs4 import Tag

SITE = "https://yeonuk44.github.io"
PARTS = [f"2023-06-{day}-cors-{number}" for number, day in ((1, 12), (2, 13), (3, 14))]
PAGES = [
    *[f"posts/{part}.html" for part in PARTS],
    *[f"ko/{part}.html" for part in PARTS],
    *["index.html", "ko/index.html", "series/about-cors/index.html", "ko/series/about-cors/index.html"],
    *["rules/index.html", "ko/rules/index.html", "about.html", "ko/about.html"],
    *["archive/index.html", "ko/archive/index.html", "category/index.html", "ko/category/index.html"],
    *["category/browser/index.html", "ko/category/browser/index.html"],
    *["tag/index.html", "ko/tag/index.html", "tag/cors/index.html", "ko/tag/cors/index.html"],
]


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def attribute(page: BeautifulSoup, selector: str, name: str) -> str:
    found: Tag | None = page.select_one(selector)
    assert found is not None, selector
    return str(found[name])


def address(path: str) -> str:
    return f"{SITE}/{path.removesuffix('index.html').removesuffix('.html')}"


def test_the_pages_stand_at_the_old_blogs_addresses(built: Path) -> None:
    assert [page for page in PAGES if not (built / page).is_file()] == []


@pytest.mark.parametrize("path", PAGES)
def test_each_page_names_itself_and_its_translations(built: Path, path: str) -> None:
    page = soup(built / path)
    language = "ko" if path.startswith("ko/") else "en"
    assert attribute(page, "html", "lang") == language
    assert attribute(page, "link[rel=canonical]", "href") == address(path)
    alternates = {str(link["hreflang"]): str(link["href"]) for link in page.select("link[hreflang]")}
    assert set(alternates) == {"en", "ko", "x-default"}
    assert alternates[language] == address(path)
    assert alternates["x-default"] == alternates["en"]
    other = soup(built / _file(alternates["ko" if language == "en" else "en"]))
    assert {str(link["hreflang"]): str(link["href"]) for link in other.select("link[hreflang]")} == alternates


def _file(url: str) -> str:
    path = url.removeprefix(f"{SITE}/")
    return f"{path}index.html" if not path or path.endswith("/") else f"{path}.html"


@pytest.mark.parametrize("path", PAGES)
def test_the_language_switch_leads_to_the_same_page(built: Path, path: str) -> None:
    page = soup(built / path)
    links = {str(link["hreflang"]): str(link["href"]) for link in page.select("nav.languages a")}
    alternates = {str(link["hreflang"]): str(link["href"]) for link in page.select("link[hreflang]")}
    assert links == {code: alternates[code].removeprefix(SITE) for code in ("en", "ko")}


def test_dates_are_written_as_the_language_writes_them(built: Path) -> None:
    assert "June 13, 2023" in soup(built / "posts" / f"{PARTS[1]}.html").get_text()
    assert "2023년 6월 13일" in soup(built / "ko" / f"{PARTS[1]}.html").get_text()


@pytest.mark.parametrize(("folder", "prefix"), [("posts", "/posts/"), ("ko", "/ko/")])
def test_the_second_part_knows_the_first_and_the_third(built: Path, folder: str, prefix: str) -> None:
    page = soup(built / folder / f"{PARTS[1]}.html")
    assert attribute(page, "a[rel=prev]", "href") == prefix + PARTS[0]
    assert attribute(page, "a[rel=next]", "href") == prefix + PARTS[2]
    assert [str(link["href"]) for link in page.select("ol.parts a")] == [prefix + part for part in PARTS]
    assert attribute(page, "ol.parts a[aria-current=page]", "href") == prefix + PARTS[1]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_stands_inline_and_nothing_comes_from_elsewhere(built: Path, path: str) -> None:
    page = soup(built / path)
    assert "default-src 'none'" in attribute(page, "meta[http-equiv=Content-Security-Policy]", "content")
    # Data is no script: https://html.spec.whatwg.org/multipage/scripting.html#prepare-the-script-element
    assert page.select('style, [style], script:not([src]):not([type="application/ld+json"]), [onclick]') == []
    loaded = [str(tag["src"]) for tag in page.select("[src]")] + [
        str(tag["href"]) for tag in page.select("link[rel=stylesheet], link[rel=icon], link[rel=manifest]")
    ]
    assert [each for each in loaded if not each.startswith(("/theme/", "/manifest", "/ko/manifest"))] == []
    assert [each for each in loaded if not (built / each.lstrip("/")).is_file()] == []


@pytest.mark.parametrize("path", PAGES)
def test_every_link_within_the_site_leads_somewhere(built: Path, path: str) -> None:
    for link in soup(built / path).select("a[href]"):
        target, _, fragment = str(link["href"]).partition("#")
        if target.startswith(("http", "mailto:")):
            continue
        target = unquote(target)
        file = built / (_file(SITE + target) if target and not target.endswith(".xml") else target.lstrip("/") or path)
        assert file.is_file(), target
        name, _, state = fragment.partition("?")
        if state:
            # The state of a widget: of which kind it is, and the how manieth on its page.
            kind, _, ordinal = name.rpartition("-")
            assert len(soup(file).select(kind)) >= int(ordinal), link["href"]
        else:
            assert not fragment or soup(file).find(id=fragment), link["href"]


def test_both_languages_have_the_same_headings_and_comparisons(built: Path) -> None:
    for part in PARTS:
        english, korean = (soup(built / folder / f"{part}.html") for folder in ("posts", "ko"))
        for selector, name in ((".text h2[id]", "id"), ("origin-compare", "data-a"), ("origin-compare", "data-b")):
            values = [[tag.get(name) for tag in page.select(selector)] for page in (english, korean)]
            assert values[0] == values[1]
            assert values[0]


def test_at_least_five_comparisons_run_in_each_language(built: Path) -> None:
    for folder in ("posts", "ko"):
        assert sum(len(soup(built / folder / f"{part}.html").select("origin-compare")) for part in PARTS) >= 5


@pytest.mark.parametrize(
    ("path", "language", "title"), [("feed.xml", "en", "About CORS"), ("ko/feed.xml", "ko", "CORS 이야기")]
)
def test_each_language_has_a_feed_of_its_own(built: Path, path: str, language: str, title: str) -> None:
    feed = feedparser.parse((built / path).read_bytes())
    assert not feed.bozo
    assert (feed.feed.title, feed.feed.id, feed.feed.language) == (title, f"{SITE}/{path}", language)
    assert [link.href for link in feed.feed.links if link.rel == "self"] == [f"{SITE}/{path}"]
    prefix = f"{SITE}/{'posts' if language == 'en' else 'ko'}/"
    assert [entry.id for entry in feed.entries] == [prefix + part for part in reversed(PARTS)]
    for entry in feed.entries:
        addresses = re.findall(r'(?:href|src)="([^"#]*)', entry.content[0].value)
        assert addresses
        assert all(each.startswith("http") for each in addresses)


def test_the_rules_are_where_the_page_looks_for_them(built: Path) -> None:
    for name in ("origin-compare.en.js", "origin-steps.en.js", "origin-compare.ko.js", "origin-steps.ko.js"):
        assert (built / "theme/js" / name).is_file()
    assert (built / "theme/js/suffixes/k.txt").is_file()
    assert attribute(soup(built / "posts" / f"{PARTS[2]}.html"), "script[type=module]", "src").startswith("/theme/js/")
    assert [str(tag["src"]) for tag in soup(built / "index.html").select("script[src]")] == ["/theme/js/page.js"]


def test_two_builds_are_the_same_to_the_byte(built: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pelican", "content", "-o", str(tmp_path / "again")]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=60)
    for file in sorted(path for path in built.rglob("*") if path.is_file()):
        assert file.read_bytes() == (tmp_path / "again" / file.relative_to(built)).read_bytes(), file


def test_the_old_blogs_file_builds_as_it_is(tmp_path: Path, seed: str) -> None:
    for file in ROOT.joinpath("content").rglob("*.md"):
        copy = tmp_path / "content" / file.relative_to(ROOT / "content")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    (tmp_path / "content/ko/2023-06-13-cors-2.md").write_text(seed, encoding="utf-8")
    (tmp_path / "pelicanconf.py").write_bytes((ROOT / "pelicanconf.py").read_bytes())
    command = [sys.executable, "-m", "pelican", "content", "-t", str(ROOT / "theme")]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=60)
    page = soup(tmp_path / "output/ko/2023-06-13-cors-2.html")
    assert attribute(page, "html", "lang") == "ko"
    assert page.select_one("h1").get_text() == "About CORS(2)"  # type: ignore[union-attr]
    assert attribute(page, "time", "datetime") == "2023-06-13T07:00:00+09:00"
    subjects = page.select_one("dl.subjects").get_text(" ")  # type: ignore[union-attr]
    assert "React" in subjects
    assert "Browser policy" in subjects
    assert attribute(page, 'meta[property="og:image"]', "content") == f"{SITE}/assets/img/posts/post_pic1.jpg"
    heading = page.select_one(".text h3")
    assert heading is not None
    assert heading["data-align"] == "center"
    assert "{:" not in page.get_text()
    outline = "Cross-Origin Resource Sharing(이하 CORS)에 대한 글입니다."
    assert heading.get_text() == outline
    assert attribute(page, "meta[name=description]", "content") == outline
    assert outline in soup(tmp_path / "output/ko/index.html").get_text()
    (link,) = [tag for tag in page.select(".text a") if tag.get_text() == "링크"]
    assert link["href"] == "/ko/2023-06-14-cors-3"


def test_the_seed_reads_the_same_through_the_preflight(site: Site, seed: str) -> None:
    site.write("content/ko/2023-06-13-cors-2.md", seed.replace("2023-06-14-CORS-3", "2023-06-13-CORS-2"))
    (part,) = site.tree(CORS_SERIES_OLD_HOSTS=["yeonuk44.github.io"]).parts.values()
    assert (part.language, part.pair_id, part.category, part.tags) == (
        "ko",
        "id_About_CORS_2",
        "React",
        ("Browser policy",),
    )
    assert part.image is not None
    assert (part.image.address, part.image.present) == ("/assets/img/posts/post_pic1.jpg", False)


def test_a_third_language_needs_its_settings_and_its_words_alone(site: Site) -> None:
    for name in ("en.toml", "steps.en.toml"):
        words = (ROOT / "pelican_cors_series/text" / name).read_text(encoding="utf-8")
        more = words_on_what_is_left_out() if name == "en.toml" else ""
        site.write(f"words/{name.replace('en', 'ja')}", words.replace('home = "Home"', 'home = "ホーム"') + more)
    for folder in ("en", "ko", "ja"):
        site.part(f"{folder}/2023-06-13-a.md", "```origin-compare\na: null\nb: null\n```\n", lng_pair="id_a")
    site.configure('CORS_SERIES_LANGUAGES["ja"] = {"title": "サイト"}\nCORS_SERIES_TEXT = "words"')
    run = site.pelican()
    assert run.returncode == 0, run.stderr
    page = soup(site.root / "output/ja/2023-06-13-a.html")
    assert {str(link["hreflang"]) for link in page.select("link[hreflang]")} == {"en", "ko", "ja", "x-default"}
    assert "ホーム" in page.get_text()
    assert "2023年6月13日" in page.get_text()
    assert (site.root / "output/ja/index.html").is_file()
    assert (site.root / "output/ja/feed.xml").is_file()
    assert (site.root / "output/theme/js/origin-compare.ja.js").is_file()


def test_below_a_path_every_address_carries_it(site: Site) -> None:
    site.part("en/2023-06-12-a.md", "[b](/posts/2023-06-13-B) ![c](:c.png)\n", lng_pair="id_x_1")
    site.part("en/2023-06-13-b.md", lng_pair="id_x_2")
    site.write("content/assets/img/posts/c.png", "")
    site.configure('SITEURL = "https://blog.example/cors"\nSTATIC_PATHS = ["assets"]')
    assert site.pelican().returncode == 0
    page = soup(site.root / "output/posts/2023-06-12-a.html")
    inside = [str(tag.get("href") or tag.get("src")) for tag in page.select(":not(.share a):is([href], [src])")]
    assert [each for each in inside if not each.startswith(("/cors/", "https://blog.example/cors/", "#"))] == []
    assert (site.root / "output/assets/img/posts/c.png").is_file()


def test_pictures_are_whole_addresses_to_those_who_share_the_page(site: Site) -> None:
    site.write("content/assets/img/posts/한.png", "")
    site.part("2023-06-13-a.md", "![b](:%ED%95%9C.png?v=1)\n", img='":한.png"')
    site.configure('SITEURL = "https://blog.example/cors"\nSTATIC_PATHS = ["assets"]')
    run = site.pelican()
    assert "image" not in run.stderr
    page = soup(site.root / "output/posts/2023-06-13-a.html")
    assert (
        attribute(page, 'meta[property="og:image"]', "content") == "https://blog.example/cors/assets/img/posts/한.png"
    )
    assert attribute(page, "img.article-image", "src") == "/cors/assets/img/posts/한.png"
    assert attribute(page, ".text img", "src") == "/cors/assets/img/posts/%ED%95%9C.png?v=1"


def test_a_picture_that_is_not_there_shows_as_none(site: Site) -> None:
    site.part("2023-06-13-a.md", img='":gone.png"')
    assert site.pelican().returncode == 0
    assert soup(site.root / "output/posts/2023-06-13-a.html").select("img") == []
    assert soup(site.root / "output/index.html").select("img") == []


def test_what_the_front_matter_says_reaches_the_page_and_the_feed(site: Site) -> None:
    keys = {"meta_description": '"Said so"', "meta_modify_date": "2024-01-02", "tags": "[one, two]", "author": "Me"}
    site.part("2023-06-13-a.md", **keys)
    site.configure('CORS_SERIES_LANGUAGES["en"]["licence"] = "Take it"')
    assert site.pelican().returncode == 0
    page = soup(site.root / "output/posts/2023-06-13-a.html")
    assert attribute(page, "meta[name=description]", "content") == "Said so"
    assert attribute(page, 'meta[property="article:modified_time"]', "content") == "2024-01-02T00:00:00+09:00"
    assert {str(time["datetime"])[:10] for time in page.select(".facts time")} == {"2023-06-13", "2024-01-02"}
    assert "Take it" in page.get_text()
    assert [str(link["href"]) for link in page.select('link[type="application/atom+xml"]')] == [
        "https://blog.example/feed.xml",
        "https://blog.example/ko/feed.xml",
    ]
    (entry,) = feedparser.parse((site.root / "output/feed.xml").read_bytes()).entries
    assert (entry.updated, entry.author) == ("2024-01-02T00:00:00+09:00", "Me")
    assert [tag.term for tag in entry.tags] == ["one", "two"]


def test_images_load_lazily_everywhere_where_a_setting_says_so(site: Site) -> None:
    site.part("2023-06-13-a.md", '![a](a.png) ![b](b.png) <img loading="eager" src="c.png" alt="">\n')
    site.configure("CORS_SERIES_IMAGE_LAZY_LOADER = True")
    assert site.pelican().returncode == 0
    images = soup(site.root / "output/posts/2023-06-13-a.html").select(".text img")
    assert [image.get("loading") for image in images] == [None, "lazy", "eager"]


@pytest.mark.parametrize(("setting", "minified"), [("True", True), ("False", False)])
def test_scripts_are_minified_unless_a_setting_says_no(site: Site, setting: str, minified: bool) -> None:
    site.part("2023-06-13-a.md", "```origin-compare\na: null\nb: null\n```\n")
    site.configure(f"CORS_SERIES_MINIFY = {setting}")
    assert site.pelican().returncode == 0
    scripts = site.root / "output/theme/js"
    for name in ("origin-compare.en.js", "origin-steps.en.js", "unicode-label.js"):
        assert (scripts / f"{name}.map").is_file() is minified
        assert ("\n  " in (scripts / name).read_text(encoding="utf-8")) is not minified


def test_a_series_has_the_title_that_the_settings_give_it(site: Site) -> None:
    for number in (1, 2):
        site.part(f"2023-06-1{number}-a.md", lng_pair=f"id_x_{number}")
    site.configure('CORS_SERIES_TITLES = {"x": {"en": "The X files"}}')
    assert site.pelican().returncode == 0
    page = soup(site.root / "output/series/x/index.html")
    assert page.select_one("h1").get_text() == "The X files"  # type: ignore[union-attr]


def test_a_name_of_any_letters_has_an_address_that_works(site: Site) -> None:
    site.part("ko/2023-06-13-기원과 출처.md", "[here](/ko/2023-06-13-기원과-출처)\n")
    assert site.pelican().returncode == 0
    page = soup(site.root / "output/ko/2023-06-13-기원과-출처.html")
    path = "/ko/2023-06-13-%EA%B8%B0%EC%9B%90%EA%B3%BC-%EC%B6%9C%EC%B2%98"
    assert attribute(page, ".text a", "href") == path
    assert attribute(page, "link[rel=canonical]", "href") == f"https://blog.example{path}"


def test_an_index_of_many_posts_has_numbered_pages(site: Site) -> None:
    for number in range(3):
        site.part(f"ko/2023-06-1{number}-a.md", lng_pair=f"id_{number}x")
    site.configure("DEFAULT_PAGINATION = 2")
    assert site.pelican().returncode == 0
    first, second = (soup(site.root / f"output/ko/{name}.html") for name in ("index", "index2"))
    assert [len(page.select("li.post")) for page in (first, second)] == [2, 1]
    assert attribute(first, "nav.pagination a[rel=next]", "href") == "/ko/index2.html"
    assert attribute(first, "link[rel=canonical]", "href") == "https://blog.example/ko/"
    assert attribute(second, "link[rel=canonical]", "href") == "https://blog.example/ko/index2.html"
    alternates = {str(link["hreflang"]): str(link["href"]) for link in second.select("link[hreflang]")}
    assert alternates == dict.fromkeys(("ko", "x-default"), "https://blog.example/ko/index2.html")
    assert second.title.get_text() == "누리집 (2쪽)"  # type: ignore[union-attr]


def test_a_title_is_text_and_never_markup(site: Site) -> None:
    title = "<script>alert(1)</script> & <iframe sandbox>"
    site.part("2023-06-13-a.md", title=f"'{title}'")
    assert site.pelican().returncode == 0
    for path in ("posts/2023-06-13-a.html", "index.html"):
        page = soup(site.root / "output" / path)
        assert page.select('script:not([src]):not([type="application/ld+json"]), iframe') == []
        assert title in page.get_text()
    assert soup(site.root / "output/posts/2023-06-13-a.html").title.get_text() == f"{title} · Site"  # type: ignore[union-attr]


def test_search_engines_are_asked_to_pass_by_where_the_author_says_so(site: Site) -> None:
    site.part("2023-06-13-a.md", search_engine_exclude="true")
    site.part("2023-06-14-b.md")
    assert site.pelican().returncode == 0
    robots = {
        name: soup(site.root / f"output/posts/{name}.html").select("meta[name=robots]")
        for name in ("2023-06-13-a", "2023-06-14-b")
    }
    assert robots["2023-06-13-a"][0]["content"] == "noindex"
    assert robots["2023-06-14-b"] == []


def test_an_untranslated_part_has_no_false_alternate(site: Site) -> None:
    site.part("ko/2023-06-13-a.md")
    assert site.pelican().returncode == 0
    page = soup(site.root / "output/ko/2023-06-13-a.html")
    assert [str(link["hreflang"]) for link in page.select("link[hreflang]")] == ["ko", "x-default"]
    assert page.select("nav.languages a") == []
    assert "2023-06-13-a" in (site.root / "output/ko/index.html").read_text(encoding="utf-8")
    assert "2023-06-13-a" not in (site.root / "output/index.html").read_text(encoding="utf-8")


def test_the_projects_own_content_has_no_problem() -> None:
    settings: dict[str, object] = {}
    exec((ROOT / "pelicanconf.py").read_text(encoding="utf-8"), settings)  # noqa: S102 - as Pelican reads it
    settings["PATH"] = str(ROOT / "content")
    found, problems = read_settings(settings, "pelicanconf.py")
    assert [*problems, *read_tree(found).problems] == []


def test_shared_files_are_not_copied_into_the_project() -> None:
    texts = {path.read_bytes() for path in ROOT.rglob("*.markdown")}
    assert shared("seed", "about-cors-2.ko.markdown").read_bytes() not in texts
