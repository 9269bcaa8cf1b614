"""A line of a console belongs to the scenario that it names, or to the one that was running."""

from __future__ import annotations

from pelican_cors_series.lab.console import ConsoleLine, lines_by_mark, webkit_lines

TERMINAL = """\
(MiniBrowser:1): Gtk-WARNING **: something of its own
https://app.example/~lab/page.js:67:17: CONSOLE INFO [lab begin ~lab-1]
CONSOLE SECURITY ERROR Origin null is not allowed by Access-Control-Allow-Origin. Status code: 200
CONSOLE JS ERROR Fetch API cannot load https://api.example/~lab-1/x due to access control checks.
https://app.example/~lab/page.js:70:17: CONSOLE INFO [lab end ~lab-1]
CONSOLE NETWORK WARN between two scenarios
https://app.example/~lab/page.js:67:17: CONSOLE INFO [lab begin ~lab-10]
CONSOLE SECURITY ERROR late word on https://api.example/~lab-1/x
CONSOLE SECURITY ERROR Preflight response is not successful. Status code: 405
https://app.example/~lab/page.js:70:17: CONSOLE INFO [lab end ~lab-10]
"""


def test_the_lines_of_a_terminal_go_to_their_scenarios() -> None:
    lines = lines_by_mark(webkit_lines(TERMINAL), ["~lab-1", "~lab-10", "~lab-2"])
    assert {mark: [line.text for line in found] for mark, found in lines.items()} == {
        "~lab-1": [
            "Origin null is not allowed by Access-Control-Allow-Origin. Status code: 200",
            "Fetch API cannot load https://api.example/~lab-1/x due to access control checks.",
            "late word on https://api.example/~lab-1/x",
        ],
        "~lab-10": ["Preflight response is not successful. Status code: 405"],
        "~lab-2": [],
    }


def test_a_line_is_about_the_address_that_comes_with_it() -> None:
    line = ConsoleLine("error", "Failed to load resource", "https://api.example/~lab-2/x")
    assert lines_by_mark([line], ["~lab-1", "~lab-2"]) == {"~lab-1": [], "~lab-2": [line]}
