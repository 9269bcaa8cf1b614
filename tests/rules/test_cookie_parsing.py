"""What the value of a Set-Cookie header parses to, by the text of the draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cookie_twin import DAY, NOW, CookieTwin, moment, url

from pelican_cors_series.rules.cookie_matching import serialized_cookie_default_path, url_path
from pelican_cors_series.rules.cookie_parsing import EARLIEST_TIME, parse_a_cookie

if TYPE_CHECKING:
    from pelican_cors_series.rules.cookie_records import Cookie

LIMIT = NOW + 400 * DAY


@pytest.fixture(scope="module")
def twin() -> CookieTwin:
    return CookieTwin()


def parsed(twin: CookieTwin, line: str, path: str = "/docs/page") -> Cookie | None:
    return twin.both(parse_a_cookie, line, url_path(url(f"https://site.example{path}")), NOW)


@pytest.mark.parametrize(
    ("line", "name_and_value"),
    [
        ("a=b", ("a", "b")),
        ("a", ("", "a")),
        ("=a", ("", "a")),
        ("a=", ("a", "")),
        ("a==b=c", ("a", "=b=c")),
        (" \ta\t = \tb c\t ;", ("a", "b c")),
        ('a="b;c"', ("a", '"b')),
        ("a=b\tc\x80\xff", ("a", "b\tc\x80\xff")),
        ("", None),
        (" \t", None),
        (" = ", None),
        (";a=b", None),
        ("=;", None),
    ],
)
def test_name_and_value_stand_before_the_first_semicolon(
    twin: CookieTwin, line: str, name_and_value: tuple[str, str] | None
) -> None:
    cookie = parsed(twin, line)
    assert (cookie and (cookie.name, cookie.value)) == name_and_value


def test_a_control_character_anywhere_but_the_tab_costs_the_cookie(twin: CookieTwin) -> None:
    for byte in range(256):
        dropped = byte < 0x09 or 0x0A <= byte <= 0x1F or byte == 0x7F
        for line in (f"a{chr(byte)}=b", f"a=b{chr(byte)}c", f"a=b; c{chr(byte)}"):
            assert (parsed(twin, line) is None) is dropped, line


def test_name_and_value_have_4096_bytes_at_most(twin: CookieTwin) -> None:
    lines = {"a" * 4096: True, "a" * 4097: False, f"{'a' * 96}={'b' * 4000}": True, f"{'a' * 97}={'b' * 4000}": False}
    assert {line: parsed(twin, line) is not None for line in lines} == lines
    assert parsed(twin, f"a=b; {'c' * 5000}") is not None


@pytest.mark.parametrize(
    ("path", "attributes", "expected"),
    [
        ("/docs/page", "", "/docs"),
        ("/docs/", "", "/docs"),
        ("/docs", "", "/"),
        ("/", "", "/"),
        ("//a/", "", "//a"),
        ("/a/b/c", "Path=/x", "/x"),
        ("/a/b/c", "path = /x/y/ ", "/x/y/"),
        ("/a/b/c", "Path=/", "/"),
        ("/a/b/c", "Path=//", "//"),
        ("/a/b/c", "Path=/x;PATH=/y", "/y"),
        ("/a/b/c", "Path=x", "/a/b"),
        ("/a/b/c", "Path=", "/a/b"),
        ("/a/b/c", "Path", "/a/b"),
        ("/a/b/c", f"Path=/{'x' * 1023}", f"/{'x' * 1023}"),
        ("/a/b/c", f"Path=/{'x' * 1024}", "/a/b"),
    ],
)
def test_the_path_is_that_of_the_attribute_or_the_folder(
    twin: CookieTwin, path: str, attributes: str, expected: str
) -> None:
    cookie = parsed(twin, f"a=b; {attributes}", path)
    assert cookie is not None
    assert f"/{'/'.join(cookie.path)}" == expected
    assert cookie.has_path_attribute is (expected != twin.both(serialized_cookie_default_path, url(f"http://a{path}")))


@pytest.mark.parametrize(
    ("attributes", "host"),
    [
        ("", None),
        ("Domain=site.example", "site.example"),
        ("domain = .Site.EXAMPLE ", "site.example"),
        ("Domain=..site.example", ".site.example"),
        ("Domain=%73ite.example", "site.example"),
        ("Domain=127.1", "127.0.0.1"),
        ("Domain=[0::1]", "[::1]"),
        ("Domain=xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("Domain=a.example; Domain=b.example", "b.example"),
        ("Domain=a b; Domain=b.example", "b.example"),
        # An empty one counts for nothing, as in browsers.
        ("Domain=", None),
        ("Domain", None),
        ("Domain=a.example; Domain=", "a.example"),
    ],
)
def test_domain_names_a_host(twin: CookieTwin, attributes: str, host: str | None) -> None:
    cookie = parsed(twin, f"a=b; {attributes}")
    assert cookie is not None
    assert (cookie.host, cookie.host_is_failure) == (host, False)


@pytest.mark.parametrize(
    "domain",
    [
        *(".", "a b", "b\xfccher.example", "a.example:80", "a.example/", "a.example?", "a.example#", "u@a.example"),
        *("a\\b", "a\tb.example", "a<b", "%2F", "%", "[::1", "::1", "[::1]x", "1.2.3.4.5", "xn--a\x80"),
    ],
)
def test_a_domain_that_is_no_host_is_a_failure(twin: CookieTwin, domain: str) -> None:
    cookie = parsed(twin, f"a=b; Domain=good.example; Domain={domain}")
    assert cookie is not None
    assert (cookie.host, cookie.host_is_failure) == (None, True)


@pytest.mark.parametrize(
    ("attributes", "expiry_time"),
    [
        ("", None),
        ("Expires=Thu, 02 Jul 2026 00:00:00 GMT", moment("2026-07-02T00:00:00")),
        ("Expires=Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Expires=Wed, 01 Jan 1969 00:00:00 GMT", moment("1969-01-01T00:00:00")),
        ("Expires=never", None),
        ("Expires=", None),
        ("Expires=2 Jul 26 0:0:0; Expires=never", moment("2026-07-02T00:00:00")),
        ("Expires=2 Jul 26 0:0:0; Expires=3 Jul 26 0:0:0", moment("2026-07-03T00:00:00")),
        # 400 days from the first of July 2026 is the fifth of August 2027.
        ("Expires=5 Aug 2027 12:00:00", LIMIT),
        ("Expires=5 Aug 2027 11:59:59", LIMIT - 1000),
        ("Expires=5 Aug 2027 12:00:01", LIMIT),
        ("Expires=31 Dec 9999 23:59:59", LIMIT),
        ("Max-Age=1", NOW + 1000),
        ("max-age = 007 ", NOW + 7000),
        ("Max-Age=0", EARLIEST_TIME),
        ("Max-Age=-0", EARLIEST_TIME),
        ("Max-Age=-1", EARLIEST_TIME),
        ("Max-Age=34560000", LIMIT),
        ("Max-Age=34560001", LIMIT),
        ("Max-Age=9007199254740993", LIMIT),
        (f"Max-Age={'9' * 300}", LIMIT),
        (f"Max-Age=-{'9' * 300}", EARLIEST_TIME),
        *((f"Max-Age={value}", None) for value in ("", "-", "--1", "+1", "1.5", "1e3", "1 2", "1s", "x", "-x", "\xb2")),
        ("Max-Age=5; Max-Age=x", NOW + 5000),
        # Max-Age wins over Expires on either side of it.
        ("Max-Age=5; Expires=2 Jul 26 0:0:0", NOW + 5000),
        ("Expires=2 Jul 26 0:0:0; Max-Age=5", NOW + 5000),
        ("Max-Age=x; Expires=2 Jul 26 0:0:0", moment("2026-07-02T00:00:00")),
    ],
)
def test_when_a_cookie_ends(twin: CookieTwin, attributes: str, expiry_time: int | None) -> None:
    cookie = parsed(twin, f"a=b; {attributes}")
    assert cookie is not None
    assert cookie.expiry_time == expiry_time


@pytest.mark.parametrize(
    ("attributes", "secure", "http_only", "same_site"),
    [
        ("", False, False, "unset"),
        (" ;;=; ,; x=y;", False, False, "unset"),
        ("Secure;HttpOnly;SameSite=Lax", True, True, "lax"),
        ("sECURE=false;\tHTTPONLY\t=0; samesite = STRICT ", True, True, "strict"),
        ("SameSite=none", False, False, "none"),
        ("SameSite=Lax; SameSite=Strict", False, False, "strict"),
        ("SameSite=Lax; SameSite=x; SameSite; SameSite=", False, False, "lax"),
        ("SameSite=Default; SameSite=unset", False, False, "unset"),
        ('"Secure"; Secure x; Http-Only; Secure\xa0', False, False, "unset"),
    ],
)
def test_the_attributes_without_a_value_and_same_site(
    twin: CookieTwin, attributes: str, secure: bool, http_only: bool, same_site: str
) -> None:
    cookie = parsed(twin, f"a=b; {attributes}")
    assert cookie is not None
    assert (cookie.secure, cookie.http_only, cookie.same_site) == (secure, http_only, same_site)
