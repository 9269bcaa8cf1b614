"""Rows of our own, each written from the text of a standard for what no foreign row touches: cases/*.jsonl.

A row with a `rule` calls it: `given` are its arguments, `result` is what it gives, `after` what an argument is then.
A row with a `scenario`, or with `exchanges` in one browser, states some members of the verdict.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pelican_cors_series.rules import all_rules, read_request_scenario
from pelican_cors_series.rules.fetch_method import fetch_method
from pelican_cors_series.rules.fetch_records import Network
from pelican_cors_series.rules.scenario_fetch import copy_of, fetch_arguments, seen_of
from pelican_cors_series.rules.static_types import annotations_of

from .corpus import Corpus, one_case_a_row, read_rows
from .plain_values import holds, made

if TYPE_CHECKING:
    from .corpus import Row, Way

CASES = Path(__file__).parents[1] / "cases"


def own_corpora() -> list[Corpus]:
    read = [(file.stem, [prepared(row) for row in read_rows(file)]) for file in sorted(CASES.glob("*.jsonl"))]
    return [replace(one_case_a_row(name, rows, check), sources=("own",)) for name, rows in read]


def prepared(row: Row) -> Row:
    """Add to a row that calls a rule what types its arguments have."""
    if "rule" not in row:
        return row
    function = all_rules()[row["rule"]].function
    annotations = annotations_of(function, function.__globals__)
    return {**row, "parameters": {name: it for name, it in annotations.items() if name != "return"}}


def check(way: Way, row: Row) -> bool:
    if "rule" in row:
        return call_row(way, row)
    network = Network([], [], [])
    for exchange in row.get("exchanges", [row]):
        network.now += round(exchange.get("seconds", 0) * 1000)
        if not exchange_row(way, exchange["scenario"], exchange["verdict"], network):
            return False
    return True


def call_row(way: Way, row: Row) -> bool:
    calls: list[dict[str, object]] = []

    def arguments() -> tuple[object, ...]:
        calls.append({})
        for name, annotation in row["parameters"].items():
            calls[-1][name] = made(annotation, row["given"][name], calls[-1])
        return tuple(calls[-1].values())

    found = way(all_rules()[row["rule"]], arguments)
    changed = all(holds(it, calls[0][name], calls[0]) for name, it in row.get("after", {}).items())
    return changed and ("result" not in row or holds(row["result"], found, calls[0]))


def exchange_row(way: Way, scenario: Row, verdict: Row, network: Network) -> bool:
    """Run one request of a browser; `network` keeps its preflight cache."""
    described = read_request_scenario(scenario)
    networks: list[Network] = []

    def arguments() -> tuple[object, ...]:
        networks.append(copy_of(network))
        return fetch_arguments(described, networks[-1])

    seen = seen_of(way(fetch_method, arguments))
    network.preflight_cache = networks[0].preflight_cache
    found = {name: getattr(seen, name) for name in ("outcome", "status", "readable_headers")}
    found["wire"] = networks[0].wire
    return all(holds(it, found[name], {}) for name, it in verdict.items())
