"""The weakest scenarios at which an engine writes a message, as data: found among what the lab recorded."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from .console_patterns import best, patterns
from .leaves import parse_url
from .request_scenario import read_request_scenario

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .console_patterns import Pattern
    from .request_scenario import RequestScenario

# Where no answer comes, that is what the message is about; elsewhere an answer that is left out is one not asked for.
CLOSED = "http_network_or_cache_fetch#11.2"


@dataclass(frozen=True, slots=True)
class ConsoleExample:
    """A scenario that states no more than a message needs, the step that blocks it, and what the engine writes.

    `facts` are what the lines name, by the names of console_facts.py; `preflight` tells that it is a preflight that
    fails. `share` is how much of what was recorded as blocked at that step says this, from 0 to 1.
    """

    engine: str
    step: str
    preflight: bool
    share: float
    lines: tuple[Pattern, ...]
    facts: Mapping[str, str]
    scenario: RequestScenario


@cache
def console_examples() -> tuple[ConsoleExample, ...]:
    """Read the examples of every engine, step and set of lines."""
    known = patterns()
    rows = json.loads(files(__package__).joinpath("console_examples.json").read_text("utf-8"))
    return tuple(_example(row, known) for row in rows)


def as_plain_scenario(example: ConsoleExample) -> dict[str, Any]:
    """Give the scenario as plain values: its address whole, hop by hop, what is not asked for left out."""
    scenario = example.scenario
    request, page = scenario.request, parse_url(scenario.page)
    url = None if page is None else parse_url(request.url, page.href)
    members = {
        "url": request.url if url is None else url.href,
        "method": request.method if request.method != "GET" else None,
        "mode": request.mode if request.mode != "cors" else None,
        "credentials": request.credentials if request.credentials != "same-origin" else None,
        "redirect": request.redirect if request.redirect != "follow" else None,
        "headers": [[*pair] for pair in request.headers] or None,
        "body": request.body,
        "cache": request.cache,
        "integrity": request.integrity,
    }
    server = [
        {"at": hop.at, **_answer("preflight", hop.preflight, example), **_answer("response", hop.response, example)}
        for hop in scenario.server
    ]
    sandboxed = {"sandboxed": True} if scenario.sandboxed else {}
    asked = {name: value for name, value in members.items() if value is not None}
    return {"page": scenario.page, **sandboxed, "request": asked, "server": server}


def _answer(name: str, answer: Any, example: ConsoleExample) -> dict[str, Any]:  # noqa: ANN401 - an Answer or None
    if answer is not None:
        return {name: {"status": answer.status, "headers": [[*pair] for pair in answer.header_list]}}
    is_closed = example.step == CLOSED and example.preflight == (name == "preflight")
    return {name: None} if is_closed else {}


def _example(row: Mapping[str, Any], known: Sequence[Pattern]) -> ConsoleExample:
    found = [line for line in (best(line, known) for line in row["lines"]) if line is not None]
    facts: dict[str, str] = {}
    for _, named in found:
        facts = {**named, **facts}
    return ConsoleExample(
        engine=row["engine"],
        step=row["step"],
        preflight=row["preflight"],
        share=row["share"],
        lines=tuple(dict.fromkeys(pattern for pattern, _ in found)),
        facts=facts,
        scenario=read_request_scenario(row["scenario"]),
    )
