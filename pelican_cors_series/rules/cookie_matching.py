"""To which hosts and paths a cookie belongs: domain matching, path matching, and the path of one that names none."""

# ruff: noqa: S101, SIM108 - a line is a step of the draft, its assertions included
from __future__ import annotations

from .cookie_records import LAYERED_COOKIES
from .public_suffix import host_equals, is_a_domain, public_suffix
from .records import Url
from .request_origin import FETCH
from .rule import ours, rule


@ours
def url_path(url: Url) -> list[str]:
    """Give the segments of a URL's path, of a URL that has a host: one at least. /a/ has two, the second empty."""
    return url.path.removeprefix("/").split("/")


@ours
def path_serialized(path: list[str]) -> str:
    """Write a path of segments. https://url.spec.whatwg.org/#url-path-serializer."""
    joined = "/".join(path)
    return f"/{joined}"


@ours
def is_a_public_suffix(host: str) -> bool:
    """Tell whether a host is a public suffix: co.kr is, and so is a host of one label that the list does not know."""
    return public_suffix(host) == host


@rule(LAYERED_COOKIES + "domain-matching")
def domain_matching(host: str, domain_attribute_value: str) -> bool:
    """Tell whether a host is the one that the attribute Domain names, or lies below it."""
    if host_equals(host, domain_attribute_value):  # a
        return True
    return (
        is_a_domain(host)  # b.a
        and host.endswith(f".{domain_attribute_value}")  # b.b
    )  # b


@rule(LAYERED_COOKIES + "cookie-path")
def cookie_default_path(path: list[str]) -> list[str]:
    """Give the path of a cookie that names none: the folder of the address that set it.

    The draft changes the path that it is given, which is a request's own; what comes back here is a new one.
    """
    assert len(path) > 0  # 1
    if len(path) > 1:  # 2
        folder = path[0 : len(path) - 1]
    else:
        folder = [""]  # 3
    return folder  # 4


@rule(LAYERED_COOKIES + "path-matching")
def path_matching(request_path: list[str], cookie_path: list[str]) -> bool:
    """Tell whether an address lies in the path of a cookie.

    Step 5 is read as it is meant, with the slash behind the cookie's path. The draft puts it behind the request's, by
    which a cookie for /foo would go to /foobar.
    """
    serialized_request_path = path_serialized(request_path)  # 1
    serialized_cookie_path = path_serialized(cookie_path)  # 2
    if serialized_cookie_path == serialized_request_path:  # 3
        return True
    if serialized_request_path.startswith(serialized_cookie_path) and serialized_cookie_path.endswith("/"):  # 4
        return True
    return serialized_request_path.startswith(f"{serialized_cookie_path}/")  # 5


@rule(FETCH + "serialized-cookie-default-path")
def serialized_cookie_default_path(url: Url) -> str:
    """Write the path that a cookie of an address gets where it names none."""
    clone_url = Url(url.href, url.scheme, url.host, url.port, url.path, url.blob_origin)  # 1
    path = cookie_default_path(url_path(clone_url))  # 2
    return path_serialized(path)  # 3
