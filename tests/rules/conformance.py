"""Run every row that nobody here wrote through both languages, and write what came of it as data for the site.

Usage: conformance.py [--shared FOLDER]. Rewrites pelican_cors_series/rules/conformance.json, but for what the mutation
run (mutants.py) has written there; ends with 1, and writes nothing, where a row differs without a known reason.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpora import foreign_corpora
from corpora.engines import ENGINES
from corpora.known_differences import unexplained
from fetch_twin import FetchTwin

from pelican_cors_series.rules import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corpora.corpus import Answer, Corpus

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
FILE = ROOT / "pelican_cors_series" / "rules" / "conformance.json"
LANGUAGES = ["python", "javascript"]
# Of the engines that the observations were made with.
ENGINE_VERSIONS = {"chromium": "156", "firefox": "153", "webkit": "2.50.6"}


def answers_of(corpora: Iterable[Corpus]) -> dict[str, list[Answer]]:
    """Run every case in both languages; give the answers by the names of the corpora's files.

    Raises AssertionError for a row on which the languages differ in a result or in a step.
    """
    way = FetchTwin(all_rules().values()).both
    return {corpus.name: [answer for case in corpus.cases for answer in case(way)] for corpus in corpora}


def measured(corpora: Iterable[Corpus], answers: Mapping[str, list[Answer]]) -> dict[str, list[dict[str, Any]]]:
    """Count what holds, corpus by corpus and engine by engine."""
    sources = {answer.corpus: corpus.sources for corpus in corpora for answer in answers[corpus.name]}
    every = [answer for given in answers.values() for answer in given]
    rows = Counter(answer.corpus for answer in every)
    hold = Counter(answer.corpus for answer in every if answer.holds)
    differences: dict[str, list[dict[str, str]]] = {name: [] for name in rows}
    for answer in every:
        if not answer.holds:
            differences[answer.corpus].append({"row": answer.row, "reason": str(answer.reason)})

    def counted(name: str) -> dict[str, Any]:
        return {"rows": rows[name], "hold": hold[name]}

    return {
        "corpora": [
            {
                "name": name,
                "sources": list(sources[name]),
                **counted(name),
                "languages": LANGUAGES,
                "differences": differences[name],
            }
            for name in sorted(set(rows) - set(ENGINES))
        ],
        "engines": [
            {"engine": name, "version": ENGINE_VERSIONS[name], **counted(name), "differences": differences[name]}
            for name in ENGINES
        ],
    }


def committed() -> dict[str, Any]:
    """Read what was written last."""
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return found


def write(result: Mapping[str, Any]) -> None:
    """Write it with a line for each corpus and each engine, so that a change of one is a change of its line."""
    members = [f'  "{name}": {_written(value)}' for name, value in result.items()]
    FILE.write_text("{\n" + ",\n".join(members) + "\n}\n", "utf-8")


def _written(value: object) -> str:
    if not isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + ",\n".join(f"    {json.dumps(item, ensure_ascii=False)}" for item in value) + "\n  ]"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="where cases/ and engines/ are")
    corpora = foreign_corpora(parser.parse_args().shared)
    answers = answers_of(corpora)
    problems = unexplained(answer for given in answers.values() for answer in given)
    if problems:
        sys.stderr.write("\n".join([*problems, ""]))
        return 1
    result = measured(corpora, answers)
    write({"day": datetime.now(UTC).date().isoformat(), **result, "mutants": committed()["mutants"]})
    for entry in [*result["corpora"], *result["engines"]]:
        name = entry.get("name") or f"{entry['engine']} {entry['version']}"
        sys.stdout.write(f"{name:28} {entry['hold']:5} of {entry['rows']:5}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
