"""Experiments in headless Chromium, on hosts of every kind: what runs, what can't, and what a reader gets to know."""

# The fixtures of test_browser are asked for by their names.
# ruff: noqa: F811

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest
from conftest import CONFIGURATION, Site
from experiments import TABLE, Host, HostServer, fences
from playwright.sync_api import Browser, Locator, Page, expect
from test_browser import chromium, page_without_scripts  # noqa: F401
from test_browser_pages import Server

from pelican_cors_series.text import load_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

STAR = {"Access-Control-Allow-Origin": "*"}
PAGES = {"en": "posts/2023-06-13-a", "ko": "ko/2023-06-13-a"}
# What a browser itself writes where a request fails, as it has to here.
EXPECTED = ("CORS policy", "net::ERR_FAILED", "status of 405", 'mode is "same-origin"')
OPTIONS_ALLOW = {**STAR, "Access-Control-Allow-Methods": "*", "Access-Control-Allow-Headers": "x-test"}


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = Site(tmp_path_factory.mktemp("experiments"))
    site.write("pelicanconf.py", CONFIGURATION)
    special = ["request: {credentials: include}", "request: {method: PUT, headers: {X-Test: 1}}"]
    for code in PAGES:
        site.part(f"{code}/2023-06-13-a.md", fences(), lng_pair="id_a")
        more = "".join(f"```live-experiment\n{source}\n```\n\n" for source in ("", *special))
        site.part(f"{code}/2023-06-14-b.md", more, lng_pair="id_b")
    site.part("en/2023-06-15-c.md", "Text.\n\n" * 200 + "```live-experiment\n```\n", lng_pair="id_c")
    run = site.pelican()
    assert run.returncode == 0, run.stderr + run.stdout
    return site.root / "output"


@pytest.fixture(scope="module")
def address(blog: Path) -> Iterator[str]:
    HostServer.base_path = str(blog)
    with Server(("127.0.0.1", 0), partial(HostServer, directory=str(blog))) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def host(address: str) -> Iterator[Host]:
    """The host of one test alone; what it answers is set by the test."""
    HostServer.host = Host(address=address)
    yield HostServer.host
    HostServer.host.goes_on.set()


@pytest.fixture
def reader(chromium: Browser) -> Iterator[Page]:
    """A page on which only the errors of failing requests may be written, and no violation of a policy."""
    context = chromium.new_context()
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    assert [text for text in said if not any(words in text for words in EXPECTED)] == []


def widget(page: Page, index: int = 0) -> Locator:
    """Return an experiment that is ready to run."""
    found = page.locator("live-experiment").nth(index)
    found.scroll_into_view_if_needed()
    expect(found.locator("fieldset button").first).to_be_visible()
    return found


def run(found: Locator, choice: int = 0) -> dict[str, str]:
    """Choose, and return what was heard and what the three said, by their place."""
    found.locator("fieldset button").nth(choice).click()
    status = found.get_by_role("status")
    expect(status).not_to_have_text("", timeout=15_000)
    cells = found.locator("table strong").all_text_contents()
    return {"heard": status.text_content() or "", **dict(zip(("you", "rules", "browser"), cells, strict=False))}


def outcome(found: Locator, said: str) -> str:
    """Return the result that words stand for."""
    words = load_text("ko" if "/ko/" in found.page.url else "en").words["live_experiment"]["outcome"]
    [result] = [key for key, value in words[found.get_attribute("data-words")].items() if value == said]
    return str(result)


@pytest.mark.parametrize(("language", "headers"), [("en", STAR), ("ko", {})])
def test_each_experiment_comes_to_what_engines_did_and_to_what_was_predicted(
    reader: Page, host: Host, language: str, headers: Mapping[str, str]
) -> None:
    host.headers = headers
    host.options = (405, headers)
    reader.goto(f"{host.address}/{PAGES[language]}")
    for index, (source, star, none) in enumerate(TABLE):
        found = widget(reader, index)
        said = run(found)
        came_to = star if headers else none
        assert (source, outcome(found, said["browser"])) == (source, came_to)
        assert said["rules"] == said["browser"]
        assert outcome(found, said["you"]) == "readable"
        marks = [row.get_attribute("data-mark") for row in found.locator("table tr").all()]
        assert marks == ["same" if came_to == "readable" else "different", "same", "same"]
        expect(found.locator("li[aria-current]")).to_have_count(1)
        expect(reader.locator("iframe")).to_have_count(0)


NULL = {"Access-Control-Allow-Origin": "null"}
# Which experiment, what the host sends with its file, and to OPTIONS with that status; what comes of it.
OTHERS = [
    (0, NULL, {}, 405, "readable"),
    (0, {"Access-Control-Allow-Origin": "https://other.example"}, {}, 405, "blocked"),
    (0, {"Access-Control-Allow-Origin": "*, *"}, {}, 405, "blocked"),
    (1, NULL, {}, 405, "blocked"),
    (1, {**NULL, "Access-Control-Allow-Credentials": "true"}, {}, 405, "readable"),
    (1, {**STAR, "Access-Control-Allow-Credentials": "true"}, {}, 405, "blocked"),
    (2, STAR, OPTIONS_ALLOW, 204, "readable"),
    (2, STAR, {**NULL, "Access-Control-Allow-Methods": "PUT", "Access-Control-Allow-Headers": "*"}, 200, "readable"),
    (2, {}, OPTIONS_ALLOW, 204, "blocked"),
    (2, STAR, {**STAR, "Access-Control-Allow-Methods": "GET, PUT"}, 204, "blocked"),
    (2, STAR, {**STAR, "Access-Control-Allow-Headers": "*"}, 204, "blocked"),
    (2, STAR, OPTIONS_ALLOW, 405, "blocked"),
    (2, STAR, {}, 204, "blocked"),
]


@pytest.mark.parametrize("case", OTHERS)
def test_a_host_of_any_other_kind_is_predicted_too(
    reader: Page, host: Host, case: tuple[int, Mapping[str, str], Mapping[str, str], int, str]
) -> None:
    index, host.headers, options, status, came_to = case
    host.options = (status, options)
    reader.goto(f"{host.address}/posts/2023-06-14-b")
    found = widget(reader, index)
    said = run(found)
    assert outcome(found, said["browser"]) == came_to
    assert said["rules"] == said["browser"]
    expect(found.locator('[data-slot="note"]')).to_contain_text(host.headers.get("Access-Control-Allow-Origin", "no "))


FRAME, TARGET = "/frame.html", "/target.txt"
HINDRANCES = [
    ({"special": {FRAME: {"X-Frame-Options": "DENY"}}}, "no_start", "X-Frame-Options"),
    ({"special": {FRAME: {"Content-Security-Policy": "frame-ancestors 'none'"}}}, "no_start", "frame-ancestors"),
    ({"missing": FRAME}, "no_start", "X-Frame-Options"),
    ({"missing": "/frame.js"}, "no_start", "X-Frame-Options"),
    ({"silent": TARGET}, "no_end", ""),
    ({"silent": "/frame.js"}, "no_start", "X-Frame-Options"),
    ({"special": {FRAME: {"Content-Security-Policy": "connect-src 'none'"}}}, "forbidden", "connect-src"),
    ({"special": {TARGET: {"Cross-Origin-Resource-Policy": "same-origin"}}}, "corp", "same-origin"),
    ({"missing": TARGET}, "no_host", "404"),
]


# When the reader chose, and when they heard what came of it.
TIMES = """() => {
    const widget = document.querySelector("live-experiment");
    widget.addEventListener("click", () => (window.chosen = performance.now()), { capture: true });
    new MutationObserver(() => (window.heard = performance.now()))
        .observe(widget.querySelector("[role=status]"), { childList: true });
}"""


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("hindrance", HINDRANCES)
def test_what_forbids_it_is_said_after_six_seconds_at_most(
    chromium: Browser, host: Host, hindrance: tuple[Mapping[str, object], str, str], language: str
) -> None:
    answers, key, named = hindrance
    host.headers = STAR
    for name, value in answers.items():
        setattr(host, name, value)
    page = chromium.new_page()
    page.goto(f"{host.address}/{PAGES[language]}")
    found = widget(page)
    page.evaluate(TIMES)
    said = run(found)
    assert page.evaluate("heard - chosen") < 6000
    words: str = load_text(language).words["live_experiment"]["browser"][key]
    assert said["heard"].startswith(words.split("{", maxsplit=1)[0])
    assert named in said["heard"]
    expect(found.locator('[data-slot="note"]')).to_have_text(said["heard"])
    expect(page.locator("live-experiment table, iframe")).to_have_count(0)
    page.close()


def test_a_second_run_takes_the_place_of_the_first(reader: Page, host: Host) -> None:
    host.headers = STAR
    reader.goto(f"{host.address}/{PAGES['en']}")
    found = widget(reader)
    assert "You expected something else" in run(found, 2)["heard"]
    found.locator("fieldset button").first.click()
    expect(found.get_by_role("status")).to_contain_text("you had it right")
    expect(found.locator("table")).to_have_count(1)
    expect(found.locator('button[aria-pressed="true"]')).to_have_text("Script can read the answer.")


def test_messages_of_others_change_nothing(reader: Page, host: Host) -> None:
    host.headers, host.silent = STAR, TARGET
    reader.goto(f"{host.address}/{PAGES['en']}")
    found = widget(reader)
    found.locator("fieldset button").first.click()
    reader.locator("iframe").wait_for(state="attached")
    reader.evaluate(
        """() => {
            const frame = document.querySelector("iframe");
            const { nonce } = JSON.parse(decodeURIComponent(frame.src.split("#")[1]));
            const lie = { nonce, result: "readable", detail: "a lie" };
            postMessage(lie, "*");
            for (const data of [null, 1, "text", lie, { ...lie, nonce: undefined }]) {
                dispatchEvent(new MessageEvent("message", { data, origin: "null", source: window }));
                const source = frame.contentWindow;
                dispatchEvent(new MessageEvent("message", { data, origin: location.origin, source }));
            }
            dispatchEvent(new MessageEvent("message", { data: { ...lie, nonce: "1-2-3-4" }, origin: "null",
                source: frame.contentWindow }));
        }"""
    )
    expect(found.get_by_role("status")).to_contain_text("no outcome in time", timeout=15_000)
    expect(reader.locator("live-experiment table")).to_have_count(0)


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("{ result: 'readable', detail: '<img src=x onerror=alert(1)>'.repeat(40) }", "Script can read the answer."),
        ("{ result: '__proto__' }", "no outcome in time"),
        ("{ result: ['readable'] }", "no outcome in time"),
        ("{ forbidden: '<b>script-src</b>' }", "<b>script-src</b>"),
    ],
)
def test_what_a_frame_tells_stays_text(reader: Page, host: Host, told: str, shown: str) -> None:
    host.headers = STAR
    script = "const { nonce } = JSON.parse(decodeURIComponent(location.hash.slice(1)));"
    reader.route(
        "**/frame.js",
        lambda route: route.fulfill(
            body=f"{script} parent.postMessage({{ nonce, ...{told} }}, '*');", content_type="text/javascript"
        ),
    )
    reader.goto(f"{host.address}/{PAGES['en']}")
    found = widget(reader)
    assert shown in run(found)["heard"]
    expect(found.locator("img, b")).to_have_count(0)
    assert all(len(text) <= 300 for text in found.locator("table code").all_text_contents())


def test_the_frame_does_nothing_outside_a_sandbox(reader: Page, host: Host) -> None:
    reader.goto(f"{host.address}/{PAGES['en']}")
    heard = reader.evaluate(
        """async () => {
            const heard = [];
            addEventListener("message", ({ data }) => heard.push(data));
            const given = encodeURIComponent(JSON.stringify({ nonce: "1", does: "localStorage" }));
            for (const sandbox of [null, "allow-scripts"]) {
                const frame = document.createElement("iframe");
                if (sandbox) frame.setAttribute("sandbox", sandbox);
                frame.src = `/theme/experiment/frame.html?${heard.length}#${given}`;
                const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
                document.body.append(frame);
                await loaded;
                await new Promise((resolve) => setTimeout(resolve, 300));
                heard.push(sandbox);
            }
            return heard;
        }"""
    )
    assert heard[0] is None
    assert [each["nonce"] for each in heard[1:-1]] == ["1", "1"]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_keyboard_is_enough_and_the_outcome_is_heard_once(reader: Page, host: Host, language: str) -> None:
    host.headers = STAR
    reader.goto(f"{host.address}/{PAGES[language]}")
    found = widget(reader)
    reader.evaluate(
        """() => {
            window.heard = [];
            const status = document.querySelector("live-experiment [role=status]");
            new MutationObserver(() => status.textContent && heard.push(status.textContent))
                .observe(status, { childList: true });
        }"""
    )
    found.locator("fieldset button").first.focus()
    reader.keyboard.press("Tab")
    expect(found.locator("fieldset button").nth(1)).to_be_focused()
    reader.keyboard.press("Enter")
    expect(found.locator("table")).to_be_visible()
    expect(found.locator("fieldset button").nth(1)).to_be_focused()
    heard = reader.evaluate("heard")
    assert len(heard) == 1
    words = load_text(language).words["live_experiment"]
    assert heard[0].startswith(f"{words['browser']['browser']}: {words['outcome']['fetch']['readable']}")
    for _ in range(3):
        reader.keyboard.press("Tab")
    expect(found.locator("summary").first).to_be_focused()
    reader.keyboard.press("Enter")
    expect(found.locator("details li").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_nothing_scrolls_sideways_on_a_small_phone(chromium: Browser, host: Host, language: str, scheme: str) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{host.address}/{PAGES[language]}")
    for index in (0, 5, 8, 9, 16):
        run(widget(page, index))
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_without_scripts_there_is_no_question_and_the_whole_answer(
    page_without_scripts: Page, host: Host, language: str
) -> None:
    page_without_scripts.goto(f"{host.address}/{PAGES[language]}")
    found = page_without_scripts.locator("live-experiment").first
    expect(found.locator("button, fieldset")).to_have_count(0)
    found.locator("summary").first.click()
    expect(found.locator("li").nth(1)).to_be_visible()
    expect(found.locator("li a").first).to_be_visible()


def test_an_experiment_far_below_is_made_ready_when_the_reader_comes_near(reader: Page, host: Host) -> None:
    reader.goto(f"{host.address}/posts/2023-06-15-c", wait_until="networkidle")
    expect(reader.locator("live-experiment fieldset")).to_have_count(0)
    expect(widget(reader).locator("fieldset")).to_be_visible()
