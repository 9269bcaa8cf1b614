"""Cookies through Python and through the printed JavaScript, and the requests and stores that the tests make."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from quickjs_twin import QuickJsTwin, plain

from pelican_cors_series.rules import Rule
from pelican_cors_series.rules.catalogue import COOKIES
from pelican_cors_series.rules.cookie_headers import (
    append_a_request_cookie_header,
    parse_and_store_response_set_cookie_headers,
)
from pelican_cors_series.rules.cookie_parsing import parse_a_cookie
from pelican_cors_series.rules.cookie_records import CookieStore
from pelican_cors_series.rules.cookie_storage import store_a_cookie
from pelican_cors_series.rules.fetch_records import Client, EmbedderPolicy, PolicyContainer, Request, Response
from pelican_cors_series.rules.leaves import parse_url
from pelican_cors_series.rules.origins import origin_of_a_url
from pelican_cors_series.rules.printer import javascript_module
from pelican_cors_series.rules.records import Url

if TYPE_CHECKING:
    from pelican_cors_series.rules import Step
    from pelican_cors_series.rules.cookie_records import Cookie

T = TypeVar("T")

RULES = {
    rule.name: rule
    for module in COOKIES
    for rule in vars(module).values()
    if isinstance(rule, Rule) and rule.__module__ == module.__name__
}
DAY = 86_400_000


class CookieTwin:
    """The printed rules of cookies, and calls of them in both languages."""

    def __init__(self) -> None:
        self.javascript = QuickJsTwin(javascript_module(RULES.values()))

    def both(self, rule: Rule[..., T], *arguments: object) -> T:
        """Call a rule in both languages and return Python's result; JavaScript has the arguments as they were."""
        printed = self.javascript.call(rule.name, arguments)
        steps: list[Step] = []
        result = rule.traced(steps, *arguments)
        trace = [{"step": step.step, "value": plain(step.value), "given": plain(dict(step.given))} for step in steps]
        assert printed == {"result": plain(result), "trace": trace}
        return result

    def store(  # noqa: PLR0913 - what the algorithm takes
        self,
        line: str,
        into: CookieStore,
        host: str = "www.site.example",
        *,
        secure: bool = True,
        http: bool = True,
        suffix: bool = False,
        same_site: bool = True,
    ) -> Cookie | None:
        """Store the cookie of a line that the root of a host sets."""
        cookie = parse_a_cookie(line, [""], into.now)
        assert cookie is not None
        return self.both(store_a_cookie, cookie, secure, host, http, suffix, same_site, into)

    def answer(self, asked: Request, store: CookieStore, *set_cookie: str) -> None:
        """Let the answer to a request set cookies."""
        self.respond(asked, store, [("Set-Cookie", line) for line in set_cookie])

    def respond(self, asked: Request, store: CookieStore, headers: list[tuple[str, str]]) -> None:
        """Let an answer with these headers come in, in both languages: the last of the steps tell what is stored."""
        response = Response(list(asked.url_list), headers)
        printed = self.javascript.call("parse_and_store_response_set_cookie_headers", (asked, response, store))
        steps: list[Step] = []
        parse_and_store_response_set_cookie_headers.traced(steps, asked, response, store)
        assert [(step["step"], step["value"]) for step in printed["trace"]] == [
            (step.step, plain(step.value)) for step in steps
        ]

    def sent(self, asked: Request, store: CookieStore) -> str | None:
        """Return the Cookie header of a request, None where it gets none."""
        headers = dict(self.both(append_a_request_cookie_header, asked, store))
        return headers.get("Cookie")


def moment(iso: str) -> int:
    return int(datetime.fromisoformat(iso).replace(tzinfo=UTC).timestamp() * 1000)


NOW = moment("2026-07-01T12:00:00")


def url(address: str) -> Url:
    parsed = parse_url(address)
    assert parsed is not None
    return parsed


def client(page: str, **members: Any) -> Client:  # noqa: ANN401 - the fields of a record
    address = url(page)
    return Client(origin_of_a_url(address), address, PolicyContainer(EmbedderPolicy()), **members)


def request(*addresses: str, page: str | None = None, **members: Any) -> Request:  # noqa: ANN401 - the fields of a record
    """Make a request to the last address, by redirects from the first, by a page or, without one, by the browser."""
    urls = [url(address) for address in addresses]
    by = members.pop("client", None if page is None else client(page))
    return Request(urls, [], client=by, origin=by.origin if by else origin_of_a_url(urls[0]), **members)


def navigation(*addresses: str, page: str | None = None, method: str = "GET", **members: Any) -> Request:  # noqa: ANN401 - the fields of a record
    """Make a navigation of the whole window, that a page starts or, without one, the user."""
    initiator = None if page is None else origin_of_a_url(url(page))
    return request(
        *addresses,
        page=page,
        method=method,
        mode="navigate",
        destination="document",
        top_level_navigation_initiator_origin=initiator,
        **members,
    )


def empty_store() -> CookieStore:
    return CookieStore([], NOW)
