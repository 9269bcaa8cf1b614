"""The widget's words in Python and in JavaScript: the same for the same pair, over the same rules."""

from __future__ import annotations

import json
import re
from dataclasses import asdict

import ada_url
import pytest
import quickjs
from conftest import OWN_LANGUAGES, exports, shared
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pelican_cors_series.minifier import minify
from pelican_cors_series.rules import OriginsScenario, compare
from pelican_cors_series.rules.leaves import parse_url
from pelican_cors_series.text import Text, load_text
from pelican_cors_series.widgets import KINDS, assets
from pelican_cors_series.widgets.browser import comparison_modules
from pelican_cors_series.widgets.bundle import bundle
from pelican_cors_series.widgets.comparison import compare_in_words

# A browser has URL; here the same parser as in Python stands for it, so that only our own code can differ.
URL_CLASS = """
class URL {
  constructor(address) {
    const parts = parse(JSON.stringify(address)); // As JSON, so that a NUL comes through.
    if (!parts) throw new TypeError("Invalid URL");
    Object.assign(this, JSON.parse(parts));
  }
}
"""


def parse(address: str) -> str:
    try:
        parsed = ada_url.URL(json.loads(address))
    except ValueError:
        return ""
    return json.dumps({name: getattr(parsed, name) for name in ("href", "protocol", "hostname", "port", "pathname")})


class Twin:
    """The widget's modules without its element, in an engine of their own for each language."""

    def __init__(self, *, minified: bool) -> None:
        self.engines = {language: _engine(load_text(language), minified=minified) for language in OWN_LANGUAGES}

    def words(self, text: Text, fields: dict[str, str]) -> object:
        """Return what the widget would say, as plain values."""
        return json.loads(self.engines[text.language].eval(f"said({json.dumps(fields)})"))

    def refused(self, fields: dict[str, str]) -> object:
        """Return the names of the fields that hold no address."""
        return json.loads(self.engines["en"].eval(f"refused({json.dumps(fields)})"))


# What the element does with the modules, as far as it is no matter of nodes.
CALLS = """
export function said({ a, b }) {
  const { trace, ...words } = compareInWords(takeApart(a), takeApart(b), unicodeLabel);
  const serialize = (value) => ("port" in value ? serialization_of_an_origin : serialization_of_a_site)(value);
  return JSON.stringify({ ...words, steps: stepLines(trace, serialize) });
}
export function refused(fields) {
  return JSON.stringify(Object.keys(fields).filter((name) => takeApart(fields[name]) === null));
}
"""


def _engine(text: Text, *, minified: bool) -> quickjs.Context:
    exported = ("said", "refused", "add_suffixes")
    module = bundle([*comparison_modules(text), CALLS], exported)
    module = minify(module).text if minified else module
    engine = quickjs.Context()
    engine.add_callable("parse", parse)
    engine.eval(URL_CLASS)
    script = re.sub(r"^export (?=function|async|const)|export\{.*\}", "", module, flags=re.MULTILINE)
    given = ", ".join(f"{name}: {local}" for name, local in exports(module).items())
    script = script.replace("import.meta.url", '""')
    engine.eval(f"const widget = (() => {{ {script}\nreturn {{ {given} }}; }})();")
    engine.eval("const { said, refused } = widget;")
    for path, shard in assets(KINDS, [text], minified=False).items():
        if path.startswith("suffixes/"):
            name = path.removeprefix("suffixes/").removesuffix(".txt")
            engine.eval(f"widget.add_suffixes({json.dumps(name)}, {json.dumps(shard)})")
    return engine


def words_in_python(text: Text, fields: dict[str, str]) -> object:
    addresses = {name: None if value == "null" else value for name, value in fields.items()}
    scenario = OriginsScenario(**addresses)
    words = json.loads(json.dumps(asdict(compare_in_words(scenario, compare(scenario), text))))
    # Where a document.domain is set, no script makes anything of the widget.
    assert words.pop("origin_domain") == ""
    return words


@pytest.fixture(scope="module", params=[False, True], ids=["readable", "minified"])
def twin(request: pytest.FixtureRequest) -> Twin:
    return Twin(minified=request.param)


@pytest.fixture(params=OWN_LANGUAGES)
def text(request: pytest.FixtureRequest) -> Text:
    return load_text(request.param)


PAIRS = [
    ("https://shop.example:443/cart", "https://SHOP.example/pay"),
    ("https://a.example.com/", "https://example.com/"),
    ("http://shop.example/", "https://shop.example/"),
    ("https://alice.github.io/", "https://bob.github.io/"),
    ("null", "null"),
    ("null", "https://x.example/"),
    ("https://x.example/", "https://x.example:8443/"),
    ("https:x.example:0443", "https:\\\\u:443@x.example\\:443"),
    ("http://0x7f.1/", "http://017700000001:80/"),
    ("http://2130706433/", "http://[::ffff:7f00:1]/"),
    ("https://xn--3e0b707e.xn--3e0b707e/", "https://한국.한국:0/"),
    ("https://faß.example/", "https://xn--fa-hia.example/"),
    ("https://\uff53hop\u3002example/", "https://%73hop.example/"),
    ("https://😀.example/", "https://xn--e28h.example/"),
    ("https://bücher.xn--p1ai/", "foo://xn--a/"),
    ("foo://xn---!/", "foo://xn--999999999999/"),
    ("blob:null/1", "blob:https://x.example:443/1"),
    ("javascript:alert(1)", "data:,a:b@c:80"),
    ("http://127.0.0.1:3000/", "http://localhost:3000/"),
    ("http://[::1]/", "http://[0:0:0:0:0:0:0:1]:80/"),
    ("https://한국.example/", "https://xn--3e0b707e.example/"),
    ("https://example.com/", "https://example.com./"),
    ("https://city.kobe.jp/", "https://a.b.kobe.jp/"),
    ("data:text/html,x", "file:///etc/hosts"),
    ("blob:https://x.example/1", "about:blank"),
    ("ws://x.example/", "foo://x.example:80/"),
]


@pytest.mark.parametrize("pair", PAIRS)
def test_the_browser_says_the_same_words(twin: Twin, text: Text, pair: tuple[str, ...]) -> None:
    fields = dict(zip(("a", "b"), pair, strict=True))
    assert twin.words(text, fields) == words_in_python(text, fields)


LABELS = st.sampled_from(
    ["a", "shop", "www", "co", "uk", "kr", "com", "github", "io", "example", "한국", "A-1", "kobe", "jp"]
)
HOSTS = st.lists(LABELS, min_size=1, max_size=4).map(".".join) | st.sampled_from(["127.0.0.1", "[::1]", "localhost"])
ADDRESSES = st.just("null") | st.builds(
    "{}://{}{}/{}".format,
    st.sampled_from(["http", "https", "HTTPS", "wss", "ftp", "foo"]),
    HOSTS,
    st.sampled_from(["", "", ":80", ":443", ":0443", ":8080", ".", ".:443"]),
    st.sampled_from(["", "path", "?q:443", "@"]),
)


@settings(max_examples=60, deadline=None)
@given(ADDRESSES, ADDRESSES)
def test_the_browser_never_says_anything_else(twin: Twin, a: str, b: str) -> None:
    text, fields = load_text("en"), {"a": a, "b": b}
    assume(twin.refused(fields) == [])
    assert twin.words(text, fields) == words_in_python(text, fields)


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"a": "shop.example", "b": "null"}, ["a"]),
        ({"a": "", "b": "http://"}, ["a", "b"]),
        ({"a": " https://x.example/ ", "b": "null"}, []),
    ],
)
def test_the_browser_refuses_what_is_no_address(twin: Twin, fields: dict[str, str], refused: list[str]) -> None:
    assert twin.refused(fields) == refused


# Letters that stand beside each other in a label as a rule: it is the numbers of the characters that matter here.
BEYOND_ASCII = [st.characters(min_codepoint=low, max_codepoint=high) for low, high in ((0xE0, 0xF6), (0xAC00, 0xD7A3))]
BEYOND_ASCII += [
    st.characters(min_codepoint=low, max_codepoint=high) for low, high in ((0x4E00, 0x9FFF), (0x1F600, 0x1F64F))
]
BEYOND_ASCII += [st.sampled_from("abcxyz-09")]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(st.lists(st.text(st.one_of(BEYOND_ASCII), min_size=1, max_size=12), min_size=1, max_size=3))
def test_every_host_beyond_ascii_has_the_same_spelling_in_both_languages(twin: Twin, labels: list[str]) -> None:
    text, fields = load_text("en"), {"a": f"https://{'.'.join(labels)}.example/", "b": "null"}
    assume(twin.refused(fields) == [])
    assert twin.words(text, fields) == words_in_python(text, fields)


def test_addresses_that_nobody_here_wrote_have_the_same_words(twin: Twin) -> None:
    text = load_text("en")
    rows = [json.loads(line) for line in shared("cases", "url_origin.jsonl").read_text("utf-8").split("\n") if line]
    whole = [row for row in rows if row["base"] is None and not re.search("[\ud800-\udfff]", row["input"])]
    assert len(whole) > 100
    for row in whole:
        fields = {"a": row["input"], "b": "https://example.org/"}
        is_refused = parse_url(row["input"]) is None
        assert twin.refused(fields) == (["a"] if is_refused else [])
        if not is_refused:
            assert twin.words(text, fields) == words_in_python(text, fields)
