"""An experiment: what a sandboxed frame does with a file of its own site, as the fence of a live-experiment says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast, get_args

from pelican_cors_series.rules import read_request_scenario
from pelican_cors_series.rules.leaves import parse_url
from pelican_cors_series.rules.located_values import Located
from pelican_cors_series.rules.potential_cors_requests import (
    cors_settings_attribute_states,
    create_a_potential_cors_request,
)
from pelican_cors_series.rules.request_scenario import RequestDescription

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pelican_cors_series.rules.request_scenario import FetchMode
    from pelican_cors_series.rules.scenario_fetch import Result

Does = Literal["fetch", "image", "stylesheet", "module", "import", "font", "localStorage", "IndexedDB", "caches"]
Side = Literal["with", "without"]

# Any address does: that of the page and that of the file have the same origin, which the frame's is none of.
SITE = "https://site.example/"
# Which file of the site each asks for; storage asks for none.
FILES: Mapping[Does, str] = {
    "fetch": "target.txt",
    "image": "image.svg",
    "stylesheet": "style.css",
    "module": "module.js",
    "import": "module.js",
    "font": "font.ttf",
}
# Those with a crossorigin attribute; without it they ask in no-cors mode.
_ATTRIBUTED = ("image", "stylesheet")
# What can come of each; only what is not asked for with CORS can be there and yet not be read.
_RESULTS: tuple[Result, ...] = ("readable", "opaque", "blocked")
_MEMBERS = ("does", "crossorigin", "request", "expect")
_REQUEST_MEMBERS = ("method", "mode", "credentials", "headers")


@dataclass(frozen=True, slots=True)
class Experiment:
    """What the frame does.

    request: what it asks the site for, None where it asks for nothing. crossorigin: whether an image or a stylesheet
    has that attribute. expect: what its author states, for a host that sends Access-Control-Allow-Origin: * with its
    files, and for one that does without; the verdict does not depend on it.
    """

    does: Does
    request: RequestDescription | None
    crossorigin: bool
    expect: Mapping[Side, Result]

    @property
    def results(self) -> tuple[Result, ...]:
        """What there is to choose from before it runs."""
        return _RESULTS if self.does in ("fetch", *_ATTRIBUTED) else ("readable", "blocked")


def read_experiment(given: object) -> Experiment:
    """Read an experiment from plain values, as YAML gives them.

    Raises ScenarioError for the first thing that is wrong; its member is a path such as `request.method`.
    """
    members = Located({} if given is None else given).members(_MEMBERS)
    does = cast("Does", members["does"].one_of(get_args(Does)) if "does" in members else "fetch")
    for name, fitting in (("request", ("fetch",)), ("crossorigin", _ATTRIBUTED)):
        if name in members and does not in fitting:
            members[name].refuse("unknown-member", f"this is there only where does is {' or '.join(fitting)}")
    crossorigin = "crossorigin" in members and members["crossorigin"].boolean()
    request = _fetch(members.get("request")) if does == "fetch" else _element_request(does, crossorigin=crossorigin)
    return Experiment(does, request, crossorigin, _expect(members.get("expect")))


def _fetch(given: Located | None) -> RequestDescription:
    if given is not None:
        given.members(_REQUEST_MEMBERS)
    values = cast("dict[str, object]", {} if given is None else given.value)
    scenario = {"page": SITE, "request": {**values, "url": SITE + FILES["fetch"]}}
    return read_request_scenario(scenario).request


def _element_request(does: Does, *, crossorigin: bool) -> RequestDescription | None:
    """Give the request as fetch() would make it; what it is for decides nothing about origins."""
    if does not in FILES:
        return None
    address = SITE + FILES[does]
    url = parse_url(address)
    if does not in _ATTRIBUTED or url is None:
        # Modules and fonts are always asked for so, whatever their elements say.
        return RequestDescription(address, mode="cors", credentials="same-origin")
    state = cors_settings_attribute_states("anonymous" if crossorigin else None)
    made = create_a_potential_cors_request(url, does, state, same_origin_fallback=False)
    return RequestDescription(address, mode=cast("FetchMode", made.mode), credentials=made.credentials_mode)


def _expect(given: Located | None) -> Mapping[Side, Result]:
    if given is None:
        return {}
    if isinstance(given.value, dict):
        members = given.members(get_args(Side))
        return {cast("Side", name): cast("Result", value.one_of(_RESULTS)) for name, value in members.items()}
    expected = cast("Result", given.one_of(_RESULTS))
    return {"with": expected, "without": expected}
