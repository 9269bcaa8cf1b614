"""The recording: JSON lines, compressed, and beside them when and with which engines they were recorded."""

from __future__ import annotations

import gzip
import json
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pelican_cors_series.rules.deviations import ENGINES

from .rows import Row, key_of, key_of_plain, read_row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pelican_cors_series.rules import RequestScenario
    from pelican_cors_series.rules.deviations import Engine

    from .rows import Observed

ROWS, ABOUT = "observed.jsonl.gz", "recording.json"


@dataclass(frozen=True, slots=True)
class Recording:
    """When the rows were recorded (ISO 8601), how many they are, and the versions of the engines."""

    day: str
    rows: int
    engines: Mapping[Engine, str]


@cache
def recording() -> Recording:
    """Read what stands beside the rows."""
    found = json.loads(files(__package__).joinpath(ABOUT).read_text("utf-8"))
    return Recording(found["day"], found["rows"], {engine: found["engines"][engine] for engine in ENGINES})


def observed(scenario: RequestScenario) -> Mapping[Engine, Observed]:
    """Give what each engine did with a scenario; nothing where it is not in the recording."""
    row = _by_key().get(key_of(scenario))
    return {} if row is None else read_row(row).observed


def recorded_rows() -> list[Row]:
    """Read every row, in order."""
    return [read_row(row) for row in _by_key().values()]


def write_recording(folder: Path, about: Recording, rows: Sequence[Row]) -> None:
    """Write a recording; the same rows are always the same bytes."""
    lines = [json.dumps(row.as_json(), separators=(",", ":")) + "\n" for row in rows]
    (folder / ROWS).write_bytes(gzip.compress("".join(lines).encode("ascii"), mtime=0))
    (folder / ABOUT).write_text(json.dumps(asdict(about), indent=2) + "\n", encoding="utf-8")


@cache
def _by_key() -> Mapping[str, dict[str, Any]]:
    # A site has few scenarios and the recording many: what is not asked for is not read further.
    lines = gzip.decompress(files(__package__).joinpath(ROWS).read_bytes()).decode("ascii").splitlines()
    rows = [json.loads(line) for line in lines]
    return {key_of_plain(row): row for row in rows}
