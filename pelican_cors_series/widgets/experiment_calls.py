"""What the frame runs, as a page would write it, and where the Standards say how each file is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .experiment import FILES
from .fetch_call import fetch_call

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pelican_cors_series.rules.deviations import Engine

    from .experiment import Does, Experiment

_CALLS: Mapping[Does, str] = {
    "image": (
        "const image = new Image();\n{crossorigin}"
        'image.src = "image.svg";\n'
        "await image.decode();\n"
        "context.drawImage(image, 0, 0);\n"
        "context.getImageData(0, 0, 1, 1);"
    ),
    "stylesheet": '<link rel="stylesheet" href="style.css"{crossorigin}>\n<script>link.sheet.cssRules</script>',
    "module": '<script type="module" src="module.js"></script>',
    "import": 'await import("./module.js")',
    "font": 'await new FontFace("Experiment", "url(font.ttf)").load()',
    "localStorage": "localStorage.length",
    "IndexedDB": 'indexedDB.open("experiment")',
    "caches": "await caches.keys()",
}
_CROSSORIGIN: Mapping[Does, str] = {
    "image": 'image.crossOrigin = "anonymous";\n',
    "stylesheet": " crossorigin",
}
_HTML = "https://html.spec.whatwg.org/multipage/"
_POTENTIAL = ("HTML, potential-CORS request", f"{_HTML}urls-and-fetching.html#create-a-potential-cors-request")
_MODULE = ("HTML, module scripts", f"{_HTML}webappapis.html#fetch-a-single-module-script")
# How each is asked for: the name and the address of what says so. fetch() is asked for as its options say.
ASKS: Mapping[Does, tuple[str, str]] = {
    "image": _POTENTIAL,
    "stylesheet": _POTENTIAL,
    "module": _MODULE,
    "import": _MODULE,
    "font": ("CSS Fonts, font fetching", "https://drafts.csswg.org/css-fonts-4/#font-fetching-requirements"),
}
# What follows where a file was had without CORS, and what an opaque origin has no storage for.
OPAQUE: Mapping[Does, tuple[str, str]] = {
    "image": ("HTML, origin-clean canvases", f"{_HTML}canvas.html#concept-canvas-origin-clean"),
    "stylesheet": ("CSSOM, cssRules", "https://drafts.csswg.org/cssom/#dom-cssstylesheet-cssrules"),
}
# Engines that were seen to do otherwise than the Standard, with the version; the words on it go by what it does.
OTHERWISE: Mapping[Does, tuple[Engine, str]] = {"font": ("webkit", "2.50.6")}
STORAGE = ("Storage, storage keys", "https://storage.spec.whatwg.org/#obtain-a-storage-key")


def call_of(experiment: Experiment) -> str:
    """Return what the frame runs, in as many lines as that takes."""
    if experiment.does == "fetch" and experiment.request is not None:
        return fetch_call(replace(experiment.request, url=FILES["fetch"]))
    crossorigin = _CROSSORIGIN[experiment.does] if experiment.crossorigin else ""
    return _CALLS[experiment.does].replace("{crossorigin}", crossorigin)
