"""Rows on origins, sites and hosts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pelican_cors_series.rules.document_domain import is_a_registrable_domain_suffix_of_or_is_equal_to
from pelican_cors_series.rules.hosts import parse_host
from pelican_cors_series.rules.leaves import parse_url
from pelican_cors_series.rules.origins import (
    origin_of_a_url,
    same_origin,
    same_origin_domain,
    same_site_of_two_origins,
    schemelessly_same_site,
    serialization_of_an_origin,
)
from pelican_cors_series.rules.public_suffix import public_suffix, registrable_domain
from pelican_cors_series.rules.records import Origin

from .corpus import plainly

if TYPE_CHECKING:
    from .corpus import Row, Way


def url_origin(way: Way, row: Row) -> bool:
    url = parse_url(row["input"], row["base"])
    if url is None:
        return row["expect"] is False
    origin = way(origin_of_a_url, lambda: (url,))
    return way(serialization_of_an_origin, lambda: (origin,)) == row["expect"]


def same_origin_row(way: Way, row: Row) -> bool:
    a, b = (Origin(opaque=False, **row[side]) for side in "ab")
    found = way(same_origin, lambda: (a, b)), way(same_origin_domain, lambda: (a, b))
    return found == (row["same_origin"], row["same_origin_domain"])


def same_site(way: Way, row: Row) -> bool:
    schemes_and_hosts = (row[side].split(" ") for side in "ab")
    a, b = (Origin(False, scheme, host, port=None, domain=None) for scheme, host in schemes_and_hosts)
    found = way(schemelessly_same_site, lambda: (a, b)), way(same_site_of_two_origins, lambda: (a, b))
    return found == (row["schemelessly"], row["same_site"])


def registrable_domain_row(way: Way, row: Row) -> bool:
    host = a_label(row["host"])
    registrable = way(registrable_domain, lambda: (host,)) == a_label(row["expect"])
    return registrable and ("suffix" not in row or way(public_suffix, lambda: (host,)) == a_label(row["suffix"]))


def registrable_suffix(way: Way, row: Row) -> bool:
    # The rows hold IPv6 as an address, the rules a host as it is serialized.
    host = f"[{row['host']}]" if ":" in row["host"] else row["host"]
    return way(is_a_registrable_domain_suffix_of_or_is_equal_to, lambda: (row["suffix"], host)) is row["expect"]


def domain_to_ascii(way: Way, row: Row) -> bool:
    # The host parser is the URL parser's own. A lone surrogate does not get out of QuickJS.
    called = plainly if re.search("[\ud800-\udfff]", row["input"]) else way
    return called(parse_host, lambda: (row["input"],)) == a_label(row["input"]) == row["expect"]


def a_label(host: str | None) -> str | None:
    """Give a host as the URL parser writes it: the rows have some in Unicode."""
    url = None if host is None else parse_url(f"https://{host}/")
    return None if url is None else url.host


CHECKS = {
    "url_origin": url_origin,
    "same_origin": same_origin_row,
    "same_site": same_site,
    "registrable_domain": registrable_domain_row,
    "registrable_suffix": registrable_suffix,
    "domain_to_ascii": domain_to_ascii,
}
