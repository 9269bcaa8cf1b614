"""An exchange in words → the static HTML of the cors-exchange widget.

The order is that of a reader with an error on the screen: what was asked, what came of it and why, what to change;
then the messages one by one, and folded away the steps of the Standard.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from pelican_cors_series.rules.leaves import ascii_lowercase

from .exchange import exchange_in_words
from .fetch_call import fetch_call
from .messages import ending_of, messages_of
from .observed import observed_markup
from .scenario_json import scenario_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pelican_cors_series.rules import RequestScenario, RequestVerdict
    from pelican_cors_series.text import Text

    from .exchange import EngineLine, Exchange
    from .messages import Message
    from .step_lines import StepLine

# Headers of an answer that take part in the decision, in lower case; the others are shown quietly.
_DECIDES = ("access-control-", "cross-origin-resource-policy", "location", "timing-allow-origin")


def exchange_markup(scenario: RequestScenario, verdict: RequestVerdict, text: Text) -> str:
    """Return the widget as HTML. Raises KeyError where the language lacks a word."""
    words = exchange_in_words(scenario, verdict, text)
    found = f'data-outcome="{verdict.outcome}" data-result="{verdict.result}"'
    return "\n".join(
        [
            f"<cors-exchange {found}{_for_element(scenario, text)}>",
            *_asked(scenario, text),
            *_verdict(words),
            *_list("change", map(_remedy, words.remedy), text("explain.change")),
            *_messages(scenario, verdict, text),
            *_engines(words.engines, text),
            *observed_markup(scenario, verdict, text),
            *_console(words.console, text),
            *_steps(words.path, text),
            "</cors-exchange>",
        ]
    )


def _for_element(scenario: RequestScenario, text: Text) -> str:
    """Return what the element needs to judge anew, and the words of its own; it has no engine's rules."""
    if scenario.engine != "standard":
        return ""
    given = {"scenario": scenario_json(scenario), **text.words["cors_exchange_element"]}
    return "".join(f' data-{name}="{escape(value)}"' for name, value in given.items())


def _asked(scenario: RequestScenario, text: Text) -> Iterable[str]:
    page = "cors_exchange.sandboxed_page" if scenario.sandboxed else "cors_exchange.page"
    yield f'<p data-slot="page">{escape(text(page))} <code>{escape(scenario.page)}</code></p>'
    yield f'<pre data-slot="call"><code>{escape(fetch_call(scenario.request))}</code></pre>'


def _verdict(words: Exchange) -> Iterable[str]:
    yield '<div data-slot="verdict">'
    yield f'<p><strong data-slot="title">{escape(words.title)}</strong></p>'
    yield f'<p data-slot="why"><span>{escape(words.why.sentence)}</span> {_link(words.why)}</p>'
    yield from (f"<p>{escape(line)}</p>" for line in (words.seen, words.cached) if line)
    yield "</div>"


def _list(slot: str, lines: Iterable[str], heading: str) -> Iterable[str]:
    items = [f"<li>{line}</li>" for line in lines]
    if items:
        yield f'<div data-slot="{slot}"><p><strong>{escape(heading)}</strong></p><ul>{"".join(items)}</ul></div>'


def _engines(lines: Iterable[EngineLine], text: Text) -> Iterable[str]:
    # A site that has a page of the engines leads from the name to the deviation there; see links.
    items = [
        f'<li data-deviation="{line.why}"><span>{escape(line.engine)}</span>: {escape(line.sentence)}</li>'
        for line in lines
    ]
    if items:
        heading = escape(text("explain.engines"))
        yield f'<div data-slot="engines"><p><strong>{heading}</strong></p><ul>{"".join(items)}</ul></div>'


def _remedy(remedy: tuple[str, str]) -> str:
    where, line = remedy
    return f"{escape(where)} <code>{escape(line)}</code>"


def _messages(scenario: RequestScenario, verdict: RequestVerdict, text: Text) -> Iterable[str]:
    yield f'<p data-slot="heading"><strong>{escape(text("explain.wire"))}</strong></p>'
    messages = messages_of(scenario, verdict)
    if messages:
        yield '<ol data-slot="messages">'
        yield from (_message(message, text) for message in messages)
        yield "</ol>"
    ending = text(f"cors_exchange.ending.{ending_of(scenario, verdict)}", method=scenario.request.method)
    yield f'<p data-slot="ending">{escape(ending)}</p>'


def _message(message: Message, text: Text) -> str:
    kind = "preflight" if message.preflight else "request"
    caption = text(f"cors_exchange.{message.sender}.{kind}", server=message.server)
    line = f"<code>{escape(message.line)}</code>" if message.line else escape(text("cors_exchange.closes"))
    headers = "".join(_header(name, value) for name, value in message.headers)
    return (
        f'<li data-sender="{message.sender}"><span>{escape(caption)}</span> {line}'
        f"{f'<ul>{headers}</ul>' if headers else ''}</li>"
    )


def _header(name: str, value: str) -> str:
    decides = ascii_lowercase(name) == "origin" or ascii_lowercase(name).startswith(_DECIDES)
    return f"<li{' data-decides' if decides else ''}><code>{escape(name)}: {escape(value)}</code></li>"


def _console(console: Sequence[tuple[str, Sequence[str]]], text: Text) -> Iterable[str]:
    if not console:
        return
    yield f'<details data-slot="console">\n<summary>{escape(text("explain.console"))}</summary>'
    for browser, lines in console:
        items = "".join(f"<li><code>{escape(line)}</code></li>" for line in lines)
        yield f'<p>{escape(browser)}</p><ul lang="en">{items}</ul>'  # engines write in English here
    yield "</details>"


def _steps(path: Iterable[StepLine], text: Text) -> Iterable[str]:
    items = "".join(f"<li><span>{escape(line.sentence)}</span> {_link(line)}</li>" for line in path)
    yield f"<details>\n<summary>{escape(text('explain.path'))}</summary>\n<ol>{items}</ol>\n</details>"


def _link(line: StepLine) -> str:
    return f'<a href="{escape(line.spec)}">{escape(line.name)}</a>'
