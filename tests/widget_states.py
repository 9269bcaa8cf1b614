"""The states that readers bring widgets into, each reached as readers reach it: what checks of widgets go through."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

if TYPE_CHECKING:
    from collections.abc import Callable

POSTS = {"en": "posts/", "ko": "ko/"}
PAGES = {"en": "", "ko": "ko/"}
FIRST, THIRD = "2023-06-12-cors-1", "2023-06-14-cors-3"
# More than one answer, a redirect and headers: with this the form of an exchange has each of its parts.
SCENARIO = {
    "page": "https://app.example/",
    "request": {"url": "https://api.example/x", "method": "PUT", "headers": [["X-Token", "1"]]},
    "preflight": {
        "status": 204,
        "headers": [
            *(["Access-Control-Allow-Origin", "*"], ["Access-Control-Allow-Methods", "PUT"]),
            ["Access-Control-Allow-Headers", "x-token"],
        ],
    },
    "response": {"status": 200, "headers": [["Access-Control-Allow-Origin", "*"]]},
}
MESSAGE = (
    "Access to fetch at 'https://api.shop.com/v1/orders' from origin 'http://localhost:3000' has been blocked by CORS "
    "policy: No 'Access-Control-Allow-Origin' header is present on the requested resource."
)
ASKS_FOR_MORE = (
    "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at "
    "https://api.shop.com/x. (Reason: CORS preflight response did not succeed). Status code: 404."
)


@dataclass(frozen=True, slots=True)
class State:
    """A state of the widget that a selector finds first; `reach` acts on that, once the page is open."""

    name: str
    widget: str
    page: str
    reach: Callable[[Locator], object]
    fragment: str = ""

    def open(self, page: Page, address: str, language: str) -> Locator:
        """Open the page of a language, bring the widget into the state, and return it."""
        folder = (POSTS if self.page in (FIRST, THIRD) else PAGES)[language]
        page.goto(f"{address}/{folder}{self.page}{self.fragment}", wait_until="load")
        found = page.locator(self.widget).first
        for around in found.locator("xpath=ancestor::details[not(@open)]").all():
            around.evaluate("(details) => { details.open = true; }")
        found.scroll_into_view_if_needed()
        self.reach(found)
        return found


def _slot(widget: Locator, name: str) -> Locator:
    return widget.locator(f'[data-slot="{name}"]').first


def _unfold(widget: Locator) -> None:
    """Unfold all that there is, and what comes to light by that."""
    while (folded := widget.locator("details:not([open]) > summary:visible")).count():
        folded.first.click()


def _compared(field: str, written: str) -> Callable[[Locator], None]:
    def reach(widget: Locator) -> None:
        expect(widget.locator("input")).to_have_count(2)
        widget.locator(f'[data-field="{field}"] input').fill(written)
        _unfold(widget)
        expect(widget.locator("[data-slot=buttons] button").last).to_be_visible()

    return reach


def _refused(widget: Locator) -> None:
    _compared("b", "no address")(widget)
    expect(widget.locator("[aria-invalid=true]")).to_be_visible()


def _listed(widget: Locator) -> None:
    expect(widget.locator("tbody input")).to_have_count(3)
    widget.locator("tbody input").last.fill("")
    _unfold(widget)
    expect(widget.locator("details ol").first).to_be_visible()


def _no_comparison(widget: Locator) -> None:
    expect(_slot(widget, "note")).not_to_be_empty()


def _edit(widget: Locator) -> Locator:
    _slot(widget, "edit").locator("> summary").click()
    expect(_slot(widget, "form")).to_be_visible()
    return _slot(widget, "form")


def _form(widget: Locator) -> None:
    form = _edit(widget)
    form.locator("fieldset").first.wait_for()
    _unfold(widget)


def _edited(widget: Locator) -> None:
    _edit(widget).locator('input[list*="methods"]').fill("DELETE")
    expect(_slot(widget, "edited")).to_be_visible()


def _nonsense(widget: Locator) -> None:
    _edit(widget).locator("input").first.fill("nowhere")
    expect(widget.locator("[aria-invalid=true]")).to_be_visible()


def _blocked(widget: Locator) -> None:
    expect(widget).to_have_attribute("data-result", "blocked")
    expect(_slot(widget, "change").get_by_role("button")).to_be_visible()
    _unfold(widget)


def _readable(widget: Locator) -> None:
    _slot(widget, "change").get_by_role("button").click()
    expect(widget).to_have_attribute("data-result", "readable")


def _hostile(widget: Locator) -> None:
    expect(_slot(widget, "note")).not_to_be_empty()


def _asked(widget: Locator) -> None:
    expect(widget.locator("li button").first).to_be_visible()


def _guessed(result: str) -> Callable[[Locator], None]:
    def reach(widget: Locator) -> None:
        answer = widget.get_attribute("data-answer")
        choice = "[data-choice={}]" if result == "right" else ":not([data-choice={}])"
        widget.locator(f"li{choice.format(json.dumps(answer))} button").first.click()
        expect(widget).to_have_attribute("data-result", result)

    return reach


def _ready(widget: Locator) -> None:
    expect(widget.locator("fieldset button").first).to_be_visible()


def _ran(widget: Locator) -> None:
    widget.locator("fieldset button").first.click()
    expect(_slot(widget, "results")).to_be_visible(timeout=15_000)
    _unfold(widget)


def _consulted(text: str, slot: str) -> Callable[[Locator], None]:
    def reach(widget: Locator) -> None:
        widget.page.wait_for_selector("cors-doctor[data-ready]")
        widget.locator("textarea").first.fill(text)
        expect(_slot(widget, slot)).to_be_visible()
        _unfold(widget)

    return reach


def _ready_doctor(widget: Locator) -> None:
    widget.page.wait_for_selector("cors-doctor[data-ready]")


def _searched(query: str, *, are_found: bool) -> Callable[[Locator], None]:
    def reach(widget: Locator) -> None:
        widget.get_by_role("searchbox").fill(query)
        expect(_slot(widget.page.locator("main"), "count")).not_to_be_empty()
        assert bool(widget.page.locator(".results > li").count()) is are_found

    return reach


def _link(widget: str, *values: tuple[str, str]) -> str:
    return f"#{widget}-1?{urlencode(values)}"


_PAIRS = 'origin-compare:not(predict-first *):not(:has([data-slot="list"]))'
_LIST = (("a", "https://a.example/"), ("b", "http://a.example/"), ("b", "https://a.example/x"), ("b", "null"))
STATES = (
    State("comparison edited", _PAIRS, THIRD, _compared("a", "https://other.example/x")),
    State("comparison with an address refused", _PAIRS, THIRD, _refused),
    State("comparison of a list", "origin-compare", THIRD, _listed, _link("origin-compare", *_LIST)),
    State("comparison with a hostile link", "origin-compare", THIRD, _no_comparison, _link("origin-compare", _LIST[0])),
    State("exchange blocked", "cors-exchange", FIRST, _blocked),
    State(
        "exchange with its form",
        *("cors-exchange", FIRST, _form),
        _link("cors-exchange", ("scenario", json.dumps(SCENARIO))),
    ),
    State("exchange edited", "cors-exchange", FIRST, _edited),
    State("exchange with nonsense", "cors-exchange", FIRST, _nonsense),
    State("exchange made readable", "cors-exchange", FIRST, _readable),
    State("exchange with a hostile link", "cors-exchange", FIRST, _hostile, _link("cors-exchange", ("scenario", "{"))),
    State("question", "predict-first", FIRST, _asked),
    State("question answered right", "predict-first", FIRST, _guessed("right")),
    State("question answered wrong", "predict-first", THIRD, _guessed("wrong")),
    State("experiment", "live-experiment", THIRD, _ready),
    State("experiment run", "live-experiment", THIRD, _ran),
    State("doctor", "cors-doctor", "doctor/", _ready_doctor),
    State("doctor with what it cannot read", "cors-doctor", "doctor/", _consulted("Hello.", "form")),
    State("doctor asking for what is missing", "cors-doctor", "doctor/", _consulted(ASKS_FOR_MORE, "missing")),
    State("doctor with a diagnosis", "cors-doctor", "doctor/", _consulted(MESSAGE, "verdict")),
    State("search with results", "site-search", "search/", _searched("CORS", are_found=True)),
    State("search without results", "site-search", "search/", _searched("xyzzy", are_found=False)),
)
