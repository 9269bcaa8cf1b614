"""What three engines did with scenarios: the Standard's outcome is theirs, or the difference has a name."""

from __future__ import annotations

import gzip
import json
from typing import Any

from conftest import shared
from fetch_twin import FetchTwin

from pelican_cors_series.rules.fetch_method import fetch_method
from pelican_cors_series.rules.fetch_records import Network
from pelican_cors_series.rules.request_scenario import RequestScenario, read_request_scenario
from pelican_cors_series.rules.request_verdict import judge_request
from pelican_cors_series.rules.scenario_fetch import fetch_arguments

# What the engines do otherwise, by its name → in which scenarios each of them shows it.
AUTHORIZATION_BY_WILDCARD = "Access-Control-Allow-Headers: * covers Authorization"
NON_ASCII_ACCEPT = "a non-ASCII Accept is preflighted"
RANGE_IN_ANY_CASE = "Range: Bytes= is safelisted"
CLIENT_HINTS = "Viewport-Width and Downlink are safelisted"
NO_TOTAL = "safelisted headers have no total of 1,024 bytes"
PROXY_STATUS = "a 407 is a network error"
EMPTY_LOCATION = "an empty Location returns the 302 itself"
EMPTY_HOST = "a manual redirect to http:// is an error"
USER_INFO = "a redirect to a URL with user:password is blocked in every mode"
FIRST_HEADERS = "after a redirect the preflight lists the first request's unsafe headers"
LOCALHOST_SITE = "Cross-Origin-Resource-Policy: same-site lets a sandboxed frame through on localhost"
ABOUT_BLANK = "no-cors about:blank is an error, where the Standard (and Firefox) makes it opaque"
FIRST_ORIGIN = "the preflight after a redirect from one foreign origin to another keeps and checks the first Origin"
DATA_LENGTH = "data: exposes content-length"
NO_BODY = "the integrity of a body can't be judged: no scenario holds one"
ALL = ("chromium", "firefox", "webkit")
KNOWN_DIFFERENCES = {
    NON_ASCII_ACCEPT: {("hdr-none-142", "firefox")},
    RANGE_IN_ANY_CASE: {("hdr-none-210", "webkit")},
    CLIENT_HINTS: {("hdr-none-254", "chromium"), ("hdr-none-256", "chromium")},
    AUTHORIZATION_BY_WILDCARD: {(row, engine) for row in ("acah-authz-349", "acah-authz-only-366") for engine in ALL},
    NO_TOTAL: {("accept-total-1025-379", "firefox")},
    PROXY_STATUS: {("act-status-673", "chromium"), ("act-status-nocors-677", "chromium")},
    EMPTY_LOCATION: {("redir-loc-1144", "chromium")},
    EMPTY_HOST: {("redir-loc-manual-1169", "chromium")},
    USER_INFO: {(f"redir-loc-{row}", "chromium") for row in (1174, 1176, 1226)},
    FIRST_HEADERS: {("redir-post-ct-dropped-cross-1263", "webkit")},
    LOCALHOST_SITE: {("null-corp-1318", "chromium")},
    ABOUT_BLANK: {("url-post-1477", "chromium"), ("url-post-1477", "webkit")},
    FIRST_ORIGIN: {(f"w2-redir-pre-origin-{row}", "firefox") for row in (1660, 1661, 1673)},
    DATA_LENGTH: {(row, "firefox") for row in ("url-1465", "url-post-1469", "url-sandbox-1470", "url-post-1472")},
    NO_BODY: {("w2-integrity-1635", engine) for engine in ALL},
}


def observed_rows() -> list[dict[str, Any]]:
    text = gzip.decompress(shared("engines", "observed.jsonl.gz").read_bytes()).decode("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def scenario_of(row: dict[str, Any]) -> RequestScenario:
    return read_request_scenario({name: value for name, value in row.items() if name not in ("id", "observed")})


def test_the_standard_agrees_with_the_engines_but_for_differences_that_have_a_name() -> None:
    found = observed_rows()
    differing = set()
    for row in found:
        verdict = judge_request(scenario_of(row))
        ours = (verdict.outcome, verdict.status, list(verdict.readable_headers))
        for engine, theirs in row["observed"].items():
            if ours != (theirs["outcome"], theirs["status"], theirs["readable_headers"]):
                differing.add((row["id"], engine))
    named = [place for places in KNOWN_DIFFERENCES.values() for place in places]
    assert differing == set(named)
    assert len(named) == len(set(named))
    assert len(found) > 1000


def test_both_languages_judge_what_was_observed_alike() -> None:
    twin = FetchTwin([fetch_method])
    for row in observed_rows():
        scenario = scenario_of(row)

        def arguments(scenario: RequestScenario = scenario) -> tuple[object, ...]:
            return fetch_arguments(scenario, Network([], [], []))

        twin.both(fetch_method, arguments)
