"""What the printer refuses of expressions, signatures and names: where it stands, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example_rule import example, is_refused

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
    "index that may be nothing": ("(a: list[str], b: int | None) -> str", "return a[b]", 2, 14, "int | None"),
    "boolean as an index": ("(a: list[str], b: bool) -> str", "return a[b]", 2, 14, "this is bool"),
    "index of a mapping": ("(a: str) -> int", "return BY_WORD[a]", 2, 12, "a list or a text"),
    "place that a tuple lacks": ("(a: tuple[str, str]) -> str", "return a[2]", 2, 12, "has no place 2"),
    "length of a number": ("(a: int) -> int", "return len(a)", 2, 16, "has to be a list"),
    "last of a text": ("(a: str) -> str", "return last(a)", 2, 17, "has to be a list"),
    "negative slice": ("(a: list[str]) -> list[str]", "return a[:-1]", 2, 12, "slice"),
    "slice by a text": ("(a: list[str], b: str) -> list[str]", "return a[b:]", 2, 14, "is a number"),
    "number of a number": ("(a: int) -> int", "return int(a)", 2, 16, "ASCII digits"),
    "number in a base": ("(a: str) -> int", "return int(a, 8)", 2, 12, "one argument"),
    "number beyond the exact ones": ("(a: int) -> bool", "return a < 9007199254740992", 2, 16, "not exact"),
    "constant beyond the exact ones": ("(a: int) -> bool", "return a < HUGE", 2, 16, "scalars that are exact"),
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
    "other things in a set": ("(a: str) -> bool", "return a in PRIMES", 2, 12, "str is looked for among int"),
    "call that turns the order": (
        "(a: Shelf) -> bool",
        "return a.name in words_of(a)",
        2,
        22,
        "before what stands first",
    ),
    "made of more than its fields": ("(a: str) -> Checked", "return Checked(a)", 2, 12, "more or less than its fields"),
    "lambda": ("(a: int) -> int", "return (lambda: a)()", 2, 12, "are called"),
    "float": ("(a: int) -> float", "return 1.5", 1, 1, "outside the subset"),
    "bytes": ("(a: str) -> str", "x = b'1'\n    return a", 2, 9, "only texts"),
    "set": ("(a: str) -> bool", "return a in {'x'}", 2, 17, "Set"),
    "two loops": ("(a: list[int]) -> list[int]", "return [x for x in a for y in a]", 2, 12, "runs over one list"),
    "mapping with a variable": ("(a: str) -> bool", "return 'x' in {a: 1}", 2, 20, "literals"),
    "default": ("(a: int = 1) -> int", "return a", 1, 1, "without defaults"),
    "keyword only": ("(*, a: int) -> int", "return a", 1, 1, "plain parameters"),
    "no annotation": ("(a) -> int", "return 1", 1, 1, "a needs an annotation"),
    "name of JavaScript": ("(a: int) -> int", "new = a\n    return new", 2, 5, "another name"),
    "name that the print uses": ("(a: int) -> int", "Object = a\n    return Object", 2, 5, "another name"),
    "name of a rule": ("(a: int) -> int", "parse_url = a\n    return parse_url", 2, 5, "another name"),
    "small global": ("(a: str) -> bool", "return a in table", 2, 17, "constant"),
    "unknown function": ("(a: list[int]) -> list[int]", "return sorted(a)", 2, 12, "sorted is no rule"),
    "wrong arguments": ("(a: str) -> Url | None", "return parse_url(a, a, a)", 2, 12, "too many"),
    "arguments that change places": (
        "(a: bool, b: bool) -> bool",
        "return example(b=is_short('x'), a=is_short('y'))",
        2,
        12,
        "order of the parameters",
    ),
    "unpacked arguments": ("(a: list[str]) -> bool", "return is_short(*a)", 2, 21, "Starred"),
    "unknown field": ("(a: str) -> Site", "return Site(a, a, port=1)", 2, 12, "unexpected keyword"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_expression_that_may_differ_between_the_languages_is_refused_where_it_stands(
    name: str, tmp_path: Path
) -> None:
    is_refused(tmp_path, *REFUSED[name])


def test_a_function_of_our_own_has_no_numbers(tmp_path: Path) -> None:
    rule = example(
        tmp_path, "def other(a: int) -> int:\n    return a\n@ours\ndef example(a: int) -> int:\n    return a  # 1\n"
    )
    with pytest.raises(PrinterError, match="no numbered steps"):
        javascript_module([rule])
