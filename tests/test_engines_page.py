"""The page of the engines: every deviation with all that proves it, in each language, and the ways that lead there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from conftest import OWN_LANGUAGES, Site

from pelican_cors_series.cli import main
from pelican_cors_series.engines_page import engines_page
from pelican_cors_series.rules import judge_request, read_request_scenario
from pelican_cors_series.rules.conformance import Conformance, Mutants, conformance
from pelican_cors_series.rules.deviations import ENGINES, TOPICS, all_deviations, deviations_of, last_sighting
from pelican_cors_series.rules.inventory import inventory
from pelican_cors_series.text import load_text, step_name

PREFIX = {"en": "", "ko": "ko/"}
# Chromium, Firefox and WebKit let it through, the Standard does not.
FENCE = """```cors-exchange
page: https://app.example/
request: {url: https://api.example/items, headers: {Authorization: Bearer t}}
preflight: {status: 204, headers: {Access-Control-Allow-Origin: "*", Access-Control-Allow-Headers: "*"}}
response: {status: 200, headers: {Access-Control-Allow-Origin: "*"}}
```
"""
WHY = "authorization-by-wildcard"


def page(built: Path, language: str) -> BeautifulSoup:
    file = built / PREFIX[language] / "engines/index.html"
    return BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")


def only(parent: Tag, selector: str) -> Tag:
    (found,) = parent.select(selector)
    return found


def test_each_deviation_has_an_engine_with_its_version_a_topic_a_step_and_a_scenario() -> None:
    for deviation in all_deviations():
        assert deviation.engines
        assert all(last_sighting().versions[engine].startswith(v) for engine, v in deviation.engines.items())
        assert deviation.topic in TOPICS
        assert deviation.reads
        assert read_request_scenario(dict(deviation.scenario)).engine == "standard"


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_each_deviation_has_its_title_and_its_sentence(language: str) -> None:
    words = load_text(language).words
    ids = {deviation.id for deviation in all_deviations()}
    assert words["deviation_titles"].keys() == words["deviations"].keys() == ids
    titles = list(words["deviation_titles"].values())
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_every_deviation_stands_there_with_all_that_proves_it(built: Path, language: str) -> None:
    text = load_text(language)
    entries = {str(entry["id"]): entry for entry in page(built, language).select("main article")}
    assert entries.keys() == {deviation.id for deviation in all_deviations()}
    for deviation in all_deviations():
        entry, words = entries[deviation.id], entries[deviation.id].get_text()
        assert only(entry, "h3").get_text() == text(f"deviation_titles.{deviation.id}")
        assert text(f"deviations.{deviation.id}") in words
        names = [text(f"rules_page.engine.{engine}") for engine in deviation.engines]
        shown = [f"{name} {version}" for name, version in zip(names, deviation.engines.values(), strict=True)]
        assert [span.get_text() for span in entry.select(".who span")] == shown
        links = entry.select(".steps a")
        steps = [step.split("#") for step in deviation.reads]
        assert [link.get_text() for link in links] == [
            step_name(inventory()[rule].name, number, text) for rule, number in steps
        ]
        assert all("#" in str(link["href"]) for link in links)
        scenario = read_request_scenario(dict(deviation.scenario))
        assert f'fetch("{scenario.request.url}"' in only(entry, "details").get_text()
        answers = [answer for hop in scenario.server for answer in (hop.preflight, hop.response) if answer]
        assert len(entry.select("details pre")) == 1 + len(answers)


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_what_the_standard_says_and_what_each_engine_does_stand_side_by_side_and_differ(
    built: Path, language: str
) -> None:
    text = load_text(language)
    for deviation in all_deviations():
        comings = only(page(built, language), f'article[id="{deviation.id}"] .comings').find_all("div")
        said = [only(coming, "dd").get_text("\n", strip=True) for coming in comings]
        assert len(set(said)) == len(said) > 1, deviation.id
        assert comings[0].dt.get_text() == text("engines_page.by_the_standard")
        for engine in deviation.engines:
            verdict = judge_request(read_request_scenario({**deviation.scenario, "engine": engine}))
            name = text(f"rules_page.engine.{engine}")
            (theirs,) = [coming for coming in comings[1:] if name in coming.dt.get_text()]
            assert text(f"explain.outcome.{verdict.outcome}") in theirs.dd.get_text()


def test_engines_that_do_the_same_stand_together(built: Path) -> None:
    comings = only(page(built, "en"), f"#{WHY} .comings").find_all("div")
    assert [coming.dt.get_text() for coming in comings] == [
        "By the Standard",
        "Chromium 156, Firefox 153, WebKitGTK 2.50.6",
    ]
    assert [len(coming.select("li")) for coming in comings] == [1, 2]


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_its_contents_lead_to_every_entry_and_every_address_on_it_is_unique(built: Path, language: str) -> None:
    found = page(built, language)
    ids = [str(each["id"]) for each in found.select("[id]")]
    assert len(set(ids)) == len(ids)
    targets = [str(link["href"])[1:] for link in found.select(".entries a")]
    assert set(targets) <= set(ids)
    assert {each.id for each in all_deviations()} <= set(targets)


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_its_counts_are_those_of_the_data(built: Path, language: str) -> None:
    known = {each.id for each in all_deviations()}
    rows = page(built, language).select("main table tbody tr")
    assert len(rows) == len(ENGINES)
    for row, run in zip(rows, conformance().engines, strict=True):
        unexplained = {each.row for each in run.differences if each.reason not in known}
        numbers = [int(re.sub(r"\D", "", cell.find(string=True) or "")) for cell in row.select("td")]
        name = next(engine for engine in ENGINES if engine == run.engine)
        assert numbers == [len(deviations_of(name)), run.hold, run.rows - len(unexplained)]
        assert last_sighting().versions[name] in row.get_text()


def test_without_observations_it_says_no_number() -> None:
    rows = engines_page(load_text("en"), Conformance("2026-11-25", (), (), Mutants(0, 0))).engines
    assert [(row.rows, row.hold, row.with_deviations) for row in rows] == [(0, 0, 0)] * len(ENGINES)


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_it_says_what_it_is_to_those_who_search(built: Path, language: str) -> None:
    found = page(built, language)
    description = str(only(found, "meta[name=description]")["content"])
    assert str(len(all_deviations())) in description
    assert only(found, "h1").get_text() in only(found, "title").get_text()
    assert {str(link["hreflang"]) for link in found.select("link[hreflang]")} == {"en", "ko", "x-default"}
    sitemap = (built / "sitemap.xml").read_text(encoding="utf-8")
    assert f"/{PREFIX[language]}engines/</loc>" in sitemap


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_the_page_of_the_rules_says_how_many_there_are_and_leads_there(built: Path, language: str) -> None:
    file = built / PREFIX[language] / "rules/index.html"
    rules = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
    section = rules.select_one("section:has(> #otherwise)")
    assert section is not None
    said = [int(number) for number in re.findall(r"\d+", section.get_text())]
    assert said == [len(all_deviations()), *(len(deviations_of(engine)) for engine in ENGINES)]
    address = f"/{PREFIX[language]}engines/"
    assert [str(link["href"]) for link in section.select("a")] == [address]
    # The reasons why observed rows differ lead to the entries.
    entries = {str(link["href"]).removeprefix(f"{address}#") for link in rules.select(f'a[href^="{address}#"]')}
    runs = (*conformance().engines, *conformance().corpora)
    reasons = {each.reason for run in runs for each in run.differences}
    assert entries == reasons & {each.id for each in all_deviations()}


@pytest.mark.parametrize(
    ("settings", "links"),
    [
        ("", {"en": f"/engines/#{WHY}", "ko": f"/ko/engines/#{WHY}"}),
        ('SITEURL = "https://blog.example/cors"', {"en": f"/cors/engines/#{WHY}", "ko": f"/cors/ko/engines/#{WHY}"}),
        ("CORS_SERIES_RULES_PAGE = False", {"en": None, "ko": None}),
    ],
    ids=["at the root", "below a path", "not wanted"],
)
def test_a_widget_leads_from_an_engine_to_what_it_does_otherwise(
    site: Site, settings: str, links: dict[str, str | None]
) -> None:
    for language in links:
        site.part(f"{language}/2023-06-13-a.md", FENCE, lang=language, lng_pair="id_a")
    site.configure(settings)
    run = site.pelican()
    assert run.returncode == 0, run.stderr
    for language, address in links.items():
        found = BeautifulSoup(site.page(f"{PREFIX[language] or 'posts/'}2023-06-13-a.html"), "html.parser")
        lines = found.select(f'li[data-deviation="{WHY}"]')
        assert len(lines) == len(ENGINES)
        assert [line.a and str(line.a["href"]) for line in lines] == [address] * len(ENGINES)
        there = site.root / f"output/{PREFIX[language]}engines/index.html"
        assert there.is_file() is (address is not None)
        assert address is None or f'id="{WHY}"' in there.read_text(encoding="utf-8")


def test_explain_names_what_an_entry_stands_under(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("\n".join(FENCE.splitlines()[1:-1]), encoding="utf-8")
    assert main(["explain", str(file)]) == 0
    assert capsys.readouterr().out.count(f"({WHY})") == len(ENGINES)
