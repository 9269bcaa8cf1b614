"""A rule in a file of its own, for the tests of the printer."""

from __future__ import annotations

import importlib.util
import re
from typing import TYPE_CHECKING

import pytest

from pelican_cors_series.rules import PrinterError, Rule
from pelican_cors_series.rules.printer import javascript_module

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
from __future__ import annotations
import re
from example_shelf import Checked, Shelf, clear, is_short, words_of
from pelican_cors_series.rules.leaves import ascii_lowercase, is_larger_number, parse_url
from pelican_cors_series.rules.lists import last
from pelican_cors_series.rules.records import Origin, Relation, Site, Url
from pelican_cors_series.rules.rule import ours, rule
WORDS = ("one", "two")
BY_WORD = {"one": 1, "two": 2}
PRIMES = frozenset({7, 5, 3, 2})
PAIRS = (("one", 1), ("two", 2))
HUGE = 2**53
table = ("one",)
@rule("https://standard.example/#example")
"""
FIRST = HEAD.count("\n") + 1


def example(tmp_path: Path, text: str) -> Rule[..., object]:
    """Make a module of one rule, whose `def` stands on line FIRST."""
    file = tmp_path / "example_rules.py"
    file.write_text(HEAD + text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("example_rules", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = module.example
    assert isinstance(found, Rule)
    return found


def is_refused(tmp_path: Path, signature: str, body: str, line: int, column: int, message: str) -> None:  # noqa: PLR0913, PLR0917 - the columns of a table
    """Assert that the printer refuses a rule at a place, for a reason."""
    rule = example(tmp_path, f"def example{signature}:\n    {body}\n")
    with pytest.raises(PrinterError, match=re.escape(message)) as raised:
        javascript_module([rule])
    assert (raised.value.line, raised.value.column) == (FIRST + line - 1, column)
    assert str(raised.value).startswith(f"{tmp_path / 'example_rules.py'}:{raised.value.line}:{raised.value.column}: ")
