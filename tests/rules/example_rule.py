"""A rule in a file of its own, for the tests of the printer."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from pelican_cors_series.rules import Rule

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
from __future__ import annotations
import re
from pelican_cors_series.rules.leaves import ascii_lowercase, parse_url
from pelican_cors_series.rules.records import Origin, Site, Url
from pelican_cors_series.rules.rule import ours, rule
WORDS = ("one", "two")
BY_WORD = {"one": 1, "two": 2}
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
