"""Rows that nobody here wrote, through Python and through the printed JavaScript."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from conftest import shared
from quickjs_twin import QuickJsTwin, python_call

from pelican_cors_series.minifier import minify
from pelican_cors_series.rules import all_rules, print_rules
from pelican_cors_series.rules.hosts import parse_host
from pelican_cors_series.rules.leaves import parse_url
from pelican_cors_series.rules.origins import opaque_origin
from pelican_cors_series.rules.records import Origin

if TYPE_CHECKING:
    from collections.abc import Callable

OLD_RULE = "the Standard's example of a suffix, wildlife.museum, which the list has dropped since"
# Every row of the other files holds.
KNOWN_DIFFERENCES = {
    ("same_site", "https r.wildlife.museum", "https other.wildlife.museum"): OLD_RULE,
    ("same_site", "https r.wildlife.museum", "https wildlife.museum"): OLD_RULE,
}


@pytest.fixture(scope="module", params=[False, True], ids=["readable", "minified"])
def twin(request: pytest.FixtureRequest) -> QuickJsTwin:
    printed = print_rules()
    return QuickJsTwin(minify(printed).text if request.param else printed)


def both(twin: QuickJsTwin, name: str, *arguments: object) -> object:
    """Call a rule in both languages, hold the traces against each other, and return the result."""
    python = python_call(all_rules()[name], arguments)
    assert twin.call(name, arguments) == python
    assert python["trace"]
    return all_rules()[name](*arguments)


def url_origin(twin: QuickJsTwin, row: dict[str, Any]) -> bool:
    url = parse_url(row["input"], row["base"])
    if url is None:
        return row["expect"] is False
    origin = both(twin, "origin_of_a_url", url)
    return both(twin, "serialization_of_an_origin", origin) == row["expect"]


def same_origin(twin: QuickJsTwin, row: dict[str, Any]) -> bool:
    a, b = (Origin(opaque=False, **row[side]) for side in "ab")
    return all(both(twin, name, a, b) is row[name] for name in ("same_origin", "same_origin_domain"))


def same_site(twin: QuickJsTwin, row: dict[str, Any]) -> bool:
    a, b = (Origin(False, *row[side].split(" "), port=None, domain=None) for side in "ab")
    found = {
        "schemelessly": both(twin, "schemelessly_same_site", a, b),
        "same_site": both(twin, "same_site_of_two_origins", a, b),
    }
    return all(found[name] is row[name] for name in found)


def registrable_domain(twin: QuickJsTwin, row: dict[str, Any]) -> bool:
    host = a_label(row["host"])
    registrable = both(twin, "registrable_domain", host) == a_label(row["expect"])
    return registrable and ("suffix" not in row or both(twin, "public_suffix", host) == a_label(row["suffix"]))


def registrable_suffix(twin: QuickJsTwin, row: dict[str, Any]) -> bool:
    # The rows hold IPv6 as an address, the rules a host as it is serialized.
    host = f"[{row['host']}]" if ":" in row["host"] else row["host"]
    return both(twin, "is_a_registrable_domain_suffix_of_or_is_equal_to", row["suffix"], host) is row["expect"]


def domain_to_ascii(twin: QuickJsTwin, row: dict[str, Any]) -> bool:
    url = parse_url(f"https://{row['input']}/")
    host = None if url is None else url.host
    # The host parser is the URL parser's own; around it, both languages let nothing else through. A lone surrogate
    # does not get out of QuickJS.
    assert parse_host(row["input"]) == host
    if not re.search("[\ud800-\udfff]", row["input"]):
        assert twin.call("parse_host", [row["input"]])["result"] == host
    return host == row["expect"]


def a_label(host: str | None) -> str | None:
    url = None if host is None else parse_url(f"https://{host}/")
    return None if url is None else url.host


CHECKS = [url_origin, same_origin, same_site, registrable_domain, registrable_suffix, domain_to_ascii]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_every_foreign_row_holds_or_is_a_known_difference(
    check: Callable[[QuickJsTwin, dict[str, Any]], bool], twin: QuickJsTwin
) -> None:
    name = check.__name__
    rows = [json.loads(line) for line in shared("cases", f"{name}.jsonl").read_text("utf-8").split("\n") if line]
    differing = {(name, row.get("a"), row.get("b")) if name == "same_site" else str(row): row for row in rows}
    differing = {key: row for key, row in differing.items() if not check(twin, row)}
    assert differing.keys() == {key for key in KNOWN_DIFFERENCES if key[0] == name}
    assert len(rows) > 0


def test_python_takes_an_opaque_origin_as_the_same_as_itself_alone(twin: QuickJsTwin) -> None:
    one, other = opaque_origin(), opaque_origin()
    for name in ("same_origin", "same_origin_domain", "same_site_of_two_origins", "schemelessly_same_site"):
        assert both(twin, name, one, one) is True
        assert both(twin, name, one, other) is False
