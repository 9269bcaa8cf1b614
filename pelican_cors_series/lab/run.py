"""One run of a scenario: what its servers answer, hop by hop, and what reached them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pelican_cors_series.rules import WireEntry
from pelican_cors_series.rules.origins import origin_of_a_url, serialization_of_an_origin
from pelican_cors_series.rules.statuses import redirect_status

from .marks import marked
from .messages import HttpRequest, Reply

if TYPE_CHECKING:
    from pelican_cors_series.rules import Answer, RequestScenario
    from pelican_cors_series.rules.records import Url


@dataclass(slots=True)
class Run:
    """A scenario that is run once, under a mark of its own.

    `wire` is what has reached the servers so far. `hop` counts the redirects that were sent.
    """

    mark: str
    scenario: RequestScenario
    wire: list[WireEntry] = field(default_factory=list)
    hop: int = 0

    def __call__(self, request: HttpRequest, url: Url) -> Reply | None:
        """Answer a request as the scenario has it; None closes the connection."""
        origin = serialization_of_an_origin(origin_of_a_url(url))
        if self.hop >= len(self.scenario.server) or self.scenario.server[self.hop].at != origin:
            return None
        hop = self.scenario.server[self.hop]
        preflight = request.method == "OPTIONS" and request.get("access-control-request-method") is not None
        self._record(request, preflight)
        answer = hop.preflight if preflight else hop.response
        return None if answer is None else self._reply(answer, url, preflight)

    def _record(self, request: HttpRequest, preflight: bool) -> None:
        # A browser may repeat a request whose connection was closed: it counts once.
        if all((entry.hop, entry.preflight) != (self.hop, preflight) for entry in self.wire):
            asked = request.get("access-control-request-headers")
            self.wire.append(WireEntry(self.hop, request.method, preflight, request.get("origin"), asked))

    def _reply(self, answer: Answer, url: Url, preflight: bool) -> Reply:
        headers = [
            (name, marked(value, url.href, self.mark) if name.lower() == "location" else value)
            for name, value in answer.header_list
        ]
        led_on = redirect_status(answer.status) and any(name.lower() == "location" for name, _ in headers)
        if led_on and not preflight:
            self.hop += 1
        # Script sees nothing of a preflight, and of a redirect only where it leads nowhere.
        hidden = preflight or (led_on and all(value for name, value in headers if name.lower() == "location"))
        return Reply(answer.status, headers, hidden=hidden)
