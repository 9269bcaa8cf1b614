"""How much the rules take of what a page loads: minified and packed, as the command that anyone can run prints them."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from pelican_cors_series.cli import main
from pelican_cors_series.rules import print_rules

if TYPE_CHECKING:
    from collections.abc import Callable

# What is printed, and the most bytes that it may have.
BUDGETS = {
    "comparing origins": (("relation",), 1_536),
    "a whole exchange": (("fetch_method",), 12_288),
    "everything": ((), 30_720),
}


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def run(*arguments: str) -> str:
        assert main(["print-rules", *arguments]) == 0
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize("name", BUDGETS)
def test_a_print_keeps_to_its_budget(name: str, printed: Callable[..., str]) -> None:
    names, most = BUDGETS[name]
    arguments = [each for rule in names for each in ("--only", rule)]
    assert len(gzip.compress(printed("--minify", *arguments).encode(), 9, mtime=0)) <= most


def test_the_command_prints_readable_rules_unless_it_is_told_to_minify(printed: Callable[..., str]) -> None:
    readable, minified = printed("--only", "same_origin"), printed("--only", "same_origin", "--minify")
    assert "export const same_origin = $rule(" in readable
    assert "// https://html.spec.whatwg.org/multipage/browsers.html#same-origin\n" in readable
    assert minified.endswith(" as same_origin}\n")
    assert len(minified) < len(readable) / 2


def test_a_print_records_the_steps_that_are_asked_for_and_no_others() -> None:
    printed = print_rules(["same_origin"], steps={"same_origin#1"})
    assert '$step("1"' in printed
    assert '"2"' not in printed
    assert "$rule(" not in print_rules(["same_origin"], steps=())
