"""What the last run came to: its numbers fit together, and each difference has its sentence in every language."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from conftest import OWN_LANGUAGES

from pelican_cors_series.rules.conformance import (
    Corpus,
    Difference,
    by_reason,
    conformance,
    read_conformance,
    unexplained,
)
from pelican_cors_series.rules_page import SOURCES, reasons
from pelican_cors_series.text import load_text


def run(**changes: object) -> dict[str, Any]:
    corpus = {"name": "same_site", "sources": ["standards"], "rows": 3, "hold": 1, "languages": ["python"]}
    differences = [{"row": "a", "reason": "one"}, {"row": "b", "reason": "one"}]
    engine = {"engine": "chromium", "version": "156", "rows": 1, "hold": 0}
    return {
        "day": "2026-11-25",
        "corpora": [{**corpus, "differences": differences, **changes}],
        "engines": [{**engine, "differences": [{"row": "c", "reason": "two"}]}],
        "mutants": {"made": 5, "killed": 4},
    }


def test_the_form_of_a_run_is_read() -> None:
    found = read_conformance(run())
    same_site = (Difference("a", "one"), Difference("b", "one"))
    assert found.corpora == (Corpus("same_site", ("standards",), 3, 1, ("python",), same_site),)
    assert (found.engines[0].engine, found.engines[0].version, found.engines[0].hold) == ("chromium", "156", 0)
    assert (found.day, found.mutants.made, found.mutants.killed) == ("2026-11-25", 5, 4)


@pytest.mark.parametrize("hold", [0, 2, 3])
def test_a_row_that_neither_holds_nor_has_a_reason_is_refused(hold: int) -> None:
    with pytest.raises(ValueError, match="same_site: of 3 rows"):
        read_conformance(run(hold=hold))


def test_rows_are_gathered_by_their_reason_the_most_common_first() -> None:
    differences = [Difference("a", "rare"), Difference("b", "common"), Difference("c", "common")]
    assert list(by_reason(differences).items()) == [("common", ("b", "c")), ("rare", ("a",))]


def test_a_reason_without_a_sentence_is_named_with_its_rows() -> None:
    found = read_conformance(run())
    assert list(unexplained(found, ["one", "two"])) == []
    assert list(unexplained(found, [])) == [
        "same_site differs in a, b for the reason one, which has no sentence",
        "chromium differs in c for the reason two, which has no sentence",
    ]


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_every_reason_of_the_last_run_has_its_sentence(language: str) -> None:
    words = load_text(language).words
    assert list(unexplained(conformance(), reasons(words))) == []


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_everything_that_the_last_run_names_has_a_name_for_readers(language: str) -> None:
    words, found = load_text(language).words["rules_page"], conformance()
    assert {corpus.name for corpus in found.corpora} <= words["corpus"].keys()
    assert {source for corpus in found.corpora for source in corpus.sources} <= words["source"].keys()
    assert {each for corpus in found.corpora for each in corpus.languages} <= words["language"].keys()
    assert {engine.engine for engine in found.engines} <= words["engine"].keys()
    assert SOURCES.keys() <= words["source"].keys()


def test_the_last_run_has_a_day_and_rows() -> None:
    found = conformance()
    assert date.fromisoformat(found.day).isoformat() == found.day
    assert sum(corpus.rows for corpus in found.corpora) > 100
    assert all(corpus.languages and corpus.sources for corpus in found.corpora)
