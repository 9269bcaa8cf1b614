"""What goes over the wire in an exchange, message by message in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pelican_cors_series.rules.header_values import get
from pelican_cors_series.rules.leaves import parse_url
from pelican_cors_series.rules.statuses import redirect_status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pelican_cors_series.rules import Answer, RequestScenario, RequestVerdict, WireEntry

Ending = Literal["nothing-sent", "not-sent", "withheld", "closed", "read", "unread"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message: a request of the browser's or an answer of a server's, `line` its first line.

    `headers` are those that matter to the exchange; `status` is None for a request, and for a connection that the
    server closes, where `line` is "".
    """

    sender: Literal["browser", "server"]
    server: str
    line: str
    headers: tuple[tuple[str, str], ...]
    preflight: bool
    status: int | None = None


def messages_of(scenario: RequestScenario, verdict: RequestVerdict) -> tuple[Message, ...]:
    """Return the messages of an exchange, each request with its answer."""
    addresses = _addresses(scenario)
    methods = iter([step.value[1] for step in verdict.steps if step.step == "cors_preflight_fetch#3"])  # type: ignore[index] # a header
    found: list[Message] = []
    for entry in verdict.wire:
        asks_method = str(next(methods)) if entry.preflight else None
        found += _request_and_answer(entry, scenario, addresses.get(entry.hop, ""), asks_method)
    return tuple(found)


def ending_of(scenario: RequestScenario, verdict: RequestVerdict) -> Ending:
    """Name how an exchange ends, for the request that the page has made."""
    if not verdict.wire:
        return "read" if verdict.result == "readable" else "nothing-sent"
    last = verdict.wire[-1]
    hop = scenario.server[last.hop]
    if (hop.preflight if last.preflight else hop.response) is None:
        return "closed"
    if verdict.result == "blocked":
        return "not-sent" if last.preflight else "withheld"
    return "read" if verdict.result == "readable" else "unread"


def _request_and_answer(
    entry: WireEntry, scenario: RequestScenario, path: str, asks_method: str | None
) -> Iterator[Message]:
    hop = scenario.server[entry.hop]
    asks: Mapping[str, str | None] = {
        "Origin": entry.origin,
        "Access-Control-Request-Method": asks_method,
        "Access-Control-Request-Headers": entry.asks_headers,
    }
    headers = tuple((name, value) for name, value in asks.items() if value is not None)
    yield Message("browser", hop.at, f"{entry.method} {path}".rstrip(), headers, entry.preflight)
    yield _answer(hop.preflight if entry.preflight else hop.response, hop.at, preflight=entry.preflight)


def _answer(answer: Answer | None, server: str, *, preflight: bool) -> Message:
    if answer is None:
        return Message("server", server, "", (), preflight)
    return Message("server", server, str(answer.status), tuple(answer.header_list), preflight, answer.status)


def _addresses(scenario: RequestScenario) -> dict[int, str]:
    """Return what stands behind the host in the address of each hop, as far as redirects lead."""
    found: dict[int, str] = {}
    url = parse_url(scenario.request.url, scenario.page)
    for number, hop in enumerate(scenario.server):
        if url is None:
            break
        found[number] = url.href.split("#")[0].partition("://")[2].partition("/")[2].join(("/", ""))
        answer = hop.response
        location = get("Location", answer.header_list) if answer and redirect_status(answer.status) else None
        url = None if location is None else parse_url(location, url.href)
    return found
