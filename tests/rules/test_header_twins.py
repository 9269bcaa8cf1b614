"""Random headers, MIME types and responses through both languages: never a difference in result or trace."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from quickjs_twin import QuickJsTwin, python_call

from pelican_cors_series.rules import (
    Rule,
    abnf,
    code_points,
    embedder_policy,
    filtered_responses,
    header_values,
    mime_type_blocking,
    mime_types,
    opaque_response_blocking,
    range_values,
    referrers,
    request_headers,
    request_methods,
    resource_policy,
    secure_contexts,
    statuses,
    timing,
)
from pelican_cors_series.rules.fetch_records import Client, EmbedderPolicy, PolicyContainer, Request, Response
from pelican_cors_series.rules.leaves import parse_url
from pelican_cors_series.rules.mime_types import MimeType
from pelican_cors_series.rules.opaque_response_blocking import BodyFindings
from pelican_cors_series.rules.origins import opaque_origin, origin_of_a_url
from pelican_cors_series.rules.printer import javascript_module
from pelican_cors_series.rules.records import Document, Origin
from pelican_cors_series.rules.static_types import described, hints

MODULES = [
    abnf,
    code_points,
    embedder_policy,
    filtered_responses,
    header_values,
    mime_type_blocking,
    mime_types,
    opaque_response_blocking,
    range_values,
    referrers,
    request_headers,
    request_methods,
    resource_policy,
    secure_contexts,
    statuses,
    timing,
]
RULES = {
    rule.name: rule
    for module in MODULES
    for rule in vars(module).values()
    if isinstance(rule, Rule) and rule.__module__ == module.__name__
}

urls = st.sampled_from(
    [
        parse_url(address)
        for address in (
            "https://app.example/",
            "http://app.example/",
            "https://api.app.example/",
            "https://other.test/",
            "http://localhost/",
            "http://a.localhost./",
            "http://127.0.0.1/",
            "http://[::1]/",
            "file:///a",
            "data:,x",
            "about:blank",
            "about:srcdoc",
            "https://user:pass@app.example:8443/a/b?c=d#e?f",
            "https://:p%3A@app.example/?#",
            "http://u@other.test/#",
            "foo:opaque?x#y",
            "foo://u:p@host?x",
            f"https://app.example/{'long/' * 1000}",
        )
    ]
)
origins = st.one_of(
    st.builds(origin_of_a_url, urls),
    st.builds(Origin, st.just(value=False), st.just("file"), st.just(""), st.none(), st.none()),
)
names = st.one_of(
    st.sampled_from(
        [
            "accept",
            "Accept-Language",
            "content-type",
            "Range",
            "Authorization",
            "Cookie",
            "X-HTTP-Method",
            "Sec-Fetch",
            "Set-Cookie",
            "Origin",
            "Referrer-Policy",
            "X-Content-Type-Options",
            "Cross-Origin-Resource-Policy",
            "Cross-Origin-Embedder-Policy",
            "Cross-Origin-Embedder-Policy-Report-Only",
            "Access-Control-Request-Method",
            "Access-Control-Request-Headers",
            "Access-Control-Allow-Origin",
            "Access-Control-Allow-Credentials",
            "Access-Control-Expose-Headers",
            "Access-Control-Max-Age",
            "access-control-allow-methods",
            "Access-Control-Allow-Headers",
            "Timing-Allow-Origin",
        ]
    ),
    st.text("aZ-\x00é ", max_size=3),
)
pieces = st.sampled_from(
    [
        *'\t\n\r ,;="\\/*-:@[]{}?<>',
        "text/plain",
        "text/javascript",
        "text/css",
        "text/csv",
        "image/png",
        "charset",
        "GBK",
        "a",
        "Z",
        "é",
        "\x00",
        "\x7f",
        "\x0b",
        "\u0100",
        "😀",
        "bytes",
        "bytes=0-9",
        "12",
        "9007199254740993",
        "nosniff",
        "trace",
        "same-origin",
        "same-site",
        "cross-origin",
        "require-corp",
        "credentialless",
        "true",
        "null",
        "https://a.example:1",
        "https://app.example",
        "no-referrer",
        "strict-origin",
        "application/json",
        "a" * 127,
    ]
)
values = st.builds("".join, st.lists(pieces, max_size=6))
pairs = st.lists(st.tuples(names, values), max_size=5)
policies = st.builds(
    EmbedderPolicy,
    st.sampled_from(["unsafe-none", "require-corp", "credentialless"]),
    st.sampled_from(["unsafe-none", "require-corp", "credentialless"]),
)
containers = st.builds(PolicyContainer, policies)
pages = st.builds(Document, urls, st.one_of(st.builds(opaque_origin), origins))
documents = st.builds(Document, urls, origins, st.one_of(st.none(), pages))
clients = st.builds(
    Client,
    origins,
    urls,
    containers,
    st.sampled_from(["Window", "WorkerGlobalScope"]),
    document=st.one_of(st.none(), documents),
    creation_url=st.one_of(st.none(), urls),
)
requests = st.builds(
    Request,
    st.lists(urls, min_size=1, max_size=3),
    pairs,
    client=st.one_of(st.none(), clients),
    origin=st.one_of(st.none(), origins),
    mode=st.sampled_from(["cors", "no-cors", "navigate"]),
    response_tainting=st.sampled_from(["basic", "cors", "opaque"]),
    referrer=st.one_of(st.sampled_from(["client", "client", "no address"]), urls.map(lambda url: url.href)),
    referrer_policy=st.sampled_from(["", *referrers.REFERRER_POLICIES]),
    timing_allow_failed=st.booleans(),
    destination=st.sampled_from(["", "script", "style", "worker", "image"]),
)
responses = st.builds(
    Response,
    st.lists(urls, max_size=2),
    pairs,
    status=st.sampled_from([200, 204, 206, 302, 416]),
    cors_exposed_header_name_list=st.lists(names, max_size=2),
    request_includes_credentials=st.booleans(),
)
MAKERS: dict[str, st.SearchStrategy[Any]] = {
    "str": st.one_of(names, values),
    "bool": st.booleans(),
    "bool | None": st.one_of(st.none(), st.booleans()),
    "int": st.integers(0, 600),
    "list[str]": st.lists(st.one_of(names, values), max_size=4),
    "list[tuple[str, str]]": pairs,
    "BodyFindings": st.builds(BodyFindings, *[st.booleans()] * 5),
    "Client": clients,
    "Document": documents,
    "EmbedderPolicy": policies,
    "PolicyContainer | None": st.one_of(st.none(), containers),
    "MimeType": st.builds(MimeType, st.sampled_from(["text", "image"]), st.sampled_from(["css", "javascript"]), pairs),
    "Origin": origins,
    "Request": requests,
    "Response": responses,
    "Url": urls,
    "list[Url]": st.lists(urls, max_size=2),
}
# Arguments that have to be of one form for a rule to be called at all.
CHOICES: dict[str, st.SearchStrategy[Any]] = {
    "start": st.integers(0, 9),
    "stops": st.lists(st.sampled_from([",", '"', "a"]), max_size=2),
    "media_request_state": st.sampled_from(["N/A", "initial", "subsequent"]),
    "embedder_policy_value": st.sampled_from(["unsafe-none", "require-corp", "credentialless"]),
}


@pytest.fixture(scope="module")
def twin() -> QuickJsTwin:
    return QuickJsTwin(javascript_module(RULES.values()))


@pytest.mark.parametrize("name", sorted(RULES))
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_both_languages_read_headers_by_the_same_steps(name: str, twin: QuickJsTwin, data: st.DataObject) -> None:
    rule = RULES[name]
    found = hints(rule.function, rule.function.__globals__)
    arguments = [
        data.draw(CHOICES[given_name] if given_name in CHOICES else MAKERS[described(kind)], label=given_name)
        for given_name, kind in found.items()
        if given_name != "return"
    ]
    assert twin.call(name, arguments) == python_call(rule, arguments)
