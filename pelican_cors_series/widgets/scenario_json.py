"""A request scenario as the plain values that it can be read from again: what a widget hands to its element."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pelican_cors_series.rules import RequestDescription
from pelican_cors_series.rules.leaves import parse_url
from pelican_cors_series.rules.over_https import origin_at

if TYPE_CHECKING:
    from pelican_cors_series.rules import Answer, RequestScenario

# Their names in a scenario, where they have others there.
_NAMES = {"referrer_policy": "referrerPolicy"}


def scenario_json(scenario: RequestScenario) -> str:
    """Return a scenario as compact JSON in the form of its schema; `expect` and `engine` are left out."""
    return json.dumps(plain_scenario(scenario), ensure_ascii=False, separators=(",", ":"))


def plain_scenario(scenario: RequestScenario) -> dict[str, object]:
    """Return a scenario as plain values, without what says nothing; exchange-scenario.js has the twin of it."""
    page = {"page": scenario.page, **({"sandboxed": True} if scenario.sandboxed else {})}
    return {**page, "request": _request(scenario.request), **_servers(scenario)}


def _request(request: RequestDescription) -> dict[str, object]:
    silent = RequestDescription(url="")
    return {
        _NAMES.get(name, name): list(map(list, value)) if name == "headers" else value
        for name in RequestDescription.__slots__
        if (value := getattr(request, name)) != getattr(silent, name) or name == "url"
    }


def _servers(scenario: RequestScenario) -> dict[str, object]:
    answers = [
        {name: _answer(answer) for name in ("preflight", "response") if (answer := getattr(hop, name)) is not None}
        for hop in scenario.server
    ]
    url = parse_url(scenario.request.url, scenario.page)
    first = "null" if url is None else origin_at(url)
    if [hop.at for hop in scenario.server] == [first] and answers[0]:
        return {**answers[0]}
    servers = [{"at": hop.at, **its} for hop, its in zip(scenario.server, answers, strict=True)]
    return {"server": servers} if servers else {}


def _answer(answer: Answer) -> dict[str, object]:
    headers = [list(header) for header in answer.header_list]
    return {"status": answer.status, **({"headers": headers} if headers else {})}
