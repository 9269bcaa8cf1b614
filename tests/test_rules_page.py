"""The page of the rules: its numbers are the data's, in each language, and it is there where verdicts are."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import OWN_LANGUAGES, ROOT, Site
from jinja2 import Environment, FileSystemLoader

from pelican_cors_series.rules.conformance import Conformance, Mutants, conformance, read_conformance
from pelican_cors_series.rules.coverage import covered_groups, total
from pelican_cors_series.rules.inventory import inventory, standards, verify_reasons
from pelican_cors_series.rules_page import rules_page
from pelican_cors_series.settings import read_settings
from pelican_cors_series.text import load_text
from pelican_cors_series.views import Views

PREFIX = {"en": "", "ko": "ko/"}
FENCE = "```origin-compare\na: null\nb: null\n```\n"
RUN = {
    "day": "2026-11-25",
    "corpora": [
        {
            "name": "same_site",
            "sources": ["standards", "nobody"],
            "rows": 1234,
            "hold": 1233,
            "languages": ["python"],
            "differences": [{"row": "<row>", "reason": "suffix-dropped"}],
        },
    ],
    "engines": [
        {
            "engine": "chromium",
            "version": "156",
            "rows": 2,
            "hold": 0,
            "differences": [{"row": "r-1", "reason": "unheard-of"}, {"row": "r-2", "reason": "unheard-of"}],
        },
    ],
    "mutants": {"made": 2000, "killed": 1999},
}


def soup(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


def page(built: Path, language: str) -> BeautifulSoup:
    return soup((built / PREFIX[language] / "rules/index.html").read_text(encoding="utf-8"))


def rendered(site: Site, run: Conformance, language: str = "en") -> BeautifulSoup:
    """The page of another run, by the theme alone."""
    settings, _ = read_settings({"CORS_SERIES_LANGUAGES": {"en": {}, "ko": {}}, "DEFAULT_LANG": "en"}, "")
    view = Views(site.tree(), settings, "/theme", ROOT / "theme").of_rules(language)
    view = replace(view, rules=rules_page(view.text, run))
    environment = Environment(loader=FileSystemLoader(ROOT / "theme/templates"), autoescape=False)  # noqa: S701 - as Pelican does
    return soup(environment.get_template("rules.html").render(view=view))


def numbers(text: str) -> list[int]:
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", text)]


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_its_figures_are_what_the_inventory_and_the_run_count(built: Path, language: str) -> None:
    steps = [fact for each in inventory().values() for fact in each.steps.values() if fact.role != "X"]
    core = [
        fact
        for each in inventory().values()
        if each.tier == "core"
        for fact in each.steps.values()
        if fact.role != "X" and not fact.left_out
    ]
    corpora = conformance().corpora
    figures = [numbers(figure.get_text()) for figure in page(built, language).select(".figures dd")]
    assert figures[:3] == [
        [len(core), 766],
        [sum(not fact.left_out for fact in steps), 1166],
        [sum(corpus.hold for corpus in corpora), sum(corpus.rows for corpus in corpora)],
    ]
    legend = [numbers(each.get_text())[0] for each in page(built, language).select(".legend dd")]
    remaining = 1166 - len(steps)
    struck_off = sum(fact.left_out is not None for fact in steps)
    assert legend == [len(steps) - struck_off, struck_off, *([remaining] if remaining else [])]


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_it_lists_every_algorithm_with_its_steps_and_why_some_are_left_out(built: Path, language: str) -> None:
    found = page(built, language)
    rows = found.select(".algorithms > li")
    assert [str(row.select_one("a")["href"]) for row in rows] == [  # type: ignore[index]
        each.algorithm.url
        for group in covered_groups()
        for each in sorted(group.algorithms, key=lambda each: each.algorithm.tier)
    ]
    by_address = {str(row.select_one("a")["href"]): row for row in rows}  # type: ignore[index]
    check = by_address["https://fetch.spec.whatwg.org/#concept-http-fetch"]
    steps = [fact for fact in inventory()["http_fetch"].steps.values() if fact.role != "X"]
    assert numbers(check.select_one(".count").get_text()) == [  # type: ignore[union-attr]
        sum(not fact.left_out for fact in steps),
        len(steps),
    ]
    reason = "a scenario has no service worker"
    assert load_text(language).words.get("left_out", {}).get(reason, reason) in check.get_text()
    assert "3.5.7.e" in check.get_text()
    assert "~" not in found.select_one("main").get_text()  # type: ignore[union-attr]


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_each_group_stands_with_its_tiers_and_an_empty_one_says_so(built: Path, language: str) -> None:
    text = load_text(language)
    sections = page(built, language).select("section.group[id]")
    for group, section in zip(covered_groups(), sections, strict=True):
        letter = group.name[0]
        assert section["id"] == f"group-{letter.lower()}"
        assert section.h3 is not None
        assert section.h3.get_text() == text.words["rules_page"]["group"][letter]
        spans = [sorted(numbers(span.get_text())) for span in section.select(".facts span")]
        assert spans == [sorted([count.carried, count.total]) for count in group.counts.values()]
        assert (text("rules_page.nothing_yet") in section.get_text()) is not bool(group.algorithms)


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_the_bar_of_a_group_is_as_long_as_its_numbers(built: Path, language: str) -> None:
    for group, bar in zip(covered_groups(), page(built, language).select("svg.bar"), strict=True):
        count = total(group.counts.values())
        assert str(bar["viewbox"]) == f"0 0 {count.total} 1"
        assert [int(str(rect["width"])) for rect in bar.select("rect")] == [count.carried, count.left_out]


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_it_says_which_state_of_each_standard_was_read(built: Path, language: str) -> None:
    text = page(built, language).select("section")[-1].get_text()
    for standard in standards():
        assert standard.name in text
        assert (standard.commit or standard.name) in text
        assert not standard.day or re.search(standard.day[:4] if language == "en" else standard.day[:4] + "년", text)


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_every_page_leads_to_it_in_its_own_language(built: Path, language: str) -> None:
    pages = [path for path in built.rglob("*.html") if path.relative_to(built).parts[0] == "ko"]
    if language == "en":
        pages = sorted(set(built.rglob("*.html")) - set(pages))
    assert len(pages) > 4
    for path in pages:
        found = soup(path.read_text(encoding="utf-8"))
        if found.select("meta[http-equiv=refresh]") or path.name == "frame.html":
            continue
        links = [str(link["href"]) for link in found.select(".site-footer nav a")]
        assert f"/{PREFIX[language]}rules/" in links


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_engines_and_broken_rules_are_told_of_where_a_run_has_them(site: Site, language: str) -> None:
    found = rendered(site, read_conformance(RUN), language)
    (row,) = found.select("table.runs tr:has(+ .differing)")
    assert [numbers(cell.get_text())[0] for cell in row.select("td")] == [1234, 1233]
    assert load_text(language).words["conformance"]["reasons"]["suffix-dropped"] in found.get_text()
    assert [code.get_text() for code in found.select(".deviations code")] == ["<row>", "r-1", "r-2"]
    text = found.select_one("main").get_text()  # type: ignore[union-attr]
    assert "Chromium 156" in text
    # What has no words yet stands under its own name, and no reader gets a page that breaks off.
    assert "unheard-of" in text
    assert "nobody" in text
    assert "2,000" in text
    assert "1,999" in text
    assert found.select_one("#engines, #mutants") is not None


def test_what_a_run_does_not_have_is_not_told_of(site: Site) -> None:
    found = rendered(site, Conformance("2026-11-25", (), (), Mutants(0, 0)))
    assert [str(heading["id"]) for heading in found.select("h2")] == ["steps", "otherwise", "standards"]
    assert len(found.select(".figures dd")) == 2


def test_the_language_of_a_suite_stands_beside_it_where_they_differ(site: Site) -> None:
    run = read_conformance(RUN)
    (corpus,) = run.corpora
    both = replace(run, corpora=(corpus, replace(corpus, languages=("python", "javascript"))))
    assert [row.get_text() for row in rendered(site, both).select("table.runs small")] == [
        "examples in the standards, nobody · Python",
        "examples in the standards, nobody · Python, JavaScript",
    ]


@pytest.mark.parametrize(
    ("body", "keys", "settings", "there"),
    [
        (FENCE, {}, "", True),
        ("Text.\n", {}, "", False),
        (FENCE, {"status": "draft"}, "", False),
        (FENCE, {}, "CORS_SERIES_RULES_PAGE = False", False),
    ],
    ids=["verdicts", "no verdicts", "a draft's verdicts", "not wanted"],
)
def test_it_is_there_where_readers_meet_verdicts_and_the_author_wants_it(
    site: Site, body: str, keys: dict[str, object], settings: str, *, there: bool
) -> None:
    site.part("2023-06-13-a.md", body, **keys)
    site.part("2023-06-14-b.md")
    site.configure(settings)
    run = site.pelican()
    assert run.returncode == 0, run.stderr
    for prefix in PREFIX.values():
        assert (site.root / f"output/{prefix}rules/index.html").is_file() is there
        assert (f'href="/{prefix}rules/"' in site.page(f"{prefix}index.html")) is there


def test_below_a_path_its_addresses_carry_it(site: Site) -> None:
    site.part("2023-06-13-a.md", FENCE)
    site.configure('SITEURL = "https://blog.example/cors"')
    assert site.pelican().returncode == 0
    found = soup(site.page("ko/rules/index.html"))
    assert [str(link["href"]) for link in found.select("link[rel=canonical]")] == [
        "https://blog.example/cors/ko/rules/"
    ]
    assert "/cors/ko/rules/" in [str(link["href"]) for link in found.select(".site-footer nav a")]


def test_another_theme_builds_without_it(site: Site) -> None:
    site.part("2023-06-13-a.md", FENCE)
    site.configure('THEME = "simple"')
    assert site.pelican().returncode == 0
    assert not (site.root / "output/rules").exists()


@pytest.mark.parametrize("language", [code for code in OWN_LANGUAGES if code != "en"])
def test_every_reason_to_leave_a_step_out_has_its_sentence(language: str) -> None:
    assert verify_reasons({language: load_text(language).words["left_out"]}) == []


def test_a_reason_that_lacks_its_sentence_ends_the_build_and_so_does_a_sentence_that_lacks_its_reason(
    site: Site,
) -> None:
    own = ROOT / "pelican_cors_series/text/ko.toml"
    changed = own.read_text(encoding="utf-8").replace('"there is a cache" =', '"there is none" =')
    site.write("words/ko.toml", changed)
    site.part("2023-06-13-a.md")
    found = [each.message for each in site.tree(CORS_SERIES_TEXT="words").problems if each.severity == "error"]
    assert [message.partition(": ")[2] for message in found] == [
        "the reason “there is a cache” has no sentence in ko",
        "the reason “there is none” has a sentence in ko and leaves no step out",
    ]
