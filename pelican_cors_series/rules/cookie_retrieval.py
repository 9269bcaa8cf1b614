"""Which cookies of the store a request takes along, and how they are written into its Cookie header."""

# ruff: noqa: PLR0913, PLR0917, RET504, S101 - a line is a step of the draft
from __future__ import annotations

from typing import TYPE_CHECKING

from .cookie_matching import domain_matching, path_matching, path_serialized
from .cookie_records import LAYERED_COOKIES
from .cookie_storage import unexpired_cookies
from .public_suffix import host_equals
from .rule import ours, rule

if TYPE_CHECKING:
    from .cookie_records import Cookie, CookieStore, SameSiteMode


@rule(LAYERED_COOKIES + "retrieve-cookies")
def retrieve_cookies(
    is_secure: bool, host: str, path: list[str], http_only_allowed: bool, same_site: SameSiteMode, store: CookieStore
) -> list[Cookie]:
    """Give the cookies that a request takes along, in the order in which they are written.

    For the size of a path step 3.a takes its length as it is written, as browsers do: in segments / has as many as /a.
    """
    assert same_site in ("strict-or-less", "lax-or-less", "unset-or-less", "none")  # 1
    cookies = [
        cookie
        for cookie in unexpired_cookies(store)
        if meets_the_retrieval_conditions(cookie, is_secure, host, path, http_only_allowed, same_site)
    ]  # 2
    cookies = oldest_first(cookies)  # 3.b
    cookies = longest_path_first(cookies)  # 3.a
    sorted_cookies = cookies  # 3
    return sorted_cookies  # 5


@rule(LAYERED_COOKIES + "retrieve-cookies")
def meets_the_retrieval_conditions(
    cookie: Cookie, is_secure: bool, host: str, path: list[str], http_only_allowed: bool, same_site: SameSiteMode
) -> bool:
    """Tell whether a request takes a cookie along: by its host, path, scheme, and where it comes from."""
    assert cookie.host is not None
    if not (
        (cookie.host_only and host_equals(host, cookie.host))  # 2.a.a
        or (not cookie.host_only and domain_matching(host, cookie.host))  # 2.a.b
    ):  # 2.a
        return False
    if not path_matching(path, cookie.path):  # 2.a~2
        return False
    if not (
        (cookie.secure and is_secure)  # 2.b.a
        or not cookie.secure  # 2.b.b
    ):  # 2.b
        return False
    if not (
        (cookie.http_only and http_only_allowed)  # 2.c.a
        or not cookie.http_only  # 2.c.b
    ):  # 2.c
        return False
    return (
        (cookie.same_site == "strict" and same_site == "strict-or-less")  # 2.d.a
        or (cookie.same_site == "lax" and same_site in ("strict-or-less", "lax-or-less"))  # 2.d.b
        or (cookie.same_site == "unset" and same_site in ("strict-or-less", "lax-or-less", "unset-or-less"))  # 2.d.c
        or cookie.same_site == "none"  # 2.d.d
    )  # 2.d


@ours
def oldest_first(cookies: list[Cookie]) -> list[Cookie]:
    """Sort cookies by the time of their creation."""
    ordered: list[Cookie] = []
    for cookie in cookies:
        before = [each for each in ordered if each.creation_time <= cookie.creation_time]
        ordered = [*before, cookie, *ordered[len(before) :]]
    return ordered


@ours
def longest_path_first(cookies: list[Cookie]) -> list[Cookie]:
    """Sort cookies by the length of their path, longest first; among equals their order stays."""
    ordered: list[Cookie] = []
    for cookie in cookies:
        length = len(path_serialized(cookie.path))
        before = [each for each in ordered if len(path_serialized(each.path)) >= length]
        ordered = [*before, cookie, *ordered[len(before) :]]
    return ordered


@rule(LAYERED_COOKIES + "serialize-cookies")
def serialize_cookies(cookies: list[Cookie]) -> str:
    """Write cookies as the value of a Cookie header."""
    output = ""  # 1
    for cookie in cookies:  # 2
        if output != "":  # 2.1
            output = f"{output}; "
        if cookie.name != "":  # 2.2
            output = f"{output}{cookie.name}="
        output = f"{output}{cookie.value}"  # 2.3
    return output  # 3
