"""The page of the rules: what is modelled and what was run, counted and put into the words of a language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pelican_cors_series.locales import day_in_words
from pelican_cors_series.rules.conformance import by_reason, conformance, links
from pelican_cors_series.rules.coverage import counted_algorithms, covered_groups, scopes, total
from pelican_cors_series.rules.deviations import ENGINES, all_deviations, deviations_of
from pelican_cors_series.rules.inventory import standards
from pelican_cors_series.text import step_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pelican_cors_series.rules.conformance import Conformance, Corpus, Difference, Engine
    from pelican_cors_series.rules.coverage import Count, CoveredAlgorithm, CoveredGroup
    from pelican_cors_series.rules.inventory import Standard
    from pelican_cors_series.text import Text

# Where the suites of others are published, by the name that a run has for them.
SOURCES = {
    "wpt": "https://github.com/web-platform-tests/wpt",
    "gecko": "https://searchfox.org/mozilla-central/source/dom/security/test/cors",
    "psl": "https://github.com/publicsuffix/list/tree/main/tests",
}


@dataclass(frozen=True, slots=True)
class AlgorithmRow:
    """One algorithm of a standard. reasons: numbers of steps that were left out ("3.1, 3.2"), and why."""

    name: str
    url: str
    extended: bool
    count: Count
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group of algorithms. anchor: its id on the page. counts: (name of the tier, its steps)."""

    anchor: str
    name: str
    count: Count
    counts: tuple[tuple[str, Count], ...]
    algorithms: tuple[AlgorithmRow, ...]


@dataclass(frozen=True, slots=True)
class Deviation:
    """Why some rows differ, as a sentence, which they are, and where that is discussed ("" for nowhere).

    entry: the id under which the page of the engines has it, "" where it is nothing that engines do otherwise.
    """

    sentence: str
    rows: tuple[str, ...]
    link: str
    entry: str = ""


@dataclass(frozen=True, slots=True)
class RunRow:
    """A suite or an engine, and how many of its rows hold. sources, languages: of a suite. version: of an engine."""

    name: str
    rows: int
    hold: int
    deviations: tuple[Deviation, ...]
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    version: str = ""


@dataclass(frozen=True, slots=True)
class StandardRow:
    """A standard at the state that was read. day: in words."""

    name: str
    url: str
    commit: str | None
    day: str | None
    day_iso: str | None


@dataclass(frozen=True, slots=True)
class RulesPage:
    """All that the page shows. Lists may be empty.

    core, extended: steps of the core tier, and of both tiers together. algorithms: (with a rule, in scope). host:
    (algorithms, steps) that a parser of the host's own follows. sources: (name, address or None) of all suites.
    languages: in which all suites ran, empty where they differ in it. otherwise: how many things browsers do otherwise,
    and how many each. made, killed: rules broken on purpose, and those
    of them that a test noticed.
    """

    core: Count
    everything: Count
    algorithms: tuple[int, int]
    host: tuple[int, int]
    groups: tuple[GroupRow, ...]
    suites: tuple[RunRow, ...]
    sources: tuple[tuple[str, str | None], ...]
    languages: tuple[str, ...]
    engines: tuple[RunRow, ...]
    otherwise: int
    otherwise_by_engine: tuple[tuple[str, int], ...]
    made: int
    killed: int
    day: str
    day_iso: str
    standards: tuple[StandardRow, ...]


def rules_page(text: Text, run: Conformance | None = None) -> RulesPage:
    """Return what the page shows in the language of these words. run: the last one where none is given."""
    run = run or conformance()
    groups = covered_groups()
    host = [scope for scope in scopes() if scope.host]
    words = text.words
    suites = tuple(_suite(corpus, words) for corpus in run.corpora)
    sources = dict.fromkeys(source for corpus in run.corpora for source in corpus.sources)
    ran_in = {suite.languages for suite in suites}
    return RulesPage(
        core=total(group.counts["core"] for group in groups if "core" in group.counts),
        everything=total(count for group in groups for count in group.counts.values()),
        algorithms=counted_algorithms(),
        host=(sum(scope.algorithms for scope in host), sum(scope.steps for scope in host)),
        groups=tuple(_group(group, text) for group in groups),
        suites=suites,
        sources=tuple((_named(words, "source", source), SOURCES.get(source)) for source in sources),
        languages=ran_in.pop() if len(ran_in) == 1 else (),
        engines=tuple(_engine(engine, words) for engine in run.engines),
        otherwise=len(all_deviations()),
        otherwise_by_engine=tuple((_named(words, "engine", engine), len(deviations_of(engine))) for engine in ENGINES),
        made=run.mutants.made,
        killed=run.mutants.killed,
        day=day_in_words(date.fromisoformat(run.day), text.language),
        day_iso=run.day,
        standards=tuple(_standard(standard, text.language) for standard in standards()),
    )


def reasons(words: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the sentences on why rows differ, by their ids: what engines do otherwise, and what a row lacks."""
    return {**_table(words, "deviations"), **_table(words, "conformance", "reasons")}


def _group(group: CoveredGroup, text: Text) -> GroupRow:
    words = text.words
    letter = group.name.partition(".")[0]
    return GroupRow(
        anchor=f"group-{letter.lower()}",
        name=_named(words, "group", letter, group.name),
        count=total(group.counts.values()),
        counts=tuple((_named(words, "tier", tier), count) for tier, count in group.counts.items()),
        algorithms=tuple(
            _algorithm(each, text) for tier in group.counts for each in group.algorithms if each.algorithm.tier == tier
        ),
    )


def _algorithm(covered: CoveredAlgorithm, text: Text) -> AlgorithmRow:
    sentences = _table(text.words, "left_out")
    return AlgorithmRow(
        name=covered.algorithm.name,
        url=covered.algorithm.url,
        extended=covered.algorithm.tier == "ext",
        count=covered.count,
        reasons=tuple(
            (_listed(numbers, text), sentences.get(reason, reason)) for reason, numbers in covered.reasons.items()
        ),
    )


def _listed(numbers: Iterable[str], text: Text) -> str:
    """Return numbers of steps for people: "12.2; 12.3, case 1" for 12.2 and 12.3.[1]."""
    parts = (number.partition("~")[0].partition(".[") for number in numbers)
    named = [step_name(step, f"[{rest}", text) if bracket else step for step, bracket, rest in parts]
    return ("; " if any(", " in name for name in named) else ", ").join(named)


def _suite(corpus: Corpus, words: Mapping[str, Any]) -> RunRow:
    return RunRow(
        name=_named(words, "corpus", corpus.name),
        rows=corpus.rows,
        hold=corpus.hold,
        deviations=_deviations(corpus.differences, reasons(words)),
        sources=tuple(_named(words, "source", source) for source in corpus.sources),
        languages=tuple(_named(words, "language", language) for language in corpus.languages),
    )


def _engine(engine: Engine, words: Mapping[str, Any]) -> RunRow:
    return RunRow(
        name=_named(words, "engine", engine.engine),
        rows=engine.rows,
        hold=engine.hold,
        deviations=_deviations(engine.differences, reasons(words)),
        version=engine.version,
    )


def _deviations(differences: Iterable[Difference], sentences: Mapping[str, str]) -> tuple[Deviation, ...]:
    discussed, entries = links(), {deviation.id for deviation in all_deviations()}
    return tuple(
        Deviation(sentences.get(reason, reason), rows, discussed.get(reason, ""), reason if reason in entries else "")
        for reason, rows in by_reason(differences).items()
    )


def _standard(standard: Standard, language: str) -> StandardRow:
    day = day_in_words(date.fromisoformat(standard.day), language) if standard.day else None
    return StandardRow(standard.name, standard.url, standard.commit, day, standard.day)


def _named(words: Mapping[str, Any], table: str, key: str, otherwise: str | None = None) -> str:
    # What a run brings first has no name here yet; its own is better than none.
    return _table(words, "rules_page", table).get(key, otherwise or key)


def _table(words: Mapping[str, Any], *names: str) -> Mapping[str, str]:
    found: Any = words
    for name in names:
        found = found.get(name, {})
    return found  # type: ignore[no-any-return]
