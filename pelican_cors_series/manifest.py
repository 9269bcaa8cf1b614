"""The web app manifest of a language: what a phone calls the site on its home screen, and shows for it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pelican_cors_series.view import LanguageView


def manifest(language: LanguageView, base: str, assets: str, icons: Iterable[str]) -> str:
    """Return the manifest. base: what stands before an address within the site. assets: where the theme's files lie.

    icons: the names of those among them that are icons: "icon.svg", "icon-192.png", "icon-maskable-512.png".
    """
    data = {
        "name": language.title or language.name,
        "description": language.description,
        "lang": language.code,
        "id": language.index_url,
        "start_url": language.index_url,
        "scope": f"{base}/",
        "display": "minimal-ui",
        "icons": [_icon(f"{assets}/{name}") for name in icons],
    }
    return json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False, indent=1) + "\n"


def _icon(address: str) -> dict[str, str]:
    side = re.search(r"-(\d+)\.png$", address)
    if side is None:
        return {"src": address, "sizes": "any", "type": "image/svg+xml"}
    purpose = "maskable" if "-maskable-" in address else "any"
    return {"src": address, "sizes": f"{side[1]}x{side[1]}", "type": "image/png", "purpose": purpose}
