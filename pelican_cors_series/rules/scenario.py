"""A scenario of two addresses and its verdict: how the origins relate, and the steps that settle it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, is_dataclass
from typing import TYPE_CHECKING

from .catalogue import all_rules
from .document_domain import document_domain_setter
from .hosts import parse_host
from .leaves import parse_url
from .origins import (
    opaque_origin,
    origin_of_a_url,
    relation,
    same_origin,
    same_origin_domain,
    same_site_of_two_origins,
    schemelessly_same_site,
    serialization_of_a_site,
    serialization_of_an_origin,
    side,
)
from .public_suffix import public_suffix
from .records import Document, Origin, Site, Url

if TYPE_CHECKING:
    from .records import Relation, Side
    from .rule import Step


class ScenarioError(ValueError):
    """A member of a scenario that can't be judged: `member` names it, `code` is permanent, `message` says why."""

    def __init__(self, member: str, code: str, message: str) -> None:
        """Keep the three; `str()` of the error is `member: message`."""
        super().__init__(f"{member}: {message}")
        self.member = member
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class OriginsScenario:
    """Two addresses to compare; None is an opaque origin of its own, as a sandboxed frame has.

    `a_domain` and `b_domain` are values set through document.domain. `expect` is the relation that an author states;
    the verdict does not depend on it.
    """

    a: str | None
    b: str | None
    a_domain: str | None = None
    b_domain: str | None = None
    expect: Relation | None = None


@dataclass(frozen=True, slots=True)
class OriginsVerdict:
    """How the origins of two addresses relate. `relation` is the closest that holds.

    `steps` are the numbered steps that found the relation and, where a domain was set, those of same origin-domain
    behind them. `decided_by` is the last step of the relation, `spec` the address of its algorithm.
    """

    relation: Relation
    same_origin: bool
    same_origin_domain: bool
    same_site: bool
    schemelessly_same_site: bool
    a: Side
    b: Side
    decided_by: str
    spec: str
    steps: tuple[Step, ...]

    def as_json(self) -> dict[str, object]:
        """Give the verdict as plain JSON values; a step is its name and its value."""
        members: dict[str, object] = {name: getattr(self, name) for name in self.__slots__}
        members["a"], members["b"] = asdict(self.a), asdict(self.b)
        members["steps"] = [{"step": step.step, "value": as_json_value(step.value)} for step in self.steps]
        return members


def compare(scenario: OriginsScenario) -> OriginsVerdict:
    """Judge a scenario of two addresses.

    Raises ScenarioError for an address that the URL parser refuses, and for a domain that the document.domain setter
    refuses on a page at that address.
    """
    url_a, a = _origin("a", scenario.a, scenario.a_domain)
    url_b, b = _origin("b", scenario.b, scenario.b_domain)
    steps: list[Step] = []
    closest = relation.traced(steps, a, b)
    decided_by = steps[-1]
    if a.domain is not None or b.domain is not None:
        same_origin_domain.traced(steps, a, b)
    return OriginsVerdict(
        relation=closest,
        same_origin=same_origin(a, b),
        same_origin_domain=same_origin_domain(a, b),
        same_site=same_site_of_two_origins(a, b),
        schemelessly_same_site=schemelessly_same_site(a, b),
        a=side(url_a, a),
        b=side(url_b, b),
        decided_by=decided_by.step,
        spec=all_rules()[decided_by.rule].url or "",
        steps=tuple(steps),
    )


def as_json_value(value: object) -> object:
    """Give the JSON form of a value in a trace: an origin or a site serialized, a URL or a document as its href."""
    match value:
        case Origin():
            return serialization_of_an_origin(value)
        case Site():
            return serialization_of_a_site(value)
        case Url():
            return value.href
        case Document():
            return value.url.href
        case list() | tuple():
            return [as_json_value(item) for item in value]
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


def _origin(member: str, address: str | None, domain: str | None) -> tuple[Url | None, Origin]:
    url = None if address is None else parse_url(address)
    if address is not None and url is None:
        message = f"the URL parser refuses {address!r}; an address begins with its scheme, as https://"
        raise ScenarioError(member, "invalid-url", message)
    origin = opaque_origin() if url is None else origin_of_a_url(url)
    if domain is None:
        return url, origin
    return url, _with_domain(f"{member}_domain", origin, domain)


def _with_domain(member: str, origin: Origin, domain: str) -> Origin:
    """Let the document.domain setter set a domain, on a page in a window that is neither sandboxed nor origin-keyed."""
    if origin.opaque:
        raise ScenarioError(member, "domain-on-opaque-origin", "an opaque origin has no document.domain to set")
    host = parse_host(domain)
    if host is None:
        raise ScenarioError(member, "invalid-domain", f"{domain!r} is no host")
    changed = document_domain_setter(True, [], origin, False, domain)
    if changed is None:
        raise ScenarioError(member, "domain-refused", _why_refused(origin, host))
    return changed


def _why_refused(origin: Origin, host: str) -> str:
    page = f"a page at {serialization_of_an_origin(origin)}"
    suffix = public_suffix(origin.host)
    if suffix is None:
        return f"{page} can set document.domain to {origin.host} alone, since that is no domain name"
    if not origin.host.endswith(f".{host}"):
        return f"{page} can set document.domain to {origin.host} or to a domain above it, and {host} is neither"
    return (
        f"{page} can't set document.domain to {host}: the public suffix of its host is {suffix}, and neither that nor "
        "anything above it belongs to one owner"
    )
