"""A visit of the reader's own browser: the page that it is shown, the runs that it asks for, and when it has gone.

All of it but `ended` runs in the server's thread. The page asks for a run by POST and gets the address of a frame, in
which `session` has the scenario run as in any engine of the lab; it says that it is there by beats, and that it goes
with its last words.
"""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, TypeAlias

from pelican_cors_series.rules.origins import origin_of_a_url, serialization_of_an_origin

from .messages import HttpRequest, Reply
from .session import Session, origin_of_the_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pelican_cors_series.rules import RequestScenario
    from pelican_cors_series.rules.records import Url

    from .server import LabServer
    from .session import Result

Ending: TypeAlias = Literal["unvisited", "closed"]
ASSETS = {"visit.css": "text/css;charset=utf-8", "visit.js": "text/javascript;charset=utf-8"}
POLICY = (
    "default-src 'none'; script-src {0}; style-src {0}; connect-src {0}; frame-src {0}; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds: for the first visit, after the page's last words, and after its last beat.

    A page out of sight may beat only once a minute, and one that is reloaded says its last words too.
    """

    first: float = 600.0
    closed: float = 5.0
    silent: float = 180.0


@dataclass(frozen=True, slots=True)
class Ran:
    """A run that has ended: what came of it, and the browser's own name for itself, as its User-Agent header has it."""

    result: Result
    user_agent: str


class Visit:
    """Serves one scenario, whose origins the server answers for, to whoever knows its address.

    pages: by the code of each language what makes the page, as HTML, of the last run and the number of all. report:
    takes each run as it ends.
    """

    def __init__(
        self,
        server: LabServer,
        scenario: RequestScenario,
        pages: Mapping[str, Callable[[Ran | None, int], str]],
        report: Callable[[Ran], None],
        patience: Patience | None = None,
    ) -> None:
        self._server, self._scenario, self._pages, self._report = server, scenario, pages, report
        self._patience = patience or Patience()
        self._name = f"~open-{secrets.token_hex(8)}"
        self._origin = origin_of_the_page(0, scenario)
        self._session: Session | None = None
        self._last: Ran | None = None
        self._runs = 0
        self._begun = time.monotonic()
        self._heard: float | None = None
        self._went: float | None = None
        server.handlers[self._name] = self

    def address(self, language: str) -> str:
        """Give the address of the page in a language."""
        return f"{self._origin}/{self._name}/{language}"

    def ended(self) -> Ending | None:
        """Tell why the visit is over; None where it is not."""
        now = time.monotonic()
        if self._heard is None:
            return "unvisited" if now - self._begun > self._patience.first else None
        gone = self._went is not None and now - self._went > self._patience.closed
        return "closed" if gone or now - self._heard > self._patience.silent else None

    def __call__(self, request: HttpRequest, url: Url) -> Reply | None:
        """Serve the page and what belongs to it, and take what it says."""
        if serialization_of_an_origin(origin_of_a_url(url)) != self._origin:
            return None
        name = url.path.rpartition("/")[2]
        if request.method == "POST":
            return self._said(name, request)
        if name in self._pages:
            self._is_here()
            page = self._pages[name](self._last, self._runs)
            policy = ("Content-Security-Policy", POLICY.format(self._origin))
            return _reply("text/html;charset=utf-8", page.encode(), policy)
        if name in ASSETS:
            return _reply(ASSETS[name], files(__package__).joinpath(name).read_bytes())
        return None

    def _said(self, name: str, request: HttpRequest) -> Reply | None:
        match name:
            case "run":
                self._is_here()
                answer: dict[str, object] = {"frame": self._start(request.get("user-agent") or "")}
            case "beat":
                self._is_here()
                answer = {"runs": self._runs}
            case "gone":
                self._went = time.monotonic()
                answer = {}
            case _:
                return None
        return _reply("application/json", json.dumps(answer).encode())

    def _is_here(self) -> None:
        self._heard, self._went = time.monotonic(), None

    def _start(self, user_agent: str) -> str:
        if self._session is not None:
            self._session.close()

        def take(result: Result | None) -> None:
            if result is None:
                session.close()
                return
            self._runs += 1
            self._last = Ran(result, user_agent)
            self._report(self._last)

        self._session = session = Session(self._server, [self._scenario], take)
        return session.start()


def _reply(kind: str, body: bytes, *more: tuple[str, str]) -> Reply:
    headers = [("Content-Type", kind), ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"), *more]
    return Reply(200, headers, body)
