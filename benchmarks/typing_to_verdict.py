"""What a reader waits for: from a letter that is typed into a widget to the verdict on the page, in Chromium.

origin-compare with two addresses and with eleven; each time the host of the first is another, so that every verdict is
made anew. Prints medians, and what 19 of 20 stay below, in ms.
Usage: typing_to_verdict.py [--times 300]
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

from pelican_cors_series.problems import Place
from pelican_cors_series.text import load_text
from pelican_cors_series.widgets import KINDS, assets, render

TWO = "a: https://shop.example.co.kr/cart\nb: https://www.example.co.kr:8443/pay?x=1\n"
ELEVEN = f"a: https://shop.example/\nb: [{', '.join(f'https://shop{number}.example/' for number in range(10))}]\n"
CASES = {"two addresses": TWO, "eleven addresses": ELEVEN}
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Typing</title>{widget}
<script type="module" src="origin-compare.en.js"></script></html>"""
# The first field is that which all verdicts depend on.
MEASURE = """async (times) => {
  const widget = document.querySelector("origin-compare");
  const input = widget.querySelector("input");
  const shown = () => new Promise((resolve) => {
    const observer = new MutationObserver(() => { observer.disconnect(); resolve(); });
    observer.observe(widget.querySelector('[data-slot="answer"]'), { childList: true });
  });
  const took = [];
  for (let time = 0; time < times; time++) {
    const change = shown();
    input.value = `https://${"x".repeat(1 + (time % 40))}.co.kr/`;
    const start = performance.now();
    input.dispatchEvent(new Event("input"));
    await change;
    document.body.offsetHeight; // Laid out, so that it could be painted.
    took.push(performance.now() - start);
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
    for name, content in assets(KINDS, [text], minified=True).items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(content, encoding="utf-8")
    for number, source in enumerate(CASES.values()):
        widget, problems = render("origin-compare", source, Place("benchmark"), text)
        if problems:
            sys.exit(str(problems[0]))
        (folder / f"{number}.html").write_text(PAGE.format(widget=widget), encoding="utf-8")


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
            for number, name in enumerate(CASES):
                page = browser.new_page()
                page.goto(f"http://127.0.0.1:{server.server_address[1]}/{number}.html")
                page.locator("input").first.wait_for()
                took = page.evaluate(MEASURE, times)
                print(f"{name:<24}{took[len(took) // 2]:>10.2f}{took[len(took) * 19 // 20]:>10.2f}", flush=True)
                page.close()
            browser.close()
            server.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main())
