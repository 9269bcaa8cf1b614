"""The verdict on a request: what script gets, what reached the servers, and the step that settled it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from .catalogue import all_rules
from .console import console_lines
from .deciding_step import deciding_step
from .deviations import ENGINES
from .engine_differences import engine_differences
from .fetch_records import (
    CacheEntry,
    Client,
    FetchParams,
    Headers,
    Network,
    Request,
    RequestObject,
    Response,
    SettledPromise,
    WireEntry,
)
from .request_change import Remedy, remedy
from .request_origin import current_url
from .scenario import as_json_value
from .scenario_fetch import RESULTS, Seen, copy_of, fetch_arguments, fetch_method_of, seen_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .change import Change
    from .deviations import Engine
    from .engine_differences import EngineDifference
    from .request_change import RequestChange
    from .request_scenario import RequestScenario, SequenceScenario
    from .rule import Step
    from .scenario_fetch import Outcome, Result


@dataclass(frozen=True)  # with a __dict__, where `remedy`, `deviations` and `console` keep what they have found
class RequestVerdict:
    """What comes of a request.

    `status` is what script sees, 0 for an opaque response, None for an error; `readable_headers` are names in lower
    case, sorted. `wire` is what reached each server, in order. `decided_by` is the step that settled it, `spec` the
    address of its algorithm, `steps` every numbered step that ran. `preflight_cached` tells that the preflight cache
    spared a preflight. `scenario` was judged, on the network that `before` describes.
    """

    outcome: Outcome
    status: int | None
    readable_headers: tuple[str, ...]
    wire: tuple[WireEntry, ...]
    decided_by: str
    spec: str
    steps: tuple[Step, ...]
    preflight_cached: bool
    scenario: RequestScenario = field(repr=False, compare=False)
    before: Network = field(repr=False, compare=False)

    @cached_property
    def remedy(self) -> Remedy:
        """What would let script read the response; found when first asked for, by judging changed scenarios."""
        return Remedy() if self.result == "readable" else remedy(self.scenario, self.before)

    @cached_property
    def deviations(self) -> tuple[EngineDifference, ...]:
        """Where engines make something else of it than the Standard; of an engine's own verdict, where it does."""
        if self.scenario.engine != "standard":
            standard = _judge(replace(self.scenario, engine="standard"), copy_of(self.before))
            return tuple(row for row in standard.deviations if row.engine == self.scenario.engine)
        seen = Seen(self.outcome, self.status, self.readable_headers)
        return engine_differences(self.scenario, self.before, seen, self.steps)

    @cached_property
    def console(self) -> Mapping[Engine, tuple[str, ...]]:
        """What each engine writes to its console, one string for each message, whichever engine the verdict is of.

        Each judges by its own rules and, in a sequence, on the network that this request has met; found when first
        asked for.
        """
        return {engine: console_lines(self._as_judged_by(engine), engine) for engine in ENGINES}

    def _as_judged_by(self, engine: Engine) -> RequestVerdict:
        if self.scenario.engine == engine:
            return self
        return _judge(replace(self.scenario, engine=engine), copy_of(self.before))

    @property
    def change(self) -> tuple[Change, ...]:
        """The one or two changes of the servers' answers that would let script read the response."""
        return self.remedy.change

    @property
    def request_must_change(self) -> RequestChange | None:
        """Why the answers alone can't help, and what the page has to ask for instead; None where they can."""
        return self.remedy.request_must_change

    @property
    def result(self) -> Result:
        """What script can do with it, as an author states it in `expect`."""
        return RESULTS[self.outcome]

    def meets(self, expect: str) -> bool:
        """Tell whether an author's `expect` holds: readable, opaque, blocked, or blocked by a step."""
        result, _, step = expect.partition(" by ")
        return result == self.result and step in ("", self.decided_by)

    def as_json(self) -> dict[str, object]:
        """Give the verdict as plain JSON values, with what would help; a step is its name and its value."""
        return {
            "outcome": self.outcome,
            "status": self.status,
            "readable_headers": list(self.readable_headers),
            "wire": [asdict(entry) for entry in self.wire],
            "decided_by": self.decided_by,
            "spec": self.spec,
            "steps": [{"step": step.step, "value": _json_value(step.value)} for step in self.steps],
            **self.remedy.as_json(),
            "console": {engine: list(lines) for engine, lines in self.console.items()},
            "deviations": [asdict(deviation) for deviation in self.deviations],
        }


@dataclass(frozen=True, slots=True)
class SequenceVerdict:
    """The verdicts on a sequence's requests, in order."""

    exchanges: tuple[RequestVerdict, ...]

    def as_json(self) -> dict[str, object]:
        """Give the verdicts as plain JSON values, each with `preflight_cached`."""
        return {
            "exchanges": [
                {**verdict.as_json(), "preflight_cached": verdict.preflight_cached} for verdict in self.exchanges
            ]
        }


def judge_request(scenario: RequestScenario) -> RequestVerdict:
    """Judge a request. Raises ScenarioError for a page that the URL parser refuses."""
    return _judge(scenario, Network(hops=[], wire=[], preflight_cache=[]))


def judge_sequence(scenario: SequenceScenario) -> SequenceVerdict:
    """Judge the requests of a sequence in order, with one preflight cache. Raises ScenarioError as judge_request."""
    network = Network(hops=[], wire=[], preflight_cache=[])
    verdicts: list[RequestVerdict] = []
    for after, exchange in scenario.exchanges:
        network.now += round(after * 1000)
        verdicts.append(_judge(exchange, network))
    return SequenceVerdict(tuple(verdicts))


def _judge(scenario: RequestScenario, network: Network) -> RequestVerdict:
    before = copy_of(network)
    steps: list[Step] = []
    promise = fetch_method_of(scenario.engine).traced(steps, *fetch_arguments(scenario, network))
    seen = seen_of(promise)
    decided_by = deciding_step(steps, seen.outcome)
    return RequestVerdict(
        outcome=seen.outcome,
        status=seen.status,
        readable_headers=seen.readable_headers,
        wire=tuple(network.wire),
        decided_by=decided_by.step,
        spec=all_rules()[decided_by.rule].url or "",
        steps=tuple(steps),
        preflight_cached=any(map(_is_spared_preflight, steps)),
        scenario=scenario,
        before=before,
    )


def _is_spared_preflight(step: Step) -> bool:
    return step.step == "http_fetch#4.1" and step.given["make_cors_preflight"] is True and step.value is False


def _json_value(value: object) -> object:  # noqa: PLR0911 - one for each kind of record
    match value:
        case Request():
            return {"method": value.method, "url": current_url(value).href}
        case Client():
            return {"origin": as_json_value(value.origin), "url": value.api_base_url.href}
        case RequestObject() | FetchParams():
            return _json_value(value.request)
        case Response():
            return {"type": value.type, "status": value.status}
        case SettledPromise():
            return {"rejected": value.rejected, "response": _json_value(value.response)}
        case Headers():
            return {"guard": value.guard, "header_list": value.header_list}
        case CacheEntry():
            return {"method": value.method, "header_name": value.header_name, "max_age": value.max_age}
        case list() | tuple():
            return [_json_value(item) for item in value]
    return as_json_value(value)
