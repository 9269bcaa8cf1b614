"""The web app manifest of a language: what a phone calls the site on its home screen, and shows for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pelican_cors_series.view import LanguageView


def manifest(language: LanguageView, base: str, assets: str) -> str:
    """Return the manifest. base: what stands before an address within the site. assets: where the theme's files lie."""
    data = {
        "name": language.title or language.name,
        "description": language.description,
        "lang": language.code,
        "id": language.index_url,
        "start_url": language.index_url,
        "scope": f"{base}/",
        "display": "minimal-ui",
        "icons": [{"src": f"{assets}/icon.svg", "sizes": "any", "type": "image/svg+xml"}],
    }
    return json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False, indent=1) + "\n"
