"""The JSON Schema of a line of the recording, made of what its reader goes by."""

from __future__ import annotations

from typing import Any, get_args

from pelican_cors_series.rules import scenario_schema
from pelican_cors_series.rules.deviations import ENGINES
from pelican_cors_series.rules.scenario_fetch import Outcome

from .rows import (
    NEEDED,
    OBSERVED_MEMBERS,
    OBSERVED_NEEDED,
    ROW_MEMBERS,
    SCENARIO_MEMBERS,
    WIRE_MEMBERS,
    WIRE_NEEDED,
)

Schema = dict[str, Any]


def observation_schema() -> Schema:
    """Give the JSON Schema (2020-12) of a scenario with what each engine did with it."""
    scenario = scenario_schema()
    request = scenario["$defs"]["request"]["properties"]
    known = {name: request[name] for name in SCENARIO_MEMBERS}
    known["server"] = {"type": "array", "items": {"$ref": "#/$defs/hop"}}
    known |= {
        "id": {"type": "string"},
        "observed": _mapping(ENGINES, ENGINES, dict.fromkeys(ENGINES, _ref("observed"))),
    }
    return {
        "$schema": scenario["$schema"],
        "title": "Observation",
        **_mapping(ROW_MEMBERS, NEEDED, known),
        "$defs": {
            "observed": _mapping(OBSERVED_MEMBERS, OBSERVED_NEEDED, _OBSERVED),
            "wire": _mapping(WIRE_MEMBERS, WIRE_NEEDED, _WIRE),
            **{name: scenario["$defs"][name] for name in ("description", "hop", "answer", "headers")},
        },
    }


def _mapping(members: tuple[str, ...], required: tuple[str, ...], known: Schema) -> Schema:
    return {
        "type": "object",
        "required": list(required),
        "properties": {name: known[name] for name in members},
        "additionalProperties": False,
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


_TEXTS: Schema = {"type": "array", "items": {"type": "string"}}
_OBSERVED: Schema = {
    "outcome": {"enum": list(get_args(Outcome))},
    "status": {"type": ["integer", "null"]},
    "readable_headers": _TEXTS,
    "wire": {"type": "array", "items": _ref("wire")},
    "reasons": {**_TEXTS, "type": ["array", "null"]},
}
_WIRE: Schema = {
    "hop": {"type": "integer"},
    "method": {"type": "string"},
    "preflight": {"type": "boolean"},
    "origin": {"type": ["string", "null"]},
    "asks_headers": {"type": ["string", "null"]},
}
