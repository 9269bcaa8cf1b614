"""The widgets: every problem of a fence at its place, the static HTML, and what a page with widgets loads."""

from __future__ import annotations

import html
import json
import re
from html.parser import HTMLParser
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup, Tag
from conftest import OWN_LANGUAGES

from pelican_cors_series.problems import Place
from pelican_cors_series.text import Text, load_text, step_name
from pelican_cors_series.widgets import ELEMENTS, assets, exchange_scripts, render, scripts
from pelican_cors_series.widgets.bundle import bundle

if TYPE_CHECKING:
    from pathlib import Path

KIND = "origin-compare"
A = "a: https://shop.example:443/cart"
B = "b: https://SHOP.example/pay"
PAIR = f"{A}\n{B}\n"
OPENING = Place("content/en/part.md", 41, 1)


@pytest.fixture(params=OWN_LANGUAGES)
def text(request: pytest.FixtureRequest) -> Text:
    return load_text(request.param)


def rendered(source: str, text: Text) -> str:
    markup, problems = render(KIND, source, OPENING, text)
    assert problems == []
    return markup


# A fence → line and column (the opening line is 41), the code, and a part of the message.
PROBLEMS = [
    ("a: [", 43, 1, "fence-yaml", "no YAML"),
    ('a: "https://x.example/\nb: null', 43, 8, "fence-yaml", "no YAML"),
    ("- https://x.example/", 42, 1, "fence-no-mapping", "a list"),
    ("just text", 42, 1, "fence-no-mapping", "text"),
    ("", 41, 1, "fence-missing-key", "lacks a"),
    ("", 41, 1, "fence-missing-key", "lacks b"),
    (A, 41, 1, "fence-missing-key", "lacks b"),
    (f"{A}\n{B}\na: null", 44, 1, "repeated-key", "first set in line 42"),
    (f"{A}\n{B}\nexpct: same-site", 44, 1, "fence-unknown-key", "expct is no key"),
    (f"{A}\nb: shop.example", 43, 4, "not-a-url", "shop.example is no URL"),
    ("a: http://[/\nb: https://x:99999/", 42, 4, "not-a-url", "http://[/"),
    ("a: http://[/\nb: https://x:99999/", 43, 4, "not-a-url", "https://x:99999/"),
    ("a: http://[/\na_domain: x.example\nb: null", 42, 4, "not-a-url", "http://[/"),
    (f'{A}\nb: "null"', 43, 4, "not-a-url", "null is no URL"),
    (f"{A}\nb:", 43, 3, "wrong-type", "b is empty"),
    (f"{A}\nb: 8080", 43, 4, "wrong-type", "b is a number"),
    (f"{A}\nb: []", 43, 4, "wrong-type", "b is a list"),
    (f"{A}\nb: [[https://x.example/]]", 43, 4, "wrong-type", "b is a list of something"),
    (f"{A}\nb:\n - https://x.example/\n - shop.example", 45, 4, "not-a-url", "shop.example is no URL"),
    (f"{A}\nb: [https://x.example/, 8080]", 43, 25, "wrong-type", "b is a number"),
    (f'{A}\nb: [null, "null"]', 43, 11, "not-a-url", "null is no URL"),
    (f"{A}\nb: [{', '.join(['null'] * 21)}]", 43, 4, "wrong-type", "a list of 21"),
    (f"{A}\nb: [null, null]\na_domain: shop.example", 44, 11, "wrong-type", "left out where b is a list"),
    (f"{A}\nb: [null, null]\nexpect: [cross-site]", 44, 9, "wrong-type", "a list of 1"),
    (f"{A}\nb: [null, null]\nexpect: [cross-site, same-sit]", 44, 22, "wrong-type", "same-sit"),
    (f"{A}\nb: [null, https://shop.example/]\nexpect: cross-site", 44, 9, "verdict-mismatch", "are same-origin"),
    (f"{A}\nb: [null, null]\nexpect: [cross-site, same-site]", 44, 22, "verdict-mismatch", "are cross-site"),
    (f"{PAIR}ask: soon", 44, 6, "wrong-type", "ask is “soon” where it must be true or false"),
    (f'{PAIR}ask: "true"', 44, 6, "wrong-type", "ask is “true”"),
    (f"{PAIR}a_domain: {{}}", 44, 11, "wrong-type", "a_domain is a mapping"),
    (f"{PAIR}b_domain: not a host", 44, 11, "wrong-type", "b_domain is “not a host”"),
    (f"{PAIR}b_domain: pay.example", 44, 11, "domain-refused", "b_domain is “pay.example”, but a page at https://shop"),
    (f"{PAIR}a_domain: example", 44, 11, "domain-refused", "the public suffix of its host is example"),
    (f"a: null\n{B}\na_domain: shop.example", 44, 11, "wrong-type", "a_domain is “shop.example”"),
    (f"{PAIR}expect: same-orgin", 44, 9, "wrong-type", "expect is “same-orgin”"),
    (f"{PAIR}expect:", 44, 8, "wrong-type", "expect is empty"),
    (f"{PAIR}expect: cross-site", 44, 9, "verdict-mismatch", "expect says cross-site"),
]


@pytest.mark.parametrize(("source", "line", "column", "code", "message"), PROBLEMS)
def test_a_problem_in_a_fence_stands_at_its_place(source: str, line: int, column: int, code: str, message: str) -> None:
    markup, problems = render(KIND, source, OPENING, load_text("en"))
    assert markup == ""
    assert (line, column, code) in [(found.line, found.column, found.code) for found in problems]
    assert any(message in found.message for found in problems if (found.line, found.code) == (line, code))


def test_all_problems_of_a_fence_show_in_one_run() -> None:
    source = "a: shop.example\nexpct: same-site\nexpect: yes\n"
    codes = [found.code for found in render(KIND, source, OPENING, load_text("en"))[1]]
    assert sorted(codes) == ["fence-missing-key", "fence-unknown-key", "not-a-url", "wrong-type"]


def test_columns_of_an_indented_fence_are_those_of_the_file() -> None:
    _, [found] = render(KIND, f"{A}\nb: nowhere", Place("x.md", 10, 5), load_text("en"))
    assert (found.path, found.line, found.column) == ("x.md", 12, 8)


def test_hints_name_what_was_meant() -> None:
    hints = [found.hint for found in render(KIND, f"{PAIR}expct: x\n", OPENING, load_text("en"))[1]]
    assert hints == ["did you mean expect?"]
    [found] = render(KIND, f"{PAIR}expect: cross-sit\n", OPENING, load_text("en"))[1]
    assert found.hint.endswith("“expect: cross-site”")


def test_a_mismatch_names_the_verdict_and_the_step() -> None:
    [found] = render(KIND, f"{PAIR}expect: same-site", OPENING, load_text("en"))[1]
    assert found.message.endswith("by the rules the two are same-origin (decided by same_origin#2)")
    assert "https://html.spec.whatwg.org/multipage/browsers.html#same-origin" in found.hint


RELATIONS_IN_ORDER = ("same-origin", "same-site", "schemelessly-same-site", "cross-site")
RELATIONS = [
    ("same-origin", "https://shop.example:443/cart", "https://SHOP.example/pay", "Same origin", "동일 출처"),
    (
        "same-site",
        "https://a.example.com/",
        "https://example.com/",
        "Cross-origin, same site",
        "교차 출처, 동일 사이트",
    ),
    ("schemelessly-same-site", "http://shop.example/", "https://shop.example/", "but for the scheme", "스킴만 빼면"),
    ("cross-site", "https://alice.github.io/", "https://bob.github.io/", "cross-site", "교차 사이트"),
    ("cross-site", "null", "null", "cross-site", "교차 사이트"),
]


@pytest.mark.parametrize(("relation", "a", "b", "english", "korean"), RELATIONS)
def test_each_relation_is_said_in_words(relation: str, a: str, b: str, english: str, korean: str) -> None:
    source = f"a: {a}\nb: {b}\nexpect: {relation}\n"
    for language, words in (("en", english), ("ko", korean)):
        title = slot("title", rendered(source, load_text(language)))
        assert words in title


def test_a_port_left_out_is_filled_in_and_marked(text: Text) -> None:
    row = part("port", rendered(PAIR, text))
    words = text.words["origin_compare"]
    left_out = f"443 {words['default_port_left_out']}"
    assert row == [words["names"]["port"], f"443 {words['default_port']}", words["names"]["same"], left_out]


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://x.example:443/", True),
        ("https:x.example:0443", True),
        ("https://u:443@x.example/", False),
        ("https://x.example/:443", False),
        ("https://x.example?:443", False),
        ("https://[2001:db8::443]/", False),
        ("https://[2001:db8::443]:443/", True),
    ],
)
def test_a_written_default_port_is_told_from_one_left_out(address: str, written: bool) -> None:
    row = part("port", rendered(f"a: '{address}'\nb: null\n", load_text("en")))
    assert row[1] == ("443 default" if written else "443 filled in: the default")


def test_an_opaque_origin_is_shown_as_such_and_has_no_parts(text: Text) -> None:
    markup = rendered("a: null\nb: https://shop.example/\n", text)
    words = text.words["origin_compare"]
    assert part("scheme", markup)[1:3] == [words["none"], words["names"]["not_compared"]]
    assert part("site", markup)[1:3] == [f"null {words['opaque']}", words["names"]["different"]]


def test_document_domain_is_said_where_it_is_set(text: Text) -> None:
    assert "origin-domain" not in rendered(PAIR, text)
    words = text.words["origin_compare"]["origin_domain"]
    assert slot("origin-domain", rendered(f"{PAIR}a_domain: shop.example\n", text)) == words["different"]
    both = f"{PAIR}a_domain: shop.example\nb_domain: shop.example\n"
    assert slot("origin-domain", rendered(both, text)) == words["same"]


def test_each_step_has_a_sentence_and_a_link_into_the_standard(text: Text) -> None:
    markup = rendered("a: https://www.bbc.co.uk/\nb: http://city.kobe.jp./\n", text)
    steps = re.findall(r'<li><span>(.+?)</span> <a href="(.+?)">(.+?)</a>', markup)
    assert len(steps) == markup.count("<li") > 12
    assert len(set(steps)) == len(steps)
    assert not [sentence for sentence, _, _ in steps if re.search(r"[{}]|Origin\(|Site\(|\[\]|None", sentence)]
    assert all(
        re.match(r"https://(html|url)\.spec\.whatwg\.org/|https://github\.com/publicsuffix/", url)
        for _, url, _ in steps
    )


@pytest.mark.parametrize(
    ("number", "english", "korean"),
    [
        ("2.a", "main fetch, step 2.a", "main fetch, 2.a단계"),
        ("12.[4]", "main fetch, step 12, case 4", "main fetch, 12단계의 4번째 경우"),
        ("6.3.[1].1", "main fetch, step 6.3, case 1, step 1", "main fetch, 6.3단계의 1번째 경우, 1단계"),
        ("[1].10", "main fetch, case 1, step 10", "main fetch의 1번째 경우, 10단계"),
        ("2.a~2", "main fetch, step 2.a", "main fetch, 2.a단계"),
    ],
)
def test_a_step_is_called_as_people_call_it(number: str, english: str, korean: str) -> None:
    assert step_name("main fetch", number, load_text("en")) == english
    assert step_name("main fetch", number, load_text("ko")) == korean


def test_no_page_shows_the_number_of_a_step_as_the_inventory_writes_it(built: Path) -> None:
    texts = {page: BeautifulSoup(page.read_text("utf-8"), "html.parser").get_text() for page in built.rglob("*.html")}
    assert {page: re.findall(r".*\d\.\[\d.*", text) for page, text in texts.items() if ".[" in text} == {}


def test_hostile_input_stays_text(text: Text) -> None:
    source = "a: 'https://x.example/\"><script>alert(1)</script>&amp;'\nb: 'data:text/html,<b onclick=x>'\n"
    markup = rendered(source, text)
    assert "<script" not in markup
    assert "<b " not in markup
    assert 'https://x.example/"><script>alert(1)</script>&amp;' in html.unescape(markup)


def test_the_html_is_well_formed_and_has_neither_ids_nor_inline_style(text: Text) -> None:
    reader = Reader()
    reader.feed(rendered(f"{PAIR}a_domain: shop.example\n", text))
    reader.close()
    assert reader.open == []
    assert not {"id", "style", "onclick"} & reader.attributes
    assert not {"h1", "h2", "h3", "h4", "h5", "h6", "script", "style"} & reader.names
    assert {"th", "details", "ol"} <= reader.names


def test_every_word_exists_in_every_language() -> None:
    keys = [keys_of(load_text(language).words["origin_compare"]) for language in OWN_LANGUAGES]
    assert all(found == keys[0] for found in keys)


def test_several_addresses_make_a_table_with_each_difference_in_its_address(text: Text) -> None:
    several = [
        "http://shop.example/",
        "https://shop.example:8443/",
        "https://WWW.shop.example/x",
        "https://shop.example/",
    ]
    found = BeautifulSoup(rendered(f"a: https://shop.example/\nb: [{', '.join(several)}, null]", text), "html.parser")
    rows = found.select('[data-slot="list"] > tbody > tr')
    marked = [[(mark["data-part"], mark.text) for mark in row.select("th mark")] for row in rows]
    assert marked == [
        [("scheme", "http")],
        [("port", ":8443")],
        [("host", "WWW.shop.example")],
        [],
        [("scheme", "null")],
    ]
    relations = ["schemelessly-same-site", "same-site", "same-site", "same-origin", "cross-site"]
    assert [row["data-relation"] for row in rows] == relations
    assert [row.select_one("th code").text for row in rows] == [*several, "null"]  # type: ignore[union-attr]
    titles = text.words["origin_compare"]["title"]
    assert [row.select_one("strong").text for row in rows] == [titles[relation] for relation in relations]  # type: ignore[union-attr]
    assert all(row.select("td details > ol > li a") for row in rows)


def test_a_default_port_left_out_is_marked_where_it_would_stand() -> None:
    found = BeautifulSoup(
        rendered("a: https://x.example/y\nb: https://x.example:8443/", load_text("en")), "html.parser"
    )
    [left, right] = found.select("mark")
    assert (left.text, left["data-filled"], left.next_sibling) == ("", ":443", "/y")
    assert (right.text, right["data-filled"]) == (":8443", "")


@pytest.mark.parametrize(
    ("address", "host", "note"),
    [
        ("https://한국.example/", "xn--3e0b707e.example", "한국.example"),
        ("https://xn--3e0b707e.example/", "xn--3e0b707e.example", "한국.example"),
        ("http://0x7f.1/", "127.0.0.1", "written 0x7f.1"),
        ("http://017700000001/", "127.0.0.1", "written 017700000001"),
        ("https://SHOP.example/", "shop.example", "written SHOP.example"),
        ("https://shop.example/", "shop.example", ""),
    ],
)
def test_a_host_is_shown_in_both_of_its_spellings(address: str, host: str, note: str) -> None:
    for source in (f"a: {address}\nb: null", f"a: null\nb: [null, '{address}']"):
        said = BeautifulSoup(rendered(source, load_text("en")), "html.parser").text
        assert (f"{host} {note}" if note else host) in said
    assert part("host", rendered(f"a: {address}\nb: null", load_text("en")))[1] == f"{host} {note}".strip()


def test_a_question_stands_before_the_verdict_and_the_answer_behind_it(text: Text) -> None:
    found = BeautifulSoup(rendered(f"{PAIR}ask: true\n", text), "html.parser").find("predict-first")
    assert isinstance(found, Tag)
    assert [each["data-choice"] for each in found.select("li[data-choice]")] == list(RELATIONS_IN_ORDER)
    assert found["data-answer"] == "same-origin"
    assert [code.text for code in found.select('[data-slot="given"] code')] == [A[3:], B[3:]]
    assert found.select_one("details:not([open]) > origin-compare") is not None
    assert found.find("origin-compare", recursive=False) is None
    assert "predict-first" not in rendered(f"{PAIR}ask: false\n", text)


def test_of_several_addresses_it_is_asked_how_many_share_the_origin(text: Text) -> None:
    source = "a: https://x.example/\nb: [https://x.example/y, null, http://x.example]\nask: true"
    found = BeautifulSoup(rendered(source, text), "html.parser").find("predict-first")
    assert isinstance(found, Tag)
    assert [each["data-choice"] for each in found.select("li[data-choice]")] == ["0", "1", "2", "3"]
    assert found["data-answer"] == "1"


EXCHANGE = "page: https://app.example/\nrequest: {url: https://api.example/}\nresponse: {status: 200}\n"


def test_a_question_goes_before_an_exchange_too(text: Text) -> None:
    plain, _ = render("cors-exchange", EXCHANGE, OPENING, text)
    markup, problems = render("cors-exchange", f"{EXCHANGE}ask: true\n", OPENING, text)
    assert problems == []
    assert plain in markup
    found = BeautifulSoup(markup, "html.parser").find("predict-first")
    assert isinstance(found, Tag)
    assert found["data-answer"] == "blocked"
    assert render("cors-exchange", f"{EXCHANGE}ask: false\n", OPENING, text) == (plain, [])
    _, [problem] = render("cors-exchange", f"{EXCHANGE}ask: soon\n", OPENING, text)
    assert (problem.line, problem.code) == (45, "invalid-value")


@pytest.mark.parametrize("minified", [False, True])
def test_pages_load_what_their_widgets_need(minified: bool) -> None:
    texts = [load_text(language) for language in OWN_LANGUAGES]
    loaded = assets(ELEMENTS, texts, minified=minified)
    modules = {path: code for path, code in loaded.items() if path.endswith(".js")}
    for language in OWN_LANGUAGES:
        named = scripts(ELEMENTS, language)
        live = (f"origin-compare.{language}.js", f"live-experiment.{language}.js")
        assert named == (*live, "cors-exchange.js", "cors-doctor.js", "predict-first.js")
        assert {*named, f"origin-steps.{language}.js", "unicode-label.js"} <= set(modules)
    imported = {name for code in modules.values() for name in re.findall(r'from ?"\./(.+?)"', code)}
    assert imported == {"exchange.js", "cors-exchange.js", "cors-doctor.js"} <= set(modules)
    assert sum(path.startswith("suffixes/") for path in loaded) == 27
    assert not [path for path, code in modules.items() if "innerHTML" in code or "console." in code]
    assert (assets([], texts, minified=minified), scripts([], "en")) == ({}, ())
    alone = {path.split(".")[0] for path in assets(["origin-compare"], texts, minified=minified)}
    assert {path for path in alone if "/" not in path} == {"origin-compare", "origin-steps", "unicode-label"}


def test_the_rules_of_an_exchange_are_those_that_its_modules_ask_for() -> None:
    here = files(exchange_scripts.__package__)
    modules = [
        here.joinpath(path.name).read_text("utf-8") for path in here.iterdir() if path.name.startswith("exchange-")
    ]
    imports = [found for text in modules for found in re.findall(r'import \{([^}]*)\} from "./exchange', text)]
    asked = {name for names in imports for name in re.findall(r"\w+", names)}
    assert set(exchange_scripts.CALLED) <= asked
    assert "load_suffixes" in asked


def test_minified_modules_lead_to_the_readable_ones() -> None:
    texts = [load_text("en")]
    readable, minified = (assets(ELEMENTS, texts, minified=each) for each in (False, True))
    for name in (path for path in readable if path.endswith(".js")):
        code, end = minified[name].rsplit("\n//# sourceMappingURL=", 1)
        assert len(code) < len(readable[name])
        assert "\n" not in code
        assert json.loads(minified[end.strip()])["sourcesContent"] == [readable[name]]
    assert minified.keys() - readable.keys() == {f"{name}.map" for name in readable if name.endswith(".js")}


def test_a_bundle_refuses_what_would_break_it() -> None:
    assert bundle(['import { a } from "./a.js";\nexport const b = a;\n'], ["b"]) == "export const b = a;\n"
    with pytest.raises(ValueError, match="declared in more than one module: a"):
        bundle(["const a = 1;\n", "export function a() {}\n"])
    for form in ('import * as a from "./a.js";\n', "export default 1;\n", 'export { a } from "./a.js";\n'):
        with pytest.raises(ValueError, match="not to be bundled"):
            bundle([form])


def slot(name: str, markup: str) -> str:
    """Return the text of one slot."""
    [found] = re.findall(rf'data-slot="{name}">(.*?)</', markup)
    return html.unescape(found)


def part(name: str, markup: str) -> list[str]:
    """Return the texts of the cells of one row."""
    [row] = re.findall(rf'<tr data-part="{name}".*?>(.*?)</tr>', markup)
    cells = re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row)
    return [" ".join(html.unescape(re.sub(r"<.*?>", " ", cell)).split()) for cell in cells]


def keys_of(table: dict[str, Any], prefix: str = "") -> set[str]:
    """Return the dotted names of all strings of a table."""
    names = set()
    for key, value in table.items():
        names |= keys_of(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key}
    return names


class Reader(HTMLParser):
    """Reads HTML and fails where a tag closes what is not open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
