"""The file _headers, which Netlify and Cloudflare Pages read: what a page can't say of itself in its <head>."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pelican_cors_series import comments, search
from pelican_cors_series.head import joined_sources, policy
from pelican_cors_series.part import PICTURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pelican_cors_series.settings import Settings

_YEAR = "public, max-age=31536000, immutable"


def headers(settings: Settings, assets: str, of_widgets: Mapping[str, str]) -> str:
    """Return the file. assets: the address below which the theme's files lie, such as "/theme".

    of_widgets: what the site's widgets need besides: directive → sources. A browser holds a page to its own policy and
    to this one, so that this one allows what any page of the site needs.
    """
    base = settings.site_path
    allowed = policy(
        joined_sources(comments.SOURCES if settings.giscus else {}, search.sources(settings.search), of_widgets)
    )
    # What the site frames of its own may be framed by it.
    ancestors = "'self'" if "frame-src" in of_widgets else "'none'"
    rules = {
        f"{base}/*": {
            "Content-Security-Policy": f"{allowed}; frame-ancestors {ancestors}",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "strict-origin-when-cross-origin",
        },
        # The name of each file in these says what is in it.
        f"{base}/{PICTURES}/*": {"Cache-Control": _YEAR},
        f"{assets}/fonts/*": {"Cache-Control": _YEAR},
    }
    return "\n".join(f"{path}\n" + _lines(fields) for path, fields in rules.items())


def _lines(fields: Mapping[str, str]) -> str:
    return "".join(f"  {name}: {value}\n" for name, value in fields.items())
