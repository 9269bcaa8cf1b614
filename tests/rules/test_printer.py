"""The printer: what it prints, and the two prints of one rule beside each other."""

from __future__ import annotations

import gzip
import re
import traceback
from typing import TYPE_CHECKING

import pytest
from example_rule import FIRST, example
from quickjs_twin import QuickJsTwin, python_call

from pelican_cors_series.rules import UnknownRuleError, all_rules, print_rules
from pelican_cors_series.rules.printer import javascript_module

if TYPE_CHECKING:
    from pathlib import Path

# Signature, body, and calls: both prints have to come to the same.
ACCEPTED = {
    "operators keep their order": (
        "(a: int, b: int) -> list[int]",
        "return [a - (b - a), (a + b) * 2, a * b + 1, a - b - a]",
        [[5, 3], [0, 7]],
    ),
    "and within or": (
        "(a: bool, b: bool) -> list[bool]",
        "return [a or (b and not a), (a or b) and not (a and b), not (a is None) and b]",
        [[True, False], [False, True], [True, True]],
    ),
    "numbered operands": (
        "(a: int) -> bool",
        """if (
        a > 1  # 1.a
        and (
            a < 5  # 1.b
            or a == 9  # 1.c
        )
    ):  # 1
        return True  # 2
    return False  # 3""",
        [[0], [3], [7], [9]],
    ),
    "a conditional in a conditional": (
        "(a: int) -> str",
        "return ('x' if a == 1 else 'y') if a < 3 else 'z' if a == 3 else 'w'",
        [[1], [2], [3], [4]],
    ),
    "what an f-string escapes": ("(a: str) -> str", "return f'`${{{a}}}\\\\\"\\n{a}`'", [["x"], ["${`"]]),
    "comprehensions and displays": (
        "(a: list[str]) -> list[list[str]]",
        "return [[x, *a] for x in a if x != '' if x not in WORDS]",
        [[["", "one", "p", "q"]], [[]]],
    ),
    "mappings": (
        "(a: str) -> list[int | None]",
        "return [BY_WORD.get(a), {'one': 3, 'toString': 4}.get(a), 1 if a in BY_WORD else 0]",
        [["one"], ["toString"], ["constructor"], ["__proto__"]],
    ),
    "slices": ("(a: list[str]) -> list[list[str]]", "return [a[1:], a[:2], a[1:2], a[:]]", [[["p", "q", "r"]], [[]]]),
    "affixes": (
        "(a: str) -> list[str]",
        "return [a.removeprefix('ab'), a.removesuffix('\U0001f600'), '-'.join(a.split('b')), ascii_lowercase(a)]",
        [["abab"], ["ab\U0001f600\U0001f600"], [""], ["K\u212aİ"]],
    ),
    "patterns": (
        "(a: str) -> list[bool]",
        "return [re.fullmatch(r'(?:[^a/]|b\\.){1,2}[-x]?|/', a) is not None, re.fullmatch('', a) is None]",
        [["\U0001f600\U0001f600"], ["b.b."], ["/"], ["a"], ["zz-"], ["z\n"], ["z\u2028"], [""]],
    ),
    "a slash in a pattern": (
        "(a: str) -> list[bool]",
        r"return [re.fullmatch(r'\\/', a) is None, re.fullmatch(r'[/\\]\/', a) is None]",
        [["\\/"], ["/"], ["//"]],
    ),
    "a loop that carries a name": (
        "(a: list[int]) -> int | None",
        """last: int | None = None  # 1
    for x in a:  # 2
        if last is None or x > last:  # 2.a
            last = x  # 2.b
    return last  # 3""",
        [[[1, 5, 3]], [[]]],
    ),
    "a rule that calls itself": (
        "(a: list[int]) -> int",
        "if len(a) == 0:  # 1\n        return 0\n    return 1 + example(a[1:])  # 2",
        [[[7, 7, 7]]],
    ),
    "narrowing by what comes before": (
        "(a: str | None, b: bool) -> str",
        """if a is None or b:
        return 'none'
    elif not (a is not None):
        return 'never'
    return f'{a}!'""",
        [[None, False], ["x", True], ["x", False]],
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_both_prints_of_a_rule_come_to_the_same(name: str, tmp_path: Path) -> None:
    signature, body, calls = ACCEPTED[name]
    rule = example(tmp_path, f"def example{signature}:\n    {body}\n")
    twin = QuickJsTwin(javascript_module([rule]))
    for arguments in calls:
        python = python_call(rule, arguments)
        assert python["result"] == rule(*arguments)
        assert twin.call("example", arguments) == python


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
