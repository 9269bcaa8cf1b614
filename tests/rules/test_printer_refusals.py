"""What the printer refuses: where it stands, and why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from example_rule import FIRST, example

from pelican_cors_series.rules import PrinterError
from pelican_cors_series.rules.printer import javascript_module

if TYPE_CHECKING:
    from pathlib import Path

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
    "growing type": (
        "(a: list[int]) -> int",
        "x: list[int] = []\n    y = x\n    for z in a:\n        y = [y]\n    return 1",
        4,
        5,
        "each round",
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
