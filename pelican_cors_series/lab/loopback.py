"""A scenario as a browser of one's own can run it, without a proxy: every origin in it stands below localhost.

Browsers take each name that ends in `.localhost` for this machine. What one scenario keeps apart stays apart: a site
becomes one label (`https://www.shop.example` → `http://www.shop-example.localhost:4711`), so hosts of one site stay on
one and those of two stay on two; a second scheme or port of a host becomes a second port of its stand-in. The scheme is
always http, which browsers trust on loopback; certificates and mixed content can't be shown so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pelican_cors_series.rules import Answer, Hop
from pelican_cors_series.rules.bad_ports import BAD_PORTS
from pelican_cors_series.rules.leaves import parse_url
from pelican_cors_series.rules.origins import origin_of_a_url, serialization_of_an_origin
from pelican_cors_series.rules.public_suffix import registrable_domain

from .marks import SCHEMES
from .session import origin_of_the_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pelican_cors_series.rules import RequestScenario
    from pelican_cors_series.rules.records import Url

# Headers of an answer that name origins.
NAMES_ORIGINS = ("access-control-allow-origin", "timing-allow-origin")
WRITTEN_ORIGIN = re.compile(r"https?://[^\s,/]+", re.IGNORECASE)
LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class Place:
    """Where an origin stands: the name of its host, and which of the server's ports, or a port that none may use."""

    host: str
    index: int
    bad_port: int | None = None


@dataclass(frozen=True, slots=True)
class Loopback:
    """A scenario below localhost. origins: each of its origins, serialized, with the one that stands in for it."""

    scenario: RequestScenario
    origins: tuple[tuple[str, str], ...]


def places_of(scenario: RequestScenario) -> dict[str, Place]:
    """Find a place for every origin that a scenario names, the page's first; their keys are serialized origins.

    Raises CannotRunError for a page that is no http or https one.
    """
    origin_of_the_page(0, scenario)
    hosts: dict[str, str] = {}
    sites: dict[str, str] = {}
    ports: dict[str, int] = {}
    places: dict[str, Place] = {}
    for url in _addresses(scenario):
        origin = _origin(url)
        if origin in places or url.host is None:
            continue
        name = _host_name(url.host, hosts, sites)
        # The page itself has to be reached.
        if places and url.port in BAD_PORTS:
            places[origin] = Place(name, 0, url.port)
            continue
        places[origin] = Place(name, ports.get(name, 0))
        ports[name] = ports.get(name, 0) + 1
    return places


def on_loopback(scenario: RequestScenario, places: dict[str, Place], ports: Sequence[int]) -> Loopback:
    """Write a scenario anew at its places, of which one with the index i has the i-th of the ports."""
    origins = {
        origin: f"http://{place.host}:{ports[place.index] if place.bad_port is None else place.bad_port}"
        for origin, place in places.items()
    }
    page = _moved(scenario.page, None, origins)
    hops = tuple(
        Hop(origins[hop.at], _answer(hop.preflight, hop.at, origins), _answer(hop.response, hop.at, origins))
        if hop.at in origins
        else hop
        for hop in scenario.server
    )
    request = replace(scenario.request, url=_moved(scenario.request.url, scenario.page, origins))
    return Loopback(replace(scenario, page=page, request=request, server=hops), tuple(origins.items()))


def _answer(answer: Answer | None, at: str, origins: dict[str, str]) -> Answer | None:
    if answer is None:
        return None
    headers = []
    for name, value in answer.header_list:
        if name.lower() in NAMES_ORIGINS:
            headers.append((name, WRITTEN_ORIGIN.sub(lambda found: _named(found[0], origins), value)))
        elif name.lower() == "location":
            headers.append((name, _moved(value, f"{at}/", origins)))
        else:
            headers.append((name, value))
    return Answer(answer.status, headers)


def _addresses(scenario: RequestScenario) -> Iterator[Url]:
    """Give every address of a server that a scenario names, as URLs."""
    found = [parse_url(scenario.page), parse_url(scenario.request.url, scenario.page)]
    for hop in scenario.server:
        found.append(parse_url(hop.at))
        for answer in filter(None, (hop.preflight, hop.response)):
            for name, value in answer.header_list:
                if name.lower() == "location":
                    found.append(parse_url(value, f"{hop.at}/"))
                elif name.lower() in NAMES_ORIGINS:
                    found.extend(map(parse_url, WRITTEN_ORIGIN.findall(value)))
    yield from (url for url in found if url is not None and url.scheme in SCHEMES)


def _moved(address: str, base: str | None, origins: dict[str, str]) -> str:
    """Give an address that leads to the stand-in; one that does so already, or leads to no HTTP server, as it is."""
    url = parse_url(address, base)
    if url is None or url.scheme not in SCHEMES:
        return address
    scheme, _, authority = origins[_origin(url)].partition("://")
    # In the serialization of an HTTP URL the path begins at the third slash.
    at = len(f"{url.scheme}://")
    path = url.href.index("/", at)
    user_info, sign, _ = url.href[at:path].rpartition("@")
    wanted = f"{scheme}://{user_info}{sign}{authority}{url.href[path:]}"
    found = None if base is None else parse_url(address, _moved(base, None, origins))
    return address if found is not None and found.href == wanted else wanted


def _named(written: str, origins: dict[str, str]) -> str:
    """Give the stand-in of an origin as a header names it; a spelling that no browser takes for it stays one."""
    url = parse_url(written)
    if url is None:
        return written
    stand_in = origins[_origin(url)]
    return stand_in if written == _origin(url) else stand_in.replace("http:", "HTTP:", 1)


def _host_name(host: str, hosts: dict[str, str], sites: dict[str, str]) -> str:
    """Give the name that stands in for a host, always the same one for the same host, and enter it."""
    if host not in hosts:
        site = registrable_domain(host) or host
        if site not in sites:
            sites[site] = _unused(_label(site), sites)
        below = [_label(label) for label in host.removesuffix(site).split(".") if label]
        hosts[host] = _unused(".".join([*below, sites[site]]), hosts)
    return f"{hosts[host]}.localhost"


def _label(text: str) -> str:
    return re.sub("[^a-z0-9]+", "-", text)[:LONGEST_LABEL].strip("-") or "host"


def _unused(name: str, taken: dict[str, str]) -> str:
    first, dot, rest = name.partition(".")
    names = [name, *(f"{first}-{number}{dot}{rest}" for number in range(2, len(taken) + 3))]
    return next(each for each in names if each not in taken.values())


def _origin(url: Url) -> str:
    return serialization_of_an_origin(origin_of_a_url(url))
