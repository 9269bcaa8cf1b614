"""Lists of posts in each language: the archive, categories, tags, numbered pages, and what they say of translations."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from conftest import STRANGERS, Blog, Site

CODES = [("en", ""), ("ko", "ko/")]
# What stands in the lists of a language: the tenth post is a draft.
OWN = {"en": [1, 2, 3, 5, 6, 7, 8, 9], "ko": [1, 2, 3, 4, 5, 6, 8, 9]}


def titles(page: BeautifulSoup, selector: str = "li.post :is(h2, h3)") -> list[str]:
    return [each.get_text(strip=True) for each in page.select(selector)]


def named(code: str, numbers: list[int]) -> list[str]:
    return [STRANGERS[code][number - 1] for number in sorted(numbers, reverse=True)]


def soup(site: Site, path: str) -> BeautifulSoup:
    return BeautifulSoup(site.page(path), "html.parser")


@pytest.mark.parametrize(("code", "prefix"), CODES)
def test_the_index_has_the_posts_of_its_language_alone(stranger: Blog, code: str, prefix: str) -> None:
    assert titles(stranger.page(prefix)) == named(code, OWN[code])


@pytest.mark.parametrize(("code", "prefix"), CODES)
def test_the_archive_has_every_post_once_year_by_year(stranger: Blog, code: str, prefix: str) -> None:
    page = stranger.page(f"{prefix}archives")
    other = "ko" if code == "en" else "en"
    alone = {4: "ko", 7: "en"}
    expected = [STRANGERS[alone.get(number, code)][number - 1] for number in range(9, 0, -1)]
    assert titles(page) == expected
    years = ["2022", "2021", "2020"]
    assert [str(time["datetime"]) for time in page.select("h2 time")] == years
    assert [len(year.select("li.post")) for year in page.select(".year")] == [2, 4, 3]
    assert [str(post["lang"]) for post in page.select("li.post[lang]")] == [other]


@pytest.mark.parametrize(("code", "prefix"), CODES)
def test_categories_and_tags_have_overviews_that_count_and_lists_of_their_own(
    stranger: Blog, code: str, prefix: str
) -> None:
    name = {"en": "Craft", "ko": "공예"}[code]
    for overview, names in (("categories", [name]), ("tags", sorted([{"en": "Books", "ko": "책"}[code], "Print"]))):
        terms = stranger.page(f"{prefix}{overview}").select(".terms li")
        assert sorted(term.a.get_text() for term in terms) == names  # type: ignore[union-attr]
        for term in terms:
            address = str(term.a["href"]).removeprefix(f"{stranger.path}/")  # type: ignore[index]
            assert address.startswith(prefix)
            page = stranger.page(address)
            assert titles(page) == named(code, OWN[code])
            assert int(term.select_one(".count").get_text()) == len(OWN[code])  # type: ignore[union-attr]


def test_a_list_has_translations_only_where_the_other_language_has_that_list(stranger: Blog) -> None:
    shared, alone = stranger.page("tag/print.html"), stranger.page("tag/books.html")
    assert {str(link["hreflang"]) for link in shared.select("link[hreflang]")} == {"en", "ko", "x-default"}
    assert {str(link["hreflang"]) for link in alone.select("link[hreflang]")} == {"en", "x-default"}
    assert alone.select("nav.languages, .offer") == []


@pytest.mark.parametrize(("code", "prefix", "number"), [("en", "", 7), ("ko", "ko/", 4)])
def test_a_post_leads_to_the_lists_of_its_language(stranger: Blog, code: str, prefix: str, number: int) -> None:
    year = 2020 + number // 4
    post = stranger.page(f"{prefix or 'posts/'}{year}-05-{number:02}-post-{number}")
    links = [str(link["href"]) for link in post.select(".subjects a[href]")]
    assert len(links) == 3
    for link in links:
        page = stranger.page(link.removeprefix(f"{stranger.path}/"))
        assert STRANGERS[code][number - 1] in titles(page)


@pytest.mark.parametrize(
    ("path", "title", "mark"),
    [
        ("archives", "여백", "Only in Korean"),
        ("ko/archives", "Presses", "영어로만 있는 글"),
        ("ko/", "여백", "한국어로만 있는 글"),
        ("", "Presses", "Only in English"),
        ("", "Ink", "Newer in Korean"),
        ("archives", "Ink", "Newer in Korean"),
        ("tag/print.html", "Presses", "Only in English"),
    ],
)
def test_a_list_says_what_is_not_translated_and_what_is_newer_elsewhere(
    stranger: Blog, path: str, title: str, mark: str
) -> None:
    (post,) = [each for each in stranger.page(path).select("li.post") if each.a.get_text() == title]  # type: ignore[union-attr]
    found = post.select_one(".mark")
    assert found is not None
    assert found.get_text() == mark


def test_what_is_translated_and_up_to_date_bears_no_mark(stranger: Blog) -> None:
    for path, marked in (("", {"Presses", "Ink"}), ("ko/", {"여백"})):
        found = {each.a.get_text() for each in stranger.page(path).select("li.post:has(.mark)")}  # type: ignore[union-attr]
        assert found == marked


def test_a_site_of_one_language_has_no_marks(site: Site) -> None:
    site.configure('CORS_SERIES_LANGUAGES = {"en": {"title": "Site"}}')
    site.part("2023-06-13-a.md")
    assert site.pelican().returncode == 0
    assert "mark" not in site.page("index.html")
    assert 'class="offer"' not in site.page("posts/2023-06-13-a.html")


def test_a_series_has_its_untranslated_part_at_its_place_and_says_so(site: Site) -> None:
    for number in (1, 2, 3):
        site.part(f"ko/2023-06-1{number}-a.md", title=f"글 {number}", lng_pair=f"id_shop_{number}")
        if number != 2:
            site.part(f"en/2023-06-1{number}-a.md", title=f"Text {number}", lng_pair=f"id_shop_{number}")
    assert site.pelican().returncode == 0
    for page in (soup(site, "series/shop/index.html"), soup(site, "index.html")):
        shown = page.select("ol.posts > li") or page.select("ol.parts > li")
        assert [each.a.get_text() for each in shown] == ["Text 1", "글 2", "Text 3"]  # type: ignore[union-attr]
        assert [bool(each.select(".mark")) for each in shown] == [False, True, False]
    third = soup(site, "posts/2023-06-13-a.html")
    assert "Part 3 of 3" in third.get_text()
    # What is before it in its own language.
    assert third.select_one("a[rel=prev]")["href"] == "/posts/2023-06-11-a"  # type: ignore[index]


@pytest.mark.parametrize(("posts", "pages"), [(19, [19]), (20, [10, 10]), (29, [10, 19]), (30, [10, 10, 10])])
def test_from_twenty_posts_on_a_list_has_numbered_pages(site: Site, posts: int, pages: list[int]) -> None:
    for number in range(posts):
        site.part(f"2023-06-{number + 1:02}-a.md", lng_pair=f"id_{number}x", category="Craft", tags="[Print]")
    site.part("ko/2023-06-01-a.md", lng_pair="id_0x")
    assert site.pelican().returncode == 0
    for name in ("index", "category/craft", "tag/print"):
        found = [soup(site, f"{name}{number if number > 1 else ''}.html") for number in range(1, len(pages) + 1)]
        assert [len(page.select("li.post")) for page in found] == pages
        assert not (site.root / f"output/{name}{len(pages) + 1}.html").exists()
        shown = [title for page in found for title in titles(page, "li.post a")]
        assert len(shown) == posts
        for number, page in enumerate(found, 1):
            address = f"https://blog.example/{name.removesuffix('index') if number == 1 else name}"
            address += "" if address.endswith("/") else f"{number if number > 1 else ''}.html"
            assert page.select_one("link[rel=canonical]")["href"] == address  # type: ignore[index]
    assert not (site.root / "output/ko/index2.html").exists()
    assert len(titles(soup(site, "archives.html"))) == posts


def test_the_series_of_a_site_stand_on_the_first_page_of_its_index_alone(site: Site) -> None:
    for number in range(1, 21):
        site.part(f"2023-06-{number:02}-a.md", lng_pair=f"id_shop_{number}")
    assert site.pelican().returncode == 0
    assert [len(soup(site, f"{name}.html").select("section.series")) for name in ("index", "index2")] == [1, 0]


def test_an_author_may_set_the_size_of_pages_or_have_none(site: Site) -> None:
    for number in range(1, 26):
        site.part(f"2023-06-{number:02}-a.md", lng_pair=f"id_{number}x")
    site.configure("DEFAULT_PAGINATION = 5")
    assert site.pelican().returncode == 0
    assert len(titles(soup(site, "index5.html"))) == 5
    site.configure("PAGINATED_TEMPLATES = {}\nDELETE_OUTPUT_DIRECTORY = True")
    assert site.pelican().returncode == 0
    assert len(titles(soup(site, "index.html"))) == 25
    assert not (site.root / "output/index2.html").exists()


def test_a_tag_given_twice_in_two_spellings_is_one(site: Site) -> None:
    site.part("2023-06-13-a.md", tags="[CORS, cors]", category="Web")
    site.part("2023-06-14-b.md", tags="[cors]")
    assert site.pelican().returncode == 0
    assert len(titles(soup(site, "tag/cors.html"))) == 2
    # A part without a category is in none.
    assert [each.get_text() for each in soup(site, "categories.html").select(".terms a")] == ["Web"]


def test_a_list_of_nothing_but_what_search_engines_shall_pass_by_asks_the_same(site: Site) -> None:
    site.part("2023-06-13-a.md", tags="[secret, open]", search_engine_exclude="true")
    site.part("2023-06-14-b.md", tags="[open]")
    assert site.pelican().returncode == 0
    assert len(soup(site, "tag/secret.html").select("meta[name=robots]")) == 1
    assert soup(site, "tag/open.html").select("meta[name=robots]") == []
    assert "secret" not in site.page("sitemap.xml")
