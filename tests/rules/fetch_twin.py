"""A fetch through Python and through the printed JavaScript: the same result by the same steps."""

from __future__ import annotations

import json
from dataclasses import is_dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from conftest import shared
from quickjs_twin import QuickJsTwin, plain

from pelican_cors_series.minifier import minify
from pelican_cors_series.rules.fetch_records import Client, EmbedderPolicy, PolicyContainer
from pelican_cors_series.rules.leaves import parse_url
from pelican_cors_series.rules.origins import origin_of_a_url, serialization_of_an_origin
from pelican_cors_series.rules.printer import javascript_module
from pelican_cors_series.rules.request_headers import normalize_a_header_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pelican_cors_series.rules import Rule, Step
    from pelican_cors_series.rules.records import Url

T = TypeVar("T")

# A trace of a whole fetch names one request thousands of times: a record or a list is compared by its being one, and
# the arguments of each step not at all. What they hold shows in the later steps and in the result.
LIGHT = """
JSON.stringify = ((stringify) => (answer) => {
  const kind = (value) => (Array.isArray(value) ? value.length : value === null ? null : "record");
  const light = ({ step, value }) => ({ step, value: typeof value === "object" ? kind(value) : value });
  return stringify({ ...answer, trace: answer.trace.map(light) });
})(JSON.stringify);
"""


class FetchTwin:
    """The printed rules, and calls of them in both languages."""

    def __init__(self, rules: Iterable[Rule[..., Any]], *, minified: bool = False) -> None:
        printed = javascript_module(rules)
        self.javascript = QuickJsTwin(minify(printed).text if minified else printed)
        self.javascript.context.eval(LIGHT)

    def both(self, rule: Rule[..., T], arguments: Callable[[], tuple[object, ...]]) -> T:
        """Call a rule in both languages, each with arguments of its own, and return Python's result."""
        steps: list[Step] = []
        result = rule.traced(steps, *arguments())
        python = {"result": plain(result), "trace": [{"step": step.step, "value": light(step.value)} for step in steps]}
        assert self.javascript.call(rule.name, arguments()) == python
        return result


def light(value: object) -> object:
    if isinstance(value, list | tuple):
        return len(value)
    return "record" if is_dataclass(value) else value


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in shared("cases", f"{name}.jsonl").read_text("utf-8").splitlines()]


def url(address: str) -> Url:
    parsed = parse_url(address)
    assert parsed is not None
    return parsed


def client(page: str) -> Client:
    policies = PolicyContainer(EmbedderPolicy(), referrer_policy="strict-origin-when-cross-origin")
    return Client(origin_of_a_url(url(page)), url(page), policies)


def lines(**headers: object) -> list[tuple[str, str]]:
    """Write header lines; an underscore stands for a hyphen, None and False for no line."""
    return [
        (name.replace("_", "-"), "true" if value is True else normalize_a_header_value(str(value)))
        for name, value in headers.items()
        if value is not None and value is not False
    ]


def at(address: str) -> str:
    return serialization_of_an_origin(origin_of_a_url(url(address)))
