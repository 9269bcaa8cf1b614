"""Random calls of the neighbouring checks through both languages: never a difference in result or trace."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from quickjs_twin import QuickJsTwin

from pelican_cors_series.rules import Rule, fetch_metadata, ip_addresses, local_network_access, mixed_content
from pelican_cors_series.rules.fetch_records import Client, EmbedderPolicy, PolicyContainer, Request, Response
from pelican_cors_series.rules.leaves import parse_url
from pelican_cors_series.rules.local_network_access import LocalNetworkPermissions, Permission
from pelican_cors_series.rules.origins import opaque_origin, origin_of_a_url
from pelican_cors_series.rules.printer import javascript_module
from pelican_cors_series.rules.static_types import described, hints

MODULES = [fetch_metadata, ip_addresses, local_network_access, mixed_content]
RULES = {
    rule.name: rule
    for module in MODULES
    for rule in vars(module).values()
    if isinstance(rule, Rule) and rule.standard and rule.__module__ == module.__name__
}

spaces = st.sampled_from(["public", "local", "loopback"])
hosts = st.one_of(
    st.ip_addresses(v=4).map(str),
    st.ip_addresses(v=6).map(lambda address: f"[{address}]"),
    st.integers(0, 2**32 - 1).map(lambda number: f"[::ffff:{number >> 16:x}:{number & 0xFFFF:x}]"),
)
addresses = st.one_of(
    st.sampled_from(
        [
            *("https://app.example/", "http://app.example/", "https://api.app.example/", "http://other.test:8080/a?b"),
            *("http://localhost/", "http://router.local/", "wss://other.test/", "data:,x", "about:blank", "ftp://a/"),
        ]
    ),
    hosts.map(lambda host: f"http://{host}/"),
)
urls = addresses.map(parse_url)
origins = st.one_of(st.builds(opaque_origin), urls.map(origin_of_a_url))
policies = st.builds(PolicyContainer, st.builds(EmbedderPolicy), ip_address_space=spaces)
clients = st.builds(
    Client,
    origins,
    urls,
    policies,
    global_object=st.sampled_from(["Window", "WorkerGlobalScope", "ServiceWorkerGlobalScope"]),
    ancestor_origins=st.lists(origins, max_size=2),
    mixed_content_allowed=st.booleans(),
)
requests = st.builds(
    Request,
    st.lists(urls, min_size=1, max_size=3),
    st.lists(st.tuples(st.sampled_from(["A", "sec-fetch-dest", "Sec-Fetch-Site"]), st.just("x")), max_size=3),
    client=st.none() | clients,
    origin=st.none() | origins,
    policy_container=st.none() | policies,
    mode=st.sampled_from(["cors", "no-cors", "navigate"]),
    destination=st.sampled_from(["", "document", "iframe", "image", "audio", "video", "script"]),
    initiator=st.sampled_from(["", "imageset"]),
    user_activation=st.booleans(),
    directly_user_initiated=st.booleans(),
    target_ip_address_space=st.none() | spaces,
)
permission = st.builds(
    Permission, st.booleans(), st.sampled_from(["granted", "denied", "prompt"]), user_grants=st.booleans()
)
MAKERS: dict[str, st.SearchStrategy[object]] = {
    "Client": clients,
    "LocalNetworkPermissions": st.builds(LocalNetworkPermissions, st.booleans(), permission, permission),
    "Request": requests,
    "Response": st.builds(Response, st.lists(urls, max_size=2), st.just([])),
}
CHOICES = {"address": addresses.map(parse_url).map(lambda it: it.host if it else None).filter(bool) | hosts}
CHOICES |= {"lhs": spaces, "rhs": spaces}


@pytest.fixture(scope="module")
def twin() -> QuickJsTwin:
    return QuickJsTwin(javascript_module(RULES.values()))


@pytest.mark.parametrize("name", sorted(RULES))
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_both_languages_check_by_the_same_steps(name: str, twin: QuickJsTwin, data: st.DataObject) -> None:
    rule = RULES[name]
    found = hints(rule.function, rule.function.__globals__)
    arguments = [
        data.draw(CHOICES[given_name] if given_name in CHOICES else MAKERS[described(kind)], label=given_name)
        for given_name, kind in found.items()
        if given_name != "return"
    ]
    twin.both(rule, *arguments)
