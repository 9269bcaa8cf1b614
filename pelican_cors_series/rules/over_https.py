"""A scenario as it would be if the servers that are refused as mixed content answered at https:."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .change import Change
from .header_values import get
from .leaves import parse_url
from .mixed_content import with_the_scheme_https
from .origins import origin_of_a_url, serialization_of_an_origin

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from .fetch_records import Hop
    from .records import Url
    from .request_scenario import RequestScenario


@dataclass(frozen=True, slots=True)
class OverHttps:
    """A scenario whose servers answer at https:, and what leads a request there.

    `url` is the new address of the request, None where it keeps its own; `locations` are the changed redirects, `hops`
    the places that the servers of `scenario` have among those of the original.
    """

    scenario: RequestScenario
    url: str | None
    locations: tuple[Change, ...]
    hops: tuple[int, ...]


def over_https(scenario: RequestScenario, origins: Collection[str]) -> OverHttps:
    """Move the servers at these http: origins to https:, with every address that leads there.

    A server that only redirects to itself at https: goes: it is asked there at once.
    """
    server = scenario.server
    moved = [_https(hop.at) if hop.at in origins else None for hop in server]
    following = [*(hop.at for hop in server[1:]), None]
    hops = tuple(place for place, at in enumerate(moved) if at is None or at != following[place])
    url = _moved(scenario.request.url, scenario.page, origins)
    return OverHttps(
        scenario=replace(
            scenario,
            request=scenario.request if url is None else replace(scenario.request, url=url),
            server=tuple(replace(server[place], at=moved[place] or server[place].at) for place in hops),
        ),
        url=url,
        locations=tuple(change for at, place in enumerate(hops) for change in _locations(at, server[place], origins)),
        hops=hops,
    )


def where_they_answer(servers: Sequence[str], addresses: Collection[str]) -> list[str]:
    """Give the origins of servers, at https: for each that one of the addresses asks for there."""
    asked = {origin_at(url) for url in map(parse_url, addresses) if url is not None}
    return [at if _https(at) not in asked else _https(at) for at in servers]


def origin_at(url: Url) -> str:
    """Give the origin of a URL, serialized."""
    return serialization_of_an_origin(origin_of_a_url(url))


def _https(at: str) -> str:
    url = parse_url(at)
    return at if url is None or url.scheme != "http" else origin_at(with_the_scheme_https(url))


def _moved(address: str, base: str | None, origins: Collection[str]) -> str | None:
    url = parse_url(address, base)
    return with_the_scheme_https(url).href if url is not None and origin_at(url) in origins else None


def _locations(at: int, hop: Hop, origins: Collection[str]) -> list[Change]:
    location = None if hop.response is None else get("Location", hop.response.header_list)
    address = None if location is None else _moved(location, None, origins)
    return [] if address is None else [Change(at, "response", "header", "Location", address)]
