"""Cookies from the answer that sets them to the request that carries them, through both languages."""

from __future__ import annotations

import pytest
from cookie_twin import CookieTwin, client, empty_store, navigation, request

from pelican_cors_series.rules.cookie_headers import append_a_request_cookie_header
from pelican_cors_series.rules.fetch_records import Request

HOME = "https://www.site.example/docs/page"
API = "https://api.site.example/"
ELSEWHERE = "https://other.example/"


@pytest.fixture(scope="module")
def twin() -> CookieTwin:
    return CookieTwin()


@pytest.mark.parametrize(
    ("lines", "address", "cookie"),
    [
        (["a=1"], "https://www.site.example/docs/other", "a=1"),
        (["a=1"], "https://www.site.example/docs/", "a=1"),
        (["a=1"], "https://www.site.example/docs", "a=1"),
        (["a=1"], "https://www.site.example/docs2", None),
        (["a=1"], "https://www.site.example/", None),
        (["a=1"], "https://www.site.example:8443/docs/", "a=1"),
        (["a=1"], "http://www.site.example/docs/", "a=1"),
        (["a=1"], "https://a.www.site.example/docs/", None),
        (["a=1; Path=/"], "https://site.example/", None),
        (["a=1; Path=/; Domain=site.example"], "https://site.example/", "a=1"),
        (["a=1; Path=/; Domain=site.example"], "https://api.site.example/", "a=1"),
        (["a=1; Path=/; Domain=example"], HOME, None),
        (["a=1; Path=/; Domain=api.site.example"], "https://api.site.example/", None),
        (["a=1; Path=/; Secure"], "https://www.site.example/", "a=1"),
        (["a=1; Path=/; Secure"], "http://www.site.example/", None),
        (["a=1; Path=/; HttpOnly"], HOME, "a=1"),
        (["a=1", "b=2; Path=/", "c=3"], HOME, "a=1; c=3; b=2"),
        (["a=1", "b=2", "a=3"], HOME, "a=3; b=2"),
        (["a=1", "b=2", "a=3; Max-Age=0"], HOME, "b=2"),
        (["a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], HOME, None),
        (["a=1; Max-Age=0; Expires=Thu, 01 Jan 2027 00:00:00 GMT"], HOME, None),
        (["a", "=b", "c="], HOME, "b; c="),
        (["a=1\x00", "b=2"], HOME, "b=2"),
        (["__Secure-a=1; Secure"], HOME, "__Secure-a=1"),
        (["__Secure-a=1"], HOME, None),
        (["__Host-a=1; Secure; Path=/"], HOME, "__Host-a=1"),
        (["__Host-a=1; Secure"], HOME, None),
        (["__Host-a=1; Secure; Path=/; Domain=www.site.example"], HOME, None),
        (["__Http-a=1; Secure; HttpOnly"], HOME, "__Http-a=1"),
        (["__Http-a=1; Secure"], HOME, None),
        (["__Host-Http-a=1; Secure; HttpOnly; Path=/"], HOME, "__Host-Http-a=1"),
        (["__Host-Http-a=1; Secure; Path=/"], HOME, None),
        (["a=\xe9\x80"], HOME, "a=\xe9\x80"),
    ],
)
def test_what_an_answer_sets_goes_along_with_the_next_request(
    twin: CookieTwin, lines: list[str], address: str, cookie: str | None
) -> None:
    store = empty_store()
    twin.answer(navigation(HOME), store, *lines)
    assert twin.sent(navigation(address), store) == cookie


def test_an_http_answer_sets_no_secure_cookie(twin: CookieTwin) -> None:
    store = empty_store()
    twin.answer(navigation("http://www.site.example/"), store, "a=1; Secure", "b=2", "__Secure-c=3; Secure")
    assert twin.sent(navigation("https://www.site.example/"), store) == "b=2"


ALL = ("strict=1; SameSite=Strict", "lax=1; SameSite=Lax", "unset=1", "none=1; SameSite=None; Secure")


@pytest.mark.parametrize(
    ("asked", "cookie"),
    [
        (navigation(HOME), "strict=1; lax=1; unset=1; none=1"),
        (navigation(HOME, page=API), "strict=1; lax=1; unset=1; none=1"),
        (navigation(HOME, page=ELSEWHERE), "lax=1; unset=1; none=1"),
        (navigation(HOME, page=ELSEWHERE, method="POST"), "unset=1; none=1"),
        (request(HOME, page=API), "strict=1; lax=1; unset=1; none=1"),
        (request(HOME, page=API, method="PUT"), "strict=1; lax=1; unset=1; none=1"),
        (request(ELSEWHERE, HOME, page=HOME), "unset=1; none=1"),
        # Of one page to another site: what the browser's policy for third-party cookies would have to say.
        (request(HOME, page=ELSEWHERE), None),
        (request(HOME, page=ELSEWHERE, destination="iframe", mode="navigate"), None),
        (request(HOME, page="http://www.site.example/"), None),
    ],
)
def test_same_site_decides_what_goes_along(twin: CookieTwin, asked: Request, cookie: str | None) -> None:
    store = empty_store()
    twin.answer(navigation(HOME), store, *ALL)
    assert twin.sent(asked, store) == cookie


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        (navigation(HOME), ["strict", "lax", "unset", "none"]),
        # A link, or a form, of another site brings a page that may set any cookie.
        (navigation(HOME, page=ELSEWHERE), ["strict", "lax", "unset", "none"]),
        (navigation(HOME, page=ELSEWHERE, method="POST"), ["strict", "lax", "unset", "none"]),
        (request(HOME, page=API), ["strict", "lax", "unset", "none"]),
        (request(ELSEWHERE, HOME, page=HOME), ["none"]),
        (request(HOME, client=client(HOME, has_cross_site_ancestor=True)), ["none"]),
        (request(HOME, page=ELSEWHERE), []),
    ],
)
def test_same_site_decides_what_is_stored(twin: CookieTwin, asked: Request, names: list[str]) -> None:
    store = empty_store()
    twin.answer(asked, store, *ALL)
    assert [cookie.name for cookie in store.cookies] == names


def test_only_set_cookie_headers_count_each_by_itself_and_in_any_case(twin: CookieTwin) -> None:
    store = empty_store()
    headers = [("set-COOKIE", "a=1, b=2"), ("Set-Cookie2", "c=3"), ("Cookie", "d=4"), ("SET-COOKIE", "e=5")]
    twin.respond(navigation(HOME), store, headers)
    assert [(cookie.name, cookie.value) for cookie in store.cookies] == [("a", "1, b=2"), ("e", "5")]


def test_the_header_list_stays_without_cookies_and_gets_one_header_with_them(twin: CookieTwin) -> None:
    store = empty_store()
    asked = navigation(HOME)
    asked.header_list.append(("Accept", "*/*"))
    assert twin.both(append_a_request_cookie_header, asked, store) == [("Accept", "*/*")]
    twin.answer(asked, store, "a=1", "b=2")
    assert twin.both(append_a_request_cookie_header, asked, store) == [("Accept", "*/*"), ("Cookie", "a=1; b=2")]


def test_what_has_ended_leaves_the_store_with_the_next_set_cookie(twin: CookieTwin) -> None:
    store = empty_store()
    twin.answer(navigation(HOME), store, "a=1; Max-Age=5", "b=1; Max-Age=50")
    store.now += 6_000
    assert twin.sent(navigation(HOME), store) == "b=1"
    twin.answer(navigation(HOME), store, "c=1")
    assert [cookie.name for cookie in store.cookies] == ["b", "c"]
    twin.answer(navigation(HOME), store, "b=2; Max-Age=0", "d=1; Max-Age=-1")
    assert [cookie.name for cookie in store.cookies] == ["c"]
