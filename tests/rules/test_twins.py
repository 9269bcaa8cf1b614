"""Random calls through Python and through the printed JavaScript: never a difference in result or trace."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from quickjs_twin import QuickJsTwin, python_call

from pelican_cors_series.rules import Rule, all_rules
from pelican_cors_series.rules.catalogue import ORIGINS
from pelican_cors_series.rules.documents import SANDBOXED_DOCUMENT_DOMAIN, SANDBOXED_ORIGIN
from pelican_cors_series.rules.leaves import parse_url
from pelican_cors_series.rules.records import Origin, Site, Url
from pelican_cors_series.rules.static_types import Type, described, hints

SUFFIXES = [
    "com",
    "kr",
    "co.kr",
    "github.io",
    "city.kobe.jp",
    "x.kobe.jp",
    "www.ck",
    "ck",
    "example",
    "xn--fiqs8s",
    "1a",
]
LABELS = st.sampled_from(["a", "b", "www", "xn--85x722f", "_", "0", "", "!", "*"])
hosts = st.one_of(
    st.builds(
        lambda labels, suffix, dot: ".".join([*labels, suffix]) + dot,
        st.lists(LABELS, max_size=3),
        st.sampled_from(SUFFIXES),
        st.sampled_from(["", "", "."]),
    ),
    st.sampled_from(["1.2.3.4", "[::1]", "localhost", "", ".", "..", "1.2.3.4.5", "٣.com"]),
)
schemes = st.sampled_from(["http", "https", "ws", "wss", "ftp", "file", "data", "blob", "about", "foo"])
ports = st.sampled_from([None, None, 0, 80, 443, 8443, 65535])
opaque = st.builds(lambda: Origin(opaque=True, scheme="", host="", port=None, domain=None))
tuples = st.builds(Origin, st.just(value=False), schemes, hosts, ports, st.one_of(st.none(), hosts))
origins = st.one_of(opaque, tuples)
sites = st.one_of(opaque, st.builds(Site, schemes, hosts))
addresses = st.one_of(
    st.builds("{}://{}/{}".format, schemes, hosts, st.sampled_from(["", "a?b#c", "//x"])),
    st.sampled_from(
        ["about:blank", "about:srcdoc", "data:,x", "blob:https://a.com/x", "blob:blob:https://a.com", "blob:!"]
    ),
    st.text(max_size=12).map("https:{}".format),
)
# QuickJS hands a text to Python only as far as its first NUL.
written = addresses.filter(lambda address: "\0" not in address)
parsed = addresses.map(parse_url).filter(lambda url: url is not None)
blobs = st.builds(
    Url, st.just("blob:x"), st.just("blob"), st.none(), st.none(), addresses, st.one_of(st.none(), origins)
)
urls = st.one_of(parsed, blobs)

ARGUMENTS: dict[str, st.SearchStrategy[Any]] = {
    "Origin": origins,
    "Origin | None": st.one_of(st.none(), origins),
    "Origin | Site": sites,
    "Url": urls,
    "Url | None": st.one_of(st.none(), urls),
    "str | None": st.one_of(st.none(), written),
    "bool": st.booleans(),
    "int": st.integers(0, 5),
    "list[str]": st.lists(st.one_of(hosts, st.sampled_from([SANDBOXED_ORIGIN, SANDBOXED_DOCUMENT_DOMAIN])), max_size=4),
}
ABOUT_ORIGINS = {rule.name for module in ORIGINS for rule in vars(module).values() if isinstance(rule, Rule)}
COOP = st.sampled_from(["unsafe-none", "same-origin", "same-origin-plus-COEP", "noopener-allow-popups"])
TEXTS = {
    "document_coop": COOP,
    "response_coop": COOP,
    "target_origin": st.one_of(st.sampled_from(["/", "*"]), written),
    "directive": st.one_of(
        st.text(st.sampled_from("aA\t\n\f\r \x0b\u00a0K\u212a"), max_size=8),
        st.sampled_from(["", "allow-scripts", "ALLOW-same-ORIGIN allow-forms", "allow-same-origin\u00a0"]),
    ),
    "scheme": schemes,
}


@pytest.fixture(scope="module")
def twin() -> QuickJsTwin:
    return QuickJsTwin()


def strategy(name: str, found: Type) -> st.SearchStrategy[Any]:
    return TEXTS.get(name, hosts) if described(found) == "str" else ARGUMENTS[described(found)]


@pytest.mark.parametrize("name", sorted(ABOUT_ORIGINS))
@given(data=st.data())
@settings(max_examples=120, deadline=None)
def test_both_languages_come_to_the_same_by_the_same_steps(name: str, twin: QuickJsTwin, data: st.DataObject) -> None:
    rule = all_rules()[name]
    parameters = {
        name: kind for name, kind in hints(rule.function, rule.function.__globals__).items() if name != "return"
    }
    arguments = [data.draw(strategy(name, kind), label=name) for name, kind in parameters.items()]
    if len(arguments) > 1 and data.draw(st.booleans(), label="one object twice"):
        arguments[1] = arguments[0] if len({*map(str, parameters.values())}) == 1 else arguments[1]
    assert twin.call(name, arguments) == python_call(rule, arguments)


def test_javascript_lets_no_index_miss(twin: QuickJsTwin) -> None:
    assert twin.call("longest_rule", [[]]) == {"raised": True, "trace": []}
