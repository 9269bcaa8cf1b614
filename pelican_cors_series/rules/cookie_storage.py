"""The cookie store: which cookies it takes in, and which of them a new one replaces.

Storing takes more than 50 lines as it does in the draft: an algorithm is one function here.
"""

# ruff: noqa: C901, PIE810, PLR0911, PLR0912, PLR0913, PLR0917, S101 - a line is a step of the draft
from __future__ import annotations

from typing import TYPE_CHECKING

from .cookie_matching import domain_matching, is_a_public_suffix, path_matching, path_serialized
from .cookie_parsing import MOST_OF_NAME_AND_VALUE, contains_a_control
from .cookie_records import LAYERED_COOKIES
from .leaves import ascii_lowercase
from .public_suffix import host_equals
from .rule import ours, rule

if TYPE_CHECKING:
    from .cookie_records import Cookie, CookieStore


@rule(LAYERED_COOKIES + "store-a-cookie")
def store_a_cookie(
    cookie: Cookie,
    is_secure: bool,
    host: str,
    http_only_allowed: bool,
    allow_non_host_only_cookie_for_public_suffix: bool,
    same_site_strict_or_lax_allowed: bool,
    store: CookieStore,
) -> Cookie | None:
    """Put a cookie that `host` sets into the store; None where the store refuses it or has it already as it is.

    Step 18.2 asks for the value and for HttpOnly too, as browsers do and later drafts: to the letter a cookie of the
    session could never get another value. What has expired is not looked at, and no two cookies are of one moment.
    """
    assert len(cookie.name) + len(cookie.value) > 0  # 1
    assert len(cookie.name) + len(cookie.value) <= MOST_OF_NAME_AND_VALUE
    assert not contains_a_control(cookie.name)  # 2
    if cookie.host_is_failure:  # 3
        return None
    store.cookies = unexpired_cookies(store)
    cookie.creation_time = moment_of_its_own(store)  # 4
    if (
        not allow_non_host_only_cookie_for_public_suffix and cookie.host is not None and is_a_public_suffix(cookie.host)
    ):  # 5
        if host_equals(cookie.host, host):  # 5.1
            cookie.host = None
        else:
            return None  # 5.2
    if cookie.host is None:  # 6
        cookie.host_only = True  # 6.1
        cookie.host = host  # 6.2
    else:
        if not domain_matching(host, cookie.host):  # 7.1
            return None
        cookie.host_only = False  # 7.2
    assert cookie.host != ""  # 8
    if not http_only_allowed and cookie.http_only:  # 9
        return None
    if not is_secure:  # 10
        if cookie.secure:  # 10.1
            return None
        overlaid = [
            existing_cookie
            for existing_cookie in store.cookies
            if existing_cookie.name == cookie.name  # 10.2.1
            and existing_cookie.secure  # 10.2.2
            and match_each_other(existing_cookie, cookie)  # 10.2.3
            and path_matching(cookie.path, existing_cookie.path)  # 10.2.4
        ]
        if len(overlaid) > 0:  # 10.2
            return None
    if cookie.same_site != "none" and not same_site_strict_or_lax_allowed:  # 11
        return None
    if cookie.same_site == "none" and not cookie.secure:  # 12
        return None
    name = ascii_lowercase(cookie.name)
    if name.startswith("__secure-") and not cookie.secure:  # 13
        return None
    if name.startswith("__host-") and not host_prefix_compatible(cookie):  # 14
        return None
    if name.startswith("__http-") and not http_prefix_compatible(cookie):  # 15
        return None
    if name.startswith("__host-http-") and not (
        host_prefix_compatible(cookie) and http_prefix_compatible(cookie)
    ):  # 16
        return None
    value = ascii_lowercase(cookie.value)
    if cookie.name == "" and (
        value.startswith("__secure-")  # 17.a
        or value.startswith("__host-")  # 17.b
        or value.startswith("__http-")  # 17.c
        or value.startswith("__host-http-")  # 17.d
    ):  # 17
        return None
    old_cookies = [each for each in store.cookies if is_replaced_by(each, cookie)]
    if len(old_cookies) > 0:  # 18
        old_cookie = old_cookies[0]
        if not http_only_allowed and old_cookie.http_only:  # 18.1
            return None
        if says_nothing_new(cookie, old_cookie):  # 18.2
            return None
        cookie.creation_time = old_cookie.creation_time  # 18.3
        store.cookies = [each for each in store.cookies if each is not old_cookie]  # 18.4
    store.cookies.append(cookie)  # 19
    return cookie  # 20


@ours
def unexpired_cookies(store: CookieStore) -> list[Cookie]:
    """Give the cookies that have not expired.

    https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-layered-cookies#remove-expired-cookies
    """
    return [cookie for cookie in store.cookies if cookie.expiry_time is None or cookie.expiry_time > store.now]


@ours
def moment_of_its_own(store: CookieStore) -> int:
    """Give the current time, or the next at which no cookie has been created: their order is that of their times."""
    moment = store.now
    for cookie in store.cookies:
        if cookie.creation_time >= moment:
            moment = cookie.creation_time + 1
    return moment


@ours
def match_each_other(a: Cookie, b: Cookie) -> bool:
    """Tell whether the host of one of two cookies domain-matches that of the other."""
    if a.host is None or b.host is None:
        return False
    return domain_matching(a.host, b.host) or domain_matching(b.host, a.host)


@ours
def host_prefix_compatible(cookie: Cookie) -> bool:
    """Tell whether a cookie may bear __Host-: Secure, with Path=/ written out, and without Domain.

    https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-layered-cookies#cookie-struct-miscellaneous
    """
    return cookie.secure and cookie.host_only and cookie.has_path_attribute and path_serialized(cookie.path) == "/"


@ours
def http_prefix_compatible(cookie: Cookie) -> bool:
    """Tell whether a cookie may bear __Http-: Secure and HttpOnly.

    The draft asks here for a cookie that is not HttpOnly, against what it tells servers of the prefix; later drafts and
    browsers ask for HttpOnly.
    """
    return cookie.secure and cookie.http_only


@ours
def is_replaced_by(old_cookie: Cookie, cookie: Cookie) -> bool:
    """Tell whether two cookies agree in name, host, host-only and path: the store has room for one of them."""
    return (
        old_cookie.name == cookie.name
        and old_cookie.host == cookie.host
        and old_cookie.host_only == cookie.host_only
        and path_serialized(old_cookie.path) == path_serialized(cookie.path)
    )


@ours
def says_nothing_new(cookie: Cookie, old_cookie: Cookie) -> bool:
    """Tell whether a cookie agrees with the one that it would replace in everything."""
    return (
        cookie.value == old_cookie.value
        and cookie.http_only == old_cookie.http_only
        and cookie.secure == old_cookie.secure
        and cookie.same_site == old_cookie.same_site
        and cookie.expiry_time == old_cookie.expiry_time
    )
