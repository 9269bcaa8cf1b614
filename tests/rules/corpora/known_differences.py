"""The rows that do not hold and why: a table that stands beside the rules, in known_differences.json."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .corpus import Answer

# A corpus and a row of it → the id of the reason.
Reasons = dict[tuple[str, str], str]


def known_differences() -> Reasons:
    """Read the table. Raises ValueError where a row stands in it twice."""
    found: Reasons = {}
    for entry in json.loads(files("pelican_cors_series.rules").joinpath("known_differences.json").read_text("utf-8")):
        for corpus, rows in entry["rows"].items():
            for row in rows:
                if (corpus, row) in found:
                    message = f"{corpus}, {row} has two reasons"
                    raise ValueError(message)
                found[corpus, row] = entry["reason"]
    return found


def unexplained(answers: Iterable[Answer], known: Mapping[tuple[str, str], str]) -> list[str]:
    """Name the rows that differ without a reason, and those that have a reason and hold or are not there."""
    differing = {(answer.corpus, answer.row) for answer in answers if not answer.holds}
    return [
        *(f"{corpus}, {row} does not hold, and no reason is known" for corpus, row in sorted(differing - set(known))),
        *(f"{corpus}, {row} has a reason and no difference" for corpus, row in sorted(set(known) - differing)),
    ]
