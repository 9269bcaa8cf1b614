"""A request scenario as the arguments of fetch(), the network that it meets, and the kind of its outcome."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, cast

from .deviations import deviations_of, rules_with
from .fetch_records import BodyInit, Client, EmbedderPolicy, Network, PolicyContainer, RequestInit
from .leaves import ascii_lowercase, parse_url
from .origins import opaque_origin, origin_of_a_url
from .scenario import ScenarioError

if TYPE_CHECKING:
    from .fetch_records import RequestObject, SettledPromise
    from .request_scenario import BodyKind, EngineName, RequestDescription, RequestScenario
    from .rule import Rule

Outcome = Literal["basic", "cors", "opaque", "opaqueredirect", "network-error", "constructor-error"]
Result = Literal["readable", "opaque", "blocked"]

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
class Seen:
    """What script sees: `status` is 0 for an opaque response, None for an error; names in lower case, sorted."""

    outcome: Outcome
    status: int | None
    readable_headers: tuple[str, ...]


def fetch_method_of(engine: EngineName, without: tuple[str, ...] = ()) -> Rule[..., SettledPromise]:
    """Give the rule fetch_method as an engine follows it, leaving out the deviations with the ids `without`."""
    ids = () if engine == "standard" else tuple(it.id for it in deviations_of(engine) if it.id not in without)
    return cast("Rule[..., SettledPromise]", rules_with(ids)["fetch_method"])


def fetch_arguments(
    scenario: RequestScenario, network: Network
) -> tuple[str, RequestObject | None, RequestInit, Client, Network]:
    """Give what the rule fetch_method takes for a scenario; `network` gets its servers.

    Raises ScenarioError for a page that the URL parser refuses.
    """
    network.hops, network.wire, network.first_unsafe_names = list(scenario.server), [], []
    return scenario.request.url, None, _init(scenario.request), _client(scenario), network


def copy_of(network: Network) -> Network:
    """Copy what a network remembers, its preflight cache and its clock: a fetch changes both in place."""
    return Network(hops=[], wire=[], preflight_cache=[replace(it) for it in network.preflight_cache], now=network.now)


def seen_of(promise: SettledPromise) -> Seen:
    """Give what script sees of what a fetch came to."""
    response = promise.response
    names = sorted({ascii_lowercase(name) for name, _ in response.header_list}) if response is not None else []
    status = None if response is None or promise.rejected else response.status
    return Seen(outcome_of(promise), status, tuple(names))


def outcome_of(promise: SettledPromise) -> Outcome:
    """Name what a fetch came to."""
    if promise.response is None:
        return "constructor-error"
    kind = promise.response.type
    return "network-error" if kind == "error" or kind == "default" else kind  # noqa: PLR1714 - mypy narrows by ==


def _client(scenario: RequestScenario) -> Client:
    page = parse_url(scenario.page)
    if page is None:
        member, code, message = "page", "invalid-url", f"the URL parser refuses {scenario.page!r}"
        raise ScenarioError(member, code, message)
    origin = opaque_origin() if scenario.sandboxed else origin_of_a_url(page)
    # A sandboxed page is a frame, and no scenario states the page around it: take one of the same address. Browsers
    # treat a page that a policy sandboxes alike.
    around = [origin_of_a_url(page)] if scenario.sandboxed else []
    # Browsers come set to let mixed content through on every page at http:, though localhost counts as trustworthy:
    # https://github.com/w3c/webappsec-mixed-content/issues/73. So do Chromium 156, Firefox 153 and WebKitGTK 2.50.6.
    lenient = page.scheme == "http"
    return Client(
        origin, page, PolicyContainer(EmbedderPolicy()), ancestor_origins=around, mixed_content_allowed=lenient
    )


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
