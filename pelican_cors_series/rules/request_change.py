"""What would let script read a response: changes of the servers' answers or, where none do, of the request."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from .change import Change, changed, everything_allowed, fewest_changes, is_readable, wire_of
from .deciding_step import deciding_step
from .fetch_records import Request
from .leaves import ascii_lowercase
from .over_https import origin_at, over_https
from .request_origin import current_url
from .scenario_fetch import copy_of, fetch_arguments, fetch_method_of, outcome_of
from .statuses import redirect_status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .fetch_records import Network
    from .request_scenario import RequestDescription, RequestScenario
    from .rule import Step

MOST_CHANGES = 2
MORE_CHANGES = "more-than-two-answers"
MIXED_CONTENT = "mixed-content"
# Why no answer helps, by the outcome, or by the step or its rule that refuses the request then; else the rule's name.
CODES = {
    "constructor-error": "constructor",
    "opaque": "mode-no-cors",
    "opaqueredirect": "redirect-manual",
    "main_fetch#12.[3]": "mode-same-origin",
    "main_fetch#12.[4].1": "mode-no-cors",
    "main_fetch#12.[5]": "scheme",
    "main_fetch#21": "range",
    "main_fetch#23.2": "integrity",
    "http_fetch#6.3.[1].1": "redirect-error",
    "http_network_or_cache_fetch#11.1": "only-if-cached",
    "http_network_or_cache_fetch#11.2": "no-server",
    "http_redirect_fetch#5": "invalid-location",
    "http_redirect_fetch#6": "location-scheme",
    "http_redirect_fetch#7": "too-many-redirects",
    "http_redirect_fetch#9": "location-credentials",
    "http_redirect_fetch#10": "location-credentials",
    "cross_origin_resource_policy_internal_check": "resource-policy",
    "scheme_fetch": "scheme",
    "should_be_blocked_due_to_a_bad_port": "bad-port",
    "should_fetching_request_be_blocked_as_mixed_content": MIXED_CONTENT,
}
USER_INFO = re.compile(r"(?<=//)[^/?#\\]*@")


@dataclass(frozen=True, slots=True)
class RequestChange:
    """Why one or two changes of answers don't help, as a permanent `code`, and the one member of the request to change.

    `member` and `value` are in the scenario's form (a `value` of None leaves the member out); `member` is None where
    no single member helps. `change` are the changes of answers, however many, that are needed besides; without a
    `member`, as with more-than-two-answers, they suffice. With mixed-content all of it holds once the servers answer at
    https: as well.
    """

    code: str
    member: str | None
    value: object
    change: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Remedy:
    """What would let script read a response: one or two changes of answers, or a change of the request."""

    change: tuple[Change, ...] = ()
    request_must_change: RequestChange | None = None

    def as_json(self) -> dict[str, object]:
        """Give it as plain JSON values."""
        request = self.request_must_change
        return {
            "change": [asdict(change) for change in self.change],
            "request_must_change": None if request is None else asdict(request),
        }


def remedy(scenario: RequestScenario, before: Network) -> Remedy:
    """Find what would let script read a response that it can't; everything that is given holds by the rules.

    `before` is the network as the request finds it. A redirect ends, with the status 200, only where the rules refuse
    the redirect itself and no change of the request helps: script would read another response than the one it asks for.
    """
    changes = fewest_changes(scenario, before)
    if changes is not None and len(changes) <= MOST_CHANGES:
        return Remedy(changes)
    if changes is not None:
        unaided = _request_change(MORE_CHANGES, scenario, before, aided=False)
        return Remedy((), unaided or RequestChange(MORE_CHANGES, None, None, changes))
    allowed = changed(scenario, everything_allowed(scenario, before))
    refusal = _refusal(allowed, before)
    code = _code(refusal)
    if code == MIXED_CONTENT:
        return Remedy((), _request_over_https(scenario, before))
    found = _request_change(code, scenario, before, aided=True)
    if found is not None:
        return Remedy((), found)
    if refusal[1].rule == "http_redirect_fetch" or code == "redirect-error":
        ended = fewest_changes(scenario, before, _end_of_redirects(allowed, before))
        if ended is not None and len(ended) <= MOST_CHANGES:
            return Remedy(ended)
    return Remedy((), RequestChange(code, None, None))


def _request_change(code: str, scenario: RequestScenario, before: Network, *, aided: bool) -> RequestChange | None:
    """Give the first change of the request that helps by itself or, `aided`, with the fewest changes of answers."""
    tried = [(member, value, replace(scenario, request=it)) for member, value, it in _alternatives(scenario.request)]
    for member, value, other in tried:
        if is_readable(other, before):
            return RequestChange(code, member, value)
    helped = [(fewest_changes(other, before), member, value) for member, value, other in tried if aided]
    found = [RequestChange(code, member, value, changes) for changes, member, value in helped if changes is not None]
    return min(found, key=lambda it: len(it.change), default=None)


def _request_over_https(scenario: RequestScenario, before: Network) -> RequestChange:
    """Give the address to ask for, and where redirects have to lead, so that nothing is mixed content.

    No server is known to answer there, so these are no changes of the answers that the scenario has.
    """
    origins: list[str] = []
    while True:
        moved = over_https(scenario, origins)
        allowed = everything_allowed(moved.scenario, before, moved.locations)
        refusal = _refusal(changed(moved.scenario, allowed), before)
        if _code(refusal) != MIXED_CONTENT:
            break
        blocked = refusal[1].given["request"]
        url = current_url(blocked) if isinstance(blocked, Request) else None
        if url is None or url.scheme != "http" or origin_at(url) in origins:
            return RequestChange("scheme", None, None)
        origins.append(origin_at(url))
    found = fewest_changes(moved.scenario, before, moved.locations)
    if found is None:
        return RequestChange(MIXED_CONTENT, None, None)
    changes = tuple(replace(change, hop=moved.hops[change.hop]) for change in found)
    return RequestChange(MIXED_CONTENT, None if moved.url is None else "url", moved.url, changes)


def _alternatives(request: RequestDescription) -> Iterator[tuple[str, object, RequestDescription]]:
    """Give the requests that differ in one member; last those that no longer ask for what the page wants."""
    for member, value in _values(request):
        given: dict[str, Any] = {member: value}
        if member == "headers":
            yield member, [list(pair) for pair in value], replace(request, **given)
        elif getattr(request, member) != value:
            yield member, value, replace(request, **given)


def _values(request: RequestDescription) -> Iterator[tuple[str, Any]]:
    yield "mode", "cors"
    yield "redirect", "follow"
    yield "url", USER_INFO.sub("", request.url, count=1)
    if request.cache is not None:
        yield "cache", "default"
    if request.credentials == "include":
        yield "credentials", "omit"
    names = dict.fromkeys(ascii_lowercase(name) for name, _ in request.headers)
    for dropped in names:
        yield "headers", tuple(pair for pair in request.headers if ascii_lowercase(pair[0]) != dropped)
    if len(names) > 1:
        yield "headers", ()
    if request.body is not None:
        yield "body", "text"
    yield "method", "GET" if request.body is None else "POST"
    yield "body", None
    yield "integrity", None


def _refusal(scenario: RequestScenario, before: Network) -> tuple[str, Step]:
    steps: list[Step] = []
    outcome = outcome_of(fetch_method_of(scenario.engine).traced(steps, *fetch_arguments(scenario, copy_of(before))))
    return outcome, deciding_step(steps, outcome)


def _code(refusal: tuple[str, Step]) -> str:
    outcome, step = refusal
    return next((CODES[name] for name in (outcome, step.step, step.rule) if name in CODES), step.rule)


def _end_of_redirects(scenario: RequestScenario, before: Network) -> tuple[Change, ...]:
    hop = wire_of(scenario, before)[-1].hop
    response = scenario.server[hop].response
    redirects = response is not None and redirect_status(response.status)
    return (Change(hop, "response", "status", None, 200),) if redirects else ()
