"""Turn each comparison of the rules and drop each step, and see that a row of the corpora notices.

Usage: mutants.py [WORD …] [--shared FOLDER] [--list]. A word is a tier (core, ext), a group's letter, a module or a
rule; without one it is the core. The rows that nobody here wrote run first, then our own (cases/*.jsonl). Ends with 1
where fewer than 95 % are killed, a survivor has no reason in mutation/survivors.json, or a listed one is killed. A run
of the core writes its numbers into pelican_cors_series/rules/conformance.json.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

import conformance
from corpora import foreign_corpora
from corpora.own import own_corpora
from mutation.mutants import Mutant, mutants_of
from mutation.run import killed_by, known_cases
from mutation.selection import rules_of
from mutation.survivors import listed, unlisted

LEAST = 0.95


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*", metavar="WORD", help="a tier, a group, a module or a rule; core by default")
    parser.add_argument("--shared", type=Path, default=conformance.SHARED, help="where cases/ and engines/ are")
    parser.add_argument("--list", action="store_true", help="print every survivor")
    arguments = parser.parse_args()
    start = time.monotonic()
    rules = rules_of(arguments.words)
    foreign = foreign_corpora(arguments.shared)
    cases = known_cases([*foreign, *own_corpora()], rules)
    made: list[Mutant] = []
    survivors: list[Mutant] = []
    by: Counter[str] = Counter()
    for rule in rules:
        for mutant in mutants_of(rule):
            made.append(mutant)
            corpus = killed_by(mutant, rule, cases)
            if corpus is None:
                survivors.append(mutant)
            else:
                by[corpus] += 1
    killed, foreign_alone = by.total(), sum(by[corpus.name] for corpus in foreign)
    say(f"{len(made)} mutants of {len(rules)} rules in {(time.monotonic() - start) / 60:.1f} minutes")
    say(f"killed by foreign rows alone: {foreign_alone} ({foreign_alone / len(made):.1%})")
    say(f"killed by all: {killed} ({killed / len(made):.1%})")
    if arguments.list:
        say(*map(str, survivors))
    problems = unlisted(survivors, made, listed())
    if killed < LEAST * len(made):
        problems.append(f"fewer than {LEAST:.0%} are killed")
    say(*problems)
    if not arguments.words:
        result = {"made": len(made), "killed": killed, "by": dict(by.most_common())}
        conformance.write({**conformance.committed(), "mutants": result})
    return 1 if problems else 0


def say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    sys.exit(main())
