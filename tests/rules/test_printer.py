"""The printer: what it prints, and the two prints of one rule beside each other."""

from __future__ import annotations

import re
import traceback
from typing import TYPE_CHECKING

import pytest
from conftest import exports
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


def test_a_print_exports_the_chosen_rules_and_has_what_they_need_and_nothing_else() -> None:
    printed = print_rules(["registrable_domain"])
    # The page loads the suffixes before it asks.
    assert [*exports(printed)] == ["add_suffixes", "load_suffixes", "registrable_domain"]
    assert re.findall(r"^(?:function|const) (\w+)", printed, re.MULTILINE) == [
        "matching_rules",
        "public_suffix",
        "public_suffix_list_algorithm",
        "is_a_domain",
        "longest_rule",
        "last_labels",
    ]


def test_a_leaf_is_printed_by_its_name() -> None:
    assert [*exports(print_rules(["same_origin", "parse_url"]))] == ["parse_url", "same_origin"]


def test_a_rule_without_steps_takes_a_trace_where_it_is_exported_and_asks_one_that_has_some() -> None:
    printed = print_rules(["relation"])
    assert 'const relation = $rule("relation a b"' in printed
    assert "const is_a_domain = (host)" in printed


def test_the_print_depends_on_the_set_of_names_alone() -> None:
    assert print_rules(["same_origin", "relation"]) == print_rules(iter(["relation", "same_origin", "relation"]))
    assert print_rules(all_rules()) == print_rules(reversed(all_rules()))


def test_the_exports_bear_the_names_of_the_rules() -> None:
    assert set(all_rules()) <= set(exports(print_rules()))


def test_an_unknown_rule_is_named_with_what_may_have_been_meant() -> None:
    with pytest.raises(UnknownRuleError, match="no rule is named 'same_orgin'; did you mean same_origin") as raised:
        print_rules(["same_orgin"])
    assert isinstance(raised.value, KeyError)
