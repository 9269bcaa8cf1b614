"""Comments by Giscus: off unless a setting says so, and nothing is loaded from elsewhere before a reader asks."""

# The fixtures of test_browser are asked for by their names.
# ruff: noqa: F811

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from conftest import CONFIGURATION, Site
from playwright.sync_api import Browser, Page, Route, expect
from test_browser import chromium, page, page_without_scripts  # noqa: F401
from test_browser_pages import served

from pelican_cors_series.comments import Giscus
from pelican_cors_series.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

GISCUS = {"repo": "owner/talk", "repo_id": "R_1", "category": "Comments", "category_id": "DIC_2"}
# What giscus.app's own script does with its page: a style sheet, and a frame that says what it was asked for.
CLIENT = """
const { dataset } = document.currentScript;
const style = document.createElement("link");
style.rel = "stylesheet";
style.href = "https://giscus.app/default.css";
document.head.prepend(style);
const frame = document.createElement("iframe");
frame.className = "giscus-frame";
frame.title = "Comments";
frame.src = `https://giscus.app/${dataset.lang}/widget?${new URLSearchParams({...dataset})}`;
document.currentScript.after(frame);
"""
WIDGET = """<!doctype html><p>Widget</p><script>
addEventListener("message", ({data}) => (document.body.textContent = data.giscus.setConfig.theme));
</script>"""


def policy(site: Site, address: str) -> str:
    return str(BeautifulSoup(site.page(address), "html.parser").select("meta[http-equiv]")[0]["content"])


def test_there_are_none_unless_a_setting_says_so(site: Site) -> None:
    site.part("2023-06-13-a.md")
    assert site.pelican().returncode == 0
    found = BeautifulSoup(site.page("posts/2023-06-13-a.html"), "html.parser")
    assert found.select(".comments") == []
    assert [str(script["src"]) for script in found.select("script[src]") if "comments" in str(script["src"])] == []
    assert "giscus" not in "".join(text.decode() for name, text in site.output().items() if name.endswith(".html"))


def test_the_policy_is_wider_on_pages_with_comments_alone(site: Site) -> None:
    site.part("en/2023-06-13-a.md")
    site.part("en/2023-06-14-b.md", comments_disable="true")
    site.part("en/2023-06-15-c.md", status="draft")
    site.part("pages/en/about.md", lng_pair="id_about", date=None)
    site.configure(f"CORS_SERIES_GISCUS = {GISCUS}")
    assert site.pelican().returncode == 0
    others = ["posts/2023-06-14-b", "drafts/2023-06-15-c", "about", "index", "search/index"]
    with_them = policy(site, "posts/2023-06-13-a.html")
    directives = dict(each.split(" ", 1) for each in with_them.split("; "))
    assert directives["script-src"] == directives["style-src"] == "'self' https://giscus.app"
    assert directives["frame-src"] == "https://giscus.app"
    assert directives["default-src"] == "'none'"
    assert directives["connect-src"] == "'self'"
    for name in others:
        assert "giscus" not in policy(site, f"{name}.html")
        assert BeautifulSoup(site.page(f"{name}.html"), "html.parser").select(".comments") == []


@pytest.mark.parametrize(
    ("value", "right"),
    [
        (GISCUS, True),
        ({}, True),
        ({**GISCUS, "repo": "talk"}, False),
        ({**GISCUS, "repo_id": ""}, False),
        ({**GISCUS, "theme": "dark"}, False),
        ({"repo": "owner/talk"}, False),
        ("owner/talk", False),
    ],
)
def test_a_setting_that_could_not_work_is_a_problem(value: Any, right: bool) -> None:  # noqa: ANN401 - as in a file
    found, problems = read_settings({"CORS_SERIES_GISCUS": value}, "pelicanconf.py")
    assert [each.code for each in problems] == ([] if right else ["setting"])
    assert (found.giscus is not None) is (value == GISCUS)


@pytest.mark.parametrize(("language", "spoken"), [("ko", "ko"), ("zh-TW", "zh-TW"), ("en-GB", "en"), ("sw", "en")])
def test_they_speak_the_language_of_the_page_where_they_can(language: str, spoken: str) -> None:
    assert Giscus(**GISCUS).attributes(language)["lang"] == spoken


@pytest.fixture(scope="module")
def talked_about(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = Site(tmp_path_factory.mktemp("talk"))
    site.write("pelicanconf.py", CONFIGURATION)
    site.configure(f"CORS_SERIES_GISCUS = {GISCUS}")
    site.part("ko/2023-06-13-a.md")
    run = site.pelican()
    assert run.returncode == 0, run.stderr
    with served(site.root / "output") as address:
        yield f"{address}/ko/2023-06-13-a"


@pytest.fixture
def asked(page: Page) -> list[str]:
    """What the page asks giscus.app for; a stand-in answers."""
    found: list[str] = []

    def answer(route: Route) -> None:
        found.append(route.request.url)
        bodies = {"/client.js": ("text/javascript", CLIENT), "/default.css": ("text/css", "")}
        kind, body = bodies.get(urlsplit(route.request.url).path, ("text/html", WIDGET))
        route.fulfill(content_type=kind, body=body, headers={"Access-Control-Allow-Origin": "*"})

    page.route(lambda url: "giscus.app" in url, answer)
    return found


def test_nothing_is_loaded_before_the_reader_asks_and_then_in_their_language_and_colours(
    page: Page, talked_about: str, asked: list[str]
) -> None:
    elsewhere: list[str] = []
    page.on("request", lambda request: elsewhere.append(request.url))
    page.emulate_media(color_scheme="light")
    page.goto(talked_about)
    page.wait_for_load_state("networkidle")
    assert [url for url in elsewhere if not url.startswith(talked_about.rsplit("/ko/", 1)[0])] == []
    expect(page.locator(".comments")).to_contain_text("giscus.app")
    expect(page.locator(".comments")).to_contain_text("owner/talk")
    page.get_by_role("button", name="여기에서 댓글 보기").click()
    expect(page.frame_locator("iframe").locator("p")).to_have_text("Widget")
    paths = [urlsplit(url).path for url in asked]
    assert sorted(paths) == ["/client.js", "/default.css", "/ko/widget"]
    given = {name: value for name, (value,) in parse_qs(urlsplit(asked[paths.index("/ko/widget")]).query).items()}
    assert given["repo"] == "owner/talk"
    assert (given["repoId"], given["category"], given["categoryId"]) == ("R_1", "Comments", "DIC_2")
    assert (given["mapping"], given["theme"]) == ("pathname", "preferred_color_scheme")
    expect(page.get_by_role("button", name="여기에서 댓글 보기")).to_be_hidden()
    page.locator("button.theme").click()
    expect(page.frame_locator("iframe").locator("body")).to_have_text("dark")


def test_the_colours_that_the_reader_has_chosen_are_asked_for(page: Page, talked_about: str, asked: list[str]) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(talked_about)
    page.locator("button.theme").click()
    page.locator(".comments button").click()
    expect(page.frame_locator("iframe").locator("p")).to_have_text("Widget")
    assert [url for url in asked if "theme=dark" in url]


def test_who_comes_back_from_signing_in_has_asked_before(page: Page, talked_about: str, asked: list[str]) -> None:
    page.goto(f"{talked_about}?giscus=session")
    expect(page.frame_locator("iframe").locator("p")).to_have_text("Widget")
    assert asked


def test_comments_that_do_not_load_are_spoken_of_and_can_be_asked_for_again(
    chromium: Browser, talked_about: str
) -> None:
    page = chromium.new_context().new_page()
    page.route("https://giscus.app/client.js", lambda route: route.abort())
    page.goto(talked_about)
    page.locator(".comments button").click()
    expect(page.locator(".comments [role=status]")).to_contain_text("불러오지 못했습니다")
    expect(page.locator(".comments button")).to_be_visible()
    page.context.close()


def test_without_javascript_a_link_leads_to_the_discussions(page_without_scripts: Page, talked_about: str) -> None:
    page_without_scripts.goto(talked_about)
    expect(page_without_scripts.locator(".comments button")).to_be_hidden()
    link = page_without_scripts.locator(".comments a")
    expect(link).to_be_visible()
    expect(link).to_have_attribute("href", "https://github.com/owner/talk/discussions")
