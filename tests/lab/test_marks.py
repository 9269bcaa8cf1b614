"""A mark goes into every address that leads to a server, and changes nothing else of where it leads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican_cors_series.lab.marks import mark_of, marked, without_mark
from pelican_cors_series.rules.leaves import parse_url

MARK = "~lab-1"
BASE = f"https://api.example/{MARK}/items/7?page=2"
# What a server writes as Location → what it writes when it is marked, read from BASE.
LOCATIONS = {
    "https://api.example/y": f"https://api.example/{MARK}/y",
    "https://api.example": f"https://api.example/{MARK}/",
    "https://api.example?a": f"https://api.example/{MARK}/?a",
    "https://user:password@api.example/y": f"https://user:password@api.example/{MARK}/y",
    "HTTPS:\\\\api.example\\y": f"HTTPS:\\\\api.example/{MARK}\\y",
    "/y": f"/{MARK}/y",
    "//other.example/y": f"//other.example/{MARK}/y",
    "//other.example": f"//other.example/{MARK}/",
    "\t/y": f"\t/{MARK}/y",
    # These keep it by themselves.
    "": "",
    "#top": "#top",
    "?again": "?again",
    "next": "next",
    "\xe9": "\xe9",
    # These lead to no server.
    "https://": "https://",
    "http://a b/": "http://a b/",
    "data:,x": "data:,x",
    "about:blank": "about:blank",
    "ftp://api.example/": "ftp://api.example/",
    "javascript:1": "javascript:1",
}


@pytest.mark.parametrize(("location", "expected"), LOCATIONS.items())
def test_a_location_is_marked_where_it_would_lose_the_mark(location: str, expected: str) -> None:
    assert marked(location, BASE, MARK) == expected


@pytest.mark.parametrize(("url", "leads_to"), [("x", "/a/x"), ("", "/a/b"), ("/x", "/x"), ("?q", "/a/b?q")])
def test_an_address_of_a_scenario_leads_where_it_leads_from_its_own_page(url: str, leads_to: str) -> None:
    text = marked(url, "https://app.example/~lab/page", MARK, "https://app.example/a/b")
    found = parse_url(text, "https://app.example/~lab/page")
    assert found is not None
    assert found.href == f"https://app.example/{MARK}{leads_to}"


PIECES = ["http:", "https:", "/", "//", "\\", "api.example", ":8443", "u:p@", "?", "#", "..", ".", "a", " ", "\xe9"]


@given(address=st.lists(st.sampled_from(PIECES), max_size=7).map("".join))
def test_nothing_but_the_path_of_an_address_changes(address: str) -> None:
    base = f"http://app.example:8080/{MARK}/a/b"
    plain, found = parse_url(address, base), parse_url(marked(address, base, MARK), base)
    if plain is None or plain.scheme not in ("http", "https"):
        assert found == plain
        return
    assert found is not None
    assert mark_of(found) == MARK
    assert (found.scheme, found.host, found.port) == (plain.scheme, plain.host, plain.port)
    kept = mark_of(plain) == MARK
    assert found.href.replace(f"/{MARK}", "", 0 if kept else 1) == plain.href


def test_a_mark_is_taken_out_of_a_sentence() -> None:
    assert without_mark(f"from 'https://api.example/{MARK}/x' (https://api.example/{MARK})", MARK) == (
        "from 'https://api.example/x' (https://api.example/)"
    )
