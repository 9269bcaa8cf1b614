"""A browser's way through scenarios: one page after the other, on the page's own origin, each with its scenarios.

The page asks for a batch, posts what came of it, and gets the next one or the address of the next page. All of it runs
in the server's thread; results come out through a callback.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter, deque
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Any, get_args

from pelican_cors_series.rules.leaves import parse_url
from pelican_cors_series.rules.origins import origin_of_a_url, serialization_of_an_origin
from pelican_cors_series.rules.scenario_fetch import Outcome

from .marks import SCHEMES, marked, without_mark
from .messages import HttpRequest, Reply
from .run import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pelican_cors_series.rules import RequestDescription, RequestScenario, WireEntry
    from pelican_cors_series.rules.records import Url

    from .server import LabServer

# How many scenarios a page takes along, and how many it runs at a time: with more, Chromium blocks itself.
BATCH, AT_ONCE = 60, 5
# How long a scenario may take, in milliseconds, and how often it is tried.
PATIENCE, TRIES = 20_000, 2
HTML = """\
<!doctype html><meta charset="utf-8"><title>cors-series lab</title><link rel="icon" href="data:,">
<script src="page.js" data-control="work"{frame}></script>
"""
PLAIN = [("Cache-Control", "no-store"), ("Access-Control-Allow-Origin", "*")]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a scenario in a browser.

    index: its place among those that were given. outcome: None where the browser came to no end with it. status: what
    script sees, 0 for an opaque response, None for an error. readable_headers: names in lower case, sorted. wire: what
    reached the servers. message: the error that script got, in the browser's words. mark: what stood in the addresses.
    """

    index: int
    outcome: Outcome | None
    status: int | None
    readable_headers: tuple[str, ...]
    wire: tuple[WireEntry, ...]
    message: str | None
    mark: str


class CannotRunError(ValueError):
    """A scenario that no browser can be brought into: `index` is its place among those that were given."""

    def __init__(self, index: int, message: str) -> None:
        super().__init__(message)
        self.index = index


@dataclass(slots=True)
class _Page:
    """An origin's page, in a sandbox or not, and the indexes of its scenarios: to run, and to run again one by one."""

    origin: str
    sandboxed: bool
    waiting: deque[int] = field(default_factory=deque)
    again: deque[int] = field(default_factory=deque)


class Session:
    """What one browser has to do.

    server: where it registers its page and its runs. scenarios: in the order of their indexes, at least one. report:
    takes each result, in the server's thread, and None at the end. pause: where the console is read, the milliseconds
    before and after the end of each scenario, which then run one at a time.

    Raises CannotRunError for a page that is no http or https one.
    """

    def __init__(
        self,
        server: LabServer,
        scenarios: Iterable[RequestScenario],
        report: Callable[[Result | None], None],
        pause: int | None = None,
    ) -> None:
        self._server, self._report, self._pause = server, report, pause
        self._name = f"~lab-{secrets.token_hex(4)}"
        self._scenarios = list(scenarios)
        self._running: dict[str, tuple[int, Run]] = {}
        self._tries: Counter[int] = Counter()
        self._runs = 0
        self.ended = False
        pages: dict[tuple[str, bool], _Page] = {}
        for index, scenario in enumerate(self._scenarios):
            key = (origin_of_the_page(index, scenario), scenario.sandboxed)
            pages.setdefault(key, _Page(*key)).waiting.append(index)
        self._pages = deque(pages.values())
        server.handlers[self._name] = self

    def start(self) -> str:
        """Give the address at which a browser starts, or starts again where the one before broke down."""
        for mark, (index, _) in list(self._running.items()):
            self._finish(mark)
            self._pages[0].again.append(index)
        return self._address(self._pages[0])

    def close(self) -> None:
        """Take the page and what still runs from the server."""
        self._server.handlers.pop(self._name, None)
        for mark in list(self._running):
            self._finish(mark)

    def plain(self, text: str, result: Result) -> str:
        """Give a text of the browser with the addresses that the scenario has, in place of those that were run."""
        scenario = self._scenarios[result.index]
        origin = origin_of_the_page(result.index, scenario)
        for name in ("page", "sandbox"):
            text = text.replace(f"{origin}/{self._name}/{name}", scenario.page)
        return without_mark(text, result.mark)

    def __call__(self, request: HttpRequest, url: Url) -> Reply | None:
        """Serve the page, its script, and the batches."""
        match url.path.rpartition("/")[2]:
            case "page":
                return _html("")
            case "sandbox":
                return _html(' data-frame="page"')
            case "page.js":
                script = files(__package__).joinpath("page.js").read_bytes()
                return Reply(200, [("Content-Type", "text/javascript;charset=utf-8"), *PLAIN], script)
            case "work":
                for result in json.loads(request.body):
                    self._take(result)
                body = json.dumps(self._next()).encode()
                return Reply(200, [("Content-Type", "application/json"), *PLAIN], body)
        return None

    def _next(self) -> dict[str, object]:
        """Give the next batch of the page, or the way to the next page; null is the end."""
        page = self._pages[0]
        if page.waiting:
            batch = [page.waiting.popleft() for _ in range(min(BATCH, len(page.waiting)))]
            return self._batch(page, batch, AT_ONCE)
        if page.again:
            return self._batch(page, [page.again.popleft()], 1)
        if len(self._pages) > 1:
            self._pages.popleft()
            return {"go": self._address(self._pages[0])}
        self.ended = True
        self._report(None)
        return {"go": None}

    def _batch(self, page: _Page, batch: Iterable[int], at_once: int) -> dict[str, object]:
        tasks = [self._task(index, page) for index in batch]
        return {"tasks": tasks, "at_once": at_once, "pause": self._pause}

    def _task(self, index: int, page: _Page) -> dict[str, object]:
        scenario = self._scenarios[index]
        mark = f"{self._name}-{self._runs}"
        self._runs += 1
        self._tries[index] += 1
        run = Run(mark, scenario)
        self._running[mark] = (index, run)
        self._server.handlers[mark] = run
        return {
            "mark": mark,
            "url": marked(scenario.request.url, self._address(page), mark, scenario.page),
            "init": _init(scenario.request),
            "body": scenario.request.body,
            "patience": PATIENCE,
        }

    def _take(self, result: dict[str, Any]) -> None:
        mark = result["mark"]
        if mark not in self._running:  # posted twice
            return
        index, run = self._finish(mark)
        outcome = result["outcome"] if result["outcome"] in get_args(Outcome) else None
        if outcome is None and self._tries[index] < TRIES:
            self._pages[0].again.append(index)
            return
        self._report(
            Result(
                index=index,
                outcome=outcome,
                status=result["status"],
                readable_headers=tuple(result["headers"]),
                wire=tuple(run.wire),
                message=result["message"],
                mark=mark,
            )
        )

    def _finish(self, mark: str) -> tuple[int, Run]:
        self._server.handlers.pop(mark, None)
        return self._running.pop(mark)

    def _address(self, page: _Page) -> str:
        return f"{page.origin}/{self._name}/{'sandbox' if page.sandboxed else 'page'}"


def _html(frame: str) -> Reply:
    return Reply(200, [("Content-Type", "text/html;charset=utf-8"), *PLAIN], HTML.format(frame=frame).encode())


def origin_of_the_page(index: int, scenario: RequestScenario) -> str:
    """Give the origin of a scenario's page, serialized. Raises CannotRunError with the index where there is none."""
    url = parse_url(scenario.page)
    if url is None or url.scheme not in SCHEMES:
        raise CannotRunError(index, f"a browser's page has to be at an http or https address; {scenario.page} is none")
    return serialization_of_an_origin(origin_of_a_url(url))


def _init(request: RequestDescription) -> dict[str, object]:
    """Give the options of the Request, without those that are left out."""
    options = {
        "method": request.method,
        "headers": request.headers,
        "mode": request.mode,
        "credentials": request.credentials,
        "redirect": request.redirect,
        "referrerPolicy": request.referrer_policy,
        "cache": request.cache,
        "integrity": request.integrity,
        "keepalive": request.keepalive,
    }
    return {name: value for name, value in options.items() if value is not None}
