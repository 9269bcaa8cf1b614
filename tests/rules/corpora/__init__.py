"""The corpora: every file of rows that nobody here wrote.

`corpus` says what one is; `origins`, `headers`, `exchanges`, `gecko` and `engines` hold the checks of rows by the names
of their files. Pytest, the conformance command and the mutation run all use these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import exchanges, gecko, headers, origins
from .corpus import Corpus, one_case_a_row, read_rows
from .engines import observed

if TYPE_CHECKING:
    from pathlib import Path

CHECKS = {**origins.CHECKS, **headers.CHECKS, **exchanges.CHECKS, **gecko.CHECKS}
WHOLE_FILES = {"gecko_preflight_cache": gecko.preflight_cache}


def foreign_corpora(shared: Path) -> list[Corpus]:
    """Read every corpus from the folder that has them, `cases/NAME.jsonl` and `engines/observed.jsonl.gz`."""
    rows = {name: read_rows(shared / "cases" / f"{name}.jsonl") for name in [*CHECKS, *WHOLE_FILES]}
    found = [one_case_a_row(name, rows[name], check) for name, check in CHECKS.items()]
    found += [make(name, rows[name]) for name, make in WHOLE_FILES.items()]
    return [*sorted(found, key=lambda corpus: corpus.name), observed(shared / "engines" / "observed.jsonl.gz")]
