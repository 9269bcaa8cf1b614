"""A request scenario as the arguments of fetch(), the network that it meets, and the kind of its outcome."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from .fetch_records import BodyInit, Client, EmbedderPolicy, Network, PolicyContainer, RequestInit
from .leaves import ascii_lowercase, parse_url
from .origins import opaque_origin, origin_of_a_url
from .scenario import ScenarioError

if TYPE_CHECKING:
    from .fetch_records import RequestObject, SettledPromise
    from .request_scenario import BodyKind, RequestDescription, RequestScenario

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


def fetch_arguments(
    scenario: RequestScenario, network: Network
) -> tuple[str, RequestObject | None, RequestInit, Client, Network]:
    """Give what the rule fetch_method takes for a scenario; `network` gets its servers.

    Raises ScenarioError for a page that the URL parser refuses.
    """
    network.hops, network.wire = list(scenario.server), []
    return scenario.request.url, None, _init(scenario.request), _client(scenario), network


def copy_of(network: Network) -> Network:
    """Copy what a network remembers, its preflight cache and its clock: a fetch changes both in place."""
    return Network(hops=[], wire=[], preflight_cache=[replace(it) for it in network.preflight_cache], now=network.now)


def outcome_of(promise: SettledPromise) -> Outcome:
    """Name what a fetch came to."""
    if promise.response is None:
        return "constructor-error"
    kind = promise.response.type
    return "network-error" if kind == "error" or kind == "default" else kind  # noqa: PLR1714 - mypy narrows by ==


def seen_by_script(promise: SettledPromise) -> tuple[Outcome, int | None, tuple[str, ...]]:
    """Give what script learns: the outcome, the status, and the names of the headers in lower case, sorted.

    The status is 0 for an opaque response, None for an error.
    """
    response = promise.response
    headers = [] if response is None else response.header_list
    status = None if response is None or promise.rejected else response.status
    return outcome_of(promise), status, tuple(sorted({ascii_lowercase(name) for name, _ in headers}))


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
