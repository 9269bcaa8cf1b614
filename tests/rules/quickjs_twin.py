"""The printed rules in QuickJS: the same calls as in Python, with the same form of result and trace."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import ada_url
import quickjs

from pelican_cors_series.rules import print_rules, suffix_shards

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pelican_cors_series.rules import Rule, Step

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
  const given = JSON.parse(text);
  const seen = given.map((value) => (value?.same_as === undefined ? value : given[value.same_as]));
  const trace = [];
  try {
    const takesTrace = rules[name].length > seen.length;
    const result = rules[name](...seen, ...(takesTrace ? [trace] : []));
    return JSON.stringify({ result, trace });
  } catch (error) {
    return JSON.stringify({ raised: true, trace });
  }
};
"""


class QuickJsTwin:
    """One QuickJS context with all rules and the whole suffix list."""

    def __init__(self, module: str | None = None) -> None:
        self.context = quickjs.Context()
        self.context.add_callable("$ada", _parse)
        self.context.eval(SHIM)
        printed = print_rules() if module is None else module
        exported = [line.split("function ")[1].split("(")[0] for line in printed.splitlines() if line[:7] == "export "]
        self.context.module(f"{printed}\nglobalThis.rules = {{ {', '.join(exported)} }};")
        if "add_suffixes" in exported:
            for name, text in suffix_shards().items():
                self.context.eval(f"rules.add_suffixes({json.dumps(name)}, {json.dumps(text)})")

    def call(self, name: str, arguments: Sequence[object]) -> dict[str, Any]:
        """Call a rule; where two arguments are one object, they are one object there too."""
        plainly = [
            {"same_as": place} if (place := _place(arguments, at)) < at else plain(value)
            for at, value in enumerate(arguments)
        ]
        answer: dict[str, Any] = json.loads(self.context.get("$call")(name, json.dumps(plainly)))
        return answer


def python_call(rule: Rule[..., object], arguments: Sequence[object]) -> dict[str, Any]:
    """Call a rule in Python, in the form of QuickJsTwin.call."""
    trace: list[Step] = []
    try:
        result = {"result": plain(rule.traced(trace, *arguments))}
    except (AssertionError, IndexError):
        result = {"raised": True}
    steps = [{"step": step.step, "value": plain(step.value), "given": plain(dict(step.given))} for step in trace]
    return {**result, "trace": steps}


def plain(value: object) -> object:
    """Give a value as JSON has it."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


def _place(arguments: Sequence[object], at: int) -> int:
    is_record = is_dataclass(arguments[at])
    return next((i for i in range(at) if is_record and arguments[i] is arguments[at]), at)


def _parse(address: str, base: str | None) -> str | None:
    try:
        url = ada_url.URL(address, base=base)
    except ValueError:
        return None
    return json.dumps({name: getattr(url, name) for name in ("href", "protocol", "hostname", "port", "pathname")})
