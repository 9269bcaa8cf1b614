"""What a reader waits for: from a letter that is typed into a widget to the verdict on the page, in Chromium.

origin-compare with two addresses and with eleven, where the host of the first is another each time, so that every
verdict is made anew; and cors-exchange with a preflight, where the change that would let script read the response is
searched for too. Prints medians, and what 19 of 20 stay below, in ms.
Usage: typing_to_verdict.py [--times 300]
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import threading
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from pelican_cors_series.problems import Place
from pelican_cors_series.text import load_text
from pelican_cors_series.widgets import assets, render, scripts


@dataclass(frozen=True, slots=True)
class Case:
    """A widget as a fence has it; what is typed, {} being letters, into which of its fields; and what then changes."""

    kind: str
    source: str
    typed: str
    field: int
    changes: str


TWO = "a: https://shop.example.co.kr/cart\nb: https://www.example.co.kr:8443/pay?x=1\n"
ELEVEN = f"a: https://shop.example/\nb: [{', '.join(f'https://shop{number}.example/' for number in range(10))}]\n"
EXCHANGE = """\
page: https://app.example/
request:
  url: https://api.example/items/7
  method: PUT
  credentials: include
  headers: [[X-Token, "1"], [Content-Type, application/json]]
preflight:
  status: 204
  headers:
    - [Access-Control-Allow-Origin, https://app.example]
    - [Access-Control-Allow-Credentials, "true"]
    - [Access-Control-Allow-Methods, PUT]
    - [Access-Control-Allow-Headers, "x-token, content-type"]
response: {status: 200}
"""
# On a comparison's first address all its verdicts depend; an exchange has the address of the page before the request's.
CASES = {
    "two addresses": Case("origin-compare", TWO, "https://{}.co.kr/", 0, "[data-slot=answer]"),
    "eleven addresses": Case("origin-compare", ELEVEN, "https://{}.co.kr/", 0, "[data-slot=answer]"),
    "an exchange": Case("cors-exchange", EXCHANGE, "https://api.example/items/{}", 1, "cors-exchange"),
}
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Typing</title>{widget}
<script type="module" src="{script}"></script></html>"""
MEASURE = """async (input, [times, typed, changes]) => {
  const shown = () => new Promise((resolve) => {
    const observer = new MutationObserver(() => { observer.disconnect(); resolve(); });
    observer.observe(document.querySelector(changes), { childList: true });
  });
  const took = [];
  for (let time = 0; time < times; time++) {
    const change = shown();
    input.value = typed.replace("{}", "x".repeat(1 + (time % 40)));
    const start = performance.now();
    input.dispatchEvent(new Event("input"));
    await change;
    document.body.offsetHeight; // Laid out, so that it could be painted.
    took.push(performance.now() - start);
    if (!document.body.textContent.includes(input.value)) throw new Error(`no verdict on ${input.value}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return took.sort((a, b) => a - b);
}"""


class Quiet(SimpleHTTPRequestHandler):
    """A server of files that says nothing of its requests."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def write_site(folder: Path) -> None:
    """Write a page for each case, and what it loads."""
    text = load_text("en")
    for name, content in assets({case.kind for case in CASES.values()}, [text], minified=True).items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(content, encoding="utf-8")
    for number, case in enumerate(CASES.values()):
        widget, problems = render(case.kind, case.source, Place("benchmark"), text)
        if problems:
            sys.exit(str(problems[0]))
        [script] = scripts([case.kind], "en")
        (folder / f"{number}.html").write_text(PAGE.format(widget=widget, script=script), encoding="utf-8")


def measure(page: Page, case: Case, times: int) -> list[float]:
    """Type so many times into a page, and return what each took, in ms, the shortest first."""
    if case.kind == "cors-exchange":
        page.locator("[data-slot=edit] > summary").click()
    field = page.locator("input").nth(case.field)
    field.wait_for()
    took: list[float] = field.evaluate(MEASURE, [times, case.typed, case.changes])
    return took


def main() -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=300, help="how many letters are typed in each case")
    times = max(parser.parse_args().times, 20)
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        sys.exit("Chromium is missing: run tests/install-browser")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        write_site(Path(folder))
        with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            print(f"{'Chromium, ms':<24}{'median':>10}{'95 %':>10}")
            for number, (name, case) in enumerate(CASES.items()):
                page = browser.new_page()
                page.goto(f"http://127.0.0.1:{server.server_address[1]}/{number}.html")
                took = measure(page, case, times)
                print(f"{name:<24}{took[len(took) // 2]:>10.2f}{took[len(took) * 19 // 20]:>10.2f}", flush=True)
                page.close()
            browser.close()
            server.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main())
