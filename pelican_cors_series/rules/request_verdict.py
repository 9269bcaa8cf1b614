"""The verdict on a request: what script gets, what reached the servers, and the step that settled it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

from .catalogue import all_rules
from .deciding_step import deciding_step
from .fetch_method import fetch_method
from .fetch_records import (
    BodyInit,
    CacheEntry,
    Client,
    EmbedderPolicy,
    FetchParams,
    Headers,
    Network,
    PolicyContainer,
    Request,
    RequestInit,
    RequestObject,
    Response,
    SettledPromise,
    WireEntry,
)
from .leaves import ascii_lowercase, parse_url
from .origins import opaque_origin, origin_of_a_url
from .request_origin import current_url
from .scenario import ScenarioError, as_json_value

if TYPE_CHECKING:
    from .request_scenario import BodyKind, RequestDescription, RequestScenario, SequenceScenario
    from .rule import Step

Outcome = Literal["basic", "cors", "opaque", "opaqueredirect", "network-error", "constructor-error"]
Result = Literal["readable", "opaque", "blocked"]

# What a page has that states no policy. https://w3c.github.io/webappsec-referrer-policy/#default-referrer-policy
DEFAULT_REFERRER_POLICY = "strict-origin-when-cross-origin"
# The Content-Type that each body brings along. https://fetch.spec.whatwg.org/#concept-bodyinit-extract
BODY_TYPES: dict[BodyKind, str | None] = {
    "text": "text/plain;charset=UTF-8",
    "urlencoded": "application/x-www-form-urlencoded;charset=UTF-8",
    "form-data": "multipart/form-data; boundary=----boundary",
    "json-blob": "application/json",
    "blob": None,
    "bytes": None,
}
RESULTS: dict[Outcome, Result] = {
    "basic": "readable",
    "cors": "readable",
    "opaque": "opaque",
    "opaqueredirect": "opaque",
    "network-error": "blocked",
    "constructor-error": "blocked",
}


@dataclass(frozen=True, slots=True)
class RequestVerdict:
    """What comes of a request.

    `status` is what script sees, 0 for an opaque response, None for an error; `readable_headers` are names in lower
    case, sorted. `wire` is what reached each server, in order. `decided_by` is the step that settled it, `spec` the
    address of its algorithm, `steps` every numbered step that ran. `preflight_cached` tells that the preflight cache
    spared a preflight.
    """

    outcome: Outcome
    status: int | None
    readable_headers: tuple[str, ...]
    wire: tuple[WireEntry, ...]
    decided_by: str
    spec: str
    steps: tuple[Step, ...]
    preflight_cached: bool

    @property
    def result(self) -> Result:
        """What script can do with it, as an author states it in `expect`."""
        return RESULTS[self.outcome]

    def meets(self, expect: str) -> bool:
        """Tell whether an author's `expect` holds: readable, opaque, blocked, or blocked by a step."""
        result, _, step = expect.partition(" by ")
        return result == self.result and step in ("", self.decided_by)

    def as_json(self) -> dict[str, object]:
        """Give the verdict as plain JSON values; a step is its name and its value."""
        return {
            "outcome": self.outcome,
            "status": self.status,
            "readable_headers": list(self.readable_headers),
            "wire": [asdict(entry) for entry in self.wire],
            "decided_by": self.decided_by,
            "spec": self.spec,
            "steps": [{"step": step.step, "value": _json_value(step.value)} for step in self.steps],
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


def fetch_arguments(
    scenario: RequestScenario, network: Network
) -> tuple[str, RequestObject | None, RequestInit, Client, Network]:
    """Give what the rule fetch_method takes for a scenario; `network` gets its servers."""
    network.hops, network.wire = list(scenario.server), []
    return scenario.request.url, None, _init(scenario.request), _client(scenario), network


def _judge(scenario: RequestScenario, network: Network) -> RequestVerdict:
    steps: list[Step] = []
    promise = fetch_method.traced(steps, *fetch_arguments(scenario, network))
    outcome = _outcome(promise)
    response = promise.response
    decided_by = deciding_step(steps, outcome)
    return RequestVerdict(
        outcome=outcome,
        status=None if response is None or promise.rejected else response.status,
        readable_headers=_names(response),
        wire=tuple(network.wire),
        decided_by=decided_by.step,
        spec=all_rules()[decided_by.rule].url or "",
        steps=tuple(steps),
        preflight_cached=any(map(_is_spared_preflight, steps)),
    )


def _outcome(promise: SettledPromise) -> Outcome:
    if promise.response is None:
        return "constructor-error"
    kind = promise.response.type
    return "network-error" if kind == "error" or kind == "default" else kind  # noqa: PLR1714 - mypy narrows by ==


def _names(response: Response | None) -> tuple[str, ...]:
    headers = [] if response is None else response.header_list
    return tuple(sorted({ascii_lowercase(name) for name, _ in headers}))


def _is_spared_preflight(step: Step) -> bool:
    return step.step == "http_fetch#4.1" and step.given["make_cors_preflight"] is True and step.value is False


def _client(scenario: RequestScenario) -> Client:
    page = parse_url(scenario.page)
    if page is None:
        member, code, message = "page", "invalid-url", f"the URL parser refuses {scenario.page!r}"
        raise ScenarioError(member, code, message)
    origin = opaque_origin() if scenario.sandboxed else origin_of_a_url(page)
    policies = PolicyContainer(EmbedderPolicy(), referrer_policy=DEFAULT_REFERRER_POLICY)
    return Client(origin, page, policies)


def _init(request: RequestDescription) -> RequestInit:
    body = None if request.body is None else BodyInit(request.body, BODY_TYPES[request.body])
    return RequestInit(
        method=request.method,
        headers=list(request.headers),
        body=body,
        referrer_policy=request.referrer_policy,
        mode=request.mode,
        credentials=request.credentials,
        cache=request.cache,
        redirect=request.redirect,
        integrity=request.integrity,
        keepalive=request.keepalive,
    )


def _json_value(value: object) -> object:  # noqa: PLR0911 - one for each kind of record
    match value:
        case Request():
            return {"method": value.method, "url": current_url(value).href}
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
