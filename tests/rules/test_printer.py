"""The printer: what it refuses and where, what it prints, and the two prints of one rule beside each other."""

from __future__ import annotations

import gzip
import importlib.util
import re
import traceback
from typing import TYPE_CHECKING

import pytest
from quickjs_twin import QuickJsTwin, python_call

from pelican_cors_series.rules import PrinterError, Rule, UnknownRuleError, all_rules, print_rules
from pelican_cors_series.rules.printer import javascript_module

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


# Signature and body, the line and column within them, and a part of the message.
REFUSED = {
    "truth of a text": ("(a: str) -> bool", "if a:\n        return True\n    return False", 2, 8, "takes a boolean"),
    "truth of a list": ("(a: list[str]) -> bool", "return not a", 2, 16, "takes a boolean"),
    "and of texts": ("(a: str, b: str) -> str", "return a and b", 2, 12, "takes a boolean"),
    "truth of maybe nothing": ("(a: bool | None) -> bool", "return not a", 2, 16, "bool | None"),
    "sum of texts": ("(a: str) -> str", "return a + a", 2, 12, "f-string"),
    "sum of lists": ("(a: list[str]) -> list[str]", "return a + a", 2, 12, "[*one, *other]"),
    "division": ("(a: int) -> int", "return a // 2", 2, 12, "only + - *"),
    "equal lists": ("(a: list[str]) -> bool", "return a == a", 2, 12, "two scalars of one kind"),
    "equal records": ("(a: Origin) -> bool", "return a == a", 2, 12, "two scalars of one kind"),
    "text and number": ("(a: str) -> bool", "return a == 1", 2, 12, "str and int"),
    "boolean and number": ("(a: bool) -> bool", "return a == 1", 2, 12, "bool and int"),
    "equal to None": ("(a: str | None) -> bool", "return a == None", 2, 12, "asked for with is"),
    "is of texts": ("(a: str, b: str) -> bool", "return a is b", 2, 12, "compared with =="),
    "order of texts": ("(a: str) -> bool", "return a < 'x'", 2, 12, "only numbers are ordered"),
    "chain": ("(a: int) -> bool", "return 0 < a < 2", 2, 12, "chain"),
    "in a text": ("(a: str) -> bool", "return 'x' in a", 2, 12, "in looks into a list"),
    "in a list of others": ("(a: list[int]) -> bool", "return 'x' in a", 2, 12, "str is looked for among int"),
    "negative index": ("(a: list[str]) -> str", "return a[-1]", 2, 12, "not negative"),
    "variable index": ("(a: list[str], b: int) -> str", "return a[b]", 2, 12, "not negative"),
    "index of a text": ("(a: str) -> str", "return a[0]", 2, 12, "has to be a list"),
    "length of a text": ("(a: str) -> int", "return len(a)", 2, 16, "has to be a list"),
    "negative slice": ("(a: list[str]) -> list[str]", "return a[:-1]", 2, 12, "slice"),
    "step of a slice": ("(a: list[str]) -> list[str]", "return a[::2]", 2, 12, "no step"),
    "lower": ("(a: str) -> str", "return a.lower()", 2, 12, "ascii_lowercase"),
    "strip": ("(a: str) -> str", "return a.strip()", 2, 12, "different characters"),
    "split at whitespace": ("(a: str) -> list[str]", "return a.split()", 2, 12, "one argument"),
    "split at a variable": ("(a: str, b: str) -> list[str]", "return a.split(b)", 2, 20, "literal"),
    "method of maybe nothing": ("(a: str | None) -> bool", "return a.startswith('x')", 2, 12, "str | None"),
    "member of maybe nothing": ("(a: Url | None) -> str", "return a.href", 2, 12, "None has no field"),
    "unknown member": ("(a: Url) -> str", "return a.hreff", 2, 12, "Url has no field hreff"),
    "pattern with a dot": ("(a: str) -> bool", "return re.fullmatch('.', a) is None", 2, 25, "pattern"),
    "pattern with a class": ("(a: str) -> bool", "return re.fullmatch(r'\\d', a) is None", 2, 25, "pattern"),
    "pattern with look-behind": ("(a: str) -> bool", "return re.fullmatch('(?<=a)b', a) is None", 2, 25, "pattern"),
    "pattern beyond ASCII": ("(a: str) -> bool", "return re.fullmatch('é', a) is None", 2, 25, "pattern"),
    "possessive pattern": ("(a: str) -> bool", "return re.fullmatch('a*+', a) is None", 2, 25, "pattern"),
    "no pattern": ("(a: str) -> bool", "return re.fullmatch('(a', a) is None", 2, 25, "no pattern"),
    "variable pattern": ("(a: str) -> bool", "return re.fullmatch(a, a) is None", 2, 12, "literal"),
    "flags": ("(a: str) -> bool", "return re.fullmatch('a', a, re.I) is None", 2, 12, "no flags"),
    "a match itself": ("(a: str) -> bool", "return re.fullmatch('a', a)", 2, 12, "only compared with None"),
    "search": ("(a: str) -> bool", "return re.search('a', a) is None", 2, 12, "no argument, local name"),
    "format": ("(a: int) -> str", "return f'{a:02}'", 2, 15, "formats differ"),
    "boolean in an f-string": ("(a: bool) -> str", "return f'{a}'", 2, 15, "takes text and numbers"),
    "maybe nothing in an f-string": ("(a: int | None) -> str", "return f'{a}'", 2, 15, "int | None"),
    "while": ("(a: int) -> int", "while True:\n        return a", 2, 5, "While"),
    "raise": ("(a: int) -> int", "raise ValueError", 2, 5, "Raise"),
    "lambda": ("(a: int) -> int", "return (lambda: a)()", 2, 12, "are called"),
    "for else": ("(a: list[int]) -> int", "for x in a:\n        return x\n    else:\n        return 0", 2, 5, "For"),
    "for over a text": ("(a: str) -> int", "for x in a:\n        return 1\n    return 0", 2, 14, "has to be a list"),
    "two targets": ("(a: list[int]) -> int", "x, y = a\n    return x", 2, 5, "Assign in this form"),
    "augmented": ("(a: int) -> int", "x = a\n    x += 1\n    return x", 3, 5, "AugAssign"),
    "new argument": ("(a: int) -> int", "a = 1\n    return a", 2, 5, "keeps its value"),
    "no return": ("(a: bool) -> int", "if a:\n        return 1", 2, 5, "without a return"),
    "after a return": ("(a: int) -> int", "return a\n    return 1", 3, 5, "nothing leads here"),
    "maybe unassigned": ("(a: bool) -> int", "if a:\n        x = 1\n    return x", 4, 12, "may have no value"),
    "after a loop": ("(a: list[int]) -> int", "for x in a:\n        y = x\n    return x", 4, 12, "may have no value"),
    "narrowing lost": (
        "(a: Url, b: Url) -> str",
        "x = a\n    if x.host is None:\n        return ''\n    x = b\n    return f'{x.host}'",
        6,
        15,
        "str | None",
    ),
    "float": ("(a: int) -> float", "return 1.5", 1, 1, "outside the subset"),
    "bytes": ("(a: str) -> str", "x = b'1'\n    return a", 2, 9, "only texts"),
    "set": ("(a: str) -> bool", "return a in {'x'}", 2, 17, "Set"),
    "two loops": ("(a: list[int]) -> list[int]", "return [x for x in a for y in a]", 2, 12, "one list with one name"),
    "mapping with a variable": ("(a: str) -> bool", "return 'x' in {a: 1}", 2, 20, "literals"),
    "default": ("(a: int = 1) -> int", "return a", 1, 1, "without defaults"),
    "keyword only": ("(*, a: int) -> int", "return a", 1, 1, "plain parameters"),
    "no annotation": ("(a) -> int", "return 1", 1, 1, "a needs an annotation"),
    "name of JavaScript": ("(a: int) -> int", "new = a\n    return new", 2, 5, "another name"),
    "name of the trace": ("(trace: int) -> int", "return trace", 1, 13, "another name"),
    "name of a rule": ("(a: int) -> int", "parse_url = a\n    return parse_url", 2, 5, "another name"),
    "small global": ("(a: str) -> bool", "return a in table", 2, 17, "constant"),
    "unknown function": ("(a: list[int]) -> list[int]", "return sorted(a)", 2, 12, "sorted is no rule"),
    "wrong arguments": ("(a: str) -> Url | None", "return parse_url(a, a, a)", 2, 12, "too many"),
    "unknown field": ("(a: str) -> Site", "return Site(a, a, port=1)", 2, 12, "unexpected keyword"),
    "number on nothing": ("(a: int) -> int", "x = [\n        a,  # 1\n    ]\n    return a", 3, 13, "records nothing"),
    "number twice": ("(a: int) -> int", "x = a  # 1\n    return x  # 1", 3, 15, "stands twice"),
    "number on else": (
        "(a: bool) -> int",
        "if a:\n        return 1\n    else:  # 1\n        return 2",
        4,
        12,
        "records nothing",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_may_differ_between_the_languages_is_refused_where_it_stands(name: str, tmp_path: Path) -> None:
    signature, body, line, column, message = REFUSED[name]
    rule = example(tmp_path, f"def example{signature}:\n    {body}\n")
    with pytest.raises(PrinterError, match=re.escape(message)) as raised:
        javascript_module([rule])
    assert (raised.value.line, raised.value.column) == (FIRST + line - 1, column)
    assert str(raised.value).startswith(f"{tmp_path / 'example_rules.py'}:{raised.value.line}:{column}: ")


def test_a_function_of_our_own_has_no_numbers(tmp_path: Path) -> None:
    rule = example(
        tmp_path, "def other(a: int) -> int:\n    return a\n@ours\ndef example(a: int) -> int:\n    return a  # 1\n"
    )
    with pytest.raises(PrinterError, match="no numbered steps"):
        javascript_module([rule])


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
        "if (\n        a > 1  # 1.a\n        and (\n            a < 5  # 1.b\n            or a == 9  # 1.c\n        )\n    ):  # 1\n"
        "        return True  # 2\n    return False  # 3",
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
    "a loop that carries a name": (
        "(a: list[int]) -> int | None",
        "last: int | None = None  # 1\n    for x in a:  # 2\n        if last is None or x > last:  # 2.a\n"
        "            last = x  # 2.b\n    return last  # 3",
        [[[1, 5, 3]], [[]]],
    ),
    "a rule that calls itself": (
        "(a: list[int]) -> int",
        "if len(a) == 0:  # 1\n        return 0\n    return 1 + example(a[1:])  # 2",
        [[[7, 7, 7]]],
    ),
    "narrowing by what comes before": (
        "(a: str | None, b: bool) -> str",
        "if a is None or b:\n        return 'none'\n    elif not (a is not None):\n        return 'never'\n    return f'{a}!'",
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
    body = "x = a  # 1\n    if (\n        x == 'x'  # 2.a\n        and x != 'y'  # 2.b\n    ):  # 2\n        assert x == 'z'  # 3\n"
    rule = example(tmp_path, f"def example(a: str) -> str:\n    {body}    return x  # 4\n")
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
