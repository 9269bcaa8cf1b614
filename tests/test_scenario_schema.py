"""The JSON Schema of a scenario, held against the code that reads one."""

from __future__ import annotations

import json

import pytest
from any_scenarios import NAMES, ORIGINS, SEQUENCE, json_values, requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schema_fit import fits

from pelican_cors_series.cli import main
from pelican_cors_series.rules import ScenarioError, read_scenario, scenario_schema

SCHEMA = scenario_schema()


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
    assert code in BEYOND_THE_FORM or fits(scenario, SCHEMA, SCHEMA["$defs"]) is (code is None)


def test_the_command_prints_either_schema(capsys: pytest.CaptureFixture[str]) -> None:
    printed = []
    for arguments in (["schema", "scenario"], ["schema"], ["schema", "front-matter"]):
        assert main(arguments) == 0
        printed.append(json.loads(capsys.readouterr().out))
    assert printed[0] == SCHEMA
    assert printed[1] == printed[2]
    assert printed[1]["title"] == "Front matter of a part"
