"""The records of a fetch: requests, responses, their settings, and the servers that answer.

All but the servers' answers are mutable, since the Standard's algorithms change them in place, and compare by
identity. A header list is a list of pairs of name and value; a value is text with one code point for each byte. They
name each other, so they stand together, which makes the module long.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .records import Document, Origin, Url  # noqa: TC001 - the printer reads the types of the fields at run time

Mode = Literal["same-origin", "cors", "no-cors", "navigate", "websocket", "webtransport"]
CredentialsMode = Literal["omit", "same-origin", "include"]
CacheMode = Literal["default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"]
RedirectMode = Literal["follow", "error", "manual"]
ResponseTainting = Literal["basic", "cors", "opaque"]
RedirectTaint = Literal["same-origin", "same-site", "cross-site"]
ResponseType = Literal["basic", "cors", "default", "error", "opaque", "opaqueredirect"]
Guard = Literal["immutable", "request", "request-no-cors", "response", "none"]
ServiceWorkersMode = Literal["all", "none"]
EmbedderPolicyValue = Literal["unsafe-none", "require-corp", "credentialless"]
IpAddressSpace = Literal["public", "local", "loopback"]

# What a page has that states no policy. https://w3c.github.io/webappsec-referrer-policy/#default-referrer-policy
DEFAULT_REFERRER_POLICY = "strict-origin-when-cross-origin"


@dataclass(slots=True, eq=False)
class EmbedderPolicy:
    """An embedder policy: its value and its report only value."""

    value: EmbedderPolicyValue = "unsafe-none"
    report_only_value: EmbedderPolicyValue = "unsafe-none"


@dataclass(slots=True, eq=False)
class PolicyContainer:
    """A policy container: the policies that a document hands to its requests."""

    embedder_policy: EmbedderPolicy
    referrer_policy: str = DEFAULT_REFERRER_POLICY
    ip_address_space: IpAddressSpace = "public"


@dataclass(slots=True, eq=False)
class Client:
    """An environment settings object: the page that makes a request. `global_object` names its kind of global.

    `document` is that of a window, None for one with the client's own address and origin; `creation_url` is the address
    of a worker's script, None where it is `api_base_url`; `documents` are those that a worker works for.
    `ancestor_origins` are the origins of the pages around it, `mixed_content_allowed` tells that the browser has been
    told to let mixed content through here.
    """

    origin: Origin
    api_base_url: Url
    policy_container: PolicyContainer
    global_object: Literal["Window", "WorkerGlobalScope", "ServiceWorkerGlobalScope"] = "Window"
    document: Document | None = None
    creation_url: Url | None = None
    ancestor_origins: list[Origin] = field(default_factory=list)
    mixed_content_allowed: bool = False
    documents: list[Document] = field(default_factory=list)
    has_cross_site_ancestor: bool = False


@dataclass(slots=True, eq=False)
class Body:
    """A body. `source` names what it was made of, None for a stream, which can't be sent again."""

    source: str | None


@dataclass(slots=True, eq=False)
class Request:
    """A request. `origin` and `policy_container` are None for "client"; `referrer` is a URL's serialization,
    "client" or "no-referrer"; `url_list` ends with the current URL. `directly_user_initiated` marks a navigation that
    began in the browser's own controls, such as the address bar; `user_reload_of` tells by which kind of request the
    page came that its user reloads.
    """  # noqa: D205 - one sentence that needs a second line

    url_list: list[Url]
    header_list: list[tuple[str, str]]
    method: str = "GET"
    body: Body | None = None
    client: Client | None = None
    origin: Origin | None = None
    policy_container: PolicyContainer | None = None
    mode: Mode = "no-cors"
    credentials_mode: CredentialsMode = "same-origin"
    cache_mode: CacheMode = "default"
    redirect_mode: RedirectMode = "follow"
    redirect_count: int = 0
    response_tainting: ResponseTainting = "basic"
    referrer: str = "client"
    referrer_policy: str = ""
    destination: str = ""
    initiator: str = ""
    initiator_type: str | None = None
    service_workers_mode: ServiceWorkersMode = "all"
    integrity_metadata: str = ""
    keepalive: bool = False
    unsafe_request: bool = False
    use_cors_preflight: bool = False
    use_url_credentials: bool = False
    local_urls_only: bool = False
    prevent_no_cache_cache_control_modification: bool = False
    reload_navigation: bool = False
    history_navigation: bool = False
    timing_allow_failed: bool = False
    user_activation: bool = False
    directly_user_initiated: bool = False
    target_ip_address_space: IpAddressSpace | None = None
    top_level_navigation_initiator_origin: Origin | None = None
    user_reload_of: Literal["same-site", "cross-site"] | None = None


@dataclass(slots=True, eq=False)
class Response:
    """A response; a network error has the type "error", a filtered one has an `internal_response`."""

    url_list: list[Url]
    header_list: list[tuple[str, str]]
    type: ResponseType = "default"
    status: int = 200
    body: Body | None = None
    internal_response: Response | None = None
    cors_exposed_header_name_list: list[str] = field(default_factory=list)
    range_requested: bool = False
    request_includes_credentials: bool = True
    redirect_taint: RedirectTaint = "same-origin"
    ip_address: str | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """The location URL of a response: not `present` is the Standard's null, a `url` of None its failure."""

    present: bool
    url: Url | None


@dataclass(slots=True, eq=False)
class Headers:
    """A Headers object: a header list, shared with the request it belongs to, behind a guard."""

    header_list: list[tuple[str, str]]
    guard: Guard


@dataclass(slots=True, eq=False)
class RequestObject:
    """A Request object: a request, and its headers as script changes them."""

    request: Request
    headers: Headers


@dataclass(frozen=True, slots=True, eq=False)
class BodyInit:
    """What script gives as a body: `source` as in Body, and the Content-Type that comes with it, None for none."""

    source: str | None
    type: str | None


@dataclass(frozen=True, slots=True, eq=False)
class RequestInit:
    """The options of a Request as script gives them; None is a member that is left out.

    `has_window` tells that there is a window and that it is not null.
    """

    method: str | None = None
    headers: list[tuple[str, str]] | None = None
    body: BodyInit | None = None
    referrer: str | None = None
    referrer_policy: str | None = None
    mode: Mode | None = None
    credentials: CredentialsMode | None = None
    cache: CacheMode | None = None
    redirect: RedirectMode | None = None
    integrity: str | None = None
    keepalive: bool | None = None
    duplex: str | None = None
    has_window: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class SettledPromise:
    """What fetch() comes to. `response` is None where the Request itself could not be constructed."""

    rejected: bool
    response: Response | None


@dataclass(slots=True, eq=False)
class CacheEntry:
    """An entry of the CORS-preflight cache: for a method or, where that is None, for a header name.

    `credentials` is true for one made with credentials; `max_age` is in seconds, `created` in milliseconds.
    """

    created: int
    key: str = ""
    byte_serialized_origin: str = ""
    url: str = ""
    max_age: int = 0
    credentials: bool = False
    method: str | None = None
    header_name: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a server sends back once."""

    status: int
    header_list: list[tuple[str, str]]


@dataclass(frozen=True, slots=True, eq=False)
class Hop:
    """The server that answers one request of a redirect chain; `at` is its origin, serialized.

    An answer that is None is a connection that the server closes.
    """

    at: str
    preflight: Answer | None
    response: Answer | None


@dataclass(frozen=True, slots=True, eq=False)
class WireEntry:
    """A request that reached a server. `hop` counts from 0; the headers are None where the request has none."""

    hop: int
    method: str
    preflight: bool
    origin: str | None
    asks_headers: str | None


@dataclass(slots=True, eq=False)
class Network:
    """What stands behind a fetch: the servers, what reached them, and the CORS-preflight cache.

    `now` is the clock, in milliseconds. `first_unsafe_names` is nothing of the Standard's: an engine keeps there the
    CORS-unsafe header names that a request had before it was redirected.
    """

    hops: list[Hop]
    wire: list[WireEntry]
    preflight_cache: list[CacheEntry]
    now: int = 0
    first_unsafe_names: list[str] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class FetchParams:
    """What the algorithms of one fetch hand on."""

    request: Request
    network: Network
