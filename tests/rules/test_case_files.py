"""Every file of rows that nobody here wrote is read by a test."""

from __future__ import annotations

import ast
from pathlib import Path

import test_foreign_rows
import test_header_rows
from conftest import shared


def files_read_by_name() -> set[str]:
    """Give every text in the tests that call `rows`: the names of the files that they read are among them."""
    found: set[str] = set()
    for path in Path(__file__).parent.glob("test_*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
        if any(isinstance(node, ast.Call) and ast.unparse(node.func) == "rows" for node in nodes):
            found |= {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return found


def test_every_file_of_cases_is_read_by_a_test() -> None:
    checks = {check.__name__ for check in (*test_foreign_rows.CHECKS, *test_header_rows.CHECKS)}
    files = {path.stem for path in shared("cases").glob("*.jsonl")}
    assert files
    assert files - checks - files_read_by_name() == set()
