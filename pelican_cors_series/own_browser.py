"""A scenario in the reader's own browser: a lab on loopback, a page that shows it, and an end when the page is gone."""

from __future__ import annotations

import queue
import threading
import webbrowser
from typing import TYPE_CHECKING

from pelican_cors_series.lab.loopback import on_loopback, places_of
from pelican_cors_series.lab.server import LabServer
from pelican_cors_series.lab.visit import Visit
from pelican_cors_series.own_browser_page import Shown, browser_of, other_verdict, own_browser_page
from pelican_cors_series.rules import judge_request
from pelican_cors_series.side_by_side import beside_the_rules, by_the_rules
from pelican_cors_series.text import load_text, own_languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pelican_cors_series.lab.visit import Patience, Ran
    from pelican_cors_series.rules import RequestScenario
    from pelican_cors_series.text import Text

# How long it may take altogether, and how often it is looked whether anybody is there, in seconds.
LIMIT, LOOK = 3600.0, 0.2


def show_in_own_browser(
    scenario: RequestScenario,
    text: Text,
    write: Callable[[str], object],
    *,
    patience: Patience | None = None,
    limit: float = LIMIT,
) -> None:
    """Open a scenario in the browser that this machine's user has chosen, and stay until its page is gone.

    text: the words of the language in which the page is opened, and in which `write` is told what comes of each run.
    limit: the seconds that it may take altogether.

    Raises CannotRunError for a page that no server can serve, OSError where no port can be had.
    """
    places = places_of(scenario)
    count = max((place.index for place in places.values()), default=0) + 1
    texts = {code: load_text(code) for code in own_languages()}
    ended: queue.SimpleQueue[Ran] = queue.SimpleQueue()
    with LabServer(limit, {place.host for place in places.values()} or {"localhost"}, count) as server:
        loopback = on_loopback(scenario, places, server.ports)
        shown = Shown(judge_request(loopback.scenario), judge_request(scenario), loopback.origins)

        def page_in(language: str) -> Callable[[Ran | None, int], str]:
            return lambda ran, runs: own_browser_page(shown, ran, runs, texts[language], texts)

        visit = Visit(server, loopback.scenario, {code: page_in(code) for code in texts}, ended.put, patience)
        address = visit.address(text.language)
        write(by_the_rules(loopback.scenario, shown.verdict, text))
        if other := other_verdict(shown, text):
            write(f"\n{other}\n")
        write(f"\n{text('open_page.open', address=address)}\n{text('open_page.ends', minutes=round(limit / 60))}\n")
        # Some browsers are programs that last as long as their window.
        threading.Thread(target=webbrowser.open, args=(address,), name="cors-series opens", daemon=True).start()
        for ran in _runs(server, visit, ended):
            engine, name = browser_of(ran.user_agent)
            browser = name or text("open_page.your_browser")
            write("\n" + beside_the_rules(browser, ran.result, shown.verdict, text, engine=engine))
        ending = visit.ended() or "limit"
        write(f"\n{text(f'open_page.{ending}')}\n")


def _runs(server: LabServer, visit: Visit, ended: queue.SimpleQueue[Ran]) -> Iterator[Ran]:
    """Give each run as it ends, until nobody is there any more or the time is up."""
    while True:
        try:
            yield ended.get(timeout=LOOK)
        except queue.Empty:
            if server.ended.is_set() or visit.ended() is not None:
                return
