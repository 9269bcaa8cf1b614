"""Random scenarios in the real engines beside the rules: how often they agree, in what they differ, how long it takes.

An engine is held against the Standard with that engine's deviations, and counted against the Standard alone besides. A
difference is counted under what it is a difference in, and shown with its scenario's place, so that
`--seed SEED --only PLACE` shows it again.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from dataclasses import replace
from itertools import islice
from secrets import randbelow
from typing import TYPE_CHECKING

from pelican_cors_series import lab
from pelican_cors_series.rules import judge_request
from pelican_cors_series.side_by_side import beside_the_rules, by_the_rules, same_outcome, same_wire
from pelican_cors_series.text import load_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pelican_cors_series.lab import EngineName, Observation
    from pelican_cors_series.rules import RequestScenario, RequestVerdict

# After how many scenarios the progress is shown.
STEP = 250


def main() -> int:
    """Compare, and print what was found; 1 where an engine did otherwise than its rules say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=randbelow(1_000_000), help="a new one each time if not given")
    parser.add_argument("--count", type=int, default=10_000, help="%(default)s if not given")
    parser.add_argument("--engine", action="append", choices=lab.NAMES, help="may be repeated; all if not given")
    parser.add_argument("--only", type=int, metavar="PLACE", help="show the scenario at this place, with its console")
    chosen = parser.parse_args()
    engines = chosen.engine or lab.NAMES
    if chosen.only is not None:
        return show(next(islice(lab.random_scenarios(chosen.seed), chosen.only, None)), engines)
    scenarios = list(islice(lab.random_scenarios(chosen.seed), chosen.count))
    print(f"seed {chosen.seed}, {chosen.count} scenarios")
    return int(sum(compare(name, scenarios) for name in engines) > 0)


def compare(name: EngineName, scenarios: Sequence[RequestScenario]) -> int:
    """Run all scenarios in one engine and print how it compares.

    Comes back with how many ended otherwise than the engine's rules say, or not at all.
    """
    standard = [judge_request(scenario) for scenario in scenarios]
    verdicts = [judge_request(replace(scenario, engine=name)) for scenario in scenarios]
    start = time.monotonic()
    outcomes: list[Observation] = []
    wires: list[Observation] = []
    unended, by_the_standard = 0, 0
    for number, seen in enumerate(lab.observe(scenarios, [name]), 1):
        verdict = verdicts[seen.index]
        unended += seen.outcome is None
        by_the_standard += same_outcome(seen, standard[seen.index])
        if not same_outcome(seen, verdict):
            outcomes.append(seen)
        elif not same_wire(seen, verdict):
            wires.append(seen)
        if number % STEP == 0:
            sys.stderr.write(f"\r{name}: {number} of {len(scenarios)}")
            sys.stderr.flush()
    seconds = time.monotonic() - start
    sys.stderr.write("\r")
    total = len(scenarios)
    print(f"\n{lab.engine(name).title} {lab.engine(name).version()}: {seconds:.1f} s, {unended} without an end")
    print(f"  outcomes like the Standard's: {by_the_standard} of {total}")
    print(f"  with the engine's deviations: {total - len(outcomes)} of {total}")
    count(Counter(_outcomes(seen, verdicts[seen.index]) for seen in outcomes), outcomes, verdicts)
    print(f"  requests alike, of those:     {total - len(outcomes) - len(wires)}")
    count(Counter(_wires(seen, verdicts[seen.index]) for seen in wires), wires, verdicts)
    return len(outcomes)


def count(found: Counter[str], seen: Sequence[Observation], verdicts: Sequence[RequestVerdict]) -> None:
    """Print how often each difference was found, the most frequent first, and some places of it."""
    for kind, number in found.most_common():
        places = sorted(
            it.index for it in seen if kind in (_outcomes(it, verdicts[it.index]), _wires(it, verdicts[it.index]))
        )
        print(f"    {number:5} {kind}; at {', '.join(map(str, places[:5]))}")


def _outcomes(seen: Observation, verdict: RequestVerdict) -> str:
    return f"{verdict.outcome} {verdict.status} by {verdict.decided_by}, here {seen.outcome} {seen.status}"


def _wires(seen: Observation, verdict: RequestVerdict) -> str:
    ours = {(it.hop, it.preflight): it for it in verdict.wire}
    theirs = {(it.hop, it.preflight): it for it in seen.wire}
    said = [f"no {_kind(key)}" for key in ours if key not in theirs]
    said += [f"one more {_kind(key)}" for key in theirs if key not in ours]
    for key in ours.keys() & theirs.keys():
        said += [
            f"{name} of {_kind(key)}"
            for name in ("method", "origin", "asks_headers")
            if getattr(ours[key], name) != getattr(theirs[key], name)
        ]
    return ", ".join(sorted(said)) or "another order"


def _kind(key: tuple[int, bool]) -> str:
    hop, preflight = key
    return ("preflight" if preflight else "request") + (" after a redirect" if hop else "")


def show(scenario: RequestScenario, engines: Sequence[EngineName]) -> int:
    """Print one scenario, its verdict, and what the engines do with it."""
    text, verdict = load_text("en"), judge_request(scenario)
    print(scenario.page, "in a sandbox" if scenario.sandboxed else "", scenario.request)
    for hop in scenario.server:
        for name, answer in (("preflight", hop.preflight), ("response", hop.response)):
            print(hop.at, name, "closes" if answer is None else (answer.status, answer.header_list))
    print(by_the_rules(scenario, verdict, text), verdict.decided_by)
    for seen in lab.observe([scenario], engines, consoles=True):
        told = beside_the_rules(seen.engine, seen, verdict, text, engine=seen.engine, console=seen.console)
        print(told)
    return 0


if __name__ == "__main__":
    sys.exit(main())
