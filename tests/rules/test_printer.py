"""The printer: what it prints, and the two prints of one rule beside each other."""

from __future__ import annotations

import gzip
import re
import traceback
from typing import TYPE_CHECKING

import pytest
from example_rule import FIRST, example
from quickjs_twin import python_call

from pelican_cors_series.rules import UnknownRuleError, all_rules, print_rules

if TYPE_CHECKING:
    from pathlib import Path


def test_a_traced_rule_fails_on_the_lines_of_its_file(tmp_path: Path) -> None:
    body = """x = a  # 1
    if (
        x == 'x'  # 2.a
        and x != 'y'  # 2.b
    ):  # 2
        assert x == 'z'  # 3
    return x  # 4"""
    rule = example(tmp_path, f"def example(a: str) -> str:\n    {body}\n")
    lines = {}
    for name, call in (("plain", lambda: rule("x")), ("traced", lambda: rule.traced([], "x"))):
        with pytest.raises(AssertionError) as raised:
            call()
        frame = traceback.extract_tb(raised.value.__traceback__)[-1]
        lines[name] = (frame.filename, frame.lineno, frame.line)
    assert lines["traced"] == lines["plain"] == (str(tmp_path / "example_rules.py"), FIRST + 6, "assert x == 'z'  # 3")


def test_tracing_leaves_the_module_of_a_rule_as_it_is() -> None:
    rule = all_rules()["same_origin_domain"]
    before = dict(rule.function.__globals__)
    python_call(rule, [a := all_rules()["opaque_origin"](), a])
    assert rule.function.__globals__ == before


def test_a_print_has_what_the_chosen_rules_need_and_nothing_else() -> None:
    exported = re.findall(r"^export (?:async )?function (\w+)", print_rules(["registrable_domain"]), re.MULTILINE)
    assert exported == [
        "add_suffixes",
        "load_suffixes",
        "matching_rules",
        "public_suffix",
        "registrable_domain",
        "public_suffix_list_algorithm",
        "is_a_domain",
        "longest_rule",
        "last_labels",
    ]


def test_the_print_depends_on_the_set_of_names_alone() -> None:
    assert print_rules(["same_origin", "relation"]) == print_rules(iter(["relation", "same_origin", "relation"]))
    assert print_rules() == print_rules(reversed(all_rules()))


def test_the_exports_bear_the_names_of_the_rules() -> None:
    exported = set(re.findall(r"^export function (\w+)", print_rules(), re.MULTILINE))
    assert set(all_rules()) <= exported


def test_an_unknown_rule_is_named_with_what_may_have_been_meant() -> None:
    with pytest.raises(UnknownRuleError, match="no rule is named 'same_orgin'; did you mean same_origin") as raised:
        print_rules(["same_orgin"])
    assert isinstance(raised.value, KeyError)


def squeezed(module: str) -> int:
    """Give the gzipped size without comments and blanks; a minifier that renames comes to a sixth less."""
    lines = [line.strip() for line in module.splitlines() if not line.strip().startswith("//")]
    text = re.sub(r"\s*([{}();,=<>?:&|+!\[\]])\s*", r"\1", "\n".join(lines))
    return len(gzip.compress(text.encode(), mtime=0))


def test_the_rules_for_comparing_origins_are_small() -> None:
    sizes = {name: squeezed(print_rules([name])) for name in ("same_origin", "relation")}
    assert sizes["same_origin"] < 300, sizes
    assert sizes["relation"] < 1900, sizes
