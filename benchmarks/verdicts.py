"""What a verdict costs: the rules in Python, and their minified print in Chromium beside the browser's own `new URL()`.

Two verdicts, from the same values in both languages, with and without a trace of their steps: the relation of two
addresses, and a request with a preflight and credentials that script may read. Below them what Python's `compare` and
`judge_request` add around them. Prints medians in µs; takes about twenty seconds.
Usage: verdicts.py [--seconds 0.6]
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import asdict
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import ada_url
from playwright.sync_api import Browser, sync_playwright

from pelican_cors_series.minifier import minify
from pelican_cors_series.rules import (
    OriginsScenario,
    compare,
    judge_request,
    print_rules,
    read_request_scenario,
    suffix_shards,
)
from pelican_cors_series.rules.fetch_method import fetch_method
from pelican_cors_series.rules.fetch_records import Network
from pelican_cors_series.rules.leaves import parse_url
from pelican_cors_series.rules.origins import origin_of_a_url, relation
from pelican_cors_series.rules.scenario_fetch import fetch_arguments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pelican_cors_series.rules import Step

BATCHES = 9
ADDRESSES = ("https://shop.example.co.kr/cart", "https://www.example.co.kr:8443/pay?x=1")
SCENARIO = {
    "page": "https://app.example/",
    "request": {
        "url": "https://api.example/items/7",
        "method": "PUT",
        "credentials": "include",
        "headers": [["X-Token", "1"], ["Content-Type", "application/json"]],
    },
    "preflight": {
        "status": 204,
        "headers": [
            ["Access-Control-Allow-Origin", "https://app.example"],
            ["Access-Control-Allow-Credentials", "true"],
            ["Access-Control-Allow-Methods", "PUT"],
            ["Access-Control-Allow-Headers", "x-token, content-type"],
        ],
    },
    "response": {
        "status": 200,
        "headers": [
            ["Access-Control-Allow-Origin", "https://app.example"],
            ["Access-Control-Allow-Credentials", "true"],
            ["ETag", "1"],
        ],
    },
}
EXPECTED = {"relation": "same-site", "request": "cors"}

# Each named piece of work is a function; a batch of calls of it is timed, since the clock of a page is a coarse one.
PAGE = """
<!doctype html><meta charset="utf-8"><script type="module">
import { fetch_method, load_suffixes, origin_of_a_url, parse_url, relation } from "./rules.js";
const [[a, b], [address, client, init, hops]] = ARGUMENTS;
const compare = (trace) => relation(origin_of_a_url(parse_url(a)), origin_of_a_url(parse_url(b)), trace);
const judge = (trace) =>
  fetch_method(address, null, init, client, { hops, wire: [], preflight_cache: [], now: 0 }, trace).response.type;
const work = {
  relation: () => compare(),
  "relation, traced": () => compare([]),
  request: () => judge(),
  "request, traced": () => judge([]),
  "new URL()": () => new URL(b).href,
};
const run = (name, times) => {
  let last;
  const start = performance.now();
  for (let time = 0; time < times; time++) last = work[name]();
  return [performance.now() - start, last];
};
const hosts = [a, b, address, client.api_base_url.href].map((each) => new URL(each).hostname);
load_suffixes(...hosts).then(() => { globalThis.run = run; });
</script>
"""


class Quiet(SimpleHTTPRequestHandler):
    """A server of files that says nothing of its requests."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def in_python() -> dict[str, Callable[[], object]]:
    """Give the pieces of work by name, those that Chromium does and those around them."""
    scenario, origins = read_request_scenario(SCENARIO), OriginsScenario(*ADDRESSES)
    address, given, init, client, network = fetch_arguments(scenario, Network([], [], []))

    def compared(trace: list[Step] | None) -> str:
        a, b = (origin_of_a_url(url) for url in map(parse_url, ADDRESSES) if url is not None)
        return relation(a, b) if trace is None else relation.traced(trace, a, b)

    def judged(trace: list[Step] | None) -> str | None:
        arguments = (address, given, init, client, Network(network.hops, [], []))
        promise = fetch_method(*arguments) if trace is None else fetch_method.traced(trace, *arguments)
        return None if promise.response is None else promise.response.type

    return {
        "relation": lambda: compared(None),
        "relation, traced": lambda: compared([]),
        "request": lambda: judged(None),
        "request, traced": lambda: judged([]),
        "new URL()": lambda: ada_url.URL(ADDRESSES[1]).href,
        "compare()": lambda: compare(origins),
        "judge_request()": lambda: judge_request(scenario),
    }


def python_batch(work: Callable[[], object], times: int) -> float:
    """Give the milliseconds that a number of calls take."""
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) * 1000


def median(batch: Callable[[int], float], seconds: float) -> float:
    """Give the median of some batches, in µs a call; together they take about so many seconds."""
    times, took = 1, batch(1)
    while took < 1000 * seconds / BATCHES / 4:
        times *= 2
        took = batch(times)
    times = max(1, round(times * 1000 * seconds / BATCHES / took))
    return statistics.median(batch(times) * 1000 / times for _ in range(BATCHES))


def write_page(folder: Path) -> None:
    """Write the page, the minified rules and the suffixes."""
    scenario = read_request_scenario(SCENARIO)
    address, _, init, client, network = fetch_arguments(scenario, Network([], [], []))
    given = [ADDRESSES, [address, asdict(client), asdict(init), [asdict(hop) for hop in network.hops]]]
    names = ["fetch_method", "origin_of_a_url", "parse_url", "relation"]
    (folder / "rules.js").write_text(minify(print_rules(names)).text, encoding="utf-8")
    (folder / "index.html").write_text(PAGE.replace("ARGUMENTS", json.dumps(given)), encoding="utf-8")
    (folder / "suffixes").mkdir()
    for name, shard in suffix_shards().items():
        (folder / "suffixes" / f"{name}.txt").write_text(shard, encoding="utf-8")


def in_chromium(browser: Browser, address: str, seconds: float) -> Iterator[tuple[str, float]]:
    """Measure each piece of work in a page, and see that it comes to what is expected."""
    page = browser.new_page()
    page.goto(address)
    page.wait_for_function("globalThis.run")
    for name in ("relation", "relation, traced", "request", "request, traced", "new URL()"):
        check(name, page.evaluate(f"run({json.dumps(name)}, 1)[1]"))
        yield name, median(lambda times, name=name: page.evaluate(f"run({json.dumps(name)}, {times})[0]"), seconds)


def check(name: str, result: object) -> None:
    """End the run where a piece of work comes to something else than expected: its time would say nothing."""
    expected = EXPECTED.get(name.removesuffix(", traced"))
    if expected is not None and result != expected:
        sys.exit(f"{name} comes to {result!r} and not to {expected!r}")


def main() -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=0.6, help="for each piece of work")
    seconds = min(parser.parse_args().seconds, 3)
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        sys.exit("Chromium is missing: run tests/install-browser")
    python = {}
    for name, work in in_python().items():
        check(name, work())
        python[name] = median(partial(python_batch, work), seconds)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        write_page(Path(folder))
        with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            address = f"http://127.0.0.1:{server.server_address[1]}/"
            chromium = dict(in_chromium(browser, address, seconds))
            version = browser.version
            browser.close()
            server.shutdown()
    engines = f"Python {sys.version_info.major}.{sys.version_info.minor}", f"Chromium {version.split('.')[0]}"
    print(f"{'median µs':<18}{engines[0]:>14}{engines[1]:>14}")
    for name, value in python.items():
        print(f"{name:<18}{value:>14.1f}{f'{chromium[name]:.2f}' if name in chromium else '':>14}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
