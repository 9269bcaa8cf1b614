"""The file _headers, which Netlify and Cloudflare Pages read: what a page can't say of itself in its <head>."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pelican_cors_series import comments, search
from pelican_cors_series.head import policy
from pelican_cors_series.part import PICTURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pelican_cors_series.settings import Settings

_YEAR = "public, max-age=31536000, immutable"


def headers(settings: Settings, assets: str) -> str:
    """Return the file. assets: the address below which the theme's files lie, such as "/theme".

    A browser holds a page to its own policy and to this one, so that this one allows what any page of the site needs.
    """
    base = settings.site_path
    rules = {
        f"{base}/*": {
            "Content-Security-Policy": f"{policy(_sources(settings))}; frame-ancestors 'none'",
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


def _sources(settings: Settings) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    wanted = [comments.SOURCES if settings.giscus else {}, search.sources(settings.search)]
    for directive, source in (pair for sources in wanted for pair in sources.items()):
        found.setdefault(directive, []).append(source)
    return {directive: " ".join(sources) for directive, sources in found.items()}
