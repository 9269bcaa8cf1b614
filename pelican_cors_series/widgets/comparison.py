"""A verdict on two addresses → the words that the origin-compare widget shows; origin-comparison.js is its twin."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pelican_cors_series.rules import default_port

from .address_pieces import Piece, Typed, typed, unicode_spelling
from .comparison_steps import is_shown
from .step_lines import StepLine, step_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pelican_cors_series.rules import OriginsScenario, OriginsVerdict, Step
    from pelican_cors_series.rules.records import Side
    from pelican_cors_series.text import Text


@dataclass(frozen=True, slots=True)
class Cell:
    """One part of one address: the value itself, and a word on it; either may be empty."""

    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Row:
    """One part of both addresses. `same` is None where the part takes no part in the comparison."""

    part: str
    a: Cell
    b: Cell
    same: bool | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that a comparison says in one language.

    `differs` names what differs, `a` and `b` are the addresses with that marked in them. `origin_domain` is "" where no
    document.domain was set.
    """

    relation: str
    title: str
    meaning: str
    origin_domain: str
    differs: str
    a: tuple[Piece, ...]
    b: tuple[Piece, ...]
    rows: tuple[Row, ...]
    steps: tuple[StepLine, ...]


def compare_in_words(scenario: OriginsScenario, verdict: OriginsVerdict, text: Text) -> Comparison:
    """Return what the widget says about a scenario, given its verdict, in the language of `text`.

    Raises KeyError where the language lacks a word or the sentence of a step that ran.
    """
    with_domain = scenario.a_domain is not None or scenario.b_domain is not None
    same_domain = "same" if verdict.same_origin_domain else "different"
    a, b = typed(scenario.a or "null"), typed(scenario.b or "null")
    rows = _rows(a, b, verdict, text)
    differing = [row.part for row in rows if row.same is False and row.part != "site"]
    opaque = verdict.a.opaque or verdict.b.opaque
    names = ", ".join(text(f"origin_compare.names.{part}") for part in differing) or text("origin_compare.none")
    return Comparison(
        relation=verdict.relation,
        title=text(f"origin_compare.title.{verdict.relation}"),
        meaning=text(f"origin_compare.meaning.{verdict.relation}"),
        origin_domain=text(f"origin_compare.origin_domain.{same_domain}") if with_domain else "",
        differs=text("origin_compare.opaque") if opaque else names,
        a=_marked(a, verdict.a, differing),
        b=_marked(b, verdict.b, differing),
        rows=rows,
        steps=_nested(verdict.steps, text),
    )


def _nested(steps: Iterable[Step], text: Text) -> tuple[StepLine, ...]:
    """Return the steps that compare the two, each with those before it that ask about one of them alone."""
    lines: list[StepLine] = []
    within: list[StepLine] = []
    # The algorithms ask for the same registrable domain again and again: once is enough to read.
    shown = (step for step in steps if is_shown(step))
    for line, compares in dict.fromkeys((step_line(step, text), "b" in step.given) for step in shown):
        if compares:
            lines.append(replace(line, within=tuple(within)))
            within = []
        else:
            within.append(line)
    return tuple(lines)


def _marked(address: Typed, side: Side, differing: list[str]) -> tuple[Piece, ...]:
    """Return the pieces of an address with the difference marked; it is its scheme that makes an origin opaque."""
    return address.pieces(("scheme",) if side.opaque else differing, default_port(side.scheme or ""))


def _rows(a: Typed, b: Typed, verdict: OriginsVerdict, text: Text) -> tuple[Row, ...]:
    left, right = verdict.a, verdict.b
    # An opaque origin has no parts to compare, even where its address has some.
    opaque = left.opaque or right.opaque
    # A port that is left out says nothing by itself: the Standard asks for ports only where the schemes are equal.
    ports = opaque or left.scheme != right.scheme
    return (
        _row("scheme", _cell(left.scheme, text), _cell(right.scheme, text), not_compared=opaque),
        _row("host", _host(a, left, text), _host(b, right, text), not_compared=opaque),
        _row("port", _port(a, left, text), _port(b, right, text), not_compared=ports),
        Row("site", _site(left, text), _site(right, text), verdict.same_site),
    )


def _row(part: str, a: Cell, b: Cell, *, not_compared: bool) -> Row:
    return Row(part, a, b, None if not_compared else a.value == b.value)


def _cell(value: str | None, text: Text) -> Cell:
    return Cell(value, "") if value else Cell("", text("origin_compare.none"))


def _host(address: Typed, side: Side, text: Text) -> Cell:
    """Return the host with its other spelling: as people write it, or as this address does."""
    if not side.host:
        return _cell(None, text)
    spelling = unicode_spelling(side.host)
    if spelling != side.host:
        return Cell(side.host, spelling)
    written = "" if address.host == side.host else text("origin_compare.written", typed=address.host)
    return Cell(side.host, written)


def _port(address: Typed, side: Side, text: Text) -> Cell:
    if side.port is not None:
        return Cell(str(side.port), "")
    port = default_port(side.scheme or "")
    if port is None:
        return _cell(None, text)
    # A parsed URL no longer tells a default port that was written from one that was left out.
    is_written = len(address.port) > len(":")
    return Cell(
        str(port), text("origin_compare.default_port" if is_written else "origin_compare.default_port_left_out")
    )


def _site(side: Side, text: Text) -> Cell:
    return Cell(side.site, text("origin_compare.opaque") if side.opaque else "")
