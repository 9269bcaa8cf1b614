"""Widgets: a fence in a Markdown text → static HTML with its verdict, and the modules that bring it to life.

`fence` reads what the author wrote, `origin_compare` judges it by the rules, `comparison` finds the words, `markup`
writes the HTML, `browser` gathers what the page loads. There origin-compare.js is the element, and
origin-comparison.js the twin of `comparison` over the printed rules.

`cors_doctor` is the doctor's fence, `doctor_causes` the usual messages by the rules, `doctor_markup` their HTML,
`doctor_snippets` the lines for servers, and `doctor_scripts` what its element loads: doctor-recognise.js reads what is
pasted, doctor-diagnosis.js asks the rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .browser import assets, scripts
from .cors_doctor import KIND as CORS_DOCTOR
from .cors_doctor import render_cors_doctor
from .cors_exchange import KIND as CORS_EXCHANGE
from .cors_exchange import render_cors_exchange
from .origin_compare import KIND as ORIGIN_COMPARE
from .origin_compare import render_origin_compare

if TYPE_CHECKING:
    from pelican_cors_series.problems import Place, Problem
    from pelican_cors_series.text import Text

__all__ = ["KINDS", "assets", "render", "scripts"]

_RENDERERS = {
    ORIGIN_COMPARE: render_origin_compare,
    CORS_EXCHANGE: render_cors_exchange,
    CORS_DOCTOR: render_cors_doctor,
}

KINDS = tuple(_RENDERERS)


def render(kind: str, source: str, place: Place, text: Text) -> tuple[str, list[Problem]]:
    """Return a widget as static HTML, "" where the fence has an error, and the problems in the fence.

    kind: the fence's name, one of KINDS. source: the fence's body. place: that of the line that opens the fence; line
    i of the body is the i-th after it. text: the words of the page's language.
    Raises KeyError for a kind that is not in KINDS and for a word that the language lacks.
    """
    return _RENDERERS[kind](source, place, text)
