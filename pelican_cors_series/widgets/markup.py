"""A comparison in words → the static HTML of the origin-compare widget, which its element later only fills anew.

What the element has to find again carries data-field, data-slot or data-part; nothing has an id, so that a page may
hold any number of widgets.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pelican_cors_series.text import Text

    from .comparison import Cell, Comparison, Row
    from .step_lines import StepLine

_FIELDS = {"a": "first", "b": "second", "a_domain": "first_domain", "b_domain": "second_domain"}
_MARKS = {True: ("=", "same"), False: ("≠", "different"), None: ("·", "not_compared")}


def markup(fields: Mapping[str, str], comparison: Comparison, text: Text) -> str:
    """Return the widget as HTML.

    fields: what the author wrote, by the fence's keys: a, b, and a_domain, b_domain where they are set.
    """
    return "\n".join(
        [
            f'<origin-compare data-relation="{escape(comparison.relation)}">',
            '<div data-slot="fields">',
            *(_field(name, fields[name], text) for name in _FIELDS if name in fields),
            "</div>",
            '<div data-slot="verdict">',
            f'<p><strong data-slot="title">{escape(comparison.title)}</strong></p>',
            f'<p data-slot="meaning">{escape(comparison.meaning)}</p>',
            f'<p data-slot="origin-domain">{escape(comparison.origin_domain)}</p>',
            "</div>",
            _table(comparison, text),
            _details(comparison, text),
            "</origin-compare>",
        ],
    )


def _field(name: str, value: str, text: Text) -> str:
    label = escape(text(f"origin_compare.{_FIELDS[name]}"))
    return f'<p data-field="{name}"><span>{label}</span> <code>{escape(value)}</code></p>'


def _table(comparison: Comparison, text: Text) -> str:
    columns = ("part", "first_column", "compared", "second_column")
    heads = (f'<th scope="col">{escape(text(f"origin_compare.{name}"))}</th>' for name in columns)
    return "\n".join(
        [
            '<table data-slot="parts">',
            f"<caption>{escape(text('origin_compare.caption'))}</caption>",
            f"<thead><tr>{''.join(heads)}</tr></thead>",
            "<tbody>",
            *(_row(row, text) for row in comparison.rows),
            "</tbody>",
            "</table>",
        ],
    )


def _row(row: Row, text: Text) -> str:
    sign, word = _MARKS[row.same]
    mark = f'<span role="img" aria-label="{escape(text(f"origin_compare.{word}"))}">{sign}</span>'
    head = f'<th scope="row">{escape(text(f"origin_compare.{row.part}"))}</th>'
    return f'<tr data-part="{row.part}" data-mark="{word}">{head}{_cell(row.a)}<td>{mark}</td>{_cell(row.b)}</tr>'


def _cell(cell: Cell) -> str:
    return f"<td><code>{escape(cell.value)}</code> <small>{escape(cell.note)}</small></td>"


def _details(comparison: Comparison, text: Text) -> str:
    summary = f"<summary>{escape(text('origin_compare.steps'))}</summary>"
    # Nothing between the items, as the element makes them: the two are compared to the letter.
    return f"<details>\n{summary}\n{_steps(comparison.steps, text)}\n</details>"


def _steps(steps: Iterable[StepLine], text: Text) -> str:
    return f"<ol>{''.join(_step(step, text) for step in steps)}</ol>"


def _step(step: StepLine, text: Text) -> str:
    link = f'<a href="{escape(step.spec)}">{escape(step.name)}</a>'
    within = ""
    if step.within:
        summary = escape(text("origin_compare.within", count=len(step.within)))
        within = f"<details><summary>{summary}</summary>{_steps(step.within, text)}</details>"
    return f"<li><span>{escape(step.sentence)}</span> {link}{within}</li>"
