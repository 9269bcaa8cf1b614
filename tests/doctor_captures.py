"""What people paste, captured on this machine: scenarios played by the lab's server to curl and to Chromium's DevTools.

Run by hand it writes doctor_captures.jsonl: rows of an id, the form, the text as curl printed it or as DevTools copied
it, and the scenario that the server played. Addresses lose the mark by which the server knows its run.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from pelican_cors_series.lab.marks import marked, without_mark
from pelican_cors_series.lab.messages import HttpRequest, Reply
from pelican_cors_series.lab.run import Run
from pelican_cors_series.lab.server import LabServer
from pelican_cors_series.rules import read_request_scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pelican_cors_series.rules.records import Url

CAPTURES = Path(__file__).parent / "doctor_captures.jsonl"
MARK, PAGE_MARK = "~lab-capture", "~lab-page"
PAGE, API = "https://app.example", "https://api.example"
OWN = {"Access-Control-Allow-Origin": PAGE}


def scenario(method: str = "GET", url: str = f"{API}/items/7", **members: Any) -> dict[str, Any]:  # noqa: ANN401
    request = {"url": url, "method": method}
    for name in ("credentials", "headers", "body"):
        if name in members:
            request[name] = members.pop(name)
    return {"page": f"{PAGE}/", "request": request, **members}


JSON = {"Content-Type": "application/json"}
SCENARIOS: dict[str, dict[str, Any]] = {
    "no-header": scenario(response={"status": 200}),
    "no-header-404": scenario(response={"status": 404}),
    "other-origin": scenario(
        response={"status": 200, "headers": {"Access-Control-Allow-Origin": "https://www.app.example"}}
    ),
    "allowed": scenario(response={"status": 200, "headers": OWN}),
    "wildcard": scenario(response={"status": 200, "headers": {"Access-Control-Allow-Origin": "*"}}),
    "wildcard-with-credentials": scenario(
        credentials="include", response={"status": 200, "headers": {"Access-Control-Allow-Origin": "*"}}
    ),
    "two-values": scenario(
        response={
            "status": 200,
            "headers": [["Access-Control-Allow-Origin", PAGE], ["Access-Control-Allow-Origin", "*"]],
        }
    ),
    "preflight-without-headers": scenario("PUT", preflight={"status": 204}, response={"status": 200, "headers": OWN}),
    "preflight-401": scenario(
        headers={"Authorization": "Bearer token"},
        preflight={"status": 401, "headers": {**OWN, "Access-Control-Allow-Headers": "authorization"}},
        response={"status": 200, "headers": OWN},
    ),
    "method": scenario(
        "DELETE",
        preflight={"status": 204, "headers": {**OWN, "Access-Control-Allow-Methods": "GET, PUT"}},
        response={"status": 200, "headers": OWN},
    ),
    "request-header": scenario(
        "POST",
        headers=JSON,
        body="text",
        preflight={"status": 204, "headers": {**OWN, "Access-Control-Allow-Methods": "POST"}},
        response={"status": 200, "headers": OWN},
    ),
    "preflight-passes": scenario(
        "PUT",
        headers=JSON,
        body="text",
        preflight={
            "status": 204,
            "headers": {
                **OWN,
                "Access-Control-Allow-Methods": "PUT",
                "Access-Control-Allow-Headers": "content-type",
                "Access-Control-Max-Age": "0",
            },
        },
        response={"status": 200},
    ),
    "redirect": scenario(
        server=[
            {"at": API, "response": {"status": 302, "headers": {**OWN, "Location": "https://cdn.example/7"}}},
            {"at": "https://cdn.example", "response": {"status": 200}},
        ]
    ),
    "insecure": scenario(page="http://app.example/", url="http://api.example:8080/x", response={"status": 200}),
}


def start_page(_request: HttpRequest, _url: Url) -> Reply:
    return Reply(200, [("Content-Type", "text/html")], b"<!doctype html><title>page</title>")


def curl(server: LabServer, played: dict[str, Any], *options: str) -> str:
    """Return what curl shows on a terminal for the scenario's request: what it prints, and what it says beside."""
    run = played_by(server, played)
    request = run.scenario.request
    url = marked(request.url, played["page"], MARK)
    sent = [word for name, value in request.headers for word in ("-H", f"{name}: {value}")]
    command = ["curl", "-sS", "-k", "-x", f"http://127.0.0.1:{server.port}", *options, *sent, url]
    done = subprocess.run(command, capture_output=True, check=True, timeout=20)
    return clean(done.stderr.decode() + done.stdout.decode(), server.port)


def played_by(server: LabServer, played: dict[str, Any]) -> Run:
    run = Run(MARK, read_request_scenario(played))
    server.handlers[MARK] = run
    return run


def clean(text: str, port: int) -> str:
    return without_mark(without_mark(text, MARK), PAGE_MARK).replace(f"127.0.0.1:{port}", "127.0.0.1:8080")


def curl_captures(server: LabServer) -> Iterator[dict[str, Any]]:
    origin = ("-H", f"Origin: {PAGE}")
    asks = ("-X", "OPTIONS", "-H")
    for name, options in (
        ("no-header", ("-i", *origin)),
        ("no-header-404", ("-v", *origin)),
        ("other-origin", ("-v", *origin)),
        ("allowed", ("-v", *origin)),
        ("insecure", ("-v", "-H", "Origin: http://app.example")),
        ("two-values", ("-v", *origin)),
        ("redirect", ("-v", "-L", *origin)),
        ("method", ("-v", *origin, *asks, "Access-Control-Request-Method: DELETE")),
        ("preflight-without-headers", ("-v", *origin, *asks, "Access-Control-Request-Method: PUT")),
    ):
        played = SCENARIOS[name]
        yield {"id": f"curl-{name}", "form": "curl", "text": curl(server, played, *options), "scenario": played}


@contextmanager
def devtools(server: LabServer) -> Iterator[tuple[Any, Any]]:
    """Give a page in Chromium behind the lab's server, and the page of the DevTools that look at it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        port = 9400 + server.port % 500
        flags = ("--headless=new", "--no-sandbox", "--no-first-run", "--disable-gpu", "--ignore-certificate-errors")
        own = (f"--user-data-dir={folder}", f"--remote-debugging-port={port}", "--remote-allow-origins=*")
        proxy = (f"--proxy-server=http://127.0.0.1:{server.port}", "--proxy-bypass-list=127.0.0.1")
        command = ["chromium", *flags, *own, *proxy, "--disable-features=HttpsUpgrades", "about:blank"]
        browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            with sync_playwright() as playwright:
                yield connected(playwright, port)
        finally:
            browser.terminate()
            browser.wait(10)


def connected(playwright: Any, port: int) -> tuple[Any, Any]:  # noqa: ANN401 - Playwright's
    at = f"http://127.0.0.1:{port}"
    for _ in range(50):
        try:
            with urllib.request.urlopen(f"{at}/json/list") as answer:  # noqa: S310 - this machine
                targets = json.load(answer)
            break
        except OSError:
            time.sleep(0.2)
    target = next(each for each in targets if each["type"] == "page")
    context = playwright.chromium.connect_over_cdp(at).contexts[0]
    page, tools = context.pages[0], context.new_page()
    tools.goto(f"{at}/devtools/inspector.html?ws={target['webSocketDebuggerUrl'][5:]}&panel=network")
    time.sleep(2)
    return page, tools


# What the menu of the network panel copies for the requests that are in it.
COPIED = r"""async () => {
  const { NetworkPanel, NetworkLogView } = await import("./panels/network/network.js");
  const { NetworkLog } = (await import("./models/logs/logs.js")).NetworkLog;
  const har = await import("./models/har/har.js");
  const all = NetworkLog.instance().requests().filter((each) => /api\.example|cdn\.example/.test(each.url()));
  const log = await har.Log.Log.build(all, { sanitize: false });
  const view = NetworkLogView.NetworkLogView.prototype;
  const request = all.find((each) => each.requestMethod !== "OPTIONS") ?? all[0];
  // A request that was never sent has no text yet; the menu makes it of its headers, as it does here.
  const asked = (each) => each.requestHeadersText() || [
    `${each.requestMethod} ${new URL(each.url()).pathname} HTTP/1.1`,
    ...each.requestHeaders().map(({ name, value }) => `${name}: ${value}`),
    "",
  ].join("\r\n");
  const raw = (each) => `${asked(each)}\n${each.responseHeadersText || ""}`.trim();
  return {
    har: JSON.stringify({ log }),
    fetch: await view.generateFetchCall(request, 0),
    command: await NetworkLogView.NetworkLogView.generateCurlCommand(request, "unix"),
    windows: await NetworkLogView.NetworkLogView.generateCurlCommand(request, "win"),
    headers: raw(request),
    answer: request.responseHeadersText ?? "",
    preflight: all.filter((each) => each.requestMethod === "OPTIONS").map(raw).join("\n"),
    methods: all.map((each) => [each.requestMethod, each.statusCode, each.url()]),
  };
}"""


FORGET = 'async () => (await import("./models/logs/logs.js")).NetworkLog.NetworkLog.instance().reset(true)'


def chromium_captures(server: LabServer) -> Iterator[dict[str, Any]]:
    with devtools(server) as (page, tools):
        for name, played in SCENARIOS.items():
            run = played_by(server, played)
            page.goto(f"{played['page']}{PAGE_MARK}/")
            tools.evaluate(FORGET)
            request = run.scenario.request
            options = {"method": request.method, "credentials": request.credentials, "headers": dict(request.headers)}
            if request.body:
                options["body"] = "{}"
            url = marked(request.url, played["page"], MARK)
            page.evaluate("([url, options]) => fetch(url, options).then(() => 1, () => 0)", [url, options])
            time.sleep(0.5)
            copied = tools.evaluate(COPIED)
            print(name, copied["methods"])  # noqa: T201 - a command
            for form in ("har", "fetch", "command", "windows", "headers", "answer", "preflight"):
                if copied[form]:
                    text = clean(copied[form], server.port)
                    yield {"id": f"{form}-{name}", "form": form, "text": text, "scenario": played}


if __name__ == "__main__":
    with LabServer() as lab:
        lab.handlers[PAGE_MARK] = start_page
        rows = [*curl_captures(lab), *chromium_captures(lab)]
    CAPTURES.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    print(len(rows), "captures")  # noqa: T201 - a command
