"""Rows that nobody here wrote hold in both languages or differ for a known reason, and the site's data say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import conformance
import pytest
from conftest import shared
from corpora import exchanges, foreign_corpora
from corpora.corpus import Answer, one_case_a_row, plainly, read_rows
from corpora.known_differences import links, unexplained

from pelican_cors_series.rules.deviations import all_deviations

if TYPE_CHECKING:
    from corpora.corpus import Corpus


@pytest.fixture(scope="module")
def corpora() -> list[Corpus]:
    return foreign_corpora(shared("cases").parent)


@pytest.fixture(scope="module")
def answers(corpora: list[Corpus]) -> dict[str, list[Answer]]:
    return conformance.answers_of(corpora)


def test_every_row_holds_in_both_languages_or_differs_for_a_known_reason(answers: dict[str, list[Answer]]) -> None:
    every = [answer for given in answers.values() for answer in given]
    assert unexplained(every) == []
    assert len(every) == len({answer[:2] for answer in every}) > 4000


def test_every_reason_has_a_row_and_says_where_it_is_discussed(answers: dict[str, list[Answer]]) -> None:
    found = {answer.reason for given in answers.values() for answer in given if not answer.holds}
    assert set(links()) <= found <= set(links()) | {deviation.id for deviation in all_deviations()}


def test_every_corpus_answers(answers: dict[str, list[Answer]]) -> None:
    assert [name for name, given in answers.items() if not given] == []


def test_the_committed_result_is_what_a_run_gives(corpora: list[Corpus], answers: dict[str, list[Answer]]) -> None:
    written, fresh = conformance.committed(), conformance.measured(corpora, answers)
    for group in fresh:
        for was, now in zip(written[group], fresh[group], strict=True):
            # Where other rows lie there than those of that run, only their reasons count.
            assert was == now or was["rows"] != now["rows"], "make conformance writes it anew"


def test_every_file_of_rows_is_run() -> None:
    files = {file.stem for file in shared("cases").glob("*.jsonl")}
    run = {corpus.name for corpus in foreign_corpora(shared("cases").parent)}
    assert run == files | {"engines"}


def test_a_row_that_says_something_else_does_not_hold() -> None:
    rows = [{**row, "expect": not row["expect"]} for row in read_rows(shared("cases", "cors_check.jsonl"))]
    corpus = one_case_a_row("cors_check", rows, exchanges.cors_check)
    assert not any(answer.holds for case in corpus.cases for answer in case(plainly))


def test_a_difference_needs_a_reason() -> None:
    answers = [Answer("a", "a-1", False, lambda: "some-reason"), Answer("a", "a-2", True), Answer("b", "b-1", False)]
    assert unexplained(answers) == ["b, b-1 does not hold, and no reason is known"]
