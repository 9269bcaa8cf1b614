"""What three engines did with scenarios: what script saw, and what reached the servers."""

from __future__ import annotations

import gzip
import json
from functools import partial
from typing import TYPE_CHECKING, Any

from pelican_cors_series.rules.fetch_method import fetch_method
from pelican_cors_series.rules.fetch_records import Network
from pelican_cors_series.rules.request_scenario import read_request_scenario
from pelican_cors_series.rules.scenario_fetch import fetch_arguments, seen_of

from .corpus import Answer, Corpus
from .known_differences import reason_of_an_engine, reason_of_the_wire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pelican_cors_series.rules import RequestScenario

    from .corpus import Row, Way

ENGINES = ("chromium", "firefox", "webkit")
WIRE = "observed_wire"
WIRE_MEMBERS = ("hop", "method", "preflight", "origin", "asks_headers")


def observed(file: Path) -> Corpus:
    """Read what was recorded: each engine answers as a corpus of its own, and the wire of all three as one more.

    A row of an engine holds where script saw there what it sees by the Standard. A row of the wire holds where one
    engine at least has sent what the Standard sends: they differ in that more often, and not each was recorded.
    """
    cases = [partial(_one_row, row, scenario_of(row)) for row in observed_rows(file)]
    return Corpus("engines", ("engines",), tuple(cases))


def observed_rows(file: Path) -> list[Row]:
    return [json.loads(line) for line in gzip.decompress(file.read_bytes()).decode("utf-8").splitlines()]


def scenario_of(row: Row) -> RequestScenario:
    return read_request_scenario({name: value for name, value in row.items() if name not in ("id", "observed")})


def _one_row(row: Row, scenario: RequestScenario, way: Way) -> Iterator[Answer]:
    networks: list[Network] = []

    def arguments() -> tuple[object, ...]:
        networks.append(Network([], [], []))
        return fetch_arguments(scenario, networks[-1])

    seen = seen_of(way(fetch_method, arguments))
    ours = seen.outcome, seen.status, list(seen.readable_headers)
    for engine, theirs in row["observed"].items():
        holds = ours == (theirs["outcome"], theirs["status"], theirs["readable_headers"])
        yield Answer(engine, row["id"], holds, partial(reason_of_an_engine, engine, row, scenario))
    sent = [tuple(getattr(entry, member) for member in WIRE_MEMBERS) for entry in networks[0].wire]
    recorded = [_wire_of(theirs) for theirs in row["observed"].values()]
    yield Answer(WIRE, row["id"], sent in recorded, partial(reason_of_the_wire, row, scenario))


def _wire_of(theirs: dict[str, Any]) -> list[tuple[object, ...]]:
    return [tuple(entry[member] for member in WIRE_MEMBERS) for entry in theirs["wire"]]
