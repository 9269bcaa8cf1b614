"""What three engines did with scenarios, as the lab recorded it: read without a browser, and without the lab.

>>> from pelican_cors_series.rules import read_request_scenario
>>> api = {"url": "https://api.app.example/me", "credentials": "include"}
>>> headers = {"Access-Control-Allow-Origin": "*", "Content-Type": "application/json"}
>>> scenario = {"page": "https://app.example/", "request": api, "response": {"status": 200, "headers": headers}}
>>> seen = observed(read_request_scenario(scenario))
>>> {engine: it.outcome for engine, it in seen.items()}
{'chromium': 'network-error', 'firefox': 'network-error', 'webkit': 'network-error'}

`rows` has the form of one scenario with what was observed, `recording` the file of all, `schema` its JSON Schema.
"""

from __future__ import annotations

from .recording import Recording, observed, recorded_rows, recording, write_recording
from .rows import Observed, Row, key_of, plain_scenario, read_row
from .schema import observation_schema

__all__ = [
    "Observed",
    "Recording",
    "Row",
    "key_of",
    "observation_schema",
    "observed",
    "plain_scenario",
    "read_row",
    "recorded_rows",
    "recording",
    "write_recording",
]
