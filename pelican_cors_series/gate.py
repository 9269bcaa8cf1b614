"""The gate: no page is written, and no old one deleted, while the content has an error."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pelican as pelican_module
from pelican import read_settings as read_pelican_settings
from pelican.utils import wait_for_changes

from pelican_cors_series.preflight import Tree, read_tree
from pelican_cors_series.problems import has_error, report
from pelican_cors_series.reader import TREE, Handed
from pelican_cors_series.settings import read_settings
from pelican_cors_series.site import SiteGenerator

if TYPE_CHECKING:
    from types import FrameType

    from pelican import Pelican


class SettingsChanged(Exception):  # noqa: N818 - Pelican prints it as a sentence
    """Ends a run under --autoreload, so that Pelican begins the next one with the new settings."""


def check_first(pelican: Pelican) -> type[SiteGenerator]:
    """Receive get_generators, the last moment at which the old site is whole: read the content and judge it.

    Prints each problem. With an error it ends the build with exit code 1; under --autoreload, where ending would end
    the watching, it waits for a change and reads again until the content is in order.
    """
    loop = _autoreload_frame()
    while True:
        tree = _read(pelican)
        if tree is not None:
            pelican.settings[TREE] = Handed(tree)
            return SiteGenerator
        if loop is None:
            raise SystemExit(1)
        _wait(pelican, loop)


def _read(pelican: Pelican) -> Tree | None:
    settings, problems = read_settings(pelican.settings, "pelicanconf.py")
    tree = read_tree(settings)
    problems = [*problems, *tree.problems]
    sys.stderr.write(report(problems))
    sys.stderr.flush()
    return None if has_error(problems) else tree


def _autoreload_frame() -> FrameType | None:
    """Return the frame of Pelican's autoreload loop if this run was started by it.

    No setting tells, and the command line need not be Pelican's own: task runners call pelican.main().
    """
    frame: FrameType | None = sys._getframe()  # noqa: SLF001 - the documented way to see the stack
    while frame is not None and frame.f_code is not pelican_module.autoreload.__code__:
        frame = frame.f_back
    return frame


def _wait(pelican: Pelican, loop: FrameType) -> None:
    arguments: Any = loop.f_locals["args"]
    file = loop.f_locals["settings_file"]
    sys.stderr.write("The site stays as it was. Waiting for a change …\n")
    sys.stderr.flush()
    changed = {path for _, path in wait_for_changes(arguments.settings, pelican.settings)}
    if file in changed:
        # Pelican's loop sees changes of the settings only while it waits itself.
        fresh = read_pelican_settings(arguments.settings, override=pelican_module.get_config(arguments))
        pelican.settings.clear()
        pelican.settings.update(fresh)
        pelican.__init__(pelican.settings)  # the same instance, for the loop holds on to it
        message = "the settings have changed, so the site is built anew with them"
        raise SettingsChanged(message)
