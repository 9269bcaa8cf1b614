"""The cors-doctor widget: a fence, with a text to diagnose or empty, → the element and what can be read without it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from .doctor_markup import causes_markup, doctor_markup

if TYPE_CHECKING:
    from pelican_cors_series.problems import Place, Problem
    from pelican_cors_series.text import Text

KIND = "cors-doctor"


def render_cors_doctor(source: str, _opening: Place, text: Text) -> tuple[str, list[Problem]]:
    """Return the widget of a fence's body as HTML. Any text is one that a reader could paste, so nothing is wrong."""
    folded = (
        f'<details class="causes"><summary>{escape(text("cors_doctor.causes_title"))}</summary>\n'
        f"<p>{escape(text('cors_doctor.causes_lead'))}</p>\n{causes_markup(text, level=0)}\n</details>"
    )
    return f'{doctor_markup(text, source.strip())}\n<div class="doctor-causes">\n{folded}\n</div>', []
