"""The Standard's algorithms on origins and sites, their verdicts, and their print as JavaScript.

`origins`, `public_suffix` and `documents` hold the rules; `leaves` and `suffix_list` what the host provides; `rule`
what a rule is; `source`, `traced`, `subset…` and `javascript…` read, check and print one; `scenario` judges two
addresses; `inventory` holds the rules against the Standard's steps.
"""

from .catalogue import all_rules
from .origins import default_port
from .printer import UnknownRuleError, print_rules
from .printer_error import PrinterError
from .rule import Rule, Step
from .scenario import OriginsScenario, OriginsVerdict, ScenarioError, compare
from .suffix_list import suffix_shards

__all__ = [
    "OriginsScenario",
    "OriginsVerdict",
    "PrinterError",
    "Rule",
    "ScenarioError",
    "Step",
    "UnknownRuleError",
    "all_rules",
    "compare",
    "default_port",
    "print_rules",
    "suffix_shards",
]
