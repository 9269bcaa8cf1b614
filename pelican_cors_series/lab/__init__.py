"""The lab: scenarios run for real, in browsers that visit servers which answer as a scenario says.

>>> from pelican_cors_series.rules import judge_request, read_request_scenario
>>> api = {"url": "https://api.example/items/7"}
>>> scenario = read_request_scenario({"page": "https://app.example/", "request": api, "response": {"status": 200}})
>>> for seen in observe([scenario], installed()):  # doctest: +SKIP
...     print(seen.engine, seen.outcome, seen.outcome == judge_request(scenario).outcome)
chromium network-error True

`server` is every host by itself, `messages` its HTTP and `certificates` its TLS; `marks` and `run` know which scenario
a request belongs to, and `session` which scenarios a browser has to run, with `page.js` in it. `engines` names the
browsers, `chromium`, `firefox` and `webkit` start them, `browser` and `guard` hold and end them; `console`, `devtools`
and `marionette` read what they write. `observing` puts it all together; `random_scenarios` makes scenarios of a seed.

For a browser of the reader's own, which has no proxy, `loopback` moves a scenario below localhost, and `visit` shows it
there, with visit.js and visit.css.
"""

from __future__ import annotations

from .certificates import MissingLibraryError
from .engine import Engine, EngineError, EngineName, MissingEngineError
from .engines import NAMES, engine, installed
from .observing import Observation, observe
from .random_scenarios import random_scenarios
from .session import CannotRunError

__all__ = [
    "NAMES",
    "CannotRunError",
    "Engine",
    "EngineError",
    "EngineName",
    "MissingEngineError",
    "MissingLibraryError",
    "Observation",
    "engine",
    "installed",
    "observe",
    "random_scenarios",
]
