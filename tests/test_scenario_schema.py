"""The JSON Schema of a scenario, held against the code that reads one."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from any_scenarios import NAMES, ORIGINS, SEQUENCE, json_values, requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pelican_cors_series.cli import main
from pelican_cors_series.rules import ScenarioError, read_scenario, scenario_schema

SCHEMA = scenario_schema()


def _fits(value: object, schema: dict[str, Any]) -> bool:
    """Say whether a value fits what is used here of JSON Schema."""
    kinds = schema.get("type", [])
    return all(
        (
            "$ref" not in schema or _fits(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]),
            "anyOf" not in schema or any(_fits(value, one) for one in schema["anyOf"]),
            "not" not in schema or not _fits(value, schema["not"]),
            "enum" not in schema or ((value is None or isinstance(value, str)) and value in schema["enum"]),
            not kinds or any(_is(value, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)),
            _is_within(value, schema),
        )
    )


def _is_within(value: object, schema: dict[str, Any]) -> bool:
    if isinstance(value, str):
        return "pattern" not in schema or re.search(schema["pattern"], value) is not None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        bounds = schema.get("minimum"), schema.get("maximum")
        return (bounds[0] is None or value >= bounds[0]) and (bounds[1] is None or value <= bounds[1])
    if isinstance(value, list):
        in_bounds = schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
        return in_bounds and all(_fits(item, schema.get("items", {})) for item in value)
    return not isinstance(value, dict) or _members_fit(value, schema)


def _members_fit(value: dict[str, Any], schema: dict[str, Any]) -> bool:
    if any(name not in value for name in schema.get("required", ())):
        return False
    others = schema.get("additionalProperties", {})
    known = schema.get("properties", {})
    return all(name in known or others is not False for name in value) and all(
        _fits(item, known.get(name, others or {})) for name, item in value.items()
    )


def _is(value: object, kind: str) -> bool:
    if kind in ("number", "integer"):
        return isinstance(value, (int, float) if kind == "number" else int) and not isinstance(value, bool)
    kinds = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
    return isinstance(value, kinds[kind])


def _code_of_refusal(scenario: object) -> str | None:
    try:
        read_scenario(scenario)
    except ScenarioError as error:
        return error.code
    return None


# What the reader asks for beyond the form: that an address parses and that a header can be sent.
BEYOND_THE_FORM = {"invalid-url", "opaque-origin", "invalid-header"}


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_the_schema_takes_what_the_reader_takes(data: st.DataObject) -> None:
    scenario = data.draw(st.one_of(requests, json_values, st.just(ORIGINS), st.just(SEQUENCE)))
    if isinstance(scenario, dict):
        # One member, at any depth, is another value.
        scenario = json.loads(json.dumps(scenario))
        places = [scenario, *(value for value in scenario.values() if isinstance(value, dict))]
        data.draw(st.sampled_from(places))[data.draw(st.sampled_from(NAMES))] = data.draw(json_values)
    code = _code_of_refusal(scenario)
    assert code in BEYOND_THE_FORM or _fits(scenario, SCHEMA) is (code is None)


def test_the_command_prints_either_schema(capsys: pytest.CaptureFixture[str]) -> None:
    printed = []
    for arguments in (["schema", "scenario"], ["schema"], ["schema", "front-matter"]):
        assert main(arguments) == 0
        printed.append(json.loads(capsys.readouterr().out))
    assert printed[0] == SCHEMA
    assert printed[1] == printed[2]
    assert printed[1]["title"] == "Front matter of a part"
