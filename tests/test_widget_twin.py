"""The widget's words in Python and in JavaScript: the same for the same pair, over the same rules."""

from __future__ import annotations

import json
import re
from dataclasses import asdict

import ada_url
import pytest
import quickjs
from conftest import OWN_LANGUAGES, exports
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pelican_cors_series.rules import OriginsScenario, ScenarioError, compare
from pelican_cors_series.text import Text, load_text
from pelican_cors_series.widgets import KINDS, assets
from pelican_cors_series.widgets.comparison import compare_in_words

# A browser has URL; here the same parser as in Python stands for it, so that only our own code can differ.
URL_CLASS = """
class URL {
  constructor(address) {
    const parts = parse(address);
    if (!parts) throw new TypeError("Invalid URL");
    Object.assign(this, JSON.parse(parts));
  }
}
"""


def parse(address: str) -> str:
    try:
        parsed = ada_url.URL(address)
    except ValueError:
        return ""
    return json.dumps({name: getattr(parsed, name) for name in ("href", "protocol", "hostname", "port", "pathname")})


class Twin:
    """The widget's modules without its element, in an engine of their own."""

    def __init__(self, *, minified: bool) -> None:
        texts = [load_text(language) for language in OWN_LANGUAGES]
        loaded = assets(KINDS, texts, minified=minified)
        self.engine = quickjs.Context()
        self.engine.add_callable("parse", parse)
        self.engine.eval(URL_CLASS)
        self.engine.eval(_as_script("$rules", loaded["rules.js"]))
        self.engine.eval(_as_script("widget", loaded["origin-comparison.js"]))
        for text in texts:
            words = loaded[f"origin-compare.{text.language}.js"].replace("export default", f"const {text.language} =")
            self.engine.eval(words)
        for path, shard in loaded.items():
            if path.startswith("suffixes/"):
                name = path.removeprefix("suffixes/").removesuffix(".txt")
                self.engine.eval(f"$rules.add_suffixes({json.dumps(name)}, {json.dumps(shard)})")

    def words(self, text: Text, fields: dict[str, str]) -> object:
        """Return what the widget would say, as plain values."""
        sides = f"widget.setDomains(widget.takeApart({json.dumps(fields)}).sides).sides"
        call = f"widget.compareInWords({sides}, {text.language})"
        return json.loads(self.engine.eval(f"JSON.stringify({call})"))

    def refused(self, fields: dict[str, str]) -> object:
        """Return the names of the fields that hold no address or no domain."""
        return json.loads(self.engine.eval(f"JSON.stringify([...widget.takeApart({json.dumps(fields)}).refused])"))

    def refused_domains(self, fields: dict[str, str]) -> object:
        """Return the names of the fields with a domain that no page at their address can set."""
        settled = f"widget.setDomains(widget.takeApart({json.dumps(fields)}).sides)"
        return json.loads(self.engine.eval(f"JSON.stringify([...{settled}.refused])"))


def _as_script(name: str, module: str) -> str:
    script = re.sub(r'import ?\* ?as ([\w$]+) from ?"./rules.js"', r"const \1 = $rules", module)
    script = re.sub(r"^export (?=function|async|const)|export\{.*\}", "", script, flags=re.MULTILINE)
    script = script.replace("import.meta.url", '""')
    given = ", ".join(f"{name}: {local}" for name, local in exports(module).items())
    return f"const {name} = (() => {{ {script}\nreturn {{ {given} }}; }})();"


def words_in_python(text: Text, fields: dict[str, str]) -> object:
    addresses = {name: None if value == "null" else value for name, value in fields.items()}
    scenario = OriginsScenario(**addresses)
    return json.loads(json.dumps(asdict(compare_in_words(scenario, compare(scenario), text))))


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
    ("https://x.example/", "https://x.example/", "x.example", "x.example"),
    ("https://a.x.example/", "https://b.x.example/", "x.example"),
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
    fields = dict(zip(("a", "b", "a_domain", "b_domain"), pair, strict=False))
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
        ({"a": " https://x.example/ ", "b": "null", "a_domain": ""}, []),
        (
            {"a": "null", "b": "https://x.example/", "a_domain": "x.example", "b_domain": "x/y"},
            ["a_domain", "b_domain"],
        ),
    ],
)
def test_the_browser_refuses_what_is_no_address(twin: Twin, fields: dict[str, str], refused: list[str]) -> None:
    assert twin.refused(fields) == refused


DOMAINS = st.lists(LABELS, min_size=1, max_size=3).map(".".join) | st.sampled_from(["127.0.0.1", "[::1]", "0x7f.1"])


@pytest.mark.parametrize(
    ("domain", "refused"),
    [("a.x.example", []), ("x.example", []), ("example", ["a_domain"]), ("y.example", ["a_domain"])],
)
def test_the_browser_refuses_what_no_page_at_the_address_can_set(twin: Twin, domain: str, refused: list[str]) -> None:
    fields = {"a": "https://a.x.example/", "b": "null", "a_domain": domain}
    assert twin.refused(fields) == []
    assert twin.refused_domains(fields) == refused


@settings(max_examples=60, deadline=None)
@given(ADDRESSES, DOMAINS)
def test_the_browser_refuses_the_domains_that_a_build_refuses(twin: Twin, address: str, domain: str) -> None:
    fields = {"a": "null", "b": address, "b_domain": domain}
    assume(twin.refused({**fields, "b_domain": ""}) == [])
    try:
        compare(OriginsScenario(None, None if address == "null" else address, None, domain))
        refused = []
    except ScenarioError as error:
        refused = [error.member]
    assert (twin.refused(fields) or twin.refused_domains(fields)) == refused
