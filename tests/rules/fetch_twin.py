"""A fetch through Python and through the printed JavaScript: the same result by the same steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

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

# A trace of a whole fetch names one request thousands of times: a record is compared by its being one, a list by its
# length, and what a rule was given once, not at each of its steps. What they hold shows in later steps and the result.
LIGHT = """
JSON.stringify = ((stringify) => (answer) => {
  const kind = (value) => (Array.isArray(value) ? value.length : value === null ? null : "record");
  const light = (value) => (typeof value === "object" ? kind(value) : value);
  const given = (step, before) => (step.given === before?.given ? null : Object.values(step.given).map(light));
  const entry = (step, at, steps) => [step.step, light(step.value), given(step, steps[at - 1])];
  return stringify(answer.trace === undefined ? answer : { ...answer, trace: answer.trace.map(entry) });
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
        python = {"result": plain(result), "trace": light_trace(steps)}
        assert self.javascript.call(rule.name, arguments()) == python
        return result


def light_trace(steps: list[Step]) -> list[list[object]]:
    before: object = None
    found: list[list[object]] = []
    for step in steps:
        given = None if step.given is before else [light(value) for value in step.given.values()]
        found.append([step.step, light(step.value), given])
        before = step.given
    return found


def light(value: object) -> object:
    if isinstance(value, list | tuple):
        return len(value)
    return value if isinstance(value, str | int | None) else "record"


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
