"""What the frame of an experiment is made of: files of the site, with a policy of their own."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

# Where they lie in the package, and where below the folder of the theme in the site.
_HERE, FOLDER = "experiment_frame", "experiment"
_FRAME = "frame.html"
# font.ttf has one empty glyph: it is there to be loaded, not to be seen.
_NAMES = (_FRAME, "frame.js", "target.txt", "image.svg", "style.css", "module.js", "font.ttf")
# To WebKit 'self' is nothing in a frame without an origin, so the site's own address is named as well, and the
# addresses at which an author looks at the site before it is published.
_PREVIEWS = ("http://127.0.0.1:*", "http://localhost:*")
_KINDS = ("script-src", "style-src", "img-src", "font-src", "connect-src")


def experiment_files(kinds: Collection[str], site_url: str) -> dict[str, bytes]:
    """Return the files that pages with these kinds of widgets frame, by their path below the theme's folder.

    site_url: where the site stands, with its path; "" where nobody says.
    """
    if "live-experiment" not in kinds:
        return {}
    here = files(__package__).joinpath(_HERE)
    found = {f"{FOLDER}/{name}": here.joinpath(name).read_bytes() for name in _NAMES}
    page = found[f"{FOLDER}/{_FRAME}"].decode("utf-8").replace("{policy}", _policy(site_url))
    return {**found, f"{FOLDER}/{_FRAME}": page.encode()}


def frame_sources(kinds: Collection[str], site_url: str) -> dict[str, str]:
    """Return what a policy that a host sends with every file has to allow for the frame: directive → sources."""
    return dict.fromkeys(_KINDS, _host(site_url)) if site_url and "live-experiment" in kinds else {}


def _host(site_url: str) -> str:
    # The host alone, as in https://blog.example: a path in a policy would be held against each file's.
    return "/".join(site_url.split("/")[:3])


def _policy(site_url: str) -> str:
    host = _host(site_url)
    sources = " ".join(filter(None, ("'self'", host, *_PREVIEWS)))
    allowed = "; ".join(f"{kind} {sources}" for kind in _KINDS)
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
