"""Record with the lab what three engines do with every scenario of `recorded`, as data for the tests and the site.

Usage: record.py. Rewrites pelican_cors_series/observations/observed.jsonl.gz and the file beside it. The same engines
give the same rows again; ends with 1, and writes nothing, where an engine came to no end with one, or did two things.
"""

from __future__ import annotations

import sys
from dataclasses import astuple
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from recorded.sources import everything

from pelican_cors_series import lab
from pelican_cors_series.observations import Observed, Recording, Row, write_recording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pelican_cors_series.lab import EngineName, Observation
    from pelican_cors_series.rules import RequestScenario

FOLDER = Path(__file__).parents[2] / "pelican_cors_series" / "observations"
# WebKit has no names of its own for what goes wrong.
TELL_REASONS: tuple[EngineName, ...] = ("chromium", "firefox")


class UnsteadyError(RuntimeError):
    """An engine came to no end with a scenario, or did something else the second time."""


def observed_in(name: EngineName, scenarios: Sequence[RequestScenario]) -> list[Observed]:
    """Run all scenarios in one engine, and once more where an error may have a reason that the engine tells."""
    seen = _run(name, scenarios)
    blocked = [place for place, it in enumerate(seen) if it.outcome == "network-error" and name in TELL_REASONS]
    told = _run(name, [scenarios[place] for place in blocked], consoles=True) if blocked else []
    for place, again in zip(blocked, told, strict=True):
        if astuple(again)[:-1] != astuple(seen[place])[:-1]:
            message = f"{name} did two things with {scenarios[place]}: {seen[place]}, then {again}"
            raise UnsteadyError(message)
        seen[place] = again
    return seen


def _run(name: EngineName, scenarios: Sequence[RequestScenario], *, consoles: bool = False) -> list[Observed]:
    found: dict[int, Observed] = {}
    for it in lab.observe(scenarios, [name], consoles=consoles):
        found[it.index] = _observed(it)
        sys.stderr.write(f"\r{name}: {len(found)} of {len(scenarios)} ")
        sys.stderr.flush()
    sys.stderr.write("\n")
    return [found[place] for place in range(len(scenarios))]


def _observed(it: Observation) -> Observed:
    if it.outcome is None:
        message = f"{it.engine} came to no end with {it.scenario}"
        raise UnsteadyError(message)
    reasons = tuple(sorted(set(it.reasons)))
    return Observed(it.outcome, it.status, it.readable_headers, it.wire, reasons)


def main() -> int:
    """Record, and write the rows."""
    named = everything()
    scenarios = [scenario for _, scenario in named]
    try:
        seen = {name: observed_in(name, scenarios) for name in lab.NAMES}
    except (UnsteadyError, lab.EngineError, lab.MissingLibraryError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    rows = [
        Row(name, scenario, {engine: theirs[place] for engine, theirs in seen.items()})
        for place, (name, scenario) in enumerate(named)
    ]
    versions = {name: lab.engine(name).version() for name in lab.NAMES}
    write_recording(FOLDER, Recording(f"{datetime.now(UTC):%Y-%m-%d}", len(rows), versions), rows)
    sys.stdout.write(f"{len(rows)} scenarios in {', '.join(f'{name} {it}' for name, it in versions.items())}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
