"""A file that holds one scenario, in YAML or JSON → the scenario and its verdict, or the problems in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pelican_cors_series.problems import Place, Problem, problem
from pelican_cors_series.scenario_text import judge_text

if TYPE_CHECKING:
    from pathlib import Path

    from pelican_cors_series.rules import Scenario, Verdict


def judge_file(path: Path) -> tuple[tuple[Scenario, Verdict] | None, list[Problem]]:
    """Read and judge the scenario of a file, in UTF-8; what comes back is told at `judge_text`."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        return None, [problem("file-unreadable", Place(str(path)), reason=error.strerror)]
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return None, [problem("not-utf-8", Place(str(path), line), byte=f"0x{error.object[error.start]:02x}")]
    return judge_text(text, lambda line, column: Place(str(path), line, column))
