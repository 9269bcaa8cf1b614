"""The form of the recording: what its reader takes, what its schema says, and that the same rows are the same bytes."""

from __future__ import annotations

import copy
import doctest
import gzip
import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from any_scenarios import NAMES, json_values
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schema_fit import fits

from pelican_cors_series import observations
from pelican_cors_series.cli import main
from pelican_cors_series.observations import (
    observation_schema,
    observed,
    read_row,
    recorded_rows,
    recording,
    write_recording,
)
from pelican_cors_series.rules import ScenarioError, read_request_scenario
from pelican_cors_series.rules.deviations import ENGINES

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA = observation_schema()
FOLDER = files("pelican_cors_series.observations")
LINES = gzip.decompress(FOLDER.joinpath("observed.jsonl.gz").read_bytes()).decode("ascii").splitlines()
MEMBERS = [*NAMES, "id", "observed", "outcome", "readable_headers", "wire", "reasons", "hop", "origin", "asks_headers"]
# What the reader asks for beyond the form: that an address parses and that a header can be sent.
BEYOND_THE_FORM = {"invalid-url", "opaque-origin", "invalid-header"}


def code_of_refusal(row: object) -> str | None:
    try:
        read_row(row)
    except ScenarioError as error:
        return error.code
    return None


def test_every_line_fits_the_schema_and_is_what_its_row_is_written_as() -> None:
    for line in LINES:
        row = json.loads(line)
        assert fits(row, SCHEMA, SCHEMA["$defs"]), row["id"]
        assert read_row(row).as_json() == row
    assert len({json.loads(line)["id"] for line in LINES}) == len(LINES) == recording().rows


def mappings_in(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from mappings_in(inner)


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_the_schema_takes_what_the_reader_takes(data: st.DataObject) -> None:
    row = copy.deepcopy(json.loads(data.draw(st.sampled_from(LINES))))
    place = data.draw(st.sampled_from([*mappings_in(row)]))
    name = data.draw(st.sampled_from([*place, *MEMBERS]))
    if data.draw(st.booleans()):
        place.pop(name, None)
    else:
        place[name] = data.draw(json_values)
    code = code_of_refusal(row)
    assert code in BEYOND_THE_FORM or fits(row, SCHEMA, SCHEMA["$defs"]) is (code is None), (code, row)


def test_the_same_rows_are_the_same_bytes(tmp_path: Path) -> None:
    write_recording(tmp_path, recording(), recorded_rows())
    for name in ("observed.jsonl.gz", "recording.json"):
        assert (tmp_path / name).read_bytes() == FOLDER.joinpath(name).read_bytes()


def test_it_is_small_enough_to_come_with_the_package() -> None:
    assert len(FOLDER.joinpath("observed.jsonl.gz").read_bytes()) < 100_000


def test_a_scenario_is_found_however_its_author_wrote_it() -> None:
    api, allowed = (
        "https://api.app.example/me",
        {"Access-Control-Allow-Origin": "*", "Content-Type": "application/json"},
    )
    request = {"url": api, "credentials": "include", "method": "GET", "mode": "cors"}
    short = {"page": "https://app.example/", "request": request, "response": {"status": 200, "headers": allowed}}
    server = [{"at": "https://API.app.example:443/", "preflight": None, "response": short["response"]}]
    long = {
        "page": "https://app.example/",
        "request": request,
        "server": server,
        "expect": "blocked",
        "sandboxed": False,
    }
    for scenario in (short, long):
        found = observed(read_request_scenario(scenario))
        assert {engine: it.outcome for engine, it in found.items()} == dict.fromkeys(ENGINES, "network-error")
    assert observed(read_request_scenario({**short, "page": "https://other.example/"})) == {}


def test_the_example_holds() -> None:
    result = doctest.testmod(observations)
    assert (result.failed, result.attempted > 0) == (0, True)


def test_the_command_prints_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "observation"]) == 0
    assert json.loads(capsys.readouterr().out) == SCHEMA
