"""The recorded messages → rules/console_examples.json: for each the weakest scenario that makes an engine write it."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from pelican_cors_series.rules import judge_request
from pelican_cors_series.rules.console import console_books, console_lines, facts_of_the_decision
from pelican_cors_series.rules.console_patterns import best, patterns
from pelican_cors_series.rules.request_scenario import read_request_scenario

Scenario = dict[str, Any]
CORPUS = Path(__file__).parent / "console_messages.jsonl.gz"
EXAMPLES = Path(__file__).parents[2] / "pelican_cors_series" / "rules" / "console_examples.json"


@cache
def known() -> tuple[Any, ...]:
    return patterns()


def recorded() -> list[dict[str, Any]]:
    """Return the rows of the recording, without its first line."""
    return [*map(json.loads, gzip.decompress(CORPUS.read_bytes()).decode("utf-8").splitlines())][1:]


def told(scenario: Scenario, engine: str) -> tuple[str, bool, tuple[str, ...]]:
    """Return the step at which an engine blocks a scenario, whether of a preflight, and its lines; "" for no step."""
    verdict = judge_request(replace(read_request_scenario(scenario), engine=engine))  # type: ignore[arg-type]
    lines = console_lines(verdict, engine)  # type: ignore[arg-type]
    if verdict.outcome != "network-error":
        return "", False, lines
    facts = facts_of_the_decision(verdict, console_books()[engine])  # type: ignore[index]
    return verdict.decided_by, bool(facts["preflight"]), lines


def signature(lines: tuple[str, ...]) -> tuple[int, ...]:
    """Return the patterns of the lines, by their places."""
    found = (best(line, known()) for line in lines)
    return tuple(sorted({known().index(each[0]) for each in found if each is not None}))


def weaker(scenario: Scenario) -> Iterator[Scenario]:
    """Give the scenarios that state one thing less."""
    for member in ("sandboxed", "expect", "engine"):
        if member in scenario:
            yield {key: value for key, value in scenario.items() if key != member}
    request = scenario["request"]
    for member in request.keys() - {"url"}:
        yield {**scenario, "request": {key: value for key, value in request.items() if key != member}}
    for place in range(len(pairs(request.get("headers")))):
        yield {**scenario, "request": {**request, "headers": without(request["headers"], place)}}
    for at, answer in answers(scenario):
        usual = {"preflight": 204, "response": 200}[at[-1]]
        if answer["status"] != usual:
            yield with_answer(scenario, at, {**answer, "status": usual})
        for place in range(len(pairs(answer.get("headers")))):
            yield with_answer(scenario, at, {**answer, "headers": without(answer["headers"], place)})
    server = scenario.get("server", ())
    for hop in range(1, len(server)):
        yield {**scenario, "server": server[:hop] + server[hop + 1 :]}


def answers(scenario: Scenario) -> Iterator[tuple[tuple[Any, ...], Scenario]]:
    for name in ("preflight", "response"):
        if scenario.get(name):
            yield (name,), scenario[name]
        for hop, given in enumerate(scenario.get("server", ())):
            if given.get(name):
                yield (hop, name), given[name]


def with_answer(scenario: Scenario, at: tuple[Any, ...], answer: Scenario) -> Scenario:
    if len(at) == 1:
        return {**scenario, at[0]: answer}
    server = [{**hop, at[1]: answer} if place == at[0] else hop for place, hop in enumerate(scenario["server"])]
    return {**scenario, "server": server}


def pairs(headers: Any) -> list[list[str]]:  # noqa: ANN401 - as JSON has it
    return [[*pair] for pair in (headers.items() if isinstance(headers, dict) else headers or ())]


def without(headers: Any, place: int) -> list[list[str]]:  # noqa: ANN401 - as JSON has it
    found = pairs(headers)
    return found[:place] + found[place + 1 :]


def weakest(scenario: Scenario, engine: str) -> Scenario:
    """Take away what the message does not need, one thing after the other, as long as it stays the same."""
    *wanted, lines = told(scenario, engine)
    of = signature(lines)
    while True:
        for less in weaker(scenario):
            *found, written = told(less, engine)
            if found == wanted and signature(written) == of:
                scenario = less
                break
        else:
            return scenario


def examples() -> list[dict[str, Any]]:
    """Find the smallest recorded scenario of each engine, step and set of lines, and weaken it."""
    smallest: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    seen: Counter[tuple[Any, ...]] = Counter()
    of_step: Counter[tuple[str, str]] = Counter()
    for row in recorded():
        for engine, lines in row["console"].items():
            step, preflight, written = told(row["scenario"], engine)
            if not step or not written or not {*written} <= {*lines}:
                continue
            # Where the same comes without a redirect and at an ordinary address, that is what is met most often.
            written_down = json.dumps(row["scenario"])
            unusual = ("Location" in written_down) + ("://api.example/" not in row["scenario"]["request"]["url"])
            size = unusual, len(written_down), row["id"], row["scenario"]
            key = engine, signature(written), step, preflight
            seen[key] += 1
            of_step[engine, step] += 1
            smallest[key] = min(smallest.get(key, size), size, key=lambda each: each[:3])
    found = []
    for key, (*_, scenario) in sorted(smallest.items()):
        engine, _, step, preflight = key
        weak = weakest(scenario, engine)
        lines = [line.strip() for line in told(weak, engine)[2]]
        # How much of what is blocked at the step says this: of two steps the one whose own message it is has more.
        share = round(seen[key] / of_step[engine, step], 3)
        row = {"engine": engine, "step": step, "preflight": preflight, "share": share}
        found.append({**row, "lines": lines, "scenario": weak})
    return found


if __name__ == "__main__":
    rows = examples()
    EXAMPLES.write_text("[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n", "utf-8")
    print(f"{len(rows)} examples")  # noqa: T201 - a command
