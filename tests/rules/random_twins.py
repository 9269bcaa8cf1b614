"""Random scenarios through both languages: a command that says whether a verdict or a trace ever differs.

    PYTHONPATH=tests python tests/rules/random_twins.py --count 200000

Each process takes a share of the scenarios, from a seed of its own; what differs is printed with the scenario and ends
the run with the exit code 1.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from itertools import islice

from fetch_twin import FetchTwin

from pelican_cors_series.lab.random_scenarios import random_scenarios
from pelican_cors_series.rules.fetch_method import fetch_method
from pelican_cors_series.rules.fetch_records import Network
from pelican_cors_series.rules.scenario_fetch import fetch_arguments

SHARE = 1000


def differences(seed: int, count: int) -> list[str]:
    """Give, for each of the scenarios of a seed on which the languages differ, the scenario and what differs."""
    twin = FetchTwin([fetch_method])
    found = []
    for scenario in islice(random_scenarios(seed), count):
        try:
            twin.both(fetch_method, lambda scenario=scenario: fetch_arguments(scenario, Network([], [], [])))
        except AssertionError as error:
            found.append(f"{scenario}\n    {error}")
    return found


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=10_000, help="how many scenarios (%(default)s)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of the first share (the time of day)")
    chosen = parser.parse_args()
    shares = [(chosen.seed + at, min(SHARE, chosen.count - at)) for at in range(0, chosen.count, SHARE)]
    started, done, found = time.monotonic(), 0, []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for share in as_completed([pool.submit(differences, seed, count) for seed, count in shares]):
            found += share.result()
            done += 1
            print(f"\r{min(done * SHARE, chosen.count):,} of {chosen.count:,}", end="", file=sys.stderr, flush=True)
    print("\n".join(found) + "\n" * bool(found), end="")
    print(
        f"\n{chosen.count:,} scenarios from seed {chosen.seed}: {len(found)} differ in verdict or trace, "
        f"in {time.monotonic() - started:.0f} s"
    )
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
