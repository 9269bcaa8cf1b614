"""Which cookies the store takes, and which of them a new one replaces, by the text of the draft."""

from __future__ import annotations

from itertools import permutations

import pytest
from cookie_twin import CookieTwin, empty_store


@pytest.fixture(scope="module")
def twin() -> CookieTwin:
    return CookieTwin()


@pytest.mark.parametrize(
    ("line", "host", "stored"),
    [
        ("a=b", "www.site.example", ("www.site.example", True)),
        ("a=b; Domain=www.site.example", "www.site.example", ("www.site.example", False)),
        ("a=b; Domain=site.example", "www.site.example", ("site.example", False)),
        ("a=b; Domain=api.site.example", "www.site.example", None),
        ("a=b; Domain=a.www.site.example", "www.site.example", None),
        ("a=b; Domain=other.example", "www.site.example", None),
        ("a=b; Domain=a b", "www.site.example", None),
        ("a=b; Domain=example", "www.site.example", None),
        ("a=b; Domain=co.kr", "www.site.co.kr", None),
        ("a=b; Domain=github.io", "alice.github.io", None),
        ("a=b; Domain=github.io", "github.io", ("github.io", True)),
        ("a=b; Domain=localhost", "localhost", ("localhost", True)),
        ("a=b; Domain=127.0.0.1", "127.0.0.1", ("127.0.0.1", False)),
        ("a=b; Domain=0.0.1", "127.0.0.1", None),
    ],
)
def test_for_which_host_a_cookie_is_stored(
    twin: CookieTwin, line: str, host: str, stored: tuple[str, bool] | None
) -> None:
    jar = empty_store()
    cookie = twin.store(line, jar, host)
    assert (cookie and (cookie.host, cookie.host_only)) == stored
    assert jar.cookies == ([cookie] if cookie else [])


def test_a_public_suffix_may_be_covered_where_that_is_allowed(twin: CookieTwin) -> None:
    cookie = twin.store("a=b; Domain=github.io", empty_store(), "alice.github.io", suffix=True)
    assert cookie is not None
    assert (cookie.host, cookie.host_only) == ("github.io", False)


def test_script_neither_sets_nor_replaces_a_cookie_with_http_only(twin: CookieTwin) -> None:
    jar = empty_store()
    assert twin.store("a=1; HttpOnly", jar, http=False) is None
    assert twin.store("a=1; HttpOnly", jar)
    assert twin.store("a=2", jar, http=False) is None
    assert twin.store("b=2", jar, http=False)
    assert twin.store("a=2", jar)


@pytest.mark.parametrize(
    ("stored", "stored_by", "line", "host", "taken"),
    [
        ("a=1; Secure; Path=/login", "site.example", "a=2; Path=/", "site.example", True),
        ("a=1; Secure; Path=/login", "site.example", "a=2; Path=/foo", "site.example", True),
        ("a=1; Secure; Path=/login", "site.example", "a=2; Path=/login", "site.example", False),
        ("a=1; Secure; Path=/login", "site.example", "a=2; Path=/login/en", "site.example", False),
        ("a=1; Secure; Path=/login", "site.example", "b=2; Path=/login", "site.example", True),
        ("a=1; Path=/login", "site.example", "a=2; Path=/login", "site.example", True),
        ("a=1; Secure", "site.example", "a=2; Domain=site.example", "www.site.example", False),
        ("a=1; Secure; Domain=site.example", "site.example", "a=2", "www.site.example", False),
        ("a=1; Secure", "www.site.example", "a=2", "api.site.example", True),
        ("a=1; Secure; Max-Age=0", "site.example", "a=2", "site.example", True),
    ],
)
def test_http_gets_in_front_of_no_secure_cookie(  # noqa: PLR0913, PLR0917 - the columns of a table
    twin: CookieTwin, stored: str, stored_by: str, line: str, host: str, taken: bool
) -> None:
    jar = empty_store()
    assert twin.store(stored, jar, stored_by)
    assert (twin.store(line, jar, host, secure=False) is not None) is taken
    assert twin.store("s=1; Secure", jar, host, secure=False) is None


@pytest.mark.parametrize(
    ("line", "at_home", "from_elsewhere"),
    [
        ("a=1", True, False),
        ("a=1; SameSite=Lax", True, False),
        ("a=1; SameSite=Strict", True, False),
        ("a=1; SameSite=None; Secure", True, True),
        ("a=1; SameSite=None", False, False),
    ],
)
def test_same_site_decides_who_sets_a_cookie(twin: CookieTwin, line: str, at_home: bool, from_elsewhere: bool) -> None:
    assert (twin.store(line, empty_store()) is not None) is at_home
    assert (twin.store(line, empty_store(), same_site=False) is not None) is from_elsewhere


ALL = ("Secure", "HttpOnly", "Path=/", "Domain=www.site.example")


@pytest.mark.parametrize(
    ("prefix", "needs", "refuses"),
    [
        ("__Secure-", {"Secure"}, set()),
        ("__Host-", {"Secure", "Path=/"}, {"Domain=www.site.example"}),
        ("__Http-", {"Secure", "HttpOnly"}, set()),
        ("__Host-Http-", {"Secure", "HttpOnly", "Path=/"}, {"Domain=www.site.example"}),
        ("__Host", set(), set()),
        ("__Secure", set(), set()),
        ("_Http-", set(), set()),
    ],
)
def test_a_prefix_promises_attributes(twin: CookieTwin, prefix: str, needs: set[str], refuses: set[str]) -> None:
    for given in {frozenset(chosen) for count in range(5) for chosen in permutations(ALL, count)}:
        taken = needs <= given and not refuses & given
        for written in (prefix, prefix.lower(), prefix.upper()):
            line = "; ".join([f"{written}a=1", *sorted(given)])
            assert (twin.store(line, empty_store()) is not None) is taken, line


def test_a_host_prefix_takes_the_path_of_the_whole_host(twin: CookieTwin) -> None:
    assert twin.store("__Host-a=1; Secure; Path=//", empty_store()) is None
    assert twin.store("__Host-a=1; Secure; Path=/x", empty_store()) is None


@pytest.mark.parametrize("prefix", ["__Secure-", "__HOST-", "__http-", "__Host-Http-"])
def test_no_value_without_a_name_looks_like_a_prefix(twin: CookieTwin, prefix: str) -> None:
    attributes = "Secure; HttpOnly; Path=/"
    assert twin.store(f"{prefix}a; {attributes}", empty_store()) is None
    assert twin.store(f"={prefix}a=b; {attributes}", empty_store()) is None
    assert twin.store(f"a={prefix}a; {attributes}", empty_store())
    assert twin.store(f"x{prefix}a; {attributes}", empty_store())


def test_a_cookie_is_replaced_by_one_of_its_name_host_and_path(twin: CookieTwin) -> None:
    jar = empty_store()
    assert twin.store("a=1", jar)
    for other in ("A=2", "a=3; Path=/x", "a=4; Domain=www.site.example"):
        assert twin.store(other, jar)
    assert twin.store("a=5", jar, "api.site.example")
    assert [cookie.value for cookie in jar.cookies] == ["1", "2", "3", "4", "5"]
    assert twin.store("a=6; Secure", jar)
    assert sorted(cookie.value for cookie in jar.cookies) == ["2", "3", "4", "5", "6"]


@pytest.mark.parametrize(
    ("again", "changes"),
    [
        ("a=1; Max-Age=60", False),
        ("a=2; Max-Age=60", True),
        ("a=1; Max-Age=60; Secure", True),
        ("a=1; Max-Age=60; HttpOnly", True),
        ("a=1; Max-Age=60; SameSite=Lax", True),
        ("a=1; Max-Age=61", True),
        ("a=1", True),
    ],
)
def test_the_same_cookie_again_changes_nothing(twin: CookieTwin, again: str, changes: bool) -> None:
    jar = empty_store()
    old = twin.store("a=1; Max-Age=60", jar)
    new = twin.store(again, jar)
    assert jar.cookies == [new if changes else old]


def test_a_cookie_of_the_session_gets_new_values(twin: CookieTwin) -> None:
    jar = empty_store()
    twin.store("a=1", jar)
    twin.store("a=2", jar)
    assert [cookie.value for cookie in jar.cookies] == ["2"]
