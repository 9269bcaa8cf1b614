"""What people paste → the verdict: messages that browsers wrote, and captures of curl and of DevTools."""

from __future__ import annotations

import gzip
import json
import time
from collections import Counter
from dataclasses import asdict, replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from doctor_twin import DoctorTwin

from pelican_cors_series.rules import judge, judge_request, read_request_scenario
from pelican_cors_series.rules.console_examples import console_examples
from pelican_cors_series.rules.console_patterns import best, patterns
from pelican_cors_series.rules.deviations import ENGINES, Engine
from pelican_cors_series.widgets.doctor_snippets import Policy, servers, snippet

if TYPE_CHECKING:
    from conftest import Site

HERE = Path(__file__).parent
CORPUS = HERE / "rules" / "console_messages.jsonl.gz"
CAPTURES = HERE / "doctor_captures.jsonl"
# Forms without any answer: nothing but the request can be known.
CALLS = ("fetch", "command", "windows")


@pytest.fixture(scope="module", params=[False, True], ids=["readable", "minified"])
def twin(request: pytest.FixtureRequest) -> DoctorTwin:
    return DoctorTwin(minified=request.param)


@cache
def recorded() -> tuple[dict[str, Any], ...]:
    return tuple(map(json.loads, gzip.decompress(CORPUS.read_bytes()).decode("utf-8").splitlines()[1:]))


@cache
def captures() -> tuple[dict[str, Any], ...]:
    return tuple(map(json.loads, CAPTURES.read_text("utf-8").splitlines()))


def step_in(engine: Engine, scenario: dict[str, Any]) -> str | None:
    """Return the step at which an engine blocks a scenario, by its own rules; None where it does not."""
    verdict = judge_request(replace(read_request_scenario(scenario), engine=engine))
    return verdict.decided_by if verdict.outcome == "network-error" else None


def diagnosed(twin: DoctorTwin, engine: Engine, stride: int = 1) -> list[tuple[str, str, list[str], str]]:
    """Return what is made of recorded lines: the row, its step, the steps that are named, and the verdict's."""
    found = []
    for row in recorded()[::stride]:
        lines = row["console"].get(engine)
        step = step_in(engine, row["scenario"]) if lines else None
        if step is not None:
            cases = twin.told("\n".join(lines))["cases"]
            decided = cases[0]["decided_by"] if cases else ""
            found.append((row["id"], step, [case["step"] for case in cases], decided))
    return found


# Some lines are written for several steps, or say only that it failed: then the reader is asked for more. So many of
# all are named at the first try, by engine.
FIRST_NAMED = {"chromium": 0.8, "firefox": 0.7, "webkit": 0.7}
# Rows whose step is not among those that are named. The engine does otherwise there than its own rules have it, as
# tests/rules/test_console_lines.py tells, or it is about an about: or blob: address whose step the message leaves open.
UNNAMED = {
    *("scheme-about-no-cors", "scheme-47", "scheme-48", "beyond-ascii-40"),
    *("location-scheme-101", "location-scheme-104", "location-scheme-125"),
    *("location-scheme-57", "location-scheme-61", "location-scheme-65", "location-scheme-69"),
}
# Every so many of the rows: with all of them this takes minutes.
STRIDE = 9


@pytest.mark.parametrize("engine", ENGINES)
def test_the_recorded_messages_are_diagnosed_by_the_step_that_blocked_the_scenario(engine: Engine) -> None:
    found = diagnosed(DoctorTwin(minified=True), engine, STRIDE)
    assert len(found) > 50
    assert {row for row, step, steps, _ in found if steps and step not in steps} <= UNNAMED
    assert sum(steps[:1] == [step] for _, step, steps, _ in found) >= FIRST_NAMED[engine] * len(found)


@pytest.mark.parametrize("engine", ENGINES)
def test_ten_real_messages_of_each_browser_come_out_as_judge_says(twin: DoctorTwin, engine: Engine) -> None:
    asked = [row for row in recorded() if row["id"] in ASKED]
    assert len(asked) == len(ASKED) >= 10
    for row in asked:
        cases = twin.told("\n".join(row["console"][engine]))["cases"]
        decided = judge(row["scenario"]).decided_by
        assert decided in [case["decided_by"] for case in cases], row["id"]
        if engine == "chromium":
            assert [case["decided_by"] for case in cases] == [decided], row["id"]


ASKED = {
    *("acao-missing", "acao-wrong", "cred-wildcard", "cred-acac-missing", "pre-acao-missing", "pre-status-404"),
    *(
        "pre-method-missing",
        "pre-header-missing",
        "mixed-content",
        "acao-two-in-one",
        "pre-method-delete",
        "corp-same-origin",
    ),
}


def test_what_a_message_names_is_put_into_its_scenario(twin: DoctorTwin) -> None:
    text = (
        "(index):12 Access to XMLHttpRequest at 'https://api.shop.com/v1/orders?id=7' from origin "
        "'http://localhost:3000' has been blocked by CORS policy: The 'Access-Control-Allow-Origin' header has a value "
        "'https://shop.com' that is not equal to the supplied origin."
    )
    found = twin.told(text)
    case = found["cases"][0]
    assert found["form"] == "console"
    assert case["engine"] == "chromium"
    assert case["scenario"]["page"] == "http://localhost:3000/"
    assert case["scenario"]["request"]["url"] == "https://api.shop.com/v1/orders?id=7"
    assert case["scenario"]["server"][0]["response"]["headers"] == [["Access-Control-Allow-Origin", "https://shop.com"]]
    assert case["decided_by"] == "cors_check#4"
    assert case["remedy"]["change"] == [
        {"hop": 0, "answer": "response", "name": "Access-Control-Allow-Origin", "value": "http://localhost:3000"}
    ]


def test_a_line_that_was_broken_and_quoted_otherwise_is_still_found(twin: DoctorTwin) -> None:
    text = (
        "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote\nresource at "
        "https://api.shop.com/x. (Reason: CORS header 'Access-Control-Allow-Origin'\nmissing). Status code: 403. "
        "[Learn More]"
    )
    case = twin.told(text)["cases"][0]
    assert (case["engine"], case["step"], case["preflight"]) == ("firefox", "cors_check#2", False)
    assert case["unknown"] == ["page", "method", "credentials"]
    assert case["scenario"]["server"][0]["response"]["status"] == 403


def test_safari_names_the_page_in_a_line_of_its_own(twin: DoctorTwin) -> None:
    text = (
        "Origin https://shop.com is not allowed by Access-Control-Allow-Origin. Status code: 403\n"
        "XMLHttpRequest cannot load https://api.shop.com/x due to access control checks."
    )
    case = twin.told(text)["cases"][0]
    assert case["engine"] == "webkit"
    assert case["scenario"]["page"] == "https://shop.com/"
    assert case["scenario"]["request"]["url"] == "https://api.shop.com/x"
    assert "page" not in case["unknown"]
    assert case["remedy"]["change"][0]["value"] == "https://shop.com"


def test_mixed_content_is_helped_by_https(twin: DoctorTwin) -> None:
    text = (
        "Mixed Content: The page at 'https://shop.com/' was loaded over HTTPS, but requested an insecure resource "
        "'http://api.shop.com/x'. This request has been blocked; the content must be served over HTTPS."
    )
    case = twin.told(text)["cases"][0]
    assert case["decided_by"].startswith("should_fetching_request_be_blocked_as_mixed_content")
    assert case["remedy"]["request"]["value"] == "https://api.shop.com/x"


def test_what_the_reader_adds_changes_what_the_server_has_to_allow(twin: DoctorTwin) -> None:
    text = (
        "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at "
        "https://api.shop.com/x. (Reason: CORS preflight response did not succeed). Status code: 404."
    )
    added = {
        "page": "shop.com",
        "method": "PATCH",
        "credentials": "include",
        "headers": "Content-Type: application/json",
    }
    case = twin.told(text, **added)["cases"][0]
    assert case["policy"] == {
        "origin": "https://shop.com",
        "methods": ["GET", "HEAD", "POST", "PATCH"],
        "headers": ["content-type"],
        "credentials": True,
    }


def test_the_exception_of_fetch_is_known_for_saying_nothing(twin: DoctorTwin) -> None:
    for text in (
        "Uncaught (in promise) TypeError: Failed to fetch",
        "TypeError: NetworkError when attempting to fetch resource.",
        "TypeError: Load failed",
    ):
        found = twin.told(text)
        assert (found["form"], found["cases"]) == ("exception", [])


def test_two_errors_are_told_apart(twin: DoctorTwin) -> None:
    line = (
        "Access to fetch at 'https://{}.example/' from origin 'https://app.example' has been blocked by CORS policy: "
        "No 'Access-Control-Allow-Origin' header is present on the requested resource."
    )
    found = twin.told(f"{line.format('one')}\n{line.format('two')}")
    assert found["others"] == 1
    assert found["cases"][0]["scenario"]["request"]["url"] == "https://one.example/"


@pytest.mark.parametrize("row", [row for row in captures() if row["form"] not in CALLS], ids=lambda row: row["id"])
def test_a_capture_is_judged_as_the_scenario_that_was_played(twin: DoctorTwin, row: dict[str, Any]) -> None:
    # What curl and DevTools do not show, the reader adds: here it is the scenario's.
    scenario = row["scenario"]
    verdict = judge(scenario)
    found = twin.told(row["text"], **missing(row))
    decided = [case["decided_by"] for case in found["cases"]]
    assert decided == [verdict.decided_by], (row["id"], found["cases"][0]["scenario"])
    assert found["cases"][0]["outcome"] == verdict.outcome
    remedy = verdict.as_json()
    if found["cases"][0]["remedy"] and not found["cases"][0]["assumed"]:
        assert len(found["cases"][0]["remedy"]["change"]) == len(remedy["change"])


def missing(row: dict[str, Any]) -> dict[str, str]:
    """Return what a reader would have to add to a capture."""
    scenario, form = row["scenario"], row["form"]
    request = scenario["request"]
    added = {"credentials": request.get("credentials", "")}
    if form in ("answer", "curl") and not row["text"].lstrip().startswith("*"):
        added |= {"page": scenario["page"], "url": request["url"], "method": request["method"]}
    last = scenario.get("server", [scenario])[-1]
    if form == "preflight":
        added["response"] = written(last["response"])
    elif last.get("preflight") and form != "har":
        added["preflight"] = written(last["preflight"])
    if row["id"].startswith(("headers-redirect", "answer-redirect")):
        added["response"] = written(last["response"])
    if form in ("answer", "headers") and request.get("headers"):
        added["headers"] = "\n".join(f"{name}: {value}" for name, value in request["headers"].items())
    return {name: value for name, value in added.items() if value}


def written(answer: dict[str, Any]) -> str:
    return "\n".join(
        [f"HTTP/1.1 {answer['status']}", *(f"{name}: {value}" for name, value in answer.get("headers", {}).items())]
    )


@pytest.mark.parametrize("row", [row for row in captures() if row["form"] in CALLS], ids=lambda row: row["id"])
def test_a_copied_call_is_read_as_the_request_that_it_is(twin: DoctorTwin, row: dict[str, Any]) -> None:
    found = twin.told(row["text"])
    case, played = found["cases"][0], row["scenario"]
    asked, request = case["scenario"]["request"], played["request"]
    assert found["form"] == ("fetch" if row["form"] == "fetch" else "command")
    assert (asked["url"], asked.get("method", "GET")) == (request["url"], request["method"])
    assert case["scenario"]["page"] == played["page"]
    assert case["open"]
    assert case["sends_a_preflight"] == any(entry.preflight for entry in judge(played).wire)


def test_all_forms_were_captured() -> None:
    forms = Counter(row["form"] for row in captures())
    assert {"curl", "har", "fetch", "command", "windows", "headers", "answer", "preflight"} <= forms.keys()
    assert min(forms["har"], forms["fetch"], forms["headers"]) >= 10
    text = CAPTURES.read_text("utf-8")
    assert "/home/" not in text
    assert "/root" not in text


def panel(text: str, between: str) -> str:
    """Return copied headers as the panel shows them: names and values in turn."""
    lines = [line.partition(": ") for line in text.splitlines()[1:] if ": " in line]
    return "\n".join(f"{name.lower()}{between}{value}" for name, _, value in lines)


@pytest.mark.parametrize("between", ["\n", ":\n", ": "])
def test_the_rows_of_a_panel_are_read_however_they_were_copied(twin: DoctorTwin, between: str) -> None:
    row = next(row for row in captures() if row["id"] == "headers-other-origin")
    request, _, answer = row["text"].replace("\r", "").partition("\n\n")
    general = (
        f"Request URL{between}https://api.example/items/7\nRequest Method{between}GET\nStatus Code{between}200 OK\n"
    )
    text = f"{general}Response Headers\n{panel(answer, between)}\nRequest Headers\n{panel(request, between)}"
    found = twin.told(text)
    assert found["form"] == "headers"
    assert found["cases"][0]["scenario"]["page"] == "https://app.example/"
    assert found["cases"][0]["decided_by"] == "cors_check#4"


def test_headers_that_firefox_copies_as_json_are_read(twin: DoctorTwin) -> None:
    def rows(*pairs: tuple[str, str]) -> dict[str, object]:
        return {"headers": [{"name": name, "value": value} for name, value in pairs]}

    text = json.dumps(
        {
            "Response Headers (120 B)": rows(("Access-Control-Allow-Origin", "https://other.example")),
            "Request Headers (300 B)": rows(("Host", "api.example"), ("Origin", "https://app.example")),
        }
    )
    found = twin.told(text)
    assert found["form"] == "panel"
    assert found["cases"][0]["decided_by"] == "cors_check#4"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("", "empty"),
        ("hello", "nothing"),
        ("{" * 100_000, "nothing"),
        ("[" * 1_000_000, "nothing"),
        ('{"log":{"entries":[{"request":{"url":"x"}},null,7,{"request":null}]}}', "har"),
        ('{"log":{"entries":{"__proto__":[]}}}', "nothing"),
        ('{"__proto__":{"log":{"entries":[]}},"constructor":{"prototype":{}}}', "nothing"),
        ("fetch(" * 20_000, "nothing"),
        ('fetch("https://a.example/",' + "{a:" * 20_000, "fetch"),
        (
            'fetch("https://a.example/", {"__proto__": {"method": "PUT"}, "headers": {"__proto__": "x"}})',
            "fetch",
        ),
        ("curl 'https://a.example/' -H '__proto__: x' -H ': ' -H " + "'" * 50_000, "command"),
        ("GET /<img src=x onerror=alert(1)> HTTP/1.1\nHost: <b>\n__proto__: x\nconstructor: y", "nothing"),
        ("HTTP/1.1 999 x\n: y\n\x00\x01\x02Access-Control-Allow-Origin: \x7f\x00", "headers"),
        ("Access to fetch at '" * 50_000, "nothing"),
        ("a: b\n" * 200_000, "nothing"),
        ("\u2028\u202e\ud800" * 1000, "nothing"),
        ("x" * 1_000_000, "nothing"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_hostile_text_is_only_text(twin: DoctorTwin, text: str, form: str) -> None:
    before = twin.call("Object.getOwnPropertyNames(Object.prototype).length")
    started = time.monotonic()
    found = twin.told(text.encode("utf-8", "replace").decode())
    # An engine without a compiler, on a machine that others work on, is given more time than a browser.
    assert time.monotonic() - started < 10
    assert found["form"] in (form, "headers", "nothing")
    assert twin.call("Object.getOwnPropertyNames(Object.prototype).length") == before
    assert twin.call("({}).method === undefined && ({}).log === undefined")


@pytest.mark.parametrize("body", ["", "TypeError: Failed to fetch", "<b>not markup</b>\n---\nnot: [yaml"])
def test_a_fence_takes_any_text_and_can_be_read_without_javascript(site: Site, body: str) -> None:
    site.part("en/a.md", f"```cors-doctor\n{body}\n```\n", lng_pair="id_a")
    site.part("ko/a.md", f"```cors-doctor\n{body}\n```\n", lng_pair="id_a")
    tree = site.tree()
    assert [problem for problem in tree.problems if problem.severity == "error"] == []
    for part in tree.parts.values():
        assert (
            part.widgets == ("cors-doctor",) or list(part.widgets) == ["cors-doctor"] or part.widgets == {"cors-doctor"}
        )
        assert part.content.count('<details class="cause">') == 13
        assert "<b>not" not in part.content
        assert ('data-slot="given"' in part.content) == bool(body)


def test_a_site_with_widgets_has_the_page_unless_its_author_says_no(site: Site) -> None:
    for code in ("en", "ko"):
        site.part(f"{code}/a.md", "```cors-doctor\n```\n", lng_pair="id_a")
    assert site.pelican().returncode == 0
    for path in ("doctor/index.html", "ko/doctor/index.html"):
        page = site.page(path)
        assert page.count('<section class="cause"') == 13
        assert 'hreflang="x-default"' in page
        assert "cors-doctor.js" in page
    assert "css/doctor.css" in site.page("posts/a.html") or "css/doctor.css" in "".join(
        map(str, site.output().values())
    )
    site.configure("CORS_SERIES_DOCTOR_PAGE = False")
    assert site.pelican("-d").returncode == 0
    assert not (site.root / "output" / "doctor").exists()
    assert "cors-doctor.js" in "".join(site.output())


def test_the_snippets_are_the_same_in_both_languages_and_allow_nobody_by_mistake(twin: DoctorTwin) -> None:
    origins, headers = ("https://app.example", "http://localhost:3000", "*"), ((), ("content-type", "x-a"))
    for server, origin, names, credentials in product(servers(), origins, headers, (False, True)):
        if origin == "*" and credentials:
            continue
        policy = Policy(origin, ("GET", "PUT"), names, credentials)
        call = f"doctor.fillSnippet({json.dumps(server.template)}, {json.dumps(asdict(policy))})"
        text = snippet(server, policy)
        assert twin.call(call) == text
        assert ("*" in text.replace("/**", "")) == (origin == "*" and server.id != "django")
        assert "{" not in text.replace("{ …", "").replace("cors({", "") or server.id in ("nginx", "spring", "express")
        assert ("credentials" in text.lower()) == credentials
        if server.id == "nginx":
            assert text.count("Vary Origin") == (0 if origin == "*" else 2)
            assert "OPTIONS" in text


@pytest.mark.parametrize(
    ("policy", "named"),
    [
        ({"origin": "https://app.example", "methods": ["GET"], "headers": ["x-a"]}, True),
        ({"origin": "http://[::1]:3000", "methods": ["GET"], "headers": []}, True),
        ({"origin": "*", "methods": ["GET"], "headers": []}, True),
        ({"origin": "null", "methods": ["GET"], "headers": []}, False),
        ({"origin": 'https://a";allow', "methods": ["GET"], "headers": []}, False),
        ({"origin": "https://app.example", "methods": ["GET`x`"], "headers": []}, False),
        ({"origin": "https://app.example", "methods": ["GET"], "headers": ["x'$(id)"]}, False),
    ],
)
def test_what_a_configuration_could_read_otherwise_is_not_put_into_one(
    twin: DoctorTwin, policy: dict[str, Any], named: bool
) -> None:
    assert twin.call(f"doctor.canBeNamed({json.dumps(policy)})") is named


def test_a_page_at_null_with_credentials_is_never_allowed_by_name(twin: DoctorTwin) -> None:
    text = (
        "Access to fetch at 'https://api.shop.com/' from origin 'null' has been blocked by CORS policy: The value of "
        "the 'Access-Control-Allow-Credentials' header in the response is '' which must be 'true' when the request's "
        "credentials mode is 'include'."
    )
    policy = twin.told(text)["cases"][0]["policy"]
    assert policy is None or policy["origin"] == "null"
    assert policy is None or twin.call(f"doctor.canBeNamed({json.dumps(policy)})") is False


def test_every_example_of_a_message_makes_its_engine_write_it() -> None:
    for example in console_examples()[::5]:
        verdict = judge_request(replace(example.scenario, engine=example.engine))
        assert verdict.decided_by == example.step
        written = {best(line, patterns())[0] for line in verdict.console[example.engine] if best(line, patterns())}
        assert written == set(example.lines)
