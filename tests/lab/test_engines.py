"""The real engines: each does with a handful of scenarios what the rules say, and leaves nothing behind."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import astuple, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pelican_cors_series import lab
from pelican_cors_series.lab import EngineName, Observation
from pelican_cors_series.observations import Observed, recorded_rows, recording
from pelican_cors_series.rules import judge_request, read_request_scenario
from pelican_cors_series.rules.deviations import deviations_of
from pelican_cors_series.side_by_side import same_outcome, same_wire

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE, API = "https://app.example/", "https://api.example"
# The random scenarios that each engine runs here, always the same; `make engines` runs 10,000 of a seed of its own.
SEED, SAMPLE = 66187, 300
ANY = {"Access-Control-Allow-Origin": "*"}
ALLOWED = {"Access-Control-Allow-Origin": "https://app.example"}
PUT = {"Access-Control-Allow-Methods": "PUT", **ALLOWED}
OK = {"status": 200, "headers": {**ALLOWED, "ETag": "1", "Content-Length": "5"}}
CREDENTIALED = {"status": 200, "headers": {**ALLOWED, "Access-Control-Allow-Credentials": "true"}}
MOVED = {"status": 302, "headers": {**ALLOWED, "Location": "http://app.example:8080/y"}}
SCENARIOS: dict[str, dict[str, Any]] = {
    "allowed": {"page": PAGE, "request": {"url": f"{API}/x"}, "response": OK},
    "not allowed": {"page": PAGE, "request": {"url": f"{API}/x"}, "response": {"status": 200}},
    "of one's own": {"page": PAGE, "request": {"url": "/x"}, "response": {"status": 404, "headers": {"X-A": "1"}}},
    "after a preflight": {
        "page": PAGE,
        "request": {"url": f"{API}:8443/x", "method": "PUT", "headers": [["X-A", "1"]], "body": "json-blob"},
        "preflight": {"status": 204, "headers": {**PUT, "Access-Control-Allow-Headers": "x-a, content-type"}},
        "response": OK,
    },
    "refused by the preflight": {
        "page": PAGE,
        "request": {"url": f"{API}/x", "method": "PUT"},
        "preflight": {"status": 405, "headers": PUT},
        "response": OK,
    },
    "redirected": {
        "page": "http://app.example:8080/",
        # Without credentials: with them WebKit would ask more of the servers behind the redirect.
        "request": {"url": "http://app.example:8080/x", "credentials": "omit"},
        "server": [
            {"at": "http://app.example:8080", "response": {"status": 302, "headers": {"Location": f"{API}/y"}}},
            {"at": API, "response": {"status": 307, "headers": {"Location": "/z", **ANY}}},
            {"at": API, "response": {"status": 200, "headers": ANY}},
        ],
    },
    "redirected, to an error": {"page": PAGE, "request": {"url": f"{API}/x", "redirect": "error"}, "response": MOVED},
    "redirected, by hand": {"page": PAGE, "request": {"url": f"{API}/x", "redirect": "manual"}, "response": MOVED},
    "in a sandbox": {
        "page": PAGE,
        "sandboxed": True,
        "request": {"url": "https://app.example/x", "method": "POST", "body": "text"},
        "response": {"status": 200, "headers": {"Access-Control-Allow-Origin": "null"}},
    },
    "in a sandbox, over http": {
        "page": "http://app.example/",
        "sandboxed": True,
        "request": {"url": "http://app.example/x"},
        "response": {"status": 200},
    },
    "not asking for CORS": {
        "page": PAGE,
        "request": {"url": f"{API}/x", "mode": "no-cors"},
        "response": {"status": 500},
    },
    "refused by the constructor": {"page": PAGE, "request": {"url": "https://u:p@api.example/"}},
    "credentialed": {"page": PAGE, "request": {"url": f"{API}/x", "credentials": "include"}, "response": CREDENTIALED},
    "credentialed, not allowed": {
        "page": PAGE,
        "request": {"url": f"{API}/x", "credentials": "include"},
        "response": OK,
    },
    "closed": {"page": PAGE, "request": {"url": f"{API}/x"}, "server": [{"at": API}]},
    "to another server than is there": {
        "page": PAGE,
        "request": {"url": f"{API}/x"},
        "server": [{"at": f"{API}:1234"}],
    },
}


@pytest.fixture(params=lab.NAMES)
def engine(request: pytest.FixtureRequest) -> EngineName:
    name: EngineName = request.param
    missing = lab.engine(name).found() is None or importlib.util.find_spec("trustme") is None
    if missing and os.environ.get("CI") != "true":
        pytest.skip(f"{lab.engine(name).title} or trustme is missing; tests/install-browser installs the engines")
    return name


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a folder that is this test's own, for all that browsers put anywhere: short, since sockets go there too."""
    with tempfile.TemporaryDirectory(prefix="lab-") as folder:
        monkeypatch.setattr(tempfile, "tempdir", folder)
        monkeypatch.setenv("TMPDIR", folder)
        yield Path(folder)


def left_behind(place: Path) -> list[str]:
    """Name what a browser of the lab may leave: its folder, and processes that live in it."""
    processes = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"{place}/cors-series-lab-".encode() in environment.read_bytes():
                processes.append(environment.parent.name)
        except OSError:
            continue
    return [path.name for path in place.iterdir()] + processes


def soon(place: Path) -> list[str]:
    end = time.monotonic() + 15
    while (left := left_behind(place)) and time.monotonic() < end:
        time.sleep(0.1)
    return left


def test_an_engine_does_what_the_rules_say(engine: EngineName, place: Path) -> None:
    scenarios = {name: read_request_scenario(given) for name, given in SCENARIOS.items()}
    seen = {
        list(scenarios)[observation.index]: observation for observation in lab.observe(scenarios.values(), [engine])
    }
    assert sorted(seen) == sorted(scenarios)
    for name, observation in seen.items():
        verdict = judge_request(scenarios[name])
        assert same_outcome(observation, verdict), (name, observation)
        assert same_wire(observation, verdict), (name, observation.wire, verdict.wire)
    assert len({observation.outcome for observation in seen.values()}) == 6
    assert soon(place) == []


def test_an_engine_agrees_with_its_rules_on_random_scenarios(engine: EngineName) -> None:
    scenarios = list(islice(lab.random_scenarios(SEED), SAMPLE))
    seen = list(lab.observe(scenarios, [engine]))
    assert sorted(observation.index for observation in seen) == list(range(SAMPLE))
    verdicts = {it.index: judge_request(replace(it.scenario, engine=engine)) for it in seen}
    again = f"benchmarks/engines.py --seed {SEED} --only PLACE shows one"
    assert [it.index for it in seen if not same_outcome(it, verdicts[it.index])] == [], again
    other_requests = [it.index for it in seen if not same_wire(it, verdicts[it.index])]
    assert len(other_requests) <= SAMPLE // 100, (other_requests, again)


def test_an_engine_still_does_what_was_recorded(engine: EngineName) -> None:
    rows = recorded_rows()
    seen = {it.index: it for it in lab.observe([row.scenario for row in rows], [engine])}
    assert sorted(seen) == list(range(len(rows)))
    otherwise = [row.id for place, row in enumerate(rows) if _in_form(seen[place]) != _in_form(row.observed[engine])]
    versions = f"recorded with {recording().engines[engine]}, now {lab.engine(engine).version()}"
    assert otherwise == [], f"{versions}; if the engine has changed, “make record” and see what differs"


def _in_form(seen: Observation | Observed) -> tuple[object, ...]:
    return seen.outcome, seen.status, seen.readable_headers, [*map(astuple, seen.wire)]


def test_an_engine_still_shows_each_of_its_deviations(engine: EngineName) -> None:
    known = deviations_of(engine)
    scenarios = [read_request_scenario(dict(deviation.scenario)) for deviation in known]
    gone = []
    for seen in lab.observe(scenarios, [engine]):
        verdict = judge_request(replace(seen.scenario, engine=engine))
        if not (same_outcome(seen, verdict) and same_wire(seen, verdict)):
            gone.append((known[seen.index].id, seen.outcome, seen.status, seen.readable_headers, seen.wire))
    assert gone == [], "an engine that does so no longer does as the Standard says: take the deviation out"


def test_an_engine_that_cannot_be_started_leaves_nothing_behind(
    engine: EngineName, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lab.Engine, "found", lambda self: ("/bin/false",) * len(self.programs))
    monkeypatch.setattr("pelican_cors_series.lab.marionette.PATIENCE", 1)
    scenarios = [read_request_scenario(SCENARIOS["allowed"])]
    with pytest.raises((lab.EngineError, subprocess.CalledProcessError)):
        list(lab.observe(scenarios, [engine], consoles=True))
    assert soon(place) == []


# What each engine writes about a missing permission; its wording may change, these words hardly.
REASONS = {"chromium": ("MissingAllowOriginHeader",), "firefox": ("CORSMissingAllowOrigin",), "webkit": ()}
WORDS = {
    "chromium": "No 'Access-Control-Allow-Origin' header",
    "firefox": "(Reason: CORS header",
    "webkit": "not allowed by Access-Control-Allow-Origin",
}


def test_an_engine_says_in_its_console_why_and_names_the_addresses_of_the_scenario(engine: EngineName) -> None:
    scenarios = [
        read_request_scenario(SCENARIOS[name]) for name in ("allowed", "not allowed", "in a sandbox, over http")
    ]
    found = {seen.index: seen for seen in lab.observe(scenarios, [engine], consoles=True)}
    assert found[0].console == ()
    for blocked, url in ((found[1], "https://api.example/x"), (found[2], "http://app.example/x")):
        text = "\n".join(blocked.console)
        assert WORDS[engine] in text
        assert url in text
        assert "~lab" not in text
        assert _begin(blocked.reasons, REASONS[engine])


def _begin(reasons: tuple[str, ...], words: tuple[str, ...]) -> bool:
    # Firefox numbers a reason when its wording changes.
    return all(reason.startswith(word) for reason, word in zip(reasons, words, strict=True))


def test_two_of_an_engine_can_be_listened_to_at_a_time(engine: EngineName) -> None:
    scenarios = [read_request_scenario(SCENARIOS["not allowed"])] * 2
    one, other = (lab.observe(scenarios, [engine], consoles=True) for _ in range(2))
    assert next(one).console == next(other).console != ()
    assert (len(list(one)), len(list(other))) == (1, 1)


def test_an_engine_tells_its_version(engine: EngineName) -> None:
    assert lab.engine(engine).version()[0].isdigit()


STOPPED = """
import sys
from itertools import islice
from pelican_cors_series import lab
for seen in lab.observe(islice(lab.random_scenarios(1), 5000), sys.argv[1:]):
    print(seen.index, flush=True)
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_a_run_that_is_stopped_leaves_no_process_and_no_folder(engine: EngineName, place: Path, name: str) -> None:
    command = [sys.executable, "-c", STOPPED, engine]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as run:
        assert run.stdout is not None
        assert run.stdout.readline().strip().isdecimal()
        assert left_behind(place) != []
        run.send_signal(getattr(signal, name))
        run.wait(20)
    assert soon(place) == []


def test_who_stops_listening_ends_the_browser(engine: EngineName, place: Path) -> None:
    scenarios = [read_request_scenario(given) for given in SCENARIOS.values()]
    observations = lab.observe(scenarios, [engine])
    first = next(observations)
    assert isinstance(first, Observation)
    observations.close()  # type: ignore[attr-defined]
    assert soon(place) == []
