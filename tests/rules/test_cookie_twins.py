"""Random cookies, stores and requests through both languages: never a difference in result or trace."""

from __future__ import annotations

from typing import Any

import pytest
from cookie_twin import DAY, NOW, RULES, CookieTwin, empty_store, navigation, url
from hypothesis import given, settings
from hypothesis import strategies as st
from quickjs_twin import python_call

from pelican_cors_series.rules.cookie_records import Cookie, CookieStore
from pelican_cors_series.rules.cookie_retrieval import retrieve_cookies, serialize_cookies
from pelican_cors_series.rules.fetch_records import Client, EmbedderPolicy, PolicyContainer, Request, Response
from pelican_cors_series.rules.origins import opaque_origin, origin_of_a_url
from pelican_cors_series.rules.records import Document
from pelican_cors_series.rules.static_types import described, hints

urls = st.sampled_from(
    [
        url(address)
        for address in (
            *("https://site.example/", "https://www.site.example/a/b", "http://www.site.example/a/", "https://co.kr/a"),
            *("https://other.example/a/b/", "http://127.0.0.1/", "https://[::1]/a", "https://a..site.example./b"),
        )
    ]
)
hosts = st.sampled_from(
    ["site.example", "www.site.example", "example", "co.kr", "127.0.0.1", "[::1]", "a..site.example.", "site.example."]
)
dates = st.builds(
    " ".join,
    st.lists(
        st.sampled_from(
            [
                *("Thu,", "01", "31-Feb-24", "Jul", "dec", "2026", "26", "99", "12:00:00", "24:0:0", "1:2:3x", "GMT"),
                *("0", "1601", "12345", "é", "\x7f", ":", "12:00", "29", "feb", "2000"),
            ]
        ),
        max_size=6,
    ),
)
numbers = st.from_regex(r"\A-?[0-9]{1,20}\Z", fullmatch=True)
pieces = st.one_of(
    st.sampled_from(
        [
            *(";", ";", "=", "=", " ", "\t", ",", '"', "\x00", "\x7f", "\x80", "é", "\u0100", "😀"),
            *("a", "a=1", "__Secure-", "__host-", "__HTTP-a", "__Host-Http-", "a" * 4090, "b" * 1025),
            *("Secure", "HttpOnly", "SameSite=", "Strict", "lax", "None", "Path=", "/", "/a", "//", "Path=/a/"),
            *("Domain=", ".", "site.example", "EXAMPLE", "a b", "[::1]", "127.1", "%41", "xn--a", ":80"),
            *("Max-Age=", "-", "0", "60", "9" * 30, "Expires="),
        ]
    ),
    dates,
    numbers,
)
lines = st.one_of(
    st.builds("".join, st.lists(pieces, max_size=12)),
    st.builds(
        "; ".join,
        st.lists(
            st.one_of(
                st.builds(
                    "{}={}".format, st.sampled_from(["a", "b", "__Host-a", "", "Domain", "Path", "SameSite"]), hosts
                ),
                st.builds("Expires={}".format, dates),
                st.builds("Max-Age={}".format, numbers),
                st.builds("Path={}".format, st.sampled_from(["/", "/a", "/a/b", "a"])),
                st.builds("Domain={}".format, hosts),
                st.builds("SameSite={}".format, st.sampled_from(["None", "Lax", "Strict", "x"])),
                st.sampled_from(["Secure", "HttpOnly", "a=1"]),
            ),
            min_size=1,
            max_size=6,
        ),
    ),
)
paths = st.lists(st.sampled_from(["", "a", "b", "ab"]), min_size=1, max_size=3)
times = st.sampled_from([0, NOW - 1, NOW, NOW + 1, NOW + 60_000])
modes = st.sampled_from(["strict-or-less", "lax-or-less", "unset-or-less", "none"])
cookies = st.builds(
    Cookie,
    st.sampled_from(["a", "a", "b", "", "__Secure-a", "__host-a", "__Http-a", "__Host-Http-a"]),
    st.sampled_from(["1", "2", "__secure-a", "x" * 4094]),
    path=paths,
    has_path_attribute=st.booleans(),
    host=hosts,
    host_only=st.booleans(),
    secure=st.booleans(),
    http_only=st.booleans(),
    same_site=st.sampled_from(["strict", "lax", "unset", "none"]),
    creation_time=times,
    expiry_time=st.one_of(st.none(), times),
)
new_cookies = st.builds(
    lambda cookie, host, failure: Cookie(
        cookie.name,
        cookie.value,
        cookie.path,
        has_path_attribute=cookie.has_path_attribute,
        host=None if failure else host,
        host_is_failure=failure,
        secure=cookie.secure,
        http_only=cookie.http_only,
        same_site=cookie.same_site,
        expiry_time=cookie.expiry_time,
    ),
    cookies,
    st.one_of(st.none(), hosts),
    st.sampled_from([False, False, False, True]),
)
stores = st.builds(CookieStore, st.lists(cookies, max_size=5), st.just(NOW))
origins = st.one_of(st.builds(origin_of_a_url, urls), st.builds(opaque_origin))
documents = st.recursive(
    st.builds(Document, urls, origins, sandboxed_origin=st.booleans()),
    lambda holders: st.builds(Document, urls, origins, holders, sandboxed_origin=st.booleans()),
    max_leaves=3,
)
clients = st.builds(
    Client,
    origins,
    urls,
    st.just(PolicyContainer(EmbedderPolicy())),
    global_object=st.sampled_from(["Window", "Window", "WorkerGlobalScope"]),
    document=st.one_of(st.none(), documents),
    documents=st.lists(documents, max_size=2),
    has_cross_site_ancestor=st.booleans(),
)
requests = st.builds(
    Request,
    st.lists(urls, min_size=1, max_size=3),
    st.just([]).map(list),
    method=st.sampled_from(["GET", "POST", "PUT", "HEAD"]),
    client=st.one_of(st.none(), clients),
    origin=origins,
    destination=st.sampled_from(["", "document", "document", "iframe"]),
    top_level_navigation_initiator_origin=st.one_of(st.none(), origins),
    user_reload_of=st.sampled_from([None, None, "same-site", "cross-site"]),
)
headers = st.lists(st.tuples(st.sampled_from(["Set-Cookie", "set-cookie", "Cookie"]), lines), max_size=4)
MAKERS: dict[str, st.SearchStrategy[Any]] = {
    "str": st.one_of(lines, hosts, dates),
    "bool": st.booleans(),
    "int": st.integers(0, 12_000),
    "list[str]": paths,
    "Client": clients,
    "Cookie": cookies,
    "CookieStore": stores,
    "Document": documents,
    "Request": requests,
    "Response": st.builds(Response, st.just([]).map(list), headers),
    "Url": urls,
    "list[Cookie]": st.lists(cookies, max_size=5),
}
# Arguments that have to be of one form for a rule to be called at all.
CHOICES: dict[tuple[str, str], st.SearchStrategy[Any]] = {
    ("store_a_cookie", "cookie"): new_cookies,
    ("whole_number", "text"): numbers,
    ("parse_a_date", "text"): dates,
    ("full_year", "year"): st.integers(0, 9999),
    ("is_a_date_delimiter", "byte"): st.integers(0, 255),
}


@pytest.fixture(scope="module")
def twin() -> CookieTwin:
    return CookieTwin()


def strategy(rule: str, argument: str, kind: str) -> st.SearchStrategy[Any]:
    named = {"same_site": modes, "host": hosts, "domain_attribute_value": hosts, "now": times, "set_cookie": lines}
    return CHOICES.get((rule, argument), named.get(argument, MAKERS[kind]))


@pytest.mark.parametrize("name", sorted(RULES))
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_both_languages_treat_cookies_by_the_same_steps(name: str, twin: CookieTwin, data: st.DataObject) -> None:
    rule = RULES[name]
    found = hints(rule.function, rule.function.__globals__)
    arguments = [
        data.draw(strategy(name, argument, described(kind)), label=argument)
        for argument, kind in found.items()
        if argument != "return"
    ]
    assert twin.javascript.call(name, arguments) == python_call(rule, arguments)


@given(answers=st.lists(st.tuples(urls, st.lists(lines, max_size=4), st.integers(0, 90_000)), max_size=5))
@settings(max_examples=150, deadline=None)
def test_whatever_answers_set_the_store_stays_in_order(
    twin: CookieTwin, answers: list[tuple[Any, list[str], int]]
) -> None:
    store = empty_store()
    for address, set_cookie, passed in answers:
        store.now += passed
        asked = navigation(address.href)
        twin.answer(asked, store, *set_cookie)
        for cookie in store.cookies:
            assert cookie.host
            assert cookie.secure or cookie.same_site != "none"
            assert cookie.expiry_time is None or cookie.expiry_time <= store.now + 400 * DAY
        kept = [(it.name, it.host, it.host_only, tuple(it.path)) for it in store.cookies]
        assert len(set(kept)) == len(kept)
        assert len({cookie.creation_time for cookie in store.cookies}) == len(kept)
        path = address.path.removeprefix("/").split("/")
        found = retrieve_cookies(address.scheme == "https", address.host, path, True, "strict-or-less", store)
        assert twin.sent(asked, store) == (serialize_cookies(found) if found else None)
