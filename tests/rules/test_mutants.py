"""The mutation run on a tiny rule, and its two lists held against the rules as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import conformance
import pytest
from corpora.corpus import Answer, Corpus
from corpora.own import own_corpora
from example_rule import example
from mutation.mutants import Mutant, mutants_of
from mutation.run import killed_by, known_cases
from mutation.selection import rules_of
from mutation.survivors import listed, unlisted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from corpora.corpus import Way

    from pelican_cors_series.rules import Rule


def made(tmp_path: Path, text: str) -> list[str]:
    return [str(mutant).removeprefix("example") for mutant in mutants_of(example(tmp_path, f"def example{text}"))]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("a == b", ["a != b"]),
        ("len(a) < 3", ["len(a) <= 3"]),
        ("len(a) >= 3", ["len(a) > 3"]),
        ("a not in WORDS", ["a in WORDS"]),
        ("c is None", ["c is not None"]),
        ("not a == b", ["a == b", "a != b"]),
        ("d and a == b", ["d or a == b", "a != b"]),
        ("True", ["False"]),
        ("d", []),
    ],
)
def test_each_comparison_is_turned(tmp_path: Path, expression: str, expected: list[str]) -> None:
    found = made(tmp_path, f"(a: str, b: str, c: str | None, d: bool) -> bool:\n    return {expression}\n")
    assert [text.split(" → ")[1] for text in found] == expected


@pytest.mark.parametrize(
    ("signature", "body", "expected"),
    [
        (
            "(a: str) -> str | None",
            ["if ascii_lowercase(a).startswith('x'):  # 1", "    return None", "return a  # 2"],
            [
                "#1: ascii_lowercase(a).startswith('x') → False",
                "#1: ascii_lowercase(a).startswith('x') → True",
                "#2: a → ''",
                "#2: a → None",
            ],
        ),
        (
            "(a: str) -> str",
            ["b = a  # 1", "b = ascii_lowercase(b)  # 2", "return b  # 3"],
            ["#1: a → ''", "#2: b = ascii_lowercase(b) → pass", "#3: b → ''"],
        ),
        (
            "(a: list[str]) -> list[str]",
            ["b: list[str] = []  # 1", "for c in a:  # 2", "    b.append(c)  # 2.1", "return b  # 3"],
            ["#2: a → []", "#2.1: b.append(c) → pass", "#3: b → []"],
        ),
        (
            "(a: Shelf) -> bool",
            ["a.label = 'x'  # 1", "clear(a)  # 2", "return a.full  # 3"],
            ["#1: a.label = 'x' → pass", "#2: clear(a) → pass", "#3: a.full → False", "#3: a.full → True"],
        ),
        (
            "(a: bool, b: bool) -> bool",
            ["if (", "    a  # 1.a", "    or b  # 1.b", "):  # 1", "    return False", "return True  # 2"],
            [
                "#1: a or b → a and b",
                "#1: False → True",
                "#2: True → False",
                *("#1.a: a → False", "#1.a: a → True", "#1.b: b → False", "#1.b: b → True"),
                *("#1: a or b → False", "#1: a or b → True"),
            ],
        ),
        ("(a: bool) -> bool", ["assert a  # 1", "return True  # 2"], ["#2: True → False"]),
        (
            "(a: bool) -> Relation",
            ["return 'same-site'  # 1"],
            [f"#1: 'same-site' → '{it}'" for it in ("same-origin", "schemelessly-same-site", "cross-site")],
        ),
    ],
)
def test_each_step_is_dropped(tmp_path: Path, signature: str, body: list[str], expected: list[str]) -> None:
    lines = "".join(f"    {line}\n" for line in body)
    assert sorted(made(tmp_path, f"{signature}:\n{lines}")) == sorted(expected)


def corpus_of(rule: Rule[..., object], *rows: tuple[str, object]) -> Corpus:
    def case(way: Way) -> Iterator[Answer]:
        for given, expected in rows:
            yield Answer("rows", given, way(rule, lambda given=given: (given,)) == expected)  # type: ignore[misc]

    return Corpus("rows", (), (case,))


def survivors(rule: Rule[..., object], *rows: tuple[str, object]) -> list[str]:
    cases = known_cases([corpus_of(rule, *rows)], [rule])
    found = [mutant for mutant in mutants_of(rule) if killed_by(mutant, rule, cases) is None]
    return [str(mutant).removeprefix("example") for mutant in found]


def test_a_row_that_answers_otherwise_kills_and_the_rule_is_as_before(tmp_path: Path) -> None:
    rule = example(tmp_path, "def example(a: str) -> bool:\n    return len(a) < 3  # 1\n")
    function = rule.function
    assert survivors(rule, ("a", True)) == ["#1: len(a) < 3 → len(a) <= 3", "#1: len(a) < 3 → True"]
    assert survivors(rule, ("a", True), ("aaa", False)) == []
    assert rule.function is function


def test_a_known_difference_that_goes_away_kills_too(tmp_path: Path) -> None:
    rule = example(tmp_path, "def example(a: str) -> bool:\n    return a == 'x'\n")
    assert survivors(rule, ("x", False)) == []


def test_what_raises_or_never_ends_is_killed(tmp_path: Path) -> None:
    body = "    count = 0\n    while count != len(a):\n        count = count + 1  # 1\n    return a[0:count]\n"
    assert survivors(example(tmp_path, f"def example(a: str) -> str:\n{body}"), ("ab", "ab")) == []
    asserting = example(tmp_path, "def example(a: str) -> str:\n    assert a != ''\n    return a\n")
    assert survivors(asserting, ("a", "a")) == []


def test_a_survivor_needs_a_reason_and_a_reason_a_survivor(tmp_path: Path) -> None:
    rule = example(tmp_path, "def example(a: str) -> bool:\n    return len(a) < 3  # 1\n")
    turned, *others = mutants_of(rule)
    assert unlisted([turned], [turned, *others], {}) == [f"survives without a reason: {turned}"]
    assert unlisted([turned], [turned, *others], {str(turned): "…"}) == []
    assert unlisted([], [turned, *others], {str(turned): "…"}) == [f"is listed and killed: {turned}"]


def test_rules_are_chosen_by_tier_group_module_and_name() -> None:
    assert [rule.name for rule in rules_of(["cors_check", "host_equals"])] == ["host_equals", "cors_check"]
    of_cors, core = ({rule.name for rule in rules_of(words)} for words in (["F"], []))
    assert {"cors_check", "cors_preflight_fetch", "is_for_key_origin_and_url"} <= of_cors < core
    with pytest.raises(LookupError, match="nonsense"):
        rules_of(["nonsense"])


@pytest.fixture(scope="module")
def core() -> list[Mutant]:
    return [mutant for rule in rules_of() for mutant in mutants_of(rule)]


def test_every_listed_survivor_is_a_mutant(core: list[Mutant]) -> None:
    assert set(listed()) <= {str(mutant) for mutant in core}


def test_the_committed_numbers_are_those_of_the_rules_as_they_are(core: list[Mutant]) -> None:
    written = conformance.committed()["mutants"]
    assert written["made"] == len(core) == len({str(mutant) for mutant in core}), "make mutants writes them anew"
    assert written["killed"] == sum(written["by"].values()) == len(core) - len(listed())


@pytest.mark.parametrize("name", ["is_origin_potentially_trustworthy", "headers_set", "location_url"])
def test_our_own_rows_alone_kill_every_mutant_of_a_rule_they_are_about(name: str) -> None:
    (rule,) = rules_of([name])
    cases = known_cases(own_corpora(), [rule])
    assert [str(mutant) for mutant in mutants_of(rule) if killed_by(mutant, rule, cases) is None] == []
