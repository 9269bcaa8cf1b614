"""One scenario with what engines did with it, and its form as plain values: a line of the recording."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, cast, get_args

from pelican_cors_series.rules import WireEntry, read_request_scenario
from pelican_cors_series.rules.deviations import ENGINES
from pelican_cors_series.rules.located_values import Located
from pelican_cors_series.rules.request_scenario import RequestDescription
from pelican_cors_series.rules.scenario_fetch import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pelican_cors_series.rules import Answer, Hop, RequestScenario
    from pelican_cors_series.rules.deviations import Engine

# Of a scenario: neither what its author expects nor whose rules are asked plays a part in what engines do.
SCENARIO_MEMBERS = ("page", "sandboxed", "request", "server")
ROW_MEMBERS = ("id", *SCENARIO_MEMBERS, "observed")
NEEDED = ("id", "page", "request", "server", "observed")
OBSERVED_MEMBERS = ("outcome", "status", "readable_headers", "wire", "reasons")
OBSERVED_NEEDED = ("outcome", "readable_headers", "wire")
WIRE_MEMBERS = tuple(field.name for field in fields(WireEntry))
WIRE_NEEDED = ("hop", "method", "preflight")
# Where fetch() writes a name otherwise than its field here.
WRITTEN = {"referrer_policy": "referrerPolicy"}


@dataclass(frozen=True, slots=True)
class Observed:
    """What one engine did: outcome, status, readable headers and wire as in a verdict.

    reasons: the engine's own names for what went wrong, sorted: a corsError or blockedReason of Chromium's, a category
    of Firefox's console. WebKit has none.
    """

    outcome: Outcome
    status: int | None
    readable_headers: tuple[str, ...]
    wire: tuple[WireEntry, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A scenario under a name, and what each engine did with it."""

    id: str
    scenario: RequestScenario
    observed: Mapping[Engine, Observed]

    def as_json(self) -> dict[str, object]:
        """Give the row as plain JSON values."""
        seen = {engine: _plain_observed(it) for engine, it in self.observed.items()}
        return {"id": self.id, **plain_scenario(self.scenario), "observed": seen}


def plain_scenario(scenario: RequestScenario) -> dict[str, object]:
    """Give a request scenario as plain JSON values in the one shortest form, without `expect` and `engine`."""
    sandboxed = {"sandboxed": True} if scenario.sandboxed else {}
    request = _plain_request(scenario.request)
    return {
        "page": scenario.page,
        **sandboxed,
        "request": request,
        "server": [_plain_hop(it) for it in scenario.server],
    }


def key_of(scenario: RequestScenario) -> str:
    """Give a text that is the same for two scenarios with which an engine would do the same."""
    return key_of_plain(plain_scenario(scenario))


def key_of_plain(row: Mapping[str, object]) -> str:
    """Give the key of a row, or of a scenario in its shortest form."""
    return json.dumps([row.get(name) for name in SCENARIO_MEMBERS])


def read_row(given: object) -> Row:
    """Read a row from plain values.

    Raises ScenarioError for the first thing that is wrong, with its path.
    """
    members = Located(given).members(ROW_MEMBERS, NEEDED)
    scenario = {name: members[name].value for name in SCENARIO_MEMBERS if name in members}
    engines = members["observed"].members(ENGINES, ENGINES)
    return Row(
        id=members["id"].text(),
        scenario=read_request_scenario(scenario),
        observed={engine: _observed(engines[engine]) for engine in ENGINES},
    )


def _observed(given: Located) -> Observed:
    members = given.members(OBSERVED_MEMBERS, OBSERVED_NEEDED)
    return Observed(
        outcome=cast("Outcome", members["outcome"].one_of(get_args(Outcome))),
        status=members["status"].whole_number() if "status" in members else None,
        readable_headers=tuple(name.text() for name in members["readable_headers"].items()),
        wire=tuple(_wire_entry(entry) for entry in members["wire"].items()),
        reasons=tuple(reason.text() for reason in members["reasons"].items()) if "reasons" in members else (),
    )


def _wire_entry(given: Located) -> WireEntry:
    members = given.members(WIRE_MEMBERS, WIRE_NEEDED)
    return WireEntry(
        hop=members["hop"].whole_number(),
        method=members["method"].text(),
        preflight=members["preflight"].boolean(),
        origin=members["origin"].text() if "origin" in members else None,
        asks_headers=members["asks_headers"].text() if "asks_headers" in members else None,
    )


def _plain_observed(seen: Observed) -> dict[str, object]:
    reasons = {"reasons": list(seen.reasons)} if seen.reasons else {}
    wire = [asdict(entry) for entry in seen.wire]
    headers = list(seen.readable_headers)
    return {"outcome": seen.outcome, "status": seen.status, "readable_headers": headers, "wire": wire, **reasons}


def _plain_request(request: RequestDescription) -> dict[str, object]:
    usual = RequestDescription(request.url)
    found: dict[str, object] = {"url": request.url}
    for field in fields(request):
        value = getattr(request, field.name)
        if value != getattr(usual, field.name):
            written = [list(pair) for pair in value] if field.name == "headers" else value
            found[WRITTEN.get(field.name, field.name)] = written
    return found


def _plain_hop(hop: Hop) -> dict[str, object]:
    answers = {"preflight": hop.preflight, "response": hop.response}
    return {"at": hop.at, **{name: _plain_answer(it) for name, it in answers.items() if it is not None}}


def _plain_answer(answer: Answer) -> dict[str, object]:
    headers = {"headers": [list(pair) for pair in answer.header_list]} if answer.header_list else {}
    return {"status": answer.status, **headers}
