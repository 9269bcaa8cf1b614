"""Scenarios of every kind for tests that try them all: good ones, and strategies for whatever else may come in."""

from __future__ import annotations

from hypothesis import strategies as st

from pelican_cors_series.rules import scenario_schema

PAGE, API = "https://app.example", "https://api.example"
ORIGINS = {"a": "https://a.example/", "b": None}
REQUEST = {"page": PAGE, "request": {"url": API}, "response": {"status": 200}}
SEQUENCE = {"exchanges": [REQUEST, {**REQUEST, "after": 1}]}

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=True),
    st.text(st.characters(exclude_categories=()), max_size=8),
    st.sampled_from([PAGE, API, "blocked", "cors", "no-cors", "https://app.example:8080/x", "data:,x", "null", "*"]),
)
NAMES = [
    *("kind", "a", "b", "a_domain", "page", "sandboxed", "request", "server", "preflight", "response", "expect"),
    *("exchanges", "after", "url", "method", "mode", "credentials", "redirect", "headers", "body", "at", "status"),
    *("referrerPolicy", "cache", "integrity", "keepalive"),
]
json_values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.sampled_from(NAMES), st.text(max_size=4)), inner, max_size=5),
    ),
    max_leaves=20,
)
ORIGIN_TEXTS = st.sampled_from([PAGE, API, "https://other.example", "http://app.example:8080", "null", "*"])
METHODS = st.one_of(
    st.sampled_from(["GET", "PUT", "POST", "put", "DELETE", "TRACE", "patch", "\u017f"]), st.text(max_size=3)
)
# Half of what is tried should come as far as a server.
ADDRESSES = st.just(f"{API}/x") | st.sampled_from(
    [
        *(API, f"{PAGE}/x", "/x", "https://other.example/", "data:,x", "about:blank", "blob:https://a/1", "file:///"),
        *("ftp://a", "https://u:p@api.example/", "https://api.example:25/", "https://", "", "//api.example/#f"),
        "https://\ud800",
    ],
)
HEADER_VALUES = st.one_of(
    ORIGIN_TEXTS,
    ADDRESSES,
    st.sampled_from(["true", "PUT, x-a", "*", "nosniff", "same-origin", "same-site", "5", 'text/html;charset="\\']),
    st.text(max_size=6),
)
RESPONSE_HEADERS = st.sampled_from(
    [
        *("Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Access-Control-Allow-Methods"),
        *("Access-Control-Allow-Headers", "Access-Control-Max-Age", "Access-Control-Expose-Headers", "Location"),
        *("Content-Type", "X-Content-Type-Options", "Cross-Origin-Resource-Policy", "Set-Cookie", "X-A"),
    ]
)
REQUEST_HEADERS = st.one_of(
    st.sampled_from(["Content-Type", "Authorization", "X-A", "Accept", "Range", "Cookie", "Origin", "Sec-A", "é", ""]),
    st.text(max_size=3),
)
answers = st.none() | st.fixed_dictionaries(
    {"status": st.sampled_from([200, 204, 206, 301, 302, 303, 304, 307, 404, 500])},
    optional={"headers": st.lists(st.tuples(RESPONSE_HEADERS, HEADER_VALUES).map(list), max_size=5)},
)


def _choices(name: str) -> st.SearchStrategy[object]:
    return st.sampled_from(scenario_schema()["$defs"]["description"]["properties"][name]["enum"])


requests = st.fixed_dictionaries(
    {
        "page": st.just(PAGE) | st.sampled_from(["http://app.example/x", "data:text/html,x", "about:blank"]),
        "request": st.fixed_dictionaries(
            {"url": ADDRESSES},
            optional={
                "method": METHODS,
                **{name: _choices(name) for name in ("mode", "credentials", "redirect", "body", "referrerPolicy")},
                "cache": _choices("cache"),
                "integrity": st.sampled_from(["", "sha256-x"]),
                "keepalive": st.booleans(),
                "headers": st.lists(st.tuples(REQUEST_HEADERS, HEADER_VALUES).map(list), max_size=3),
            },
        ),
        "server": st.lists(
            st.fixed_dictionaries(
                {"at": st.just(API) | st.sampled_from([PAGE, "https://other.example"])},
                optional={"preflight": answers, "response": answers},
            ),
            max_size=3,
        ),
    },
    optional={"sandboxed": st.booleans(), "expect": st.sampled_from(["readable", "opaque", "blocked"])},
)
