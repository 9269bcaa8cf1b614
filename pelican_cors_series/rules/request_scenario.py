"""The scenario of a request: the page, what it asks for, and what the servers answer; read from plain values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast, get_args

from .fetch_records import Answer, CacheMode, CredentialsMode, Hop, RedirectMode
from .leaves import is_a_byte_string, parse_url
from .located_values import Located
from .origins import origin_of_a_url, serialization_of_an_origin
from .request_headers import is_a_header_name, is_a_header_value, normalize_a_header_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .records import Url

FetchMode = Literal["cors", "no-cors", "same-origin", "navigate"]
EngineName = Literal["standard", "chromium", "firefox", "webkit"]
BodyKind = Literal["text", "urlencoded", "form-data", "json-blob", "blob", "bytes"]
ReferrerPolicy = Literal[
    "",
    "no-referrer",
    "no-referrer-when-downgrade",
    "same-origin",
    "origin",
    "strict-origin",
    "origin-when-cross-origin",
    "strict-origin-when-cross-origin",
    "unsafe-url",
]
EXPECT = re.compile(r"readable|opaque|blocked(?: by [a-z_]+#\S+)?")
LOWEST_STATUS, HIGHEST_STATUS = 200, 599
SCENARIO_MEMBERS = ("kind", "page", "sandboxed", "request", "server", "preflight", "response", "expect", "engine")
SEQUENCE_MEMBERS = ("kind", "exchanges")
HOP_MEMBERS = ("at", "preflight", "response")
ANSWER_MEMBERS = ("status", "headers")
REQUEST_MEMBERS = (
    "url",
    "method",
    "mode",
    "credentials",
    "redirect",
    "headers",
    "body",
    "referrerPolicy",
    "cache",
    "integrity",
    "keepalive",
)


@dataclass(frozen=True, slots=True)
class RequestDescription:
    """What a page hands to fetch(): a URL, absolute or relative to the page, and options; None is one left out."""

    url: str
    method: str = "GET"
    mode: FetchMode = "cors"
    credentials: CredentialsMode = "same-origin"
    redirect: RedirectMode = "follow"
    headers: tuple[tuple[str, str], ...] = ()
    body: BodyKind | None = None
    referrer_policy: ReferrerPolicy | None = None
    cache: CacheMode | None = None
    integrity: str | None = None
    keepalive: bool | None = None


@dataclass(frozen=True, slots=True)
class RequestScenario:
    """A page's fetch and what the servers answer: the i-th hop answers the i-th request of a redirect chain.

    `expect` is what an author states: readable, opaque, blocked, or "blocked by" a step; the verdict does not depend
    on it. `engine` names whose rules judge: the Standard's, or an engine's with its deviations.
    """

    page: str
    request: RequestDescription
    server: tuple[Hop, ...] = ()
    sandboxed: bool = False
    expect: str | None = None
    engine: EngineName = "standard"


@dataclass(frozen=True, slots=True)
class SequenceScenario:
    """Requests of one browser in order, each with the seconds since the one before it."""

    exchanges: tuple[tuple[float, RequestScenario], ...]


def read_request_scenario(given: object) -> RequestScenario:
    """Read a scenario from plain values, as YAML or JSON gives them.

    Raises ScenarioError for the first thing that is wrong; its member is a path such as `server[0].response.status`.
    """
    whole = Located(given)
    return _scenario(whole, whole.members(SCENARIO_MEMBERS, ("page", "request")))


def read_sequence_scenario(given: object) -> SequenceScenario:
    """Read a sequence of scenarios from plain values. Raises ScenarioError as `read_request_scenario` does."""
    members = Located(given).members(SEQUENCE_MEMBERS, ("exchanges",))
    if "kind" in members:
        members["kind"].one_of(("sequence",))
    return SequenceScenario(tuple(_exchange(item) for item in members["exchanges"].items()))


def _exchange(item: Located) -> tuple[float, RequestScenario]:
    members = item.members((*SCENARIO_MEMBERS, "after"), ("page", "request"))
    after = members["after"].seconds() if "after" in members else 0.0
    return after, _scenario(item, members)


def _scenario(whole: Located, members: Mapping[str, Located]) -> RequestScenario:
    if "kind" in members:
        members["kind"].one_of(("request",))
    page = _address(members["page"])
    request = _request(members["request"])
    expect = members["expect"].text() if "expect" in members else None
    if expect is not None and EXPECT.fullmatch(expect) is None:
        message = "this has to be readable, opaque, blocked, or blocked by a step, as in blocked by cors_check#4"
        members["expect"].refuse("invalid-value", message)
    return RequestScenario(
        page=members["page"].text(),
        request=request,
        server=_server(whole, members, parse_url(request.url, page.href)),
        sandboxed="sandboxed" in members and members["sandboxed"].boolean(),
        expect=expect,
        engine=cast(
            "EngineName", members["engine"].one_of(get_args(EngineName)) if "engine" in members else "standard"
        ),
    )


def _request(given: Located) -> RequestDescription:
    members = given.members(REQUEST_MEMBERS, ("url",))

    def choice(name: str, known: object, default: str | None) -> str | None:
        return members[name].one_of(get_args(known)) if name in members else default

    return RequestDescription(
        url=members["url"].text(),
        method=members["method"].text() if "method" in members else "GET",
        mode=cast("FetchMode", choice("mode", FetchMode, "cors")),
        credentials=cast("CredentialsMode", choice("credentials", CredentialsMode, "same-origin")),
        redirect=cast("RedirectMode", choice("redirect", RedirectMode, "follow")),
        headers=tuple((name.written(), value.written()) for name, value in _pairs(members.get("headers"))),
        body=cast("BodyKind | None", choice("body", BodyKind, None)),
        referrer_policy=cast("ReferrerPolicy | None", choice("referrerPolicy", ReferrerPolicy, None)),
        cache=cast("CacheMode | None", choice("cache", CacheMode, None)),
        integrity=members["integrity"].text() if "integrity" in members else None,
        keepalive=members["keepalive"].boolean() if "keepalive" in members else None,
    )


def _server(whole: Located, members: Mapping[str, Located], url: Url | None) -> tuple[Hop, ...]:
    if "server" not in members:
        if "preflight" not in members and "response" not in members:
            return ()
        at = "null" if url is None else serialization_of_an_origin(origin_of_a_url(url))
        return (Hop(at, _answer(members.get("preflight")), _answer(members.get("response"))),)
    if "preflight" in members or "response" in members:
        whole.refuse("two-forms", "answers stand either in server or, for a single hop, in preflight and response")
    return tuple(_hop(item) for item in members["server"].items())


def _hop(given: Located) -> Hop:
    members = given.members(HOP_MEMBERS, ("at",))
    origin = origin_of_a_url(_address(members["at"]))
    if origin.opaque:
        members["at"].refuse("opaque-origin", "a server stands at an origin, such as https://api.example")
    at = serialization_of_an_origin(origin)
    return Hop(at, _answer(members.get("preflight")), _answer(members.get("response")))


def _answer(given: Located | None) -> Answer | None:
    if given is None:
        return None
    members = given.members(ANSWER_MEMBERS, ("status",))
    status = members["status"].whole_number()
    if not LOWEST_STATUS <= status <= HIGHEST_STATUS:
        message = f"a final status is from {LOWEST_STATUS} to {HIGHEST_STATUS}"
        members["status"].refuse("invalid-status", message)
    return Answer(status, [_response_header(*pair) for pair in _pairs(members.get("headers"))])


def _pairs(given: Located | None) -> list[tuple[Located, Located]]:
    return [] if given is None else given.pairs()


def _response_header(name: Located, value: Located) -> tuple[str, str]:
    # On the wire a value has no whitespace at its ends; what is no byte goes out in UTF-8.
    text = value.written()
    if not is_a_byte_string(text):
        text = text.encode("utf-8", "replace").decode("latin-1")
    text = normalize_a_header_value(text)
    if not is_a_byte_string(name.written()) or not is_a_header_name(name.written()):
        name.refuse("invalid-header", f"{name.written()!r} is no name that a header can have")
    if not is_a_header_value(text):
        value.refuse("invalid-header", "no header can have this value: it holds a line break or NUL")
    return name.written(), text


def _address(given: Located) -> Url:
    url = parse_url(given.text())
    if url is None:
        message = f"the URL parser refuses {given.text()!r}; an address begins with its scheme, as https://"
        given.refuse("invalid-url", message)
    return url
