"""Why a row does not hold: a reason is told by what stands in the row, so that it is found in further rows too."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING

from pelican_cors_series.rules import judge_request
from pelican_cors_series.rules.deviations import deviations_of
from pelican_cors_series.rules.fetch_records import Network
from pelican_cors_series.rules.scenario_fetch import fetch_arguments, fetch_method_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pelican_cors_series.rules import RequestScenario, WireEntry
    from pelican_cors_series.rules.deviations import Engine

    from .corpus import Answer, Row

# A corpus → the reasons that its rows may have: told by a row, and by the one before it.
REASONS: Mapping[str, Mapping[str, Callable[[Row, Row], bool]]] = {
    "same_site": {"suffix-dropped": lambda row, _: "wildlife.museum" in f"{row['a']} {row['b']}"},
    "gecko_credentials": {"cookies-of-its-own-server": lambda row, _: "cookie" in row or "noCookie" in row},
    "gecko_preflight_cache": {
        "unparsable-max-age": lambda _, before: not re.fullmatch("[0-9]*", str(before.get("cacheTime", ""))),
        "failure-without-preflight-keeps-the-cache": lambda _, before: before.get("pass") == 0,
        "entry-with-credentials-speaks-for-both": lambda row, before: (
            bool(before.get("withCred")) and not row.get("withCred")
        ),
    },
}


def reason_of(corpus: str, row: Row, before: Row) -> str | None:
    """Give the reason why a row of a suite may differ, None where there is none. `before`: the row before it."""
    return next((reason for reason, holds in REASONS.get(corpus, {}).items() if holds(row, before)), None)


def reason_of_an_engine(engine: Engine, row: Row, scenario: RequestScenario) -> str | None:
    """Give the deviation by which an engine came to what was observed, None where none explains it."""
    if row["request"].get("integrity"):
        return "body-integrity"
    theirs = row["observed"][engine]
    verdict = judge_request(replace(scenario, engine=engine))
    if (verdict.outcome, verdict.status, list(verdict.readable_headers)) != (
        theirs["outcome"],
        theirs["status"],
        theirs["readable_headers"],
    ):
        return None
    return next((deviation.why for deviation in verdict.deviations), None)


def reason_of_the_wire(row: Row, scenario: RequestScenario) -> str | None:
    """Give the reason why no engine sent what the Standard sends, None where none explains it."""
    locations = [
        value
        for hop in row["server"]
        for name, value in (hop["response"] or {}).get("headers", [])
        if name.lower() == "location"
    ]
    if any("hop=" not in location for location in locations):
        return "request-not-recorded"
    for engine in row["observed"]:
        sent = _wire(scenario, engine)
        for deviation in deviations_of(engine):
            if sent != _wire(scenario, engine, deviation.id):
                return deviation.id
    return None


def links() -> dict[str, str | None]:
    """Read where each reason is discussed, None for what is a limit of ours."""
    found = json.loads(files("pelican_cors_series.rules").joinpath("known_differences.json").read_text("utf-8"))
    return {entry["reason"]: entry.get("link") for entry in found}


def unexplained(answers: Iterable[Answer]) -> list[str]:
    """Name the rows that differ without a reason."""
    return [
        f"{answer.corpus}, {answer.row} does not hold, and no reason is known"
        for answer in answers
        if not answer.holds and answer.reason is None
    ]


def _wire(scenario: RequestScenario, engine: Engine, *without: str) -> list[str]:
    network = Network([], [], [])
    fetch_method_of(engine, without)(*fetch_arguments(scenario, network))
    return [_written(entry) for entry in network.wire]


def _written(entry: WireEntry) -> str:
    return f"{entry.hop} {entry.method} {entry.preflight} {entry.origin} {entry.asks_headers}"
