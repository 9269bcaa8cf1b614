"""What hosts may answer, and what comes of an experiment on each: judged at build by the rules, looked up in the page.

An experiment is the author's and stays as it is, so all that a verdict depends on are a few headers of the host. Each
host has a name made of what its headers say, which the page can make too; the page needs no rules for that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pelican_cors_series.rules import RequestScenario, judge_request
from pelican_cors_series.rules.deciding_step import deciding_step
from pelican_cors_series.rules.fetch_records import Answer, Hop
from pelican_cors_series.rules.request_methods import cors_safelisted_method

from .experiment import SITE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pelican_cors_series.rules import RequestDescription, Step
    from pelican_cors_series.rules.scenario_fetch import Result

    from .experiment import Experiment, Side

_ORIGIN, _CREDENTIALS = "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials"
_METHODS, _HEADERS = "Access-Control-Allow-Methods", "Access-Control-Allow-Headers"
# What a host may say of origins. The frame's origin is written null, and any other value is as good as any other.
OTHER = "other"
ORIGINS: Mapping[str, list[tuple[str, str]]] = {
    "star": [(_ORIGIN, "*")],
    "none": [],
    "null": [(_ORIGIN, "null")],
    "null-credentials": [(_ORIGIN, "null"), (_CREDENTIALS, "true")],
    OTHER: [(_ORIGIN, "https://other.example")],
}
_STATUSES = {"ok": 204, "refused": 405}
# Whether the answer to a preflight names what is asked for, allows everything with an asterisk, or neither.
_ALLOWS = ("named", "any", "nothing")
# The two kinds of plain hosts. They serve files, and OPTIONS is no way to ask for one.
_PLAIN: Mapping[Side, str] = {"with": "star", "without": "none"}
_REFUSES = ".refused.nothing"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a preflight asks for: the method, "" for one that needs no permission, and the names of headers."""

    method: str
    headers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OnHosts:
    """What comes of an experiment on some hosts.

    hosts: their names, none for every host. step: what decides it. of_preflight: whether it is the answer to the
    preflight that decides, so that the request itself is never sent.
    """

    hosts: tuple[str, ...]
    result: Result
    step: Step
    of_preflight: bool


@dataclass(frozen=True, slots=True)
class JudgedExperiment:
    """An experiment and what comes of it. asked: what its preflight asks for, None where it has none.

    rows: every host is one of them in exactly one; there are none where the experiment asks no host for anything.
    """

    experiment: Experiment
    asked: Asked | None
    rows: tuple[OnHosts, ...]

    def on_plain_host(self, side: Side) -> OnHosts | None:
        """Return what comes of it on a plain host: one that sends Access-Control-Allow-Origin: *, or none."""
        plain = _PLAIN[side]
        names = {plain} if self.asked is None else {f"{plain}{_REFUSES}", f"{plain}{_REFUSES}/{plain}"}
        return next((row for row in self.rows if not row.hosts or names & {*row.hosts}), None)


def judge_experiment(experiment: Experiment) -> JudgedExperiment:
    """Judge an experiment on every host; hosts with the same result by the same step come together."""
    if experiment.request is None:
        return JudgedExperiment(experiment, None, ())
    asked = _asked(experiment.request)
    found: dict[tuple[Result, str, bool], tuple[list[str], Step]] = {}
    for host in _hosts(asked):
        verdict = judge_request(_scenario(experiment.request, host, asked))
        step = deciding_step(verdict.steps, verdict.outcome)
        of_preflight = bool(verdict.wire) and verdict.wire[-1].preflight
        # What is never sent has no answer that could matter.
        name = host.rpartition("/")[0] if of_preflight else host
        found.setdefault((verdict.result, step.step, of_preflight), ([], step))[0].append(name)
    return JudgedExperiment(
        experiment,
        asked,
        tuple(
            OnHosts(() if len(found) == 1 else tuple(dict.fromkeys(names)), result, step, of_preflight)
            for (result, _, of_preflight), (names, step) in found.items()
        ),
    )


def says_of_origins(host: str) -> str:
    """Return which of ORIGINS a host sends: with its files, or, where it is named for that alone, to a preflight."""
    return host.rpartition("/")[2].partition(".")[0]


def _asked(request: RequestDescription) -> Asked | None:
    wire = judge_request(_scenario(request, f"none{_REFUSES}/none", Asked("", ()))).wire
    if not wire or not wire[0].preflight:
        return None
    method = "" if cors_safelisted_method(request.method) else request.method
    return Asked(method, tuple((wire[0].asks_headers or "").split(",")) if wire[0].asks_headers else ())


def _hosts(asked: Asked | None) -> Iterator[str]:
    if asked is None:
        yield from ORIGINS
        return
    for origin in ORIGINS:
        for answer in (_REFUSES, *(f".ok.{allows}" for allows in _ALLOWS)):
            yield from (f"{origin}{answer}/{response}" for response in ORIGINS)


def _scenario(request: RequestDescription, host: str, asked: Asked | None) -> RequestScenario:
    preflight, _, response = host.rpartition("/")
    hop = Hop(SITE.rstrip("/"), _preflight(preflight, asked), Answer(200, list(ORIGINS[response])))
    return RequestScenario(page=SITE, request=request, server=(hop,), sandboxed=True)


def _preflight(host: str, asked: Asked | None) -> Answer | None:
    if asked is None:
        return None
    origin, status, allows = host.split(".")
    named = [(_METHODS, asked.method), (_HEADERS, ", ".join(asked.headers))]
    allowed = {"named": named, "any": [(_METHODS, "*"), (_HEADERS, "*")], "nothing": []}[allows]
    return Answer(_STATUSES[status], [*ORIGINS[origin], *allowed])
