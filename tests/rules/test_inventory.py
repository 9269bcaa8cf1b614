"""The rules held against the Standard's steps, and each step against its sentences."""

from __future__ import annotations

import json
import string
import tomllib
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from conftest import shared

from pelican_cors_series.rules import all_rules, inventory
from pelican_cors_series.rules.inventory import StepFact, standards, verify
from pelican_cors_series.rules.static_types import BOOL, NONE, described, fields_of, hints
from pelican_cors_series.rules.subset import checked

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("en", "ko")


def sentences(language: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("pelican_cors_series.text").joinpath(f"steps.{language}.toml").read_text("utf-8"))


def each_sentence(language: str) -> Iterator[tuple[str, str, str, str]]:
    """Give rule, number, key (empty where there is no choice) and text of each sentence."""
    for name, numbers in sentences(language).items():
        for number, choice in numbers.items():
            for key, text in {"": choice}.items() if isinstance(choice, str) else choice.items():
                yield name, number, key, text


def test_every_number_is_in_the_inventory_and_every_step_has_its_sentences() -> None:
    assert verify({language: sentences(language) for language in LANGUAGES}) == []


def test_what_is_wrong_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    known = inventory.inventory()
    steps = {**known["host_equals"].steps, "2": StepFact("S", "D")}
    changed = {**known, "host_equals": replace(known["host_equals"], steps=steps, url="https://other.example/")}
    changed["same_site_of_two_origins"] = replace(known["same_site_of_two_origins"], steps={})
    del changed["effective_domain"]
    monkeypatch.setattr(inventory, "inventory", lambda: changed)
    lacking = {**sentences("en"), "obtain_a_site": {"1": "…", "9": "…"}}
    assert verify({"en": lacking}) == [
        "host_equals points at https://url.spec.whatwg.org/#concept-host-equals, the inventory at https://other.example/",
        "host_equals#2 has no line",
        "effective_domain is not in the inventory",
        *(f"same_site_of_two_origins#{number} is not in the inventory" for number in "1234"),
        "obtain_a_site#2 has no sentence in en",
        "obtain_a_site#3 has no sentence in en",
        "obtain_a_site#9 has a sentence in en and no line",
    ]


def test_our_copy_of_the_inventory_says_what_the_original_says() -> None:
    original = {entry["id"]: entry for entry in json.loads(shared("standards", "inventory.json").read_text("utf-8"))}
    bundles: dict[str, dict[str, tuple[str, str]]] = {}
    for name, algorithm in inventory.inventory().items():
        entry = original[algorithm.of or name]
        assert (algorithm.group, algorithm.tier) == (entry["group"], entry["tier"])
        assert algorithm.of or (algorithm.name, algorithm.url) == (entry["name"], entry["url"])
        steps = {number: (fact.kind, fact.role) for number, fact in algorithm.steps.items()}
        bundle = bundles.setdefault(entry["id"], {})
        assert not bundle.keys() & steps.keys(), f"{name} repeats a number of {entry['id']}"
        bundle.update(steps)
    for name, steps in bundles.items():
        rows = {number: (kind, role) for kind, number, _, role in original[name]["rows"]}
        counted = {number: fact for number, fact in rows.items() if fact[1] != "X"}
        # A row that the inventory leaves out as plumbing may still have a line here, and then says so.
        assert steps == counted | {number: rows[number] for number in steps.keys() & rows.keys()}, name


def test_every_core_algorithm_has_its_rule() -> None:
    original = json.loads(shared("standards", "inventory.json").read_text("utf-8"))
    wanted = {entry["id"] for entry in original if not entry["group"].startswith("A.") and entry["tier"] == "core"}
    ours = {algorithm.of or name: algorithm.tier for name, algorithm in inventory.inventory().items()}
    assert wanted <= set(ours)
    assert {name for name, rule in all_rules().items() if rule.standard} == set(inventory.inventory())


def test_every_rule_stands_in_a_standard_whose_state_is_pinned() -> None:
    pinned = [standard.url for standard in standards()]
    assert all(rule.url.startswith(tuple(pinned)) for rule in all_rules().values() if rule.url)
    assert all(standard.commit or standard.day for standard in standards())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_placeholder_of_a_sentence_is_something_that_the_step_saw(language: str) -> None:
    for name, number, _, text in each_sentence(language):
        function = all_rules()[name].function
        given = {key: kind for key, kind in hints(function, function.__globals__).items() if key != "return"}
        for _, placeholder, form, conversion in string.Formatter().parse(text):
            if placeholder in (None, "value"):
                continue
            first, *rest = placeholder.split(".")
            assert first in given, f"{name}#{number}: {placeholder}"
            assert all(rest[0] in fields_of(kind.record) for kind in given[first] - NONE if rest and kind.record)
            assert (len(rest) < 2, form, conversion) == (True, "", None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_of_a_sentence_fits_the_values_that_its_step_takes(language: str) -> None:
    values = {}
    for name, rule in all_rules().items():
        types = checked(rule).types
        values |= {(name, number): types[node] for node, number in rule.source.numbers.items()}
    for name, numbers in sentences(language).items():
        for number, choice in numbers.items():
            keys = set() if isinstance(choice, str) else set(choice)
            found = values[name, number]
            about = f"{name}#{number} is {described(found)} and has {keys}"
            assert found != BOOL or keys in (set(), {"true", "false"}), about
            assert found == BOOL or not keys or "else" in keys, about
            assert "null" not in keys or found >= NONE, about


def test_the_languages_choose_by_the_same_values() -> None:
    english, korean = ({row[:3] for row in each_sentence(language)} for language in LANGUAGES)
    assert english == korean


def test_a_sentence_that_names_what_its_rule_is_not_given_is_found() -> None:
    found = verify({"xx": {"same_origin": {"2": {"true": "{a.scheme}", "false": "{nope}"}}}})
    assert "same_origin#2 in xx names {nope}, which its rule is not given" in found
    assert not [each for each in found if "{a" in each]
