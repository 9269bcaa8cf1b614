"""Which cookies of the store go along with a request, in what order and how written, by the text of the draft."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from cookie_twin import NOW, CookieTwin, empty_store

from pelican_cors_series.rules.cookie_matching import cookie_default_path, domain_matching, path_matching
from pelican_cors_series.rules.cookie_records import Cookie, CookieStore
from pelican_cors_series.rules.cookie_retrieval import retrieve_cookies, serialize_cookies

if TYPE_CHECKING:
    from pelican_cors_series.rules.cookie_records import SameSiteMode


@pytest.fixture(scope="module")
def twin() -> CookieTwin:
    return CookieTwin()


def names(  # noqa: PLR0913 - what the algorithm takes
    twin: CookieTwin, of: CookieStore, host: str, path: str = "/", *, secure: bool = True, same_site: str = "strict"
) -> list[str]:
    mode: SameSiteMode = f"{same_site}-or-less" if same_site != "none" else "none"  # type: ignore[assignment]
    segments = path.removeprefix("/").split("/")
    return [cookie.name for cookie in twin.both(retrieve_cookies, secure, host, segments, True, mode, of)]


@pytest.mark.parametrize(
    ("host", "domain", "matches"),
    [
        ("site.example", "site.example", True),
        ("www.site.example", "site.example", True),
        ("a.www.site.example", "site.example", True),
        ("site.example", "www.site.example", False),
        ("othersite.example", "site.example", False),
        ("site.example.", "site.example", False),
        ("127.0.0.1", "127.0.0.1", True),
        ("127.0.0.1", "0.0.1", False),
        ("[::1]", "[::1]", True),
    ],
)
def test_a_host_matches_its_own_domain_and_those_above(twin: CookieTwin, host: str, domain: str, matches: bool) -> None:
    assert twin.both(domain_matching, host, domain) is matches


@pytest.mark.parametrize(
    ("request_path", "cookie_path", "matches"),
    [
        ("/", "/", True),
        ("/a", "/", True),
        ("/a/b", "/a", True),
        ("/a/b", "/a/", True),
        ("/a/", "/a", True),
        ("/a/", "/a/", True),
        ("/a", "/a/", False),
        ("/ab", "/a", False),
        ("/a", "/ab", False),
        ("/", "/a", False),
        ("/A", "/a", False),
        ("/%61", "/a", False),
    ],
)
def test_a_path_matches_down_from_a_slash(twin: CookieTwin, request_path: str, cookie_path: str, matches: bool) -> None:
    paths = [path.removeprefix("/").split("/") for path in (request_path, cookie_path)]
    assert twin.both(path_matching, *paths) is matches


def test_the_default_path_leaves_the_path_of_the_request_as_it_is(twin: CookieTwin) -> None:
    path = ["a", "b"]
    assert (twin.both(cookie_default_path, path), path) == (["a"], ["a", "b"])


def test_older_cookies_go_first_and_a_new_value_keeps_the_place(twin: CookieTwin) -> None:
    jar = empty_store()
    for line in ("b=1", "a=1", "c=1"):
        twin.store(line, jar)
    jar.now += 5
    twin.store("b=2", jar)
    jar.now -= 5
    twin.store("d=1", jar)
    assert names(twin, jar, "www.site.example") == ["b", "a", "c", "d"]


def test_longer_paths_go_first(twin: CookieTwin) -> None:
    jar = empty_store()
    for path in ("/", "/a", "/a/bc", "/a/b", "/a/b/", "/a/bc/d"):
        twin.store(f"{path}=1; Path={path}", jar)
    assert names(twin, jar, "www.site.example", "/a/b/c") == ["/a/b/", "/a/b", "/a", "/"]
    assert names(twin, jar, "www.site.example", "/a/bc/d") == ["/a/bc/d", "/a/bc", "/a", "/"]


def test_a_cookie_ends_when_it_says(twin: CookieTwin) -> None:
    jar = empty_store()
    twin.store("a=1; Max-Age=10", jar)
    twin.store("b=1", jar)
    jar.now = NOW + 9_999
    assert names(twin, jar, "www.site.example") == ["a", "b"]
    jar.now = NOW + 10_000
    assert names(twin, jar, "www.site.example") == ["b"]


COOKIES = (
    "host=1",
    "domain=1; Domain=site.example",
    "secure=1; Secure",
    "strict=1; SameSite=Strict",
    "lax=1; SameSite=Lax",
    "none=1; SameSite=None; Secure",
)
HERE = "www.site.example"


@pytest.mark.parametrize(
    ("host", "secure", "same_site", "sent"),
    [
        (HERE, True, "strict", "host domain secure strict lax none"),
        (HERE, False, "strict", "host domain strict lax"),
        (HERE, True, "lax", "host domain secure lax none"),
        (HERE, True, "unset", "host domain secure none"),
        (HERE, True, "none", "none"),
        ("site.example", True, "strict", "domain"),
        ("api.site.example", True, "strict", "domain"),
        ("a.www.site.example", True, "strict", "domain"),
        ("other.example", True, "strict", ""),
    ],
)
def test_which_cookies_go_along(twin: CookieTwin, host: str, secure: bool, same_site: str, sent: str) -> None:
    jar = empty_store()
    for line in COOKIES:
        twin.store(line, jar)
    assert names(twin, jar, host, secure=secure, same_site=same_site) == sent.split()


def test_http_only_is_for_requests_alone(twin: CookieTwin) -> None:
    jar = empty_store()
    for line in ("a=1; HttpOnly", "b=1"):
        twin.store(line, jar)
    for http_only_allowed, sent in ((True, ["a", "b"]), (False, ["b"])):
        found = twin.both(retrieve_cookies, True, HERE, [""], http_only_allowed, "strict-or-less", jar)
        assert [cookie.name for cookie in found] == sent


def test_a_mode_that_there_is_not_is_an_error() -> None:
    with pytest.raises(AssertionError):
        retrieve_cookies(True, HERE, [""], True, "lax", empty_store())  # type: ignore[arg-type]


def test_cookies_are_written_with_their_names_if_any(twin: CookieTwin) -> None:
    cookies = [Cookie("a", "b"), Cookie("", "c"), Cookie("d", ""), Cookie("e", "=f")]
    assert twin.both(serialize_cookies, cookies) == "a=b; c; d=; e==f"
    assert twin.both(serialize_cookies, []) == ""
    assert twin.both(serialize_cookies, [replace(cookies[1], value=""), cookies[0]]) == "a=b"
