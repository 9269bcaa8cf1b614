"""The fewest changes of the servers' answers that let script read a response, found by asking the rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from .fetch_records import Answer
from .header_values import extract_header_list_values, get
from .leaves import ascii_lowercase
from .request_headers import cors_non_wildcard_request_header_name
from .request_methods import cors_safelisted_method, normalize_a_method
from .scenario_fetch import RESULTS, copy_of, fetch_arguments, fetch_method_of, outcome_of
from .statuses import ok_status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .fetch_records import Hop, Network, WireEntry
    from .request_scenario import RequestDescription, RequestScenario

AnswerName = Literal["preflight", "response"]
ALLOW_ORIGIN = "Access-Control-Allow-Origin"
NO_CONTENT = 204


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a server's answer: the status, or the one value of the header `name`, which is None for a status.

    `hop` counts from 0. The status of an answer that is missing makes the server answer.
    """

    hop: int
    answer: AnswerName
    member: Literal["status", "header"]
    name: str | None
    value: str | int


def changed(scenario: RequestScenario, changes: Sequence[Change]) -> RequestScenario:
    """Give a scenario whose servers answer with the changes; a header of an answer that is missing changes nothing."""
    server = list(scenario.server)
    for change in sorted(changes, key=lambda change: change.member == "header"):
        server[change.hop] = _changed_hop(server[change.hop], change)
    return replace(scenario, server=tuple(server))


def is_readable(scenario: RequestScenario, before: Network) -> bool:
    """Ask the rules whether script may read the response; `before` is the network as the request finds it."""
    fetch = fetch_method_of(scenario.engine)
    return RESULTS[outcome_of(fetch(*fetch_arguments(scenario, copy_of(before))))] == "readable"


def fewest_changes(
    scenario: RequestScenario, before: Network, first: tuple[Change, ...] = ()
) -> tuple[Change, ...] | None:
    """Give the fewest changes that let script read the response; None where no change of an answer does.

    `first` are changes to try besides those that the requests ask for. Every answer gets all that could help, and then
    each change goes that the rules can do without. No check is passed in two ways but for the choice of the origin, so
    what is left is the smallest set, however many there are.
    """
    kept = everything_allowed(scenario, before, first)
    if not is_readable(changed(scenario, kept), before):
        return None
    for change in kept:
        without = [other for other in kept if other != change]
        if is_readable(changed(scenario, without), before):
            kept = without
    return tuple(_without_null(scenario, before, kept))


def everything_allowed(scenario: RequestScenario, before: Network, first: tuple[Change, ...] = ()) -> list[Change]:
    """Give the changes by which every server that is reached allows all it is asked for.

    An answer that allows more lets the browser ask further, so the rules run until no request is new.
    """
    found, answered = list(first), 0
    while True:
        wire = wire_of(changed(scenario, found), before)
        if len(wire) == answered:
            return found
        for entry in wire[answered:]:
            found += _allowances(entry, scenario)
        answered = len(wire)


def wire_of(scenario: RequestScenario, before: Network) -> list[WireEntry]:
    """Give the requests that reach the servers of a scenario."""
    network = copy_of(before)
    fetch_method_of(scenario.engine)(*fetch_arguments(scenario, network))
    return network.wire


def _changed_hop(hop: Hop, change: Change) -> Hop:
    answer = hop.preflight if change.answer == "preflight" else hop.response
    if isinstance(change.value, int):
        answer = Answer(change.value, [] if answer is None else answer.header_list)
    elif answer is not None and change.name is not None:
        name = ascii_lowercase(change.name)
        others = [header for header in answer.header_list if ascii_lowercase(header[0]) != name]
        answer = Answer(answer.status, [*others, (change.name, change.value)])
    return replace(hop, preflight=answer) if change.answer == "preflight" else replace(hop, response=answer)


def _without_null(scenario: RequestScenario, before: Network, changes: list[Change]) -> list[Change]:
    # Every page can put on the origin "null" with a sandboxed frame: where * does as well, it says so openly.
    for at, change in enumerate(changes):
        if change.name == ALLOW_ORIGIN and change.value == "null":
            openly = [*changes[:at], replace(change, value="*"), *changes[at + 1 :]]
            if is_readable(changed(scenario, openly), before):
                changes = openly
    return changes


def _allowances(entry: WireEntry, scenario: RequestScenario) -> Iterator[Change]:
    """Give what is not yet in an answer and could be checked of it, after a request that names its origin."""
    hop = scenario.server[entry.hop]
    answer = hop.preflight if entry.preflight else hop.response
    name: AnswerName = "preflight" if entry.preflight else "response"
    if entry.origin is None or (answer is None and not entry.preflight):
        return
    headers = [] if answer is None else answer.header_list
    if entry.preflight and (answer is None or not ok_status(answer.status)):
        yield Change(entry.hop, name, "status", None, NO_CONTENT)
    wanted: dict[str, str | None] = {ALLOW_ORIGIN: entry.origin}
    if scenario.request.credentials == "include":
        wanted["Access-Control-Allow-Credentials"] = "true"
    if entry.preflight:
        wanted["Access-Control-Allow-Methods"] = _methods(scenario.request, headers)
        wanted["Access-Control-Allow-Headers"] = _header_names(scenario.request, entry.asks_headers, headers)
    for header, value in wanted.items():
        if value is not None and get(header, headers) != value:
            yield Change(entry.hop, name, "header", header, value)


def _methods(request: RequestDescription, headers: list[tuple[str, str]]) -> str | None:
    # After a redirect that changes the method the preflight asks for GET, which needs no permission.
    method = normalize_a_method(request.method)
    found = extract_header_list_values("Access-Control-Allow-Methods", headers)
    if found is not None and found.failure:
        return method
    allowed = [] if found is None else found.values
    if cors_safelisted_method(method) or method in allowed or _has_wildcard(request, allowed):
        return None
    return ", ".join([*_literal(request, allowed), method])


def _header_names(request: RequestDescription, asked: str | None, headers: list[tuple[str, str]]) -> str | None:
    names = [] if asked is None else asked.split(",")
    found = extract_header_list_values("Access-Control-Allow-Headers", headers)
    if found is not None and found.failure:
        return ", ".join(names)
    allowed = [] if found is None else found.values
    if _has_wildcard(request, allowed):
        names = [name for name in names if cors_non_wildcard_request_header_name(name)]
    lowered = [ascii_lowercase(name) for name in allowed]
    missing = [name for name in names if name not in lowered]
    return ", ".join([*_literal(request, allowed), *missing]) if missing else None


def _has_wildcard(request: RequestDescription, allowed: list[str]) -> bool:
    return request.credentials != "include" and "*" in allowed


def _literal(request: RequestDescription, allowed: list[str]) -> list[str]:
    # With credentials * stands for nothing but itself.
    return [value for value in allowed if value != "*" or request.credentials != "include"]
