"""The page of the CORS doctor: the usual messages with their causes, and the lines for each server, as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pelican_cors_series.widgets import doctor_markup

if TYPE_CHECKING:
    from pelican_cors_series.text import Text


@dataclass(frozen=True, slots=True)
class DoctorPage:
    """What the page shows, in one language: the element, links to the causes, the causes and the servers."""

    element: str
    index: str
    causes: str
    servers: str


def doctor_page(text: Text) -> DoctorPage:
    """Return what the page shows in the language of these words."""
    return DoctorPage(
        element=doctor_markup.doctor_markup(text),
        index=doctor_markup.index_markup(text),
        causes=doctor_markup.causes_markup(text, level=3),
        servers=doctor_markup.servers_markup(text),
    )
