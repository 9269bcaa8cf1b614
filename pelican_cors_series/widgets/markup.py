"""A comparison in words → the static HTML of the origin-compare widget, which its element later only fills anew.

What the element has to find again carries data-field, data-slot or data-part; nothing has an id, so that a page may
hold any number of widgets.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pelican_cors_series.text import Text

    from .address_pieces import Piece
    from .comparison import Cell, Comparison, Row
    from .step_lines import StepLine

_DOMAINS = {"a_domain": "first_domain", "b_domain": "second_domain"}
# The style sheet draws a sign for each; what is heard is the word.
_MARKS = {True: "same", False: "different", None: "not_compared"}


def markup(addresses: Sequence[str], domains: Mapping[str, str], compared: Sequence[Comparison], text: Text) -> str:
    """Return the widget as HTML: of one comparison all of it, of several a table.

    addresses: as the author wrote them, the one and then those that are compared with it. domains: what was set
    through document.domain, by the fence's keys. compared: one comparison for each address but the first.
    """
    only = compared[0] if len(compared) == 1 else None
    first = _pieces(only.a) if only else escape(addresses[0])
    fields = [_field("p", 1, first, text)]
    if only:
        fields.append(_field("p", 2, _pieces(only.b), text))
    fields += [_domain(name, domains[name], text) for name in _DOMAINS if name in domains]
    # Nothing between its pieces, as the element makes them: the two are compared to the letter.
    answer = "".join(_whole(only, text)) if only else _list(compared, text)
    return "\n".join(
        ["<origin-compare>", '<div data-slot="fields">', *fields, "</div>", answer, "</origin-compare>"],
    )


def _field(tag: str, number: int, address: str, text: Text) -> str:
    label = escape(text("origin_compare.address", number=number))
    scope = ' scope="row"' if tag == "th" else ""
    return (
        f'<{tag} data-field="{"a" if number == 1 else "b"}"{scope}><span>{label}</span> <code>{address}</code></{tag}>'
    )


def _pieces(pieces: Iterable[Piece]) -> str:
    return "".join(_piece(piece) for piece in pieces)


def _piece(piece: Piece) -> str:
    if not piece.part:
        return escape(piece.text)
    return f'<mark data-part="{piece.part}" data-filled="{piece.filled}">{escape(piece.text)}</mark>'


def _domain(name: str, value: str, text: Text) -> str:
    label = escape(text(f"origin_compare.{_DOMAINS[name]}"))
    return f'<p data-field="{name}"><span>{label}</span> <code>{escape(value)}</code></p>'


def _whole(comparison: Comparison, text: Text) -> Iterable[str]:
    yield f'<div data-slot="answer" data-relation="{comparison.relation}">'
    domain = f'<p data-slot="origin-domain">{escape(comparison.origin_domain)}</p>' if comparison.origin_domain else ""
    yield f'<div data-slot="verdict">{_title(comparison)}<p>{escape(comparison.meaning)}</p>{domain}</div>'
    heads = ("part", "", "compared", "")
    names = [text(f"origin_compare.{name}") if name else "" for name in heads]
    names[1], names[3] = (text("origin_compare.address", number=number) for number in (1, 2))
    yield _table("parts", names, (_row(row, text) for row in comparison.rows))
    yield f"{_details(comparison, '', text)}</div>"


def _list(compared: Iterable[Comparison], text: Text) -> str:
    heads = [text(f"origin_compare.{name}") for name in ("one", "differs", "verdict")]
    return _table("list", heads, (_line(number, each, text) for number, each in enumerate(compared, 2)))


def _line(number: int, comparison: Comparison, text: Text) -> str:
    answer = f"{_title(comparison)}{_details(comparison, f'<p>{escape(comparison.meaning)}</p>', text)}"
    address = _field("th", number, _pieces(comparison.b), text)
    differs = f"{escape(comparison.differs)}{_spelling(comparison)}"
    attributes = f'data-slot="answer" data-relation="{comparison.relation}"'
    return f"<tr {attributes}>{address}<td>{differs}</td><td>{answer}</td></tr>"


def _spelling(comparison: Comparison) -> str:
    """Return the host with its other spelling, where it has one."""
    host = next(row.b for row in comparison.rows if row.part == "host")
    return f"<small>{escape(f'{host.value} {host.note}') if host.value and host.note else ''}</small>"


def _title(comparison: Comparison) -> str:
    return f'<p><strong data-slot="title">{escape(comparison.title)}</strong></p>'


def _table(slot: str, heads: Iterable[str], rows: Iterable[str]) -> str:
    columns = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    return f'<table data-slot="{slot}"><thead><tr>{columns}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def _row(row: Row, text: Text) -> str:
    mark = _MARKS[row.same]
    word = f'<span class="unseen">{escape(text(f"origin_compare.names.{mark}"))}</span>'
    head = f'<th scope="row">{escape(text(f"origin_compare.names.{row.part}"))}</th>'
    return f'<tr data-part="{row.part}" data-mark="{mark}">{head}{_cell(row.a)}<td>{word}</td>{_cell(row.b)}</tr>'


def _cell(cell: Cell) -> str:
    return f"<td><code>{escape(cell.value)}</code> <small>{escape(cell.note)}</small></td>"


def _details(comparison: Comparison, first: str, text: Text) -> str:
    summary = f"<summary>{escape(text('origin_compare.steps_summary'))}</summary>"
    return f"<details>{summary}{first}{_steps(comparison.steps, text)}</details>"


def _steps(steps: Iterable[StepLine], text: Text) -> str:
    return f"<ol>{''.join(_step(step, text) for step in steps)}</ol>"


def _step(step: StepLine, text: Text) -> str:
    link = f'<a href="{escape(step.spec)}">{escape(step.name)}</a>'
    within = ""
    if step.within:
        summary = escape(text("origin_compare.within"))
        within = f"<details><summary>{summary}</summary>{_steps(step.within, text)}</details>"
    return f"<li><span>{escape(step.sentence)}</span> {link}{within}</li>"
