"""Reading many files in two processes: most of a build is Markdown, and it does not care which process it runs in.

`python -m pelican_cors_series.two_processes` is the second one: it takes what to read from its standard input and
writes what came of it to its standard output, both pickled. A fork would begin sooner, but Pelican shows its progress
from a thread, and a process with threads cannot be forked safely.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING

from pelican_cors_series.part_file import PartFiles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pelican_cors_series.part import Part
    from pelican_cors_series.part_file import State
    from pelican_cors_series.problems import Problem
    from pelican_cors_series.settings import Settings
    from pelican_cors_series.text import Text

    Read = tuple[Part | None, State, list[Problem]]

# Below this a second process costs more than it saves.
MANY = 200


def read_all(paths: Sequence[Path], settings: Settings, texts: Mapping[str, Text]) -> list[Read]:
    """Return what PartFiles reads from each path, in their order; of many a second process reads half.

    Raises whatever the author's own Markdown extensions raise when they are set up.
    """
    reader = PartFiles(settings, texts)
    half = len(paths) // 2 if len(paths) >= MANY and (os.cpu_count() or 1) > 1 else 0
    other = _begin(paths[:half], settings, texts) if half else None
    own = [reader.read(path) for path in paths[half:]]
    first = _end(other) if other else None
    if first is None:
        # There is none, or it failed: whatever it ran into, this process meets it in its own time.
        first = [reader.read(path) for path in paths[:half]]
    return [*first, *own]


def _begin(paths: Sequence[Path], settings: Settings, texts: Mapping[str, Text]) -> subprocess.Popen[bytes] | None:
    try:
        work = pickle.dumps((paths, settings, texts))
    except (pickle.PicklingError, AttributeError, TypeError):
        # An author's MARKDOWN may hold a function that has no name to be found by.
        return None
    other = subprocess.Popen(  # noqa: S603 - this program itself
        [sys.executable, "-m", __spec__.name if __spec__ else __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert other.stdin is not None  # noqa: S101 - it is a pipe
        other.stdin.write(work)
        other.stdin.close()
    except OSError:
        other.kill()
    return other


def _end(other: subprocess.Popen[bytes]) -> list[Read] | None:
    assert other.stdout is not None  # noqa: S101 - it is a pipe
    with other:
        written = other.stdout.read()
    if other.returncode:
        return None
    results: list[Read] = pickle.loads(written)  # noqa: S301 - this program wrote it
    return results


def main() -> None:
    """Read the files that standard input names, and write to standard output what came of them."""
    paths, settings, texts = pickle.load(sys.stdin.buffer)  # noqa: S301 - this program wrote it
    reader = PartFiles(settings, texts)
    sys.stdout.buffer.write(pickle.dumps([reader.read(path) for path in paths]))


if __name__ == "__main__":
    main()
