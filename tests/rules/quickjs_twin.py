"""The printed rules in QuickJS: the same calls as in Python, with the same form of result and trace."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import ada_url
import quickjs
from conftest import exports

from pelican_cors_series.rules import print_rules, suffix_shards

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pelican_cors_series.rules import Rule, Step

T = TypeVar("T")

# The browser's URL, by the parser that Python asks too; and a call whose arguments and result are JSON.
SHIM = """
globalThis.URL = class {
  constructor(address, base) {
    const parts = $ada(address, base ?? null);
    if (parts === null) throw new TypeError(address);
    Object.assign(this, JSON.parse(parts));
  }
};
globalThis.$call = (name, text) => {
  const [given, parts] = JSON.parse(text);
  const made = parts.map((part) => (Array.isArray(part) ? [] : {}));
  const whole = (value) => (value?.part === undefined ? value : made[value.part]);
  parts.forEach((part, place) => {
    for (const name in part) made[place][name] = whole(part[name]);
  });
  const seen = given.map(whole);
  const trace = [];
  try {
    // A leaf may have an argument that is left out; everything else stands the trace, whether it takes one or not.
    const result = rules[name].length > seen.length ? rules[name](...seen) : rules[name](...seen, trace);
    return JSON.stringify({ result, trace });
  } catch (error) {
    return JSON.stringify({ raised: true, trace });
  }
};
"""
RAISED = "raised"


class QuickJsTwin:
    """One QuickJS context with all rules and the whole suffix list."""

    def __init__(self, module: str | None = None) -> None:
        self.context = quickjs.Context()
        self.context.add_callable("$ada", _parse)
        self.context.eval(SHIM)
        printed = print_rules() if module is None else module
        names = exports(printed)
        given = ", ".join(f"{name}: {local}" for name, local in names.items())
        self.context.module(f"{printed}\nglobalThis.rules = {{ {given} }};")
        if "add_suffixes" in names:
            for name, text in suffix_shards().items():
                self.context.eval(f"rules.add_suffixes({json.dumps(name)}, {json.dumps(text)})")

    def call(self, name: str, arguments: Sequence[object]) -> dict[str, Any]:
        """Call a rule; what is one record or one list in the arguments is one there too."""
        parts: dict[int, tuple[int, object]] = {}
        given = [_linked(value, parts) for value in arguments]
        answer: dict[str, Any] = json.loads(
            self.context.get("$call")(name, json.dumps([given, [part for _, part in parts.values()]]))
        )
        return answer

    def both(self, rule: Rule[..., object], *arguments: object) -> object:
        """Call a rule in both languages and return what it came to, RAISED where an assertion did not hold.

        The result, the trace and what the arguments then hold have to be the same; those of Python are changed.
        """
        printed, python = self.call(rule.name, arguments), python_call(rule, arguments)
        assert printed == python
        return python.get("result", RAISED)


def python_call(rule: Rule[..., object], arguments: Sequence[object]) -> dict[str, Any]:
    """Call a rule in Python, in the form of QuickJsTwin.call."""
    trace: list[Step] = []
    try:
        result = {"result": plain(rule.traced(trace, *arguments))}
    except (AssertionError, IndexError, ValueError):
        result = {"raised": True}
    steps = [{"step": step.step, "value": plain(step.value), "given": plain(dict(step.given))} for step in trace]
    return {**result, "trace": steps}


def both(twin: QuickJsTwin, rule: Rule[..., T], *arguments: object) -> T:
    """Call a rule in both languages, hold results and traces against each other, and return the result."""
    assert twin.call(rule.name, arguments) == python_call(rule, arguments)
    return rule(*arguments)


def plain(value: object) -> object:
    """Give a value as JSON has it."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


def _linked(value: object, parts: dict[int, tuple[int, object]]) -> object:
    """Give a scalar itself, and for a record or a list its place among the parts."""
    if not is_dataclass(value) and not isinstance(value, list | tuple):
        return value
    if id(value) not in parts:
        parts[id(value)] = (len(parts), None)
        members = (
            {field.name: _linked(getattr(value, field.name), parts) for field in fields(value)}
            if is_dataclass(value)
            else [_linked(item, parts) for item in value]
        )
        parts[id(value)] = (parts[id(value)][0], members)
    return {"part": parts[id(value)][0]}


def _parse(address: str, base: str | None) -> str | None:
    try:
        url = ada_url.URL(address, base=base)
    except ValueError:
        return None
    return json.dumps({name: getattr(url, name) for name in ("href", "protocol", "hostname", "port", "pathname")})
