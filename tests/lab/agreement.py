"""Whether the rules say what the engines do: random scenarios run for real, beside their verdicts.

    python tests/lab/agreement.py --count 10000

For each engine it prints how often the Standard alone and the Standard with the engine's deviations agree with what
script got (outcome, status, readable headers), and how often with what reached the servers; then what differs.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from pelican_cors_series.lab import NAMES, observe, random_scenarios
from pelican_cors_series.rules import judge_request

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pelican_cors_series.lab import EngineName, Observation
    from pelican_cors_series.rules import RequestScenario, RequestVerdict

MOST_SHOWN = 20


@dataclass
class Agreement:
    """What became of the scenarios in one engine. The lists hold the observations that differ, with our verdict."""

    engine: EngineName
    ran: int = 0
    unfinished: int = 0
    by_the_standard: int = 0
    seen: list[tuple[Observation, RequestVerdict]] = field(default_factory=list)
    wire: list[tuple[Observation, RequestVerdict]] = field(default_factory=list)
    seconds: float = 0.0


def agreement(engine: EngineName, scenarios: Sequence[RequestScenario], *, progress: bool = False) -> Agreement:
    """Run scenarios in an engine and hold what happened against the verdicts."""
    found, started = Agreement(engine), time.monotonic()
    observations = []
    for observation in observe(scenarios, [engine]):
        observations.append(observation)
        if progress and len(observations) % 100 == 0:
            print(f"\r{engine}: {len(observations):,} of {len(scenarios):,}", end="", file=sys.stderr, flush=True)
    found.seconds = time.monotonic() - started
    for observation in observations:
        count(found, observation)
    return found


def count(found: Agreement, observation: Observation) -> None:
    """Hold one observation against the verdict of the Standard, and of the Standard with the engine's deviations."""
    if observation.outcome is None:
        found.unfinished += 1
        return
    found.ran += 1
    found.by_the_standard += differs(observation, judge_request(observation.scenario)) is False
    verdict = judge_request(replace(observation.scenario, engine=observation.engine))
    if differs(observation, verdict):
        found.seen.append((observation, verdict))
    elif [asdict(entry) for entry in observation.wire] != [asdict(entry) for entry in verdict.wire]:
        found.wire.append((observation, verdict))


def differs(observation: Observation, verdict: RequestVerdict) -> bool:
    """Tell whether script got something else than a verdict says."""
    return (observation.outcome, observation.status, observation.readable_headers) != (
        verdict.outcome,
        verdict.status,
        verdict.readable_headers,
    )


def report(found: Agreement) -> Iterable[str]:
    """Give the lines that tell of an engine."""
    ran = max(found.ran, 1)
    yield f"{found.engine}: {found.ran:,} scenarios in {found.seconds:.0f} s, {found.unfinished} did not finish"
    yield f"    by the Standard alone   {found.by_the_standard:,} agree ({found.by_the_standard / ran:.2%})"
    agree = found.ran - len(found.seen)
    yield f"    with its deviations     {agree:,} agree ({agree / ran:.2%})"
    alike = agree - len(found.wire)
    yield f"    and on the wire         {alike:,} agree ({alike / ran:.2%})"
    for title, differing in (("script got something else", found.seen), ("other requests", found.wire)):
        reasons = Counter(verdict.decided_by for _, verdict in differing)
        for step, times in reasons.most_common():
            yield f"    {title}: {times} where {step} decides"
        for observation, verdict in differing[:MOST_SHOWN]:
            yield f"        {observation.scenario}"
            yield f"            rules:  {verdict.outcome} {verdict.status} {verdict.readable_headers} {verdict.wire}"
            seen = f"{observation.outcome} {observation.status} {observation.readable_headers} {observation.wire}"
            yield f"            engine: {seen} {observation.message or ''}"


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=1000, help="how many scenarios (%(default)s)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of the scenarios (the time of day)")
    parser.add_argument("--engine", choices=NAMES, action="append", help="this one; may be repeated (all)")
    chosen = parser.parse_args()
    scenarios = list(islice(random_scenarios(chosen.seed), chosen.count))
    print(f"seed {chosen.seed}", flush=True)
    different = 0
    for engine in chosen.engine or NAMES:
        found = agreement(engine, scenarios, progress=True)
        different += len(found.seen)
        print("\r" + "\n".join(report(found)), flush=True)
    return int(different > 0)


if __name__ == "__main__":
    sys.exit(main())
