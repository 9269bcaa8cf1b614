"""What the README shows: the commands print it, and so does its Python."""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from pelican_cors_series import rules

READMES = ["README.md", "README.ko.md"]
# The blocks of it: a file by its name, a command with what it prints, and Python.
FILE = re.compile(r"^```yaml\n# (\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^```console\n\$ (.*?)\n(.*?)^```", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"^```python\n(from .*?)^```", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", READMES)
def test_a_command_prints_what_is_shown(name: str, tmp_path: Path) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for file, content in FILE.findall(text):
        (tmp_path / file).write_text(content, encoding="utf-8")
    examples = COMMAND.findall(text)
    assert examples
    for command, shown in examples:
        program, *arguments = shlex.split(command)
        assert program == "cors-series"
        ran = subprocess.run(
            [sys.executable, "-X", "utf8", "-m", "pelican_cors_series.cli", *arguments],
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        assert ran.stdout == shown


@pytest.mark.parametrize("name", READMES)
def test_python_prints_what_its_comments_say(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = PYTHON.findall((ROOT / name).read_text(encoding="utf-8"))
    exec(code, {})  # noqa: S102 - it is our own
    assert capsys.readouterr().out.splitlines() == re.findall(r"print\(.*\)  # (.*)", code)


def test_the_examples_of_the_rules_hold() -> None:
    result = doctest.testmod(rules)
    assert (result.failed, result.attempted > 0) == (0, True)
