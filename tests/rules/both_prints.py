"""One rule through its traced Python and its printed JavaScript, call by call."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from example_rule import example
from quickjs_twin import QuickJsTwin, plain, python_call

from pelican_cors_series.rules.printer import javascript_module

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Calls = list[list[Any]]


def both_prints(tmp_path: Path, signature: str, body: str, calls: Calls) -> Iterator[Sequence[dict[str, Any]]]:
    """Give what each call comes to in both languages, result and trace; each has the arguments for itself.

    JavaScript is there twice, with the numbers of its steps and counting them.
    """
    rule = example(tmp_path, f"def example{signature}:\n    {body}\n")
    for twin in [QuickJsTwin(javascript_module([rule], counts=counts)) for counts in (False, True)]:
        for arguments in calls:
            yield python_call(rule, copy.deepcopy(arguments)), twin.call("example", arguments)


def come_to_the_same(tmp_path: Path, signature: str, body: str, calls: Calls) -> None:
    """Assert that each call comes to the same in both languages, and without a trace."""
    rule = example(tmp_path, f"def example{signature}:\n    {body}\n")
    for arguments, (traced, printed) in zip(calls * 2, both_prints(tmp_path, signature, body, calls), strict=True):
        assert printed == traced
        assert plain(rule(*copy.deepcopy(arguments))) == traced["result"]
