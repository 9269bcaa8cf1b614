"""What an engine's console message can depend on and name: the request, the answer and the redirect at one step."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from .console_answers import AnswerFacts, facts_of_an_answer, refused_header
from .fetch_records import Response
from .header_values import header_values_of
from .leaves import parse_url
from .origins import origin_of_a_url, same_origin, serialization_of_an_origin
from .redirects import fragment, includes_credentials, location_url
from .request_headers import cors_unsafe_request_header_names
from .request_methods import cors_safelisted_method
from .request_origin import byte_serializing_a_request_origin
from .secure_contexts import is_url_potentially_trustworthy
from .statuses import redirect_status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .console_answers import KeptHeaders
    from .fetch_records import Answer, Request
    from .records import Url
    from .request_verdict import RequestVerdict
    from .rule import Step

Fact: TypeAlias = str | int | bool

SENT = ("http_network_or_cache_fetch", "11.2")
FOLLOWED = ("http_redirect_fetch", "18")


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """The request, where the steps so far have brought it.

    `at` is the step. `url` is the current URL, `previous_url` the one before the last redirect, "" without one, and
    `origin` the page's origin, which redirects don't change, as opposed to `sent_origin`. `moved` tells that the
    current URL is another than the first, `foreign` that it is not of the page's origin, `preflight` that the step is
    about a preflight, `needs_preflight` that the request is no simple one.
    """

    at: str
    page: str
    page_scheme: str
    origin: str
    sent_origin: str
    url: str
    first_url: str
    previous_url: str
    scheme: str
    port: int
    method: str
    mode: str
    redirect_mode: str
    tainting: str
    redirected: bool
    moved: bool
    foreign: bool
    trustworthy: bool
    preflight: bool
    needs_preflight: bool


@dataclass(frozen=True, slots=True)
class RedirectFacts:
    """Where the last answer redirects to.

    `redirect` is "none" for an answer that is no redirect or has no Location. `location` is the address that it comes
    to, that of several Locations joined, and as written where it can't be parsed. `location_foreign` tells that it is
    not of the page's origin, `location_elsewhere` that it is not of the current URL's.
    """

    redirect: Literal["none", "empty", "several", "invalid", "valid"] = "none"
    location: str = ""
    location_scheme: str = ""
    location_foreign: bool = False
    location_elsewhere: bool = False
    location_trustworthy: bool = False
    location_user_info: bool = False


def facts_at(verdict: RequestVerdict, place: int, kept: KeptHeaders) -> dict[str, Fact]:
    """Give all there is to say, by name, at the step of a verdict that has this place among its steps."""
    steps = verdict.steps[: place + 1]
    request = next(step.given["fetch_params"].request for step in steps if step.rule == "main_fetch")  # type: ignore[attr-defined] # main fetch is given a FetchParams
    urls = request.url_list[: 1 + _times(FOLLOWED, steps)]
    answer = _answer(verdict, _times(SENT, steps))
    redirect = RedirectFacts() if answer is None else _redirect(answer, urls[-1], request)
    return {
        **asdict(_request(steps, request, urls, verdict)),
        **asdict(AnswerFacts() if answer is None else facts_of_an_answer(answer, request, steps)),
        **asdict(redirect),
        **refused_header(steps[-1], request, kept),
    }


def _times(ran: tuple[str, str], steps: Sequence[Step]) -> int:
    rule, number = ran
    return sum(step.rule == rule and step.number == number for step in steps)


def _answer(verdict: RequestVerdict, sent: int) -> Answer | None:
    if not 0 < sent <= len(verdict.wire):
        return None
    entry = verdict.wire[sent - 1]
    hop = verdict.scenario.server[entry.hop]
    return hop.preflight if entry.preflight else hop.response


def _request(steps: Sequence[Step], request: Request, urls: Sequence[Url], verdict: RequestVerdict) -> RequestFacts:
    assert request.client is not None and request.origin is not None  # noqa: S101, PT018 - a page has made it
    url = urls[-1]
    return RequestFacts(
        at=steps[-1].step,
        page=request.client.api_base_url.href,
        page_scheme=request.client.api_base_url.scheme,
        origin=serialization_of_an_origin(request.origin),
        sent_origin=byte_serializing_a_request_origin(request),
        url=url.href,
        first_url=urls[0].href,
        previous_url=urls[-2].href if len(urls) > 1 else "",
        scheme=url.scheme,
        port=url.port or 0,
        method=request.method,
        mode=request.mode,
        redirect_mode=verdict.scenario.request.redirect,
        tainting=request.response_tainting,
        redirected=len(urls) > 1,
        moved=url.href != urls[0].href,
        foreign=not same_origin(request.origin, origin_of_a_url(url)),
        trustworthy=is_url_potentially_trustworthy(url),
        preflight=_is_about_a_preflight(steps),
        needs_preflight=not cors_safelisted_method(request.method)
        or len(cors_unsafe_request_header_names(request.header_list)) > 0,
    )


def _is_about_a_preflight(steps: Sequence[Step]) -> bool:
    fetches = (step.rule for step in reversed(steps) if step.rule in ("http_fetch", "cors_preflight_fetch"))
    return next(fetches, None) == "cors_preflight_fetch"


def _redirect(answer: Answer, url: Url, request: Request) -> RedirectFacts:
    written = header_values_of("Location", answer.header_list)
    if not redirect_status(answer.status) or not written:
        return RedirectFacts()
    found = location_url(Response([url], answer.header_list, status=answer.status), fragment(url)).url
    if found is None:
        joined = parse_url(", ".join(written), url.href)
        location = ", ".join(written) if joined is None else joined.href
        return RedirectFacts("several" if len(written) > 1 else "invalid", location)
    assert request.origin is not None  # noqa: S101 - a page has made it
    origin = origin_of_a_url(found)
    return RedirectFacts(
        redirect="valid" if written[0] else "empty",
        location=found.href,
        location_scheme=found.scheme,
        location_foreign=not same_origin(request.origin, origin),
        location_elsewhere=not same_origin(origin_of_a_url(url), origin),
        location_trustworthy=is_url_potentially_trustworthy(found),
        location_user_info=includes_credentials(found),
    )
