"""What the last run of foreign suites and of real browsers' observations came to, as rules/conformance.json has it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Difference:
    """A row where the rules come to something else. `row`: its name in its suite. `reason`: the id of a sentence."""

    row: str
    reason: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """Rows of suites that nobody here wrote, and how many of them hold.

    `sources`: which suites ("wpt", "gecko"). `languages`: what the rules ran in ("python", "javascript").
    """

    name: str
    sources: tuple[str, ...]
    rows: int
    hold: int
    languages: tuple[str, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Engine:
    """What one browser engine did with scenarios, and in how many the rules come to the same outcome."""

    engine: str
    version: str
    rows: int
    hold: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Mutants:
    """Rules that were broken on purpose, and how many of them the tests noticed.

    `by`: how many of those each corpus noticed that none before it had noticed, the rows of outside suites first.
    """

    made: int
    killed: int
    by: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conformance:
    """One run. `day`: when it was made, ISO 8601."""

    day: str
    corpora: tuple[Corpus, ...]
    engines: tuple[Engine, ...]
    mutants: Mutants


def conformance() -> Conformance:
    """Read what the last run came to. Raises ValueError where its numbers do not fit together."""
    return read_conformance(json.loads(files(__package__).joinpath("conformance.json").read_text("utf-8")))


def read_conformance(found: dict[str, Any]) -> Conformance:
    """Return a run from its JSON. Raises ValueError where a row is neither one that holds nor a difference."""
    corpora = tuple(
        Corpus(
            name=entry["name"],
            sources=tuple(entry["sources"]),
            rows=entry["rows"],
            hold=entry["hold"],
            languages=tuple(entry["languages"]),
            differences=_differences(entry),
        )
        for entry in found["corpora"]
    )
    engines = tuple(
        Engine(entry["engine"], entry["version"], entry["rows"], entry["hold"], _differences(entry))
        for entry in found["engines"]
    )
    return Conformance(found["day"], corpora, engines, Mutants(**found["mutants"]))


def links() -> dict[str, str]:
    """Return where each reason is discussed, by its id; a reason that is a limit of ours has no such place."""
    found = json.loads(files(__package__).joinpath("known_differences.json").read_text("utf-8"))
    return {entry["reason"]: entry["link"] for entry in found if "link" in entry}


def by_reason(differences: Iterable[Difference]) -> dict[str, tuple[str, ...]]:
    """Return the rows of each reason, the reason with the most rows first."""
    rows: dict[str, tuple[str, ...]] = {}
    for each in differences:
        rows[each.reason] = (*rows.get(each.reason, ()), each.row)
    return dict(sorted(rows.items(), key=lambda item: -len(item[1])))


def unexplained(run: Conformance, reasons: Iterable[str]) -> Iterator[str]:
    """Give a line for each reason without a sentence. reasons: the ids that have one."""
    known = set(reasons)
    every: tuple[Corpus | Engine, ...] = (*run.corpora, *run.engines)
    for each in every:
        name = each.name if isinstance(each, Corpus) else each.engine
        for reason, rows in by_reason(each.differences).items():
            if reason not in known:
                yield f"{name} differs in {', '.join(rows)} for the reason {reason}, which has no sentence"


def _differences(entry: dict[str, Any]) -> tuple[Difference, ...]:
    differences = tuple(Difference(**each) for each in entry["differences"])
    if entry["hold"] + len({each.row for each in differences}) != entry["rows"]:
        name = entry.get("name") or entry.get("engine")
        message = f"{name}: of {entry['rows']} rows {entry['hold']} hold and {len(differences)} differ"
        raise ValueError(message)
    return differences
