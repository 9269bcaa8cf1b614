"""The cors-exchange widget: the call, the verdict, what to change, the messages and how it ends, as static HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from conftest import OWN_LANGUAGES

from pelican_cors_series.problems import Place
from pelican_cors_series.rules import judge_request, read_request_scenario
from pelican_cors_series.text import load_text
from pelican_cors_series.widgets import render
from pelican_cors_series.widgets.fetch_call import fetch_call
from pelican_cors_series.widgets.messages import ending_of, messages_of

if TYPE_CHECKING:
    from bs4 import Tag

OPENING = Place("content/en/part.md", 41, 1)
PUT = """\
page: https://app.example/
request: {url: https://api.example/items/7, method: PUT}
preflight: {status: 204, headers: {Access-Control-Allow-Origin: https://app.example}}
response: {status: 200, headers: {Access-Control-Allow-Origin: https://app.example}}
"""
REDIRECT = {
    "page": "https://app.example/",
    "request": {"url": "/old?a=1#part", "method": "PUT"},
    "server": [
        {"at": "https://app.example", "response": {"status": 307, "headers": {"Location": "https://api.example/new"}}},
        {
            "at": "https://api.example",
            "preflight": {
                "status": 204,
                "headers": {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "*"},
            },
            "response": {"status": 200, "headers": {"Access-Control-Allow-Origin": "*"}},
        },
    ],
}


def widget(source: str, language: str = "en") -> Tag:
    markup, problems = render("cors-exchange", source, OPENING, load_text(language))
    assert problems == []
    found = BeautifulSoup(markup, "html.parser").find("cors-exchange")
    assert found is not None
    return found  # type: ignore[return-value] # a tag, not a string


def slot(widget: Tag, name: str) -> Tag:
    return widget.select_one(f'[data-slot="{name}"]')  # type: ignore[return-value] # a test that lacks it fails


def test_a_blocked_put_tells_what_was_asked_why_and_what_would_help() -> None:
    found = widget(PUT)
    assert found["data-result"] == "blocked"
    assert slot(found, "call").text == 'fetch("https://api.example/items/7", {\n  method: "PUT",\n})'
    assert "Access-Control-Allow-Methods does not allow PUT" in slot(found, "why").text
    assert slot(found, "why").find("a")["href"] == "https://fetch.spec.whatwg.org/#cors-preflight-fetch-0"  # type: ignore[index]
    assert [code.text for code in slot(found, "change").find_all("code")] == ["Access-Control-Allow-Methods: PUT"]
    assert slot(found, "ending").text == "The PUT itself is never sent."


def test_the_messages_stand_in_the_order_of_time_with_the_headers_that_decide() -> None:
    messages = slot(widget(PUT), "messages").find_all("li", attrs={"data-sender": True})
    assert [(message["data-sender"], message.find("code").text) for message in messages] == [
        ("browser", "OPTIONS /items/7"),
        ("server", "204"),
    ]
    assert [code.text for code in messages[0].find_all("code")[1:]] == [
        "Origin: https://app.example",
        "Access-Control-Request-Method: PUT",
    ]


def test_a_redirect_is_followed_from_address_to_address() -> None:
    scenario = read_request_scenario(REDIRECT)
    lines = [(it.sender, it.server, it.line) for it in messages_of(scenario, judge_request(scenario))]
    assert lines == [
        ("browser", "https://app.example", "PUT /old?a=1"),
        ("server", "https://app.example", "307"),
        ("browser", "https://api.example", "OPTIONS /new"),
        ("server", "https://api.example", "204"),
        ("browser", "https://api.example", "PUT /new"),
        ("server", "https://api.example", "200"),
    ]


@pytest.mark.parametrize(
    ("given", "ending"),
    [
        ({"request": {"url": "https://api.example/"}, "response": {"status": 200}}, "withheld"),
        ({"request": {"url": "https://api.example/", "method": "PUT"}, "preflight": {"status": 404}}, "not-sent"),
        ({"request": {"url": "https://api.example/", "method": "PUT"}, "response": {"status": 200}}, "closed"),
        ({"request": {"url": "https://api.example/"}, "server": [{"at": "https://api.example"}]}, "closed"),
        ({"request": {"url": "https://api.example/", "method": "TRACE"}}, "nothing-sent"),
        ({"request": {"url": "data:,x"}}, "read"),
        ({"request": {"url": "/"}, "response": {"status": 200}}, "read"),
        (
            {"request": {"url": "https://api.example/", "mode": "no-cors"}, "response": {"status": 200}},
            "unread",
        ),
    ],
)
def test_how_it_ends_says_whether_the_request_was_sent(given: dict[str, object], ending: str) -> None:
    scenario = read_request_scenario({"page": "https://app.example/", **given})
    assert ending_of(scenario, judge_request(scenario)) == ending


@pytest.mark.parametrize(
    ("request_given", "call"),
    [
        ({"url": "/a"}, 'fetch("/a")'),
        ({"url": "/a", "mode": "cors", "credentials": "same-origin"}, 'fetch("/a")'),
        ({"url": '/"a"', "body": "text", "method": "POST"}, 'fetch("/\\"a\\"", {\n  method: "POST",\n  body: "…",\n})'),
        ({"url": "/", "headers": {"X-A": "b"}}, 'fetch("/", {\n  headers: { "X-A": "b" },\n})'),
        (
            {"url": "/", "headers": [["Accept", "a"], ["accept", "b"]], "keepalive": True},
            'fetch("/", {\n  headers: [["Accept", "a"], ["accept", "b"]],\n  keepalive: true,\n})',
        ),
    ],
)
def test_the_call_is_what_a_page_would_write(request_given: dict[str, object], call: str) -> None:
    scenario = read_request_scenario({"page": "https://app.example/", "request": request_given})
    assert fetch_call(scenario.request) == call


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_the_console_is_folded_away_and_in_english(language: str) -> None:
    found = slot(widget(PUT.replace("items/7", "items?<b>&"), language), "console")
    assert found.name == "details"
    assert not found.has_attr("open")
    assert found.find("summary").text == load_text(language)("explain.console")  # type: ignore[union-attr]
    assert [browser.text for browser in found.find_all("p")] == ["Chromium", "Firefox", "Safari"]
    lists = found.find_all("ul")
    assert {messages["lang"] for messages in lists} == {"en"}
    assert [len(messages.find_all("code")) for messages in lists] == [2, 2, 2]
    assert found.find("b") is None
    assert "https://api.example/items?%3Cb%3E&' from origin" in lists[0].text


def test_where_no_browser_writes_there_is_no_console() -> None:
    readable = "page: https://app.example/\nrequest: {url: /}\nresponse: {status: 200}\n"
    assert slot(widget(readable), "console") is None


def test_a_server_that_closes_the_connection_is_told_in_words() -> None:
    found = widget(
        "page: https://app.example/\nrequest: {url: https://api.example/}\nserver: [{at: https://api.example}]"
    )
    assert "closes the connection" in slot(found, "messages").text
    assert slot(found, "ending").text == "No answer comes."


def test_an_engine_that_does_otherwise_is_named() -> None:
    found = widget(
        "page: https://app.example/\n"
        "request: {url: https://api.example/, headers: {Viewport-Width: 360}}\n"
        'response: {status: 200, headers: {Access-Control-Allow-Origin: "*"}}'
    )
    assert [line.text.split(":")[0] for line in slot(found, "engines").find_all("li")] == ["Chromium 156"]


@pytest.mark.parametrize("language", OWN_LANGUAGES)
def test_what_an_author_wrote_is_text_and_never_markup(language: str) -> None:
    found = widget(
        "page: https://app.example/\n"
        'request: {url: "https://api.example/?<b>", headers: {X-A: "<script>&"}}\n'
        'response: {status: 200, headers: {X-B: "<img src=x>"}}',
        language,
    )
    assert found.find(["script", "b", "img"]) is None
    assert "<script>&" in slot(found, "call").text


def test_every_mistake_in_the_fence_stands_at_its_place() -> None:
    source = "page: nowhere\nrequest: {url: https://api.example/, methd: PUT}\nresponse: {status: 99}\n"
    markup, problems = render("cors-exchange", source, OPENING, load_text("en"))
    assert markup == ""
    assert [(found.line, found.column, found.code) for found in problems] == [
        (42, 7, "invalid-url"),
        (43, 38, "unknown-member"),
        (44, 20, "invalid-status"),
    ]


def test_what_the_prose_expects_has_to_hold() -> None:
    _, problems = render("cors-exchange", f"{PUT}expect: readable\n", OPENING, load_text("en"))
    assert [(found.line, found.column, found.code) for found in problems] == [(46, 9, "verdict-mismatch")]
    assert "blocked (decided by cors_preflight_fetch#7.5)" in problems[0].message


def test_two_addresses_are_no_exchange() -> None:
    _, problems = render("cors-exchange", "kind: origins\na: null\nb: null\n", OPENING, load_text("en"))
    assert {found.code for found in problems} == {"unknown-member"}
