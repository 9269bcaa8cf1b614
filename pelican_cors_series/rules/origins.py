"""Origins and sites: what an address has, how two are compared, and how they are written."""

# ruff: noqa: SIM103, PLR0911, RET504 - a line is a step of the Standard; two steps are not joined into one
from __future__ import annotations

from typing import TYPE_CHECKING

from .leaves import parse_url
from .public_suffix import host_equals, registrable_domain
from .records import Origin, Side, Site
from .rule import ours, rule

if TYPE_CHECKING:
    from .records import Relation, Url

URL = "https://url.spec.whatwg.org/#"
HTML = "https://html.spec.whatwg.org/multipage/browsers.html#"

# The special schemes but file, each with its default port. https://url.spec.whatwg.org/#special-scheme
DEFAULT_PORTS = {"ftp": 21, "http": 80, "https": 443, "ws": 80, "wss": 443}


@rule(URL + "concept-url-origin")
def origin_of_a_url(url: Url) -> Origin:
    """Give the origin of a parsed URL; each opaque origin is a new one."""
    if url.scheme == "blob":  # [1]
        if url.blob_origin is not None:  # [1].1
            return url.blob_origin
        path_url = parse_url(url.path)  # [1].2
        if path_url is None:  # [1].3
            return opaque_origin()
        if path_url.scheme in ("http", "https", "file"):  # [1].4
            return origin_of_a_url(path_url)
        return opaque_origin()  # [1].5
    if url.scheme in DEFAULT_PORTS and url.host is not None:  # [2]
        return Origin(opaque=False, scheme=url.scheme, host=url.host, port=url.port, domain=None)
    if url.scheme == "file":  # [3]
        return opaque_origin()
    return opaque_origin()  # [4]


@ours
def opaque_origin() -> Origin:
    """Make a new opaque origin, the same as no other."""
    return Origin(opaque=True, scheme="", host="", port=None, domain=None)


@ours
def default_port(scheme: str) -> int | None:
    """Give the port that a special scheme stands for, None for file and for any other scheme."""
    return DEFAULT_PORTS.get(scheme)


@rule(HTML + "ascii-serialisation-of-an-origin")
def serialization_of_an_origin(origin: Origin) -> str:
    """Write an origin as the Origin header does; "null" is an opaque one."""
    if origin.opaque:  # 1
        return "null"
    result = origin.scheme  # 2
    result = f"{result}://"  # 3
    result = f"{result}{origin.host}"  # 4
    if origin.port is not None:  # 5
        result = f"{result}:{origin.port}"
    return result  # 6


@rule(HTML + "concept-origin-effective-domain")
def effective_domain(origin: Origin) -> str | None:
    """Give the domain that document.domain starts from, None for an opaque origin."""
    if origin.opaque:  # 1
        return None
    if origin.domain is not None:  # 2
        return origin.domain
    return origin.host  # 3


@rule(HTML + "same-origin")
def same_origin(a: Origin, b: Origin) -> bool:
    """Tell whether two origins are the same: one opaque origin, or equal in scheme, host and port."""
    if a.opaque and b.opaque and a is b:  # 1
        return True
    if (
        not a.opaque
        and not b.opaque
        and a.scheme == b.scheme  # 2.a
        and a.host == b.host  # 2.b
        and a.port == b.port  # 2.c
    ):  # 2
        return True
    return False  # 3


@rule(HTML + "same-origin-domain")
def same_origin_domain(a: Origin, b: Origin) -> bool:
    """Tell whether two origins are the same once document.domain is taken into account."""
    if a.opaque and b.opaque and a is b:  # 1
        return True
    if not a.opaque and not b.opaque:  # 2
        if a.scheme == b.scheme and a.domain is not None and a.domain == b.domain:  # 2.1
            return True
        if same_origin(a, b) and a.domain is None and b.domain is None:  # 2.2
            return True
    return False  # 3


@rule(HTML + "obtain-a-site")
def obtain_a_site(origin: Origin) -> Origin | Site:
    """Give the site of an origin: itself if opaque, else its scheme with the registrable domain or the host."""
    if origin.opaque:  # 1
        return origin
    registrable = registrable_domain(origin.host)
    if registrable is None:  # 2
        return Site(scheme=origin.scheme, host=origin.host)
    return Site(scheme=origin.scheme, host=registrable)  # 3


@rule(HTML + "concept-site-same-site")
def same_site_of_two_sites(a: Origin | Site, b: Origin | Site) -> bool:
    """Tell whether two sites are the same."""
    if a.opaque and b.opaque and a is b:  # 1
        return True
    if a.opaque or b.opaque:  # 2
        return False
    if a.scheme != b.scheme:  # 3
        return False
    if not host_equals(a.host, b.host):  # 4
        return False
    return True  # 5


@rule(HTML + "serialization-of-a-site")
def serialization_of_a_site(site: Origin | Site) -> str:
    """Write a site as scheme and host; "null" is an opaque origin."""
    if site.opaque:  # 1
        return "null"
    result = site.scheme  # 2
    result = f"{result}://"  # 3
    result = f"{result}{site.host}"  # 4
    return result  # 5


@rule(HTML + "schemelessly-same-site")
def schemelessly_same_site(a: Origin, b: Origin) -> bool:
    """Tell whether two origins are of one site when their schemes are left out."""
    if a.opaque and b.opaque and a is b:  # 1
        return True
    if not a.opaque and not b.opaque:  # 2
        hosts = [a.host, b.host]  # 2.1
        registrable = registrable_domain(hosts[0])
        if host_equals(hosts[0], hosts[1]) and registrable is None:  # 2.2
            return True
        if registrable is not None and registrable == registrable_domain(hosts[1]):  # 2.3
            return True
    return False  # 3


@rule(HTML + "same-site")
def same_site_of_two_origins(a: Origin, b: Origin) -> bool:
    """Tell whether two origins are same site."""
    site_a = obtain_a_site(a)  # 1
    site_b = obtain_a_site(b)  # 2
    if same_site_of_two_sites(site_a, site_b):  # 3
        return True
    return False  # 4


@ours
def relation(a: Origin, b: Origin) -> Relation:
    """Name the closest relation of two origins: same-origin, same-site, schemelessly-same-site or cross-site."""
    if same_origin(a, b):
        return "same-origin"
    if same_site_of_two_origins(a, b):
        return "same-site"
    if schemelessly_same_site(a, b):
        return "schemelessly-same-site"
    return "cross-site"


@ours
def side(url: Url | None, origin: Origin) -> Side:
    """Take an address apart; `url` is None for an opaque origin that has no address."""
    if url is None:
        return Side(None, "null", None, None, None, opaque=True, site="null", registrable_domain=None)
    return Side(
        href=url.href,
        origin=serialization_of_an_origin(origin),
        scheme=url.scheme if origin.opaque else origin.scheme,
        host=url.host if origin.opaque else origin.host,
        port=url.port if origin.opaque else origin.port,
        opaque=origin.opaque,
        site=serialization_of_a_site(obtain_a_site(origin)),
        registrable_domain=None if origin.opaque else registrable_domain(origin.host),
    )
