"""Every deviation in the engines that are said to have it, for real; where all still show, the day and the versions.

Usage: deviations.py. Rewrites pelican_cors_series/rules/deviations_seen.json, from which the site names the day and the
versions; ends with 1, and writes nothing, where an engine no longer does so or is of another version than its rows.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pelican_cors_series import lab
from pelican_cors_series.rules import judge_request, read_request_scenario
from pelican_cors_series.rules.deviations import deviations_of
from pelican_cors_series.side_by_side import same_outcome, same_wire

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pelican_cors_series.lab import EngineName

FILE = Path(__file__).parents[1] / "pelican_cors_series" / "rules" / "deviations_seen.json"


def main() -> int:
    """Run them all."""
    versions = {name: lab.engine(name).version() for name in lab.NAMES}
    wrong = [line for name in lab.NAMES for line in against(name, versions[name])]
    if wrong:
        sys.stderr.write("\n".join(wrong) + "\n")
        return 1
    found = {"day": datetime.now(tz=UTC).date().isoformat(), "versions": versions}
    FILE.write_text(json.dumps(found) + "\n", encoding="utf-8")
    sys.stdout.write(f"all deviations show in {', '.join(f'{name} {versions[name]}' for name in lab.NAMES)}\n")
    return 0


def against(name: EngineName, version: str) -> Iterator[str]:
    """Give a line for each row of an engine that does not hold."""
    known = deviations_of(name)
    yield from (
        f"{deviation.id}: the row is of {name} {deviation.engines[name]}, here is {version}"
        for deviation in known
        if not version.startswith(deviation.engines[name])
    )
    scenarios = [read_request_scenario(dict(deviation.scenario)) for deviation in known]
    for seen in lab.observe(scenarios, [name]):
        verdict = judge_request(replace(seen.scenario, engine=name))
        if not (same_outcome(seen, verdict) and same_wire(seen, verdict)):
            yield f"{known[seen.index].id}: {name} {version} no longer does so, but {seen.outcome} {seen.status}"


if __name__ == "__main__":
    sys.exit(main())
