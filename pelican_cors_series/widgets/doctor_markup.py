"""The cors-doctor as static HTML: how to read the usual messages by oneself, and how to tell a server what to allow.

Nothing of it needs JavaScript; the element puts the box to paste into before it.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from .doctor_causes import causes
from .doctor_snippets import Policy, servers, snippet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pelican_cors_series.text import Text

    from .doctor_causes import Cause

# What the lines for a server show: a request that asks for all that can be asked for.
EXAMPLE = Policy("https://app.example", ("GET", "HEAD", "POST", "PUT"), ("content-type",), credentials=True)


def doctor_markup(text: Text, given: str = "") -> str:
    """Return the element. given: a text that it diagnoses as soon as it is in view."""
    lines = ["<cors-doctor>"]
    if given:
        lines.append(f'<pre data-slot="given"><code>{escape(given)}</code></pre>')
    lines.append(f'<p data-slot="without-script">{escape(text("cors_doctor.without_script"))}</p>')
    return "\n".join([*lines, "</cors-doctor>"])


def causes_markup(text: Text, level: int) -> str:
    """Return the usual messages with their causes. level: of the heading that each cause has; 0 folds it instead."""
    return "\n".join(line for cause in causes(text) for line in _cause(cause, text, level))


def index_markup(text: Text) -> str:
    """Return links to the causes, as causes_markup names them."""
    items = "".join(f'<li><a href="#{cause.id}">{escape(cause.title)}</a></li>' for cause in causes(text))
    return f'<ul class="causes-index">{items}</ul>'


def servers_markup(text: Text) -> str:
    """Return what each server has to be told, folded."""
    return "\n".join(
        f'<details class="server"><summary>{escape(server.name)}</summary>\n'
        f'<pre tabindex="0"><code>{escape(snippet(server, EXAMPLE))}</code></pre>\n'
        f'<p><a href="{escape(server.docs)}">{escape(text("cors_doctor.docs"))}</a></p></details>'
        for server in servers()
    )


def _cause(cause: Cause, text: Text, level: int) -> Iterator[str]:
    title = escape(cause.title)
    if level:
        yield f'<section class="cause" id="{cause.id}">\n<h{level}>{title}</h{level}>'
    else:
        yield f'<details class="cause"><summary>{title}</summary>'
    yield '<dl class="messages">'
    for browser, lines in cause.messages:
        # Engines write in English here.
        items = "".join(f'<dd lang="en"><code>{escape(line)}</code></dd>' for line in lines)
        yield f"<div><dt>{escape(browser)}</dt>{items}</div>"
    yield "</dl>"
    yield f'<p>{escape(cause.why.sentence)} <a href="{escape(cause.why.spec)}">{escape(cause.why.name)}</a></p>'
    hint = text.words["cors_doctor"]["hint"].get(cause.id)
    if hint:
        yield f"<p>{escape(hint)}</p>"
    if cause.remedy:
        items = "".join(f"<li>{escape(where)} <code>{escape(line)}</code></li>" for where, line in cause.remedy)
        yield f'<p class="remedy">{escape(text("cors_doctor.cause_remedy"))}</p>\n<ul>{items}</ul>'
    yield "</section>" if level else "</details>"
