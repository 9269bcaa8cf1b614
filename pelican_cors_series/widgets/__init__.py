"""Widgets: a fence in a Markdown text → static HTML with its verdict, and the modules that bring it to life.

`fence` reads what the author wrote, `origin_compare` judges it by the rules, `comparison` finds the words, `markup`
writes the HTML, `browser` gathers what the page loads. There origin-compare.js is the element, and
origin-comparison.js the twin of `comparison` over the printed rules, with origin-steps.js for its steps; `bundle` makes
one module of all. `ask` puts a question before any widget. What a live-experiment does is read by `experiment`, judged
by `experiment_hosts`, and run by the page in the folder experiment_frame.

`cors_exchange`, `exchange`, `messages` and `exchange_markup` do the same for a request; `scenario_json` hands it to the
element, and `exchange_scripts` bundles its modules: cors-exchange.js offers to change the exchange and loads the others
when a reader reaches for that, exchange-scenario.js judges, exchange-change.js and exchange-https.js find what would
help, exchange-view.js makes the nodes, exchange-editor.js keeps them up with what the reader does in exchange-form.js,
which exchange-check.js reads.

`cors_doctor` is the doctor's fence, `doctor_causes` the usual messages by the rules, `doctor_markup` their HTML,
`doctor_snippets` the lines for servers, and `doctor_scripts` what its element loads: doctor-recognise.js reads what is
pasted, doctor-diagnosis.js asks the rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .ask import ELEMENT as ASKING
from .browser import assets, scripts, sources
from .cors_doctor import KIND as CORS_DOCTOR
from .cors_doctor import render_cors_doctor
from .cors_exchange import KIND as CORS_EXCHANGE
from .cors_exchange import render_cors_exchange
from .experiment_files import experiment_files, frame_sources
from .fence import KIND as ORIGIN_COMPARE
from .live_experiment import KIND as LIVE_EXPERIMENT
from .live_experiment import render_live_experiment
from .observed import is_unobserved
from .origin_compare import render_origin_compare

if TYPE_CHECKING:
    from pelican_cors_series.problems import Place, Problem
    from pelican_cors_series.text import Text

__all__ = [
    "ELEMENTS",
    "KINDS",
    "assets",
    "elements_of",
    "experiment_files",
    "frame_sources",
    "lacks_observation",
    "render",
    "scripts",
    "sources",
]

_RENDERERS = {
    ORIGIN_COMPARE: render_origin_compare,
    CORS_EXCHANGE: render_cors_exchange,
    LIVE_EXPERIMENT: render_live_experiment,
    CORS_DOCTOR: render_cors_doctor,
}

KINDS = tuple(_RENDERERS)
# What stands on its own in a page: the widgets, and what may stand around one.
ELEMENTS = (*KINDS, ASKING)


def render(kind: str, source: str, place: Place, text: Text) -> tuple[str, list[Problem]]:
    """Return a widget as static HTML, "" where the fence has an error, and the problems in the fence.

    kind: the fence's name, one of KINDS. source: the fence's body. place: that of the line that opens the fence; line
    i of the body is the i-th after it. text: the words of the page's language.
    Raises KeyError for a kind that is not in KINDS and for a word that the language lacks.
    """
    return _RENDERERS[kind](source, place, text)


def lacks_observation(kind: str, markup: str) -> bool:
    """Tell whether a widget is an exchange that does not say what engines did with it: none was recorded."""
    return kind == CORS_EXCHANGE and is_unobserved(markup)


def elements_of(markup: str) -> set[str]:
    """Return the elements that a widget's HTML has: itself, and what stands around it."""
    return {name for name in ELEMENTS if f"<{name}" in markup}
