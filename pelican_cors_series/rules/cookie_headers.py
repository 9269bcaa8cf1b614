"""The Cookie header of a request, and what a browser keeps of the Set-Cookie headers of its answer.

No algorithm of a fetch calls these: a scenario states no cookies, and none could decide what script may read.
"""

# ruff: noqa: PLR0913, PLR0917, S101 - a line is a step of the Standard
from __future__ import annotations

from typing import TYPE_CHECKING

from .cookie_matching import url_path
from .cookie_parsing import parse_a_cookie
from .cookie_retrieval import retrieve_cookies, serialize_cookies
from .cookie_storage import store_a_cookie, unexpired_cookies
from .leaves import ascii_lowercase
from .request_origin import FETCH, current_url
from .rule import ours, rule
from .same_site_cookies import determine_the_same_site_mode, is_a_top_level_navigation, same_site_request

if TYPE_CHECKING:
    from .cookie_records import Cookie, CookieStore
    from .fetch_records import Request, Response


@ours
def cookies_are_disabled(request: Request) -> bool:
    """Tell whether the browser keeps a request without cookies: one of a page to another site.

    Whether such third-party cookies exist, and for whom, is the policy of each browser and its user. None goes along
    here. A navigation of a whole window is no third party: the page that it brings is of its own site.
    """
    return not same_site_request(request) and not is_a_top_level_navigation(request)


@rule(FETCH + "append-a-request-cookie-header")
def append_a_request_cookie_header(request: Request, store: CookieStore) -> list[tuple[str, str]]:
    """Append a Cookie header with the cookies that go along with a request, and give its header list."""
    if cookies_are_disabled(request):  # 1
        return request.header_list
    same_site = determine_the_same_site_mode(request)  # 2
    url = current_url(request)
    assert url.host is not None
    is_secure = url.scheme == "https"  # 3
    http_only_allowed = True  # 4
    cookies = retrieve_cookies(is_secure, url.host, url_path(url), http_only_allowed, same_site, store)  # 5
    if len(cookies) == 0:  # 6
        return request.header_list
    value = serialize_cookies(cookies)  # 7
    request.header_list.append(("Cookie", value))  # 8
    return request.header_list


@rule(FETCH + "parse-and-store-response-set-cookie-headers")
def parse_and_store_response_set_cookie_headers(request: Request, response: Response, store: CookieStore) -> None:
    """Store the cookies that a response sets.

    Step 5 is read as browsers do it: the answer to a navigation of the window may set any cookie, whatever led to it.
    To the letter hardly a page could set one that has no SameSite=None.
    """
    if cookies_are_disabled(request):  # 1
        return
    allow_non_host_only_cookie_for_public_suffix = False  # 2
    url = current_url(request)
    assert url.host is not None
    is_secure = url.scheme == "https"  # 3
    http_only_allowed = True  # 4
    mode = determine_the_same_site_mode(request)
    same_site_strict_or_lax_allowed = mode == "strict-or-less" or is_a_top_level_navigation(request)  # 5
    for name, value in response.header_list:  # 6
        if ascii_lowercase(name) != "set-cookie":  # 6.1
            continue
        parse_and_store_a_cookie(
            value,
            is_secure,
            url.host,
            url_path(url),
            http_only_allowed,
            allow_non_host_only_cookie_for_public_suffix,
            same_site_strict_or_lax_allowed,
            store,
        )  # 6.2
        store.cookies = unexpired_cookies(store)  # 6.3


@ours
def parse_and_store_a_cookie(
    set_cookie: str,
    is_secure: bool,
    host: str,
    path: list[str],
    http_only_allowed: bool,
    allow_non_host_only_cookie_for_public_suffix: bool,
    same_site_strict_or_lax_allowed: bool,
    store: CookieStore,
) -> Cookie | None:
    """Parse the value of one Set-Cookie header and store its cookie; None where that fails or changes nothing.

    https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-layered-cookies#parse-and-store-a-cookie
    """
    cookie = parse_a_cookie(set_cookie, path, store.now)
    if cookie is None:
        return None
    return store_a_cookie(
        cookie,
        is_secure,
        host,
        http_only_allowed,
        allow_non_host_only_cookie_for_public_suffix,
        same_site_strict_or_lax_allowed,
        store,
    )
