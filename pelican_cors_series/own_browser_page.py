"""A scenario below localhost and what a reader's own browser did with it → the page that this browser is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from pelican_cors_series.side_by_side import known_deviations, same_outcome, same_wire
from pelican_cors_series.widgets.exchange import exchange_in_words
from pelican_cors_series.widgets.fetch_call import fetch_call

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pelican_cors_series.lab import EngineName
    from pelican_cors_series.lab.visit import Ran
    from pelican_cors_series.rules import RequestVerdict, WireEntry
    from pelican_cors_series.text import Text

# What a User-Agent header names each engine by; the others name the first ones too, so the order counts.
_ENGINES: Mapping[str, tuple[EngineName, str]] = {
    r"Firefox/(\d+)": ("firefox", "Firefox {}"),
    r"Edg/(\d+)": ("chromium", "Edge {}"),
    r"Chrom(?:e|ium)/(\d+)": ("chromium", "Chrome {}"),
    r"Version/([\d.]+).* Safari/": ("webkit", "Safari {}"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page is about, all through: the rules' verdict on the scenario as it was rewritten, and on its author's.

    origins: those of the author, each with the one that stands in for it.
    """

    verdict: RequestVerdict
    original: RequestVerdict
    origins: tuple[tuple[str, str], ...]


def browser_of(user_agent: str) -> tuple[EngineName | None, str | None]:
    """Return the engine and the name, with its version, of the browser that names itself so; None where neither is."""
    for pattern, (engine, name) in _ENGINES.items():
        if found := re.search(pattern, user_agent):
            return engine, name.format(found[1])
    return None, None


def other_verdict(shown: Shown, text: Text) -> str:
    """Return what the rules say of the author's scenario where that is something else; "" where it is not."""
    if _shape(shown.verdict) == _shape(shown.original):
        return ""
    words = exchange_in_words(shown.original.scenario, shown.original, text)
    return text("open_page.other_verdict", outcome=words.title, why=words.why.sentence)


def own_browser_page(shown: Shown, ran: Ran | None, runs: int, text: Text, texts: Mapping[str, Text]) -> str:
    """Return the page in the language of `text`. ran: the last run. texts: of all languages that it leads to."""
    request = shown.verdict.scenario
    page = "cors_exchange.sandboxed_page" if request.sandboxed else "cors_exchange.page"
    body = "\n".join(
        [
            _languages(text, texts),
            f'<main data-runs="{runs}">',
            f"<h1>{_words('title', text)}</h1>",
            f"<p>{_words('lead', text)}</p>",
            f'<p class="soft">{escape(text(page))} <code>{escape(request.page)}</code></p>',
            f"<pre><code>{escape(fetch_call(request.request))}</code></pre>",
            f'<div id="result" aria-live="polite">{"".join(_result(shown.verdict, ran, text))}</div>',
            f"<noscript><p>{_words('no_script', text)}</p></noscript>",
            f'<button id="again" type="button" hidden>{_words("again", text)}</button>',
            f'<p id="over" hidden>{_words("over", text)}</p>',
            f'<p class="soft">{_words("console", text)}</p>',
            *_rewritten(shown, text),
            *_answers(shown.verdict, text),
            "</main>",
        ]
    )
    return (
        f'<!doctype html>\n<html lang="{escape(text.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_words('title', text)}</title>\n"
        '<link rel="icon" href="data:,">\n<link rel="stylesheet" href="visit.css">\n'
        f'<script src="visit.js" defer></script>\n</head>\n<body>\n{body}\n</body>\n</html>\n'
    )


def _languages(text: Text, texts: Mapping[str, Text]) -> str:
    links = (
        f'<a href="{code}" hreflang="{code}" lang="{code}"{" aria-current=page" * (code == text.language)}>'
        f"{_words('language', each)}</a>"
        for code, each in texts.items()
    )
    return f'<nav aria-label="{_words("languages", text)}">{"".join(links)}</nav>'


def _result(verdict: RequestVerdict, ran: Ran | None, text: Text) -> Iterator[str]:
    words = exchange_in_words(verdict.scenario, verdict, text)
    why = f'{escape(words.why.sentence)} <a href="{escape(words.why.spec)}">{escape(words.why.name)}</a>'
    rules = [*_got(verdict.outcome, verdict.status, verdict.readable_headers, text), f"<p>{why}</p>"]
    engine, name = browser_of(ran.user_agent) if ran else (None, None)
    browser = name or text("open_page.your_browser")
    if ran is None:
        yield f'<p id="verdict">{_words("running", text)}</p>'
        theirs = []
    elif ran.result.outcome is None:
        yield f'<p id="verdict" data-agrees="no">{_words("no_answer", text)}</p>'
        theirs = _wire(ran.result.wire, verdict, text)
    else:
        outcome, wire = same_outcome(ran.result, verdict), same_wire(ran.result, verdict)
        key = "other_outcome" if not outcome else "agrees" if wire else "other_wire"
        yield f'<p id="verdict" data-agrees="{"yes" if outcome and wire else "no"}">{_words(key, text)}</p>'
        for deviation in known_deviations(ran.result, verdict, engine):
            yield f"<p>{escape(text('lab.known', sentence=text(f'deviations.{deviation}')))}</p>"
        theirs = [
            *_got(ran.result.outcome, ran.result.status, ran.result.readable_headers, text),
            *_wire(ran.result.wire, verdict, text),
        ]
        if ran.result.message is not None:
            theirs.append(f"<p>{_words('error', text)} <code>{escape(ran.result.message)}</code></p>")
    ours = "".join([*rules, *_wire(verdict.wire, verdict, text)])
    yield f'<div id="cards"><section><h2>{_words("by_the_rules", text)}</h2>{ours}</section>'
    heading = escape(text("open_page.in_browser", browser=browser))
    yield f"<section><h2>{heading}</h2>{''.join(theirs)}</section></div>"


def _got(outcome: str, status: int | None, readable_headers: Sequence[str], text: Text) -> list[str]:
    lines = [text(f"explain.outcome.{outcome}")]
    if outcome in ("basic", "cors"):
        names = ", ".join(readable_headers) or text("explain.no_headers")
        lines.append(text("explain.readable", status=status, names=names))
    return [f"<p>{escape(line)}</p>" for line in lines]


def _wire(wire: Sequence[WireEntry], verdict: RequestVerdict, text: Text) -> list[str]:
    if not wire:
        return [f"<p>{escape(text('explain.empty_wire'))}</p>"]
    items = "".join(f"<li>{''.join(_sent(entry, verdict, text))}</li>" for entry in wire)
    return [f"<p>{_words('wire', text)}</p><ol>{items}</ol>"]


def _sent(entry: WireEntry, verdict: RequestVerdict, text: Text) -> Iterator[str]:
    kind = "preflight" if entry.preflight else "request"
    line = text(f"explain.on_wire.{kind}", method=entry.method, server=verdict.scenario.server[entry.hop].at)
    yield f"<code>{escape(line)}</code>"
    for name, value in (("Origin", entry.origin), ("Access-Control-Request-Headers", entry.asks_headers)):
        if value is not None:
            yield f"<code>{escape(name)}: {escape(value)}</code>"


def _rewritten(shown: Shown, text: Text) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{_words(key, text)}</th>' for key in ("original", "stand_in"))
    rows = "".join(
        f"<tr><td><code>{escape(origin)}</code></td><td><code>{escape(stand_in)}</code></td></tr>"
        for origin, stand_in in shown.origins
    )
    yield f"<h2>{_words('rewritten', text)}</h2><p>{_words('what_is_rewritten', text)}</p>"
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    over_https = any(origin.startswith("https:") for origin, _ in shown.origins)
    lost = [*["not_https"] * over_https, *["one_site"] * (len(shown.origins) > 1), "not_the_net"]
    items = "".join(f"<li>{_words(key, text)}</li>" for key in lost)
    yield f"<h2>{_words('not_shown', text)}</h2><ul>{items}</ul>"
    other = other_verdict(shown, text)
    yield f'<p id="other"><strong>{escape(other)}</strong></p>' if other else f"<p>{_words('same_verdict', text)}</p>"


def _shape(verdict: RequestVerdict) -> tuple[object, ...]:
    """Return a verdict without the names of its origins."""
    wire = [(each.hop, each.method, each.preflight, each.asks_headers, each.origin is None) for each in verdict.wire]
    nulls = [each.origin == "null" for each in verdict.wire]
    return verdict.outcome, verdict.status, verdict.readable_headers, wire, nulls


def _answers(verdict: RequestVerdict, text: Text) -> Iterator[str]:
    found = [
        (text(f"cors_exchange.server.{kind}", server=hop.at), answer)
        for hop in verdict.scenario.server
        for kind, answer in (("preflight", hop.preflight), ("request", hop.response))
        if answer is not None
    ]
    if not found:
        return
    yield f"<details><summary>{_words('answers', text)}</summary>"
    for caption, answer in found:
        lines = [str(answer.status), *(f"{name}: {value}" for name, value in answer.header_list)]
        yield f"<p>{escape(caption)}</p><pre><code>{escape(chr(10).join(lines))}</code></pre>"
    yield "</details>"


def _words(key: str, text: Text) -> str:
    return escape(text(f"open_page.{key}"))
