"""The Standard's algorithms on origins and CORS, verdicts on scenarios, and the rules' print as JavaScript.

`judge` takes a scenario of any kind as plain values. `compare`, `judge_request` and `judge_sequence` take typed ones,
which `read_origins_scenario`, `read_request_scenario` and `read_sequence_scenario` make of plain values:

>>> judge({"a": "https://alice.github.io/", "b": "https://bob.github.io/"}).decided_by
'schemelessly_same_site#3'
>>> api = {"url": "https://api.example/items/7"}
>>> verdict = judge({"page": "https://app.example/", "request": api, "response": {"status": 200}})
>>> verdict.outcome, verdict.decided_by
('network-error', 'cors_check#2')

`catalogue` gathers the modules that hold the rules; `leaves` and `suffix_list` hold what the host provides; `rule` says
what a rule is; `source`, `traced`, `subset…` and `javascript…` read, check and print one; `any_scenario`,
`…scenario` and `…verdict` judge; `deviations` has what engines do otherwise, `console…` what they write to their
consoles; `inventory` holds the rules against the Standard's steps.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from .any_scenario import Scenario, Verdict, judge, mismatches, read_scenario, verdict_on
from .catalogue import all_rules
from .fetch_records import Answer, Hop, WireEntry
from .origins import default_port
from .origins_scenario import read_origins_scenario
from .printer_error import PrinterError
from .request_scenario import (
    RequestDescription,
    RequestScenario,
    SequenceScenario,
    read_request_scenario,
    read_sequence_scenario,
)
from .request_verdict import RequestVerdict, SequenceVerdict, judge_request, judge_sequence
from .rule import Rule, Step
from .scenario import OriginsScenario, OriginsVerdict, ScenarioError, compare
from .suffix_list import suffix_shards

if TYPE_CHECKING:
    from .json_lines import judge_line, read_json
    from .printer import UnknownRuleError, print_rules
    from .schema import scenario_schema

__all__ = [
    "Answer",
    "Hop",
    "OriginsScenario",
    "OriginsVerdict",
    "PrinterError",
    "RequestDescription",
    "RequestScenario",
    "RequestVerdict",
    "Rule",
    "Scenario",
    "ScenarioError",
    "SequenceScenario",
    "SequenceVerdict",
    "Step",
    "UnknownRuleError",
    "Verdict",
    "WireEntry",
    "all_rules",
    "compare",
    "default_port",
    "judge",
    "judge_line",
    "judge_request",
    "judge_sequence",
    "mismatches",
    "print_rules",
    "read_json",
    "read_origins_scenario",
    "read_request_scenario",
    "read_scenario",
    "read_sequence_scenario",
    "scenario_schema",
    "suffix_shards",
    "verdict_on",
]

# Judging needs none of these, and the printer alone would double the time of the import.
_ON_DEMAND = {
    "UnknownRuleError": "printer",
    "judge_line": "json_lines",
    "print_rules": "printer",
    "read_json": "json_lines",
    "scenario_schema": "schema",
}


def __getattr__(name: str) -> object:
    """Import what is asked for by name and costs time."""
    if name not in _ON_DEMAND:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f".{_ON_DEMAND[name]}", __name__), name)
