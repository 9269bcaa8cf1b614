"""How much of the standards is modelled: what is counted, held against the inventory that others made."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import pytest
from conftest import shared

from pelican_cors_series.rules import coverage, inventory
from pelican_cors_series.rules.coverage import Count, counted_algorithms, covered, covered_groups, scopes, total
from pelican_cors_series.rules.inventory import Algorithm, StepFact


def core_and_all() -> tuple[Count, Count]:
    groups = covered_groups()
    core = total(group.counts["core"] for group in groups if "core" in group.counts)
    return core, total(count for group in groups for count in group.counts.values())


def test_the_scope_is_what_the_shared_inventory_counts() -> None:
    algorithms: Counter[tuple[str, str]] = Counter()
    steps: Counter[tuple[str, str]] = Counter()
    for entry in json.loads(shared("standards", "inventory.json").read_text("utf-8")):
        place = (entry["group"], entry["tier"])
        algorithms[place] += 1
        steps[place] += sum(role != "X" for _, _, _, role in entry["rows"])
    assert {(scope.group, scope.tier): (scope.algorithms, scope.steps) for scope in scopes()} == {
        place: (algorithms[place], steps[place]) for place in steps
    }
    assert [scope.group[0] for scope in scopes() if scope.host] == ["A"]


def test_what_is_modelled_and_what_is_left_out_are_of_766_and_of_1166() -> None:
    core, everything = core_and_all()
    assert (core.total, everything.total) == (766, 1166)
    assert core.remaining == 0
    assert core.carried > 600
    assert core.carried + core.left_out <= everything.carried + everything.left_out <= everything.total


def test_each_algorithm_counts_the_rows_that_the_shared_inventory_has_of_it() -> None:
    original = json.loads(shared("standards", "inventory.json").read_text("utf-8"))
    expected = {entry["id"]: sum(role != "X" for _, _, _, role in entry["rows"]) for entry in original}
    ours: Counter[str] = Counter()
    for group in covered_groups():
        for each in group.algorithms:
            assert each.count.remaining == 0
            ours[each.algorithm.of or each.algorithm.id] += each.count.total
    assert ours == {name: expected[name] for name in ours}
    assert counted_algorithms() == (len(ours), sum(not entry["group"].startswith("A.") for entry in original))


def test_plumbing_counts_nowhere_and_what_is_left_out_keeps_its_reason() -> None:
    steps = {
        "1": StepFact("S", "D"),
        "2": StepFact("S", "X"),
        "3": StepFact("S", "V", "why"),
        "3.1": StepFact("S", "A", "why"),
        "4": StepFact("S", "X", "it is none of this"),
    }
    found = covered(Algorithm("x", "B. Origins and sites", "core", "x", "https://x.example/", steps=steps))
    assert found.count == Count(carried=1, left_out=2, total=3)
    assert found.reasons == {"why": ("3", "3.1")}


def test_a_group_without_a_rule_is_whole_and_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {name: each for name, each in inventory.inventory().items() if not each.group.startswith("F.")}
    monkeypatch.setattr(coverage, "inventory", lambda: known)
    (cors,) = [group for group in covered_groups() if group.name.startswith("F.")]
    assert (cors.algorithms, cors.counts) == ((), {"core": Count(0, 0, 52)})
    assert core_and_all()[0].remaining == 52


def test_what_is_modelled_is_counted_and_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    before, _ = core_and_all()
    known = inventory.inventory()
    check = known["cors_check"]
    known["cors_check"] = replace(check, steps={**check.steps, "1": replace(check.steps["1"], left_out="a reason")})
    monkeypatch.setattr(coverage, "inventory", lambda: known)
    after, _ = core_and_all()
    assert (after.carried, after.left_out) == (before.carried - 1, before.left_out + 1)
