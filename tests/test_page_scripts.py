"""How much JavaScript a page asks for, in Chromium: once it was scrolled through, and after what its reader opens.

pytest --log-cli-level=INFO shows the figures.
"""

# ruff: noqa: F401, F811 - fixtures come from where the site is served for tests
from __future__ import annotations

import gzip
import logging
import threading
from collections.abc import Callable
from functools import partial
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from conftest import CONFIGURATION, OWN_LANGUAGES, Site
from playwright.sync_api import Browser, Page, expect
from test_browser import PARTS, Quiet, address, chromium

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOG = logging.getLogger(__name__)
# In bytes, packed: an article with comparisons, and one with exchanges, by themselves or together with others.
COMPARISONS, EXCHANGES = 6_144, 20_480
PAIR = "```origin-compare\na: https://shop.example/\nb: http://shop.example/\n```\n"
EXCHANGE = """```cors-exchange
page: https://app.example/
request: {url: https://api.example/, method: PUT}
preflight: {status: 204}
response: {status: 200}
```
"""
EXPERIMENT = "```live-experiment\n```\n"
DOCTOR = "```cors-doctor\n```\n"
ARTICLES = {
    "comparisons": PAIR,
    "exchanges": EXCHANGE,
    "both": PAIR + EXCHANGE,
    # None of them is in view before the reader scrolls.
    "all": "Text.\n\n" * 99 + PAIR + EXCHANGE + EXPERIMENT + DOCTOR,
    "none": "Text.\n",
}


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with an article of each kind in each language."""
    site = Site(tmp_path_factory.mktemp("articles"))
    site.write("pelicanconf.py", CONFIGURATION)
    for language in OWN_LANGUAGES:
        for name, body in ARTICLES.items():
            site.part(f"{language}/{name}.md", body)
    assert site.pelican("-s", "pelicanconf.py", "--fatal", "errors").returncode == 0
    return site.root / "output"


@pytest.fixture(scope="module")
def served(articles: Path) -> Iterator[str]:
    class Articles(Quiet):
        base_path = str(articles)

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Articles, directory=str(articles))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


class Reader:
    """A page that is read in a window of its own, and the scripts of widgets that it has asked for."""

    def __init__(self, page: Page, folder: Path, url: str) -> None:
        self.page, self._folder = page, folder
        self.packed: dict[str, int] = {}
        page.on("request", lambda request: self._take(request.resource_type, urlsplit(request.url).path.lstrip("/")))
        page.goto(url, wait_until="networkidle")

    def _take(self, kind: str, path: str) -> None:
        # What the frame of every page loads is not the widgets'.
        if kind == "script" and not path.endswith("/page.js"):
            self.packed[path.rsplit("/", 1)[-1]] = len(gzip.compress((self._folder / path).read_bytes(), 9, mtime=0))

    def scroll(self) -> int:
        """Go through the page, so that each widget wakes, and return the bytes of all scripts until then."""
        for place in range(0, self.page.evaluate("document.documentElement.scrollHeight"), 400):
            self.page.evaluate("(place) => scrollTo(0, place)", place)
            self.page.wait_for_timeout(30)
        return self.bytes()

    def bytes(self) -> int:
        """Wait until nothing more is asked for, and return the bytes of all scripts until then."""
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_timeout(100)
        found = sum(self.packed.values())
        LOG.info("%s: %d bytes, %s", urlsplit(self.page.url).path, found, ", ".join(self.packed))
        return found

    def use(self, selector: str) -> int:
        """Press what a selector finds first, and return the bytes of all scripts until then."""
        self.page.locator(selector).first.click()
        return self.bytes()


@pytest.fixture
def reader(chromium: Browser) -> Iterator[Callable[[Path, str], Reader]]:
    context = chromium.new_context(viewport={"width": 360, "height": 780})
    yield lambda folder, url: Reader(context.new_page(), folder, url)
    context.close()


def shipped(folder: Path, language: str, *kinds: str) -> set[str]:
    """Name the scripts of a built site that are there for widgets of these kinds in a language."""
    names = {file.name for file in (folder / "theme/js").glob("*.js")}
    others = [f".{other}.js" for other in OWN_LANGUAGES if other != language]
    return {name for name in names if name.startswith(kinds) and not name.endswith(tuple(others))}


@pytest.mark.parametrize("language", OWN_LANGUAGES)
class TestArticle:
    def test_without_widgets_has_no_script(
        self, reader: Callable[..., Reader], articles: Path, served: str, language: str
    ) -> None:
        assert reader(articles, f"{served}/{_folder(language)}none").scroll() == 0

    def test_with_comparisons_keeps_to_its_budget(
        self, reader: Callable[..., Reader], articles: Path, served: str, language: str
    ) -> None:
        page = reader(articles, f"{served}/{_folder(language)}comparisons")
        assert page.scroll() <= COMPARISONS, page.packed
        page.use("origin-compare summary")
        page.page.locator("origin-compare input").first.fill("https://한국.example/")
        assert page.bytes() <= COMPARISONS + 2_304, page.packed
        assert page.packed.keys() == shipped(articles, language, "origin-", "unicode-")

    def test_with_exchanges_keeps_to_its_budget(
        self, reader: Callable[..., Reader], articles: Path, served: str, language: str
    ) -> None:
        page = reader(articles, f"{served}/{_folder(language)}exchanges")
        assert page.scroll() <= 1_536, page.packed
        # The verdict on another scenario: the rules, the sentences of one language and the element together.
        assert page.use("[data-slot=change] button") <= EXCHANGES, page.packed
        expect(page.page.locator("cors-exchange")).to_have_attribute("data-result", "readable")
        assert page.use("[data-slot=edit] > summary") <= EXCHANGES + 5_120, page.packed
        page.use("cors-exchange > details:not([data-slot]) > summary")
        page.page.locator("cors-exchange input").nth(1).fill("http://api.example/")
        assert page.bytes() <= EXCHANGES + 5_120 + 5_120 + 1_024, page.packed
        assert page.packed.keys() == shipped(articles, language, "cors-exchange", "exchange")

    def test_with_both_keeps_to_the_budget_of_exchanges(
        self, reader: Callable[..., Reader], articles: Path, served: str, language: str
    ) -> None:
        page = reader(articles, f"{served}/{_folder(language)}both")
        assert page.scroll() <= COMPARISONS + 1_536 <= EXCHANGES, page.packed
        assert page.use("[data-slot=edit] > summary") <= COMPARISONS + EXCHANGES + 5_120, page.packed

    def test_with_every_kind_asks_for_ten_files_at_most(
        self, reader: Callable[..., Reader], articles: Path, served: str, language: str
    ) -> None:
        page = reader(articles, f"{served}/{_folder(language)}all")
        # The frame of a page asks for six at most.
        assert len(page.packed) == 4, page.packed
        page.scroll()
        assert page.packed.keys() >= shipped(articles, language, "doctor", "cors-doctor")


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_the_series_keeps_to_the_budget_of_exchanges(
    reader: Callable[..., Reader], built: Path, address: str, part: str
) -> None:
    page = reader(built, f"{address}/{part}")
    assert page.scroll() <= EXCHANGES, page.packed
    form = "[data-slot=edit] > summary:visible"
    if page.page.locator(form).count():
        assert page.use(form) <= COMPARISONS + EXCHANGES + 5_120 + 512, page.packed


@pytest.mark.parametrize("path", ["doctor/", "ko/doctor/"])
def test_a_doctor_has_the_rules_the_messages_of_browsers_and_no_more(
    reader: Callable[..., Reader], built: Path, address: str, path: str
) -> None:
    page = reader(built, f"{address}/{path}")
    assert page.scroll() <= 43_008, page.packed


def _folder(language: str) -> str:
    return "posts/" if language == "en" else f"{language}/"
