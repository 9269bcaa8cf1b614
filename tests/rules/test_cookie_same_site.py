"""Where a request comes from, and which cookies it may take along for that."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cookie_twin import NOW, CookieTwin, client, navigation, request, url

from pelican_cors_series.rules.cookie_records import Cookie
from pelican_cors_series.rules.fetch_records import Request
from pelican_cors_series.rules.origins import opaque_origin, origin_of_a_url, serialization_of_an_origin
from pelican_cors_series.rules.records import Document
from pelican_cors_series.rules.same_site_cookies import (
    determine_the_same_site_mode,
    lax_allowing_unsafe,
    same_site_request,
    site_for_cookies_of_a_document,
    site_for_cookies_of_a_worker,
)

HOME = "https://www.site.example/"
API = "https://api.site.example/"
ELSEWHERE = "https://other.example/"


@pytest.fixture(scope="module")
def twin() -> CookieTwin:
    return CookieTwin()


def document(*addresses: str, sandboxed: tuple[int, ...] = ()) -> Document:
    """Make a document within others; the first address is that of the top-level page."""
    found: Document | None = None
    for place, address in enumerate(addresses):
        origin = opaque_origin() if place in sandboxed else origin_of_a_url(url(address))
        found = Document(url(address), origin, found, sandboxed_origin=place in sandboxed)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("addresses", "sandboxed", "site"),
    [
        ((HOME,), (), HOME),
        ((HOME, API), (), HOME),
        ((API, HOME), (), API),
        ((HOME, ELSEWHERE), (), None),
        ((HOME, ELSEWHERE, HOME), (), None),
        ((ELSEWHERE, HOME, HOME), (), None),
        (("http://www.site.example/", HOME), (), None),
        ((HOME, API), (0, 1), HOME),
        ((HOME, ELSEWHERE), (1,), None),
        (("data:,x",), (), None),
        (("https://alice.github.io/", "https://bob.github.io/"), (), None),
    ],
)
def test_the_site_for_cookies_is_that_of_the_address_bar_where_all_pages_share_it(
    twin: CookieTwin, addresses: tuple[str, ...], sandboxed: tuple[int, ...], site: str | None
) -> None:
    found = twin.both(site_for_cookies_of_a_document, document(*addresses, sandboxed=sandboxed))
    assert serialization_of_an_origin(found) == ("null" if site is None else site.removesuffix("/"))


def test_a_frame_with_an_origin_that_it_took_over_is_of_that_origin(twin: CookieTwin) -> None:
    for address in ("about:blank", "about:srcdoc"):
        for page, site in ((HOME, "https://www.site.example"), (ELSEWHERE, "null")):
            frame = Document(url(address), origin_of_a_url(url(HOME)), document(page))
            assert serialization_of_an_origin(twin.both(site_for_cookies_of_a_document, frame)) == site


def test_a_worker_has_its_own_site_where_all_its_documents_share_it(twin: CookieTwin) -> None:
    ours, theirs = document(HOME), document(ELSEWHERE, HOME)
    for documents, site in (([], HOME), ([ours], HOME), ([ours, document(API, HOME)], HOME), ([ours, theirs], None)):
        worker = client(HOME, global_object="WorkerGlobalScope", documents=documents)
        found = twin.both(site_for_cookies_of_a_worker, worker)
        assert serialization_of_an_origin(found) == ("null" if site is None else site.removesuffix("/"))


@pytest.mark.parametrize(
    ("asked", "same_site"),
    [
        (request(API, page=HOME), True),
        (request(HOME, page=HOME), True),
        (request(ELSEWHERE, page=HOME), False),
        (request("http://www.site.example/", page=HOME), False),
        (request(HOME, ELSEWHERE, page=HOME), False),
        (request(ELSEWHERE, HOME, page=HOME), True),
        (request(ELSEWHERE), True),
        (request(HOME, client=client(HOME, document=document(ELSEWHERE, HOME))), False),
        (request(HOME, client=client(HOME, document=document(API, HOME))), True),
        (request(HOME, client=replace(client(HOME), origin=opaque_origin())), True),
        (
            request(
                HOME, client=client(HOME, global_object="WorkerGlobalScope", documents=[document(ELSEWHERE, HOME)])
            ),
            False,
        ),
        (request(HOME, client=client(HOME, global_object="ServiceWorkerGlobalScope")), True),
        (request(ELSEWHERE, page=HOME, user_reload_of="same-site"), True),
        (request(HOME, page=HOME, user_reload_of="cross-site"), False),
    ],
)
def test_a_request_is_same_site_where_it_goes_to_the_site_of_the_page(
    twin: CookieTwin, asked: Request, same_site: bool
) -> None:
    assert twin.both(same_site_request, asked) is same_site


FRAMED = client(HOME, has_cross_site_ancestor=True)


@pytest.mark.parametrize(
    ("asked", "mode"),
    [
        # Pages that are opened: by the user, by a link or a form of the site, of another site.
        (navigation(HOME), "strict"),
        (navigation(HOME, page=HOME), "strict"),
        (navigation(HOME, page=API, method="POST"), "strict"),
        (navigation(HOME, page=ELSEWHERE), "lax"),
        (navigation(HOME, page=ELSEWHERE, method="POST"), "unset"),
        (navigation(HOME, page="http://www.site.example/"), "lax"),
        # The address that counts is the one that is asked now.
        (navigation(HOME, ELSEWHERE, page=HOME), "lax"),
        (navigation(HOME, ELSEWHERE, page=HOME, method="POST"), "unset"),
        (navigation(API, HOME, page=HOME), "strict"),
        # A redirect through another site takes the Strict cookies, whoever began.
        (navigation(ELSEWHERE, HOME, page=HOME), "lax"),
        (navigation(ELSEWHERE, HOME, page=HOME, method="POST"), "unset"),
        # What pages load.
        (request(API, page=HOME), "strict"),
        (request(API, page=HOME, method="POST"), "strict"),
        (request(API, page=HOME, method="PUT"), "strict"),
        (request(ELSEWHERE, HOME, page=HOME), "unset"),
        (request(HOME, page=HOME, destination="iframe"), "strict"),
        (request(HOME, client=FRAMED), "unset"),
        (request(HOME, client=FRAMED, method="DELETE"), "unset"),
        # A frame is no top-level navigation.
        (request(HOME, client=FRAMED, destination="iframe", mode="navigate"), "unset"),
    ],
)
def test_which_cookies_a_request_may_take_along(twin: CookieTwin, asked: Request, mode: str) -> None:
    assert twin.both(determine_the_same_site_mode, asked) == f"{mode}-or-less"


def test_safe_methods_count_as_get_and_others_as_post(twin: CookieTwin) -> None:
    for method in ("GET", "HEAD", "OPTIONS", "TRACE"):
        asked = navigation(HOME, page=ELSEWHERE, method=method)
        assert twin.both(determine_the_same_site_mode, asked) == "lax-or-less"
    for method in ("POST", "PUT", "PATCH", "DELETE", "get", "QUERY"):
        asked = navigation(HOME, page=ELSEWHERE, method=method)
        assert twin.both(determine_the_same_site_mode, asked) == "unset-or-less"


@pytest.mark.parametrize(
    ("method", "same_site", "age", "goes"),
    [
        ("GET", "lax", 10_000_000, True),
        ("GET", "unset", 10_000_000, True),
        ("POST", "unset", 0, True),
        ("POST", "unset", 120_000, True),
        ("POST", "unset", 120_001, False),
        ("POST", "lax", 0, False),
        ("PUT", "strict", 0, False),
    ],
)
def test_a_cookie_without_same_site_goes_along_with_a_post_for_two_minutes(
    twin: CookieTwin, method: str, same_site: str, age: int, goes: bool
) -> None:
    cookie = Cookie("a", "b", same_site=same_site, creation_time=NOW - age)  # type: ignore[arg-type]
    assert twin.both(lax_allowing_unsafe, navigation(HOME, page=ELSEWHERE, method=method), cookie, NOW) is goes
