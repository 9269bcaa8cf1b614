"""What engines write to their consoles: every recorded line comes out, and what is left out has a reason."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from test_fetch_twins import scenarios

from pelican_cors_series.rules import all_rules, judge, judge_request, judge_sequence
from pelican_cors_series.rules.console import (
    FORMS,
    PLACEHOLDER,
    ConsoleBook,
    console_books,
    facts_of_the_decision,
)
from pelican_cors_series.rules.deviations import ENGINES, Engine, all_deviations
from pelican_cors_series.rules.request_scenario import RequestScenario, read_request_scenario, read_sequence_scenario
from pelican_cors_series.rules.request_verdict import RequestVerdict

# A row: a scenario and, by engine, the messages that stood in its console. The first line has the engines' versions.
CORPUS = Path(__file__).parent / "console_messages.jsonl.gz"
# Recorded lines that a scenario does not settle.
UNSETTLED = {
    "the body": re.compile(
        r"Failed to find a valid digest in the 'integrity' attribute .*"
        r"|None of the “sha256” hashes in the integrity attribute match .*"
        r"|Failed integrity metadata check\. .*"
    ),
    "mistakes in the integrity attribute itself": re.compile(r"Error parsing 'integrity' attribute .*"),
    "the server's reason phrase": re.compile(r"Failed to load resource: the server responded with a status of .*"),
    "a random number": re.compile(r"Security Error: Content at moz-nullprincipal:.*"),
}
BODY = "no scenario holds the body whose digest is wrong, or right"
SPACES = "Chromium takes a host with a space in it"
OWN_SCHEMES = "Chromium writes the addresses of its own schemes with a slash at the end"
RAW_LOCATION = "engines take the bytes of a Location as they are, or as UTF-8, where the rules take code points"
LIBRARY = "the library below WebKitGTK has its own way with bytes beyond ASCII"
NO_LOCATION = "with redirect: error, the two take a redirect without Location for an ordinary response"
SCHEME_FIRST = "after a redirect WebKit looks at the scheme of the next one before it minds the wildcard"
TABLE = "Chromium names the first of several headers in its hash table, and that order is known for pairs alone"
KNOWN_DIFFERENCES = {
    BODY: {
        (f"integrity-{row}", engine)
        for row in (11, 13, 14, 15, "mismatch", "mismatch-own")
        for engine in ("chromium", "webkit")
    },
    SPACES: {(row, "chromium") for row in ("address-1", "address-2", "address-3", "address-11", "url-invalid-host")}
    | {("beyond-ascii-40", "chromium")},
    OWN_SCHEMES: {(f"scheme-{row}", "chromium") for row in (29, 30, 31, 32, 63, 64, 65, 66, 87, 88)},
    RAW_LOCATION: {(f"beyond-ascii-{row}", engine) for row in (33, 34) for engine in ("chromium", "firefox")},
    LIBRARY: {(f"beyond-ascii-{row}", "webkit") for row in (11, 12, 19, 20, 23, 24, 33, 36, 37)}
    | {("preflight-25", "webkit")},
    NO_LOCATION: {
        (row, engine)
        for row in ("redirect-56", "redirect-60", *(f"empty-location-{number}" for number in (10, 11, 12)))
        for engine in ("chromium", "webkit")
    },
    SCHEME_FIRST: {(f"location-scheme-{row}", "webkit") for row in (57, 65, 69)},
    TABLE: {("random-12-395", "chromium")},
}


@cache
def corpus() -> tuple[dict[str, Any], ...]:
    return tuple(map(json.loads, gzip.decompress(CORPUS.read_bytes()).decode("utf-8").splitlines()))


def by_its_own_rules(scenario: RequestScenario, engine: Engine) -> RequestVerdict:
    return judge_request(replace(scenario, engine=engine))


def settled(lines: list[str]) -> tuple[str, ...]:
    return tuple(line for line in lines if not any(pattern.fullmatch(line) for pattern in UNSETTLED.values()))


def test_every_recorded_line_comes_out_but_for_differences_that_have_a_name() -> None:
    differing = set()
    for row in corpus()[1:]:
        console = judge_request(read_request_scenario(row["scenario"])).console
        differing |= {
            (row["id"], engine) for engine, lines in row["console"].items() if console[engine] != settled(lines)
        }
    named = [place for places in KNOWN_DIFFERENCES.values() for place in places]
    assert differing == set(named)
    assert len(named) == len(set(named))
    assert len(corpus()) > 1000


def test_what_a_scenario_does_not_settle_was_recorded() -> None:
    lines = [line for row in corpus()[1:] for written in row["console"].values() for line in written]
    assert all(any(pattern.fullmatch(line) for line in lines) for pattern in UNSETTLED.values())


def test_the_recording_is_of_the_versions_that_the_deviations_are_of() -> None:
    seen = {engine: version for deviation in all_deviations() for engine, version in deviation.engines.items()}
    versions = corpus()[0]["versions"]
    assert versions.keys() == seen.keys() == set(ENGINES)
    assert all(versions[engine].startswith(version) for engine, version in seen.items())


def used_messages(engine: Engine) -> set[int]:
    """Give the places of an engine's messages that the recorded scenarios lead to."""
    book = console_books()[engine]
    used = {place for place, message in enumerate(book.messages) if message.passing}
    for row in corpus()[1:]:
        verdict = by_its_own_rules(read_request_scenario(row["scenario"]), engine)
        if engine in row["console"] and verdict.outcome == "network-error":
            message = book.blocking_message(facts_of_the_decision(verdict, book))
            used |= {place for place, known in enumerate(book.messages) if known is message}
    return used


@pytest.mark.parametrize("engine", ENGINES)
def test_every_message_was_seen(engine: Engine) -> None:
    unused = set(range(len(console_books()[engine].messages))) - used_messages(engine)
    assert [console_books()[engine].messages[place] for place in sorted(unused)] == []


def names_in(book: ConsoleBook) -> set[str]:
    texts = [*(phrase.text for phrase in book.phrases), *(line for row in book.messages for line in row.lines)]
    return {found["name"] for text in texts for found in PLACEHOLDER.finditer(text)}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_message_names_steps_facts_phrases_and_forms_that_exist(engine: Engine) -> None:
    book = console_books()[engine]
    verdict = by_its_own_rules(read_request_scenario(corpus()[1]["scenario"]), engine)
    facts = facts_of_the_decision(verdict, book).keys()
    steps = {f"{name}#{number}" for name, rule in all_rules().items() for number in rule.source.numbers.values()}
    asked = [name for row in (*book.phrases, *book.messages) for name in row.when]
    assert {place for message in book.messages for place in message.at} <= {*steps, *all_rules()}
    assert {*asked} <= facts
    assert names_in(book) <= {*facts, *(phrase.name for phrase in book.phrases)}
    assert {phrase.name for phrase in book.phrases} <= names_in(book)
    texts = [*(phrase.text for phrase in book.phrases), *(line for row in book.messages for line in row.lines)]
    forms = {found["form"] for text in texts for found in PLACEHOLDER.finditer(text)}
    assert forms <= {None, *FORMS}
    assert not [text for text in texts if re.search(r"[{}]", PLACEHOLDER.sub("", text))]


@given(scenario=scenarios)
@settings(max_examples=300, deadline=None)
def test_an_engine_writes_why_it_blocks_and_nothing_of_what_it_gives(scenario: RequestScenario) -> None:
    console = judge_request(scenario).console
    assert console.keys() == set(ENGINES)
    for engine in ENGINES:
        verdict = by_its_own_rules(scenario, engine)
        book = console_books()[engine]
        remarks = (*book.passing_lines(verdict),)
        assert all(line.startswith("Cross-Origin Request Warning: ") for line in remarks)
        if verdict.outcome != "network-error":
            assert console[engine] == remarks
            continue
        facts = facts_of_the_decision(verdict, book)
        message = book.blocking_message(facts)
        assert message is not None
        assert console[engine] == (*remarks, *book.lines(message, facts))
        assert len(console[engine]) == len(remarks) + len(message.lines)


def test_whichever_engine_judges_all_three_consoles_are_shown() -> None:
    scenario = {
        "page": "https://app.example/",
        "request": {"url": "https://api.example/items", "headers": {"Authorization": "Bearer t"}},
        "preflight": {
            "status": 204,
            "headers": {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*"},
        },
        "response": {"status": 200},
    }
    consoles = [judge({**scenario, "engine": engine}).as_json()["console"] for engine in ("standard", *ENGINES)]
    assert all(console == consoles[0] for console in consoles)
    assert [line.split(" ")[1] for line in consoles[0]["firefox"]] == ["Request", "Request"]
    assert all(type(lines) is list and lines for lines in consoles[0].values())


def test_what_a_refused_constructor_throws_is_not_written_by_the_engine() -> None:
    verdict = judge({"page": "https://app.example/", "request": {"url": "https://u:p@api.example/"}})
    assert verdict.as_json()["console"] == {"chromium": [], "firefox": [], "webkit": []}


def test_in_a_sequence_the_preflight_cache_counts() -> None:
    allow = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "PUT", "Access-Control-Max-Age": "9"}
    put = {"page": "https://app.example/", "request": {"url": "https://api.example/x", "method": "PUT"}}
    first = {**put, "preflight": {"status": 204, "headers": allow}, "response": {"status": 200, "headers": allow}}
    second = {**put, "preflight": {"status": 404}, "response": {"status": 500}}
    verdict = judge_sequence(read_sequence_scenario({"exchanges": [first, second]}))
    alone = judge(second)
    assert "Status code: 404" in alone.as_json()["console"]["firefox"][0]
    assert "Status code: 500" in verdict.exchanges[1].console["firefox"][0]
    assert set(verdict.exchanges[0].console.values()) == {()}
