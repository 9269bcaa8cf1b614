"""Every problem that a content tree can have: where it is said to stand, its code, and the words a person reads."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT, Site, words_on_what_is_left_out

from pelican_cors_series.problems import CATALOGUE, Place, problem, report
from pelican_cors_series.settings import read_settings

FENCE = "```origin-compare\n{}\n```\n"
GOOD = "---\nlng_pair: id_a\ntitle: A\ndate: 2023-06-13 07:00:00 +0900\n---\n\n"

# What stands in content/2023-06-13-a.md, and the one problem that it makes: line:column, code, words of the message.
ONE_FILE = [
    ("---\ntitle: [\n---\n", "3:1", "front-matter-yaml", "no YAML"),
    ("---\ntitle: CORS: what\nlng_pair: id_a\n---\n", "2:12", "front-matter-yaml", "mapping values"),
    ("---\nlng_pair: id_a\ntitle: A\n", "1:1", "front-matter-open", "never ends"),
    ("---\n- lng_pair\n- title\n---\n", "2:1", "front-matter-no-mapping", "a list"),
    (GOOD.replace("title: A\n", ""), "1:1", "missing-key", "lacks title"),
    (GOOD.replace("lng_pair: id_a\n", "").replace("title", "title"), "1:1", "missing-key", "lacks lng_pair"),
    (GOOD.replace("title: A", "title: A\ntitle: B"), "4:1", "repeated-key", "first set in line 3"),
    (GOOD.replace("title: A", "title: A\ntags: CORS"), "4:7", "wrong-type", "tags is “CORS” where it must be a list"),
    (GOOD.replace("title: A", "title: [A]"), "3:8", "wrong-type", "title is a list"),
    (GOOD.replace("title: A", "title:"), "3:7", "wrong-type", "title is empty"),
    (GOOD.replace("2023-06-13 07", "2023-13-13 07"), "4:7", "wrong-type", "2023-13-13 07:00:00 +0900"),
    (GOOD.replace("title: A", "title: A\npublished: maybe"), "4:12", "wrong-type", "true or false"),
    (GOOD.replace("title: A", "title: A\nstatus: soon"), "4:9", "wrong-type", "published or draft or hidden"),
    (GOOD.replace("title: A", "title: A\ntitel: B"), "4:1", "unknown-key", "titel"),
    (GOOD.replace("title: A", "title: A\nlang: fr"), "4:1", "unknown-language", "fr"),
    (GOOD.replace("title: A", "title: A\nseries: cors"), "4:1", "series-incomplete", "part is not"),
    (GOOD + "<!-- outline-start -->\n\nText.\n", "7:1", "outline-mismatch", "never ends"),
    (GOOD + "Text.\n\n<!-- outline-end -->\n", "9:1", "outline-mismatch", "never begins"),
    (GOOD + "<!-- outline-end -->\n<!-- outline-start -->\n", "7:1", "outline-mismatch", "before it begins"),
    (
        GOOD + "<!-- outline-start -->\na\n<!-- outline-end -->\n<!-- outline-start -->\n",
        "10:1",
        "outline-mismatch",
        "second",
    ),
    (GOOD + "A ![picture](:none.jpg).\n", "7:14", "image-missing", "/assets/img/posts/none.jpg"),
    (GOOD + "![a](https://elsewhere.example/a.png)\n", "7:6", "image-elsewhere", "another host"),
    (GOOD.replace("title: A", 'title: A\nimg: ":none.jpg"'), "4:1", "image-missing", "/assets/img/posts/none.jpg"),
    (GOOD + "See [that](/posts/2023-06-15-b).\n", "7:12", "link-to-no-part", "/posts/2023-06-15-b"),
    (GOOD + FENCE.format("a: [\nb: x"), "10:1", "fence-yaml", "no YAML"),
    (GOOD + FENCE.format("- a\n- b"), "8:1", "fence-no-mapping", "a list"),
    (GOOD + FENCE.format("a: https://a.example/"), "7:1", "fence-missing-key", "lacks b"),
    (GOOD + FENCE.format("a: null\nb: null\nexpects: x"), "10:1", "fence-unknown-key", "expects"),
    (GOOD + FENCE.format("a: null\nb: no address"), "9:4", "not-a-url", "no address"),
    (
        GOOD + FENCE.format("a: https://a.example/\nb: http://a.example/\nexpect: same-origin"),
        "10:9",
        "verdict-mismatch",
        "schemelessly-same-site",
    ),
    (
        GOOD + FENCE.format("a: https://alice.github.io/\na_domain: github.io\nb: null"),
        "9:11",
        "domain-refused",
        "can't set document.domain to github.io",
    ),
    (GOOD + "Text.\n\n```origin-compare\na: null\n", "9:1", "fence-open", "never ends"),
    (GOOD + "```origin-compair\na: null\n```\n", "7:1", "fence-unknown-kind", "origin-compair"),
]


@pytest.mark.parametrize(("text", "place", "code", "words"), ONE_FILE, ids=[f"{row[2]}-{row[1]}" for row in ONE_FILE])
def test_each_mistake_is_named_at_its_place(site: Site, text: str, place: str, code: str, words: str) -> None:
    site.write("content/2023-06-13-a.md", text)
    tree = site.tree(CORS_SERIES_LANGUAGES={"en": {"title": "Site"}})
    found = [str(item).split("\n")[0] for item in tree.problems]
    assert len(found) == 1, found
    assert found[0].startswith(f"content/2023-06-13-a.md:{place}: {CATALOGUE[code].severity}[{code}]: ")
    assert words in found[0]


# Files that no part can be read from, or with a value that none can hold, and what is said of them.
UNREAD = [
    (b"\n---\nlng_pair: id_a\n---\n", "1:1", "front-matter-late"),
    ("---\nlng_pair: id_a\n---\n".encode("utf-16"), "1:1", "not-utf-8"),
    (GOOD.encode() + b"a\x08b\n", "7:2", "control-character"),
    (GOOD.replace("title: A", 'title: "A\\x08"').encode(), "3:8", "wrong-type"),
    (GOOD.replace("title: A", "title: A\npart: 0\nseries: x").encode(), "4:7", "wrong-type"),
    (GOOD.replace("title: A", "title: A\npart: 1\nseries: '!'").encode(), "5:1", "wrong-type"),
    (GOOD.replace("title: A", "title: A\ntags: [[a]]").encode(), "4:7", "wrong-type"),
    (GOOD.encode() + b"![a](http://[b)\n", "7:6", "image-elsewhere"),
    (b"---\ntitle: " + b"[" * 50_000 + b"\n---\n", "2:207", "front-matter-yaml"),
    (GOOD.encode() + b"![a](/" + b"a" * 300 + b".png)\n", "7:6", "image-missing"),
]


@pytest.mark.parametrize(("raw", "place", "code"), UNREAD, ids=[f"{row[2]}-{row[1]}" for row in UNREAD])
def test_no_file_is_too_strange_to_be_named(site: Site, raw: bytes, place: str, code: str) -> None:
    site.write("content/2023-06-13-a.md", "").write_bytes(raw)
    (found,) = site.tree(CORS_SERIES_LANGUAGES={"en": {}}).problems
    assert (f"{found.line}:{found.column}", found.code) == (place, code)


def test_a_link_to_a_file_that_is_gone_is_named(site: Site) -> None:
    (site.root / "content/2023-06-13-a.md").symlink_to("nowhere")
    (found,) = site.tree().problems
    assert (found.path, found.code) == ("content/2023-06-13-a.md", "file-unreadable")


def test_a_missing_content_folder_is_an_error(site: Site) -> None:
    assert [item.code for item in site.tree(PATH="nowhere").problems] == ["content-missing"]


def test_an_extension_that_is_not_there_is_an_error(site: Site) -> None:
    site.part("2023-06-13-a.md")
    found = site.tree(CORS_SERIES_LANGUAGES={"en": {}}, MARKDOWN={"extensions": ["no_such_extension"]}).problems
    assert [item.code for item in found] == ["markdown-setting"]


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"CORS_SERIES_LANGAUGES": {}}, "setting-unknown"),
        ({"CORS_SERIES_LANGUAGES": {"en": {"titel": "A"}}}, "setting-unknown"),
        ({"CORS_SERIES_LANGUAGES": ["en"]}, "setting"),
        ({"CORS_SERIES_OLD_HOSTS": "old.example"}, "setting"),
        ({"CORS_SERIES_MINIFY": "no"}, "setting"),
        ({"CORS_SERIES_TITLES": {"a": "b"}}, "setting"),
        ({"CORS_SERIES_REQUIRE_TRANSLATIONS": "yes"}, "setting"),
        ({"CORS_SERIES_REQUIRE_OBSERVATIONS": "yes"}, "setting"),
        ({"SITEURL": "http://[x"}, "setting"),
        ({"PATH": 3}, "setting"),
        ({"MARKDOWN": ["extra"]}, "setting"),
        ({"TIMEZONE": "Mars/Olympus"}, "setting"),
        ({"DEFAULT_LANG": "fr", "CORS_SERIES_LANGUAGES": {"en": {}}}, "setting"),
    ],
)
def test_a_setting_of_the_wrong_form_is_named(settings: dict[str, object], code: str) -> None:
    _, found = read_settings(settings, "pelicanconf.py")
    assert [item.code for item in found] == [code]
    assert next(iter(settings)) in found[0].message


def test_one_part_that_cannot_be_read_makes_no_news_of_its_partners(site: Site) -> None:
    for number in (1, 2, 3):
        for folder in ("en", "ko"):
            site.part(f"{folder}/2023-06-1{number}-a.md", lng_pair=f"id_x_{number}")
    site.part("ko/2023-06-12-a.md", lng_pair="id_x_2", date="soon")
    assert [item.code for item in site.tree().problems] == ["wrong-type"]


def test_head_and_body_are_judged_in_one_run(site: Site) -> None:
    body = "![a](:none.jpg)\n\n" + FENCE.format("a: null\nb: x")
    site.write("content/2023-06-13-a.md", f"---\ntitle: [\n---\n\n{body}")
    found = [item.code for item in site.tree(CORS_SERIES_LANGUAGES={"en": {}}).problems]
    assert found == ["front-matter-yaml", "image-missing", "not-a-url"]


def test_a_series_that_is_numbered_by_years_has_no_gap_before_its_first(site: Site) -> None:
    for year in (2021, 2022):
        site.part(f"{year}-12-31-review.md", lng_pair=f"id_Review_{year}")
    assert site.tree(CORS_SERIES_LANGUAGES={"en": {}}).problems == ()


def test_the_address_of_an_index_is_taken(site: Site) -> None:
    site.part("ko/index.md", lang="ko")
    assert "address-taken" in {item.code for item in site.tree().problems}


def test_a_part_that_is_not_utf_8_is_named_at_its_byte(site: Site) -> None:
    file = site.write("content/2023-06-13-a.md", "")
    file.write_bytes("---\ntitle: 가\xff".encode()[:-2] + b"\xff\n---\n")
    (found,) = site.tree(CORS_SERIES_LANGUAGES={"en": {}}).problems
    assert (found.code, found.line, found.column) == ("not-utf-8", 2, 9)


def test_an_id_used_twice_in_a_language_names_both_files(site: Site) -> None:
    site.part("2023-06-13-a.md", lng_pair="id_x")
    site.part("2023-06-13-b.md", lng_pair="id_x")
    found = [item for item in site.tree(CORS_SERIES_LANGUAGES={"en": {}}).problems if item.severity == "error"]
    assert [str(item).split("\n")[0] for item in found] == [
        (
            "content/2023-06-13-b.md:2:1: error[pair-id-taken]: lng_pair id_x is already the id of "
            "content/2023-06-13-a.md, which is in the same language (en)"
        ),
    ]


def test_a_part_without_partner_is_a_warning_unless_a_setting_makes_it_an_error(site: Site) -> None:
    site.part("2023-06-13-a.md")
    (warning,) = site.tree().problems
    (error,) = site.tree(CORS_SERIES_REQUIRE_TRANSLATIONS=True).problems
    assert (warning.severity, error.severity) == ("warning", "error")
    assert warning.code == error.code == "pair-without-partner"


def test_an_exchange_that_was_never_recorded_is_a_warning_where_a_setting_asks_for_observations(site: Site) -> None:
    exchange = "page: https://app.example/\nrequest: {{url: {}}}\nresponse: {{status: 200, headers: {{X-A: 1}}}}"
    fences = [
        "```cors-exchange",
        exchange.format("https://never.example/"),
        "```",
        "",
        "```cors-exchange",
        "page: x",
        "```",
    ]
    site.part("2023-06-13-a.md", "\n".join(fences[:3]))
    settings = {"CORS_SERIES_LANGUAGES": {"en": {}}}
    assert site.tree(**settings).problems == ()
    (warning,) = site.tree(**settings, CORS_SERIES_REQUIRE_OBSERVATIONS=True).problems
    assert (warning.severity, warning.code, warning.line, warning.column) == ("warning", "not-observed", 7, 1)
    assert "make record" in warning.hint
    # A fence with a mistake in it has that one problem.
    site.part("2023-06-13-a.md", "\n".join(fences[4:]))
    problems = site.tree(**settings, CORS_SERIES_REQUIRE_OBSERVATIONS=True).problems
    assert "not-observed" not in {found.code for found in problems}


def test_a_pair_split_by_a_slip_is_told_which_file_was_meant(site: Site) -> None:
    site.part("2023-06-13-a.md", lng_pair="id_a")
    site.part("ko/2023-06-13-a.md", lng_pair="id_aa")
    hints = [item.hint for item in site.tree().problems]
    assert any("content/ko/2023-06-13-a.md has the same name and the id id_aa" in hint for hint in hints)


def test_a_gap_in_a_series_names_what_is_missing(site: Site) -> None:
    for number in (1, 2, 5):
        site.part(f"2023-06-1{number}-a.md", lng_pair=f"id_About_CORS_{number}")
    (found,) = site.tree(CORS_SERIES_LANGUAGES={"en": {}}).problems
    assert (found.severity, found.code, found.path, found.line) == (
        "warning",
        "series-gap",
        "content/2023-06-15-a.md",
        2,
    )
    assert "no part 3 to 4 in en" in found.message


def test_a_number_taken_twice_in_a_series_is_an_error(site: Site) -> None:
    site.part("2023-06-11-a.md", series="cors", part=1)
    site.part("2023-06-12-b.md", series="cors", part=1)
    found = [item for item in site.tree(CORS_SERIES_LANGUAGES={"en": {}}).problems if item.code == "series-part-taken"]
    assert [(item.path, item.line, item.severity) for item in found] == [("content/2023-06-12-b.md", 6, "error")]


def test_two_files_with_one_address_are_an_error(site: Site) -> None:
    site.part("one/2023-06-13-a.md", lng_pair="id_x")
    site.part("two/2023-06-13-A.md", lng_pair="id_y")
    (found,) = [item for item in site.tree(CORS_SERIES_LANGUAGES={"en": {}}).problems if item.severity == "error"]
    assert found.code == "address-taken"


def test_a_name_without_its_date_is_a_warning_with_the_name_to_give(site: Site) -> None:
    site.part("about cors.md")
    (found,) = site.tree(CORS_SERIES_LANGUAGES={"en": {}}).problems
    assert (found.severity, found.code) == ("warning", "file-name")
    assert "2023-06-13-about-cors.md" in found.hint


def test_all_mistakes_of_a_tree_are_reported_in_one_run(site: Site) -> None:
    for number, (text, *_rest) in enumerate(ONE_FILE):
        site.write(f"content/2023-06-13-{number:02}.md", text.replace("id_a", f"id_{number:02}x"))
    codes = {item.code for item in site.tree(CORS_SERIES_LANGUAGES={"en": {}}).problems}
    assert {code for *_, code, _words in ONE_FILE} <= codes


def test_a_language_without_words_is_an_error(site: Site) -> None:
    found = site.tree(CORS_SERIES_LANGUAGES={"en": {}, "xx": {}}).problems
    assert [(item.code, item.severity) for item in found] == [("text-missing", "error")]


def test_a_language_that_lacks_a_word_or_the_sentence_of_a_step_is_an_error(site: Site) -> None:
    for name in ("en.toml", "steps.en.toml"):
        words = (ROOT / "pelican_cors_series/text" / name).read_text(encoding="utf-8")
        kept = [line for line in words.splitlines() if not line.startswith(("home =", '"2.b" = { true = "Same host'))]
        more = words_on_what_is_left_out() if name == "en.toml" else ""
        site.write(f"words/{name.replace('en', 'ja')}", "\n".join(kept) + more)
    found = site.tree(CORS_SERIES_LANGUAGES={"en": {}, "ja": {}}, CORS_SERIES_TEXT="words").problems
    assert [(item.code, item.severity) for item in found] == [("step-unaccounted", "error"), ("text-missing", "error")]
    assert "same_origin#2.b has no sentence in ja" in found[0].message
    assert "site.home" in found[1].message


@pytest.mark.parametrize("key", ["layout", "permalink", "redirect_from", "toc"])
def test_keys_that_jekyll_knows_are_no_problem(site: Site, key: str) -> None:
    site.part("2023-06-13-a.md", **{key: "x"})
    assert site.tree(CORS_SERIES_LANGUAGES={"en": {}}).problems == ()


def test_a_near_miss_is_told_the_key_that_was_meant(site: Site) -> None:
    site.part("2023-06-13-a.md", lang_pair="x", image_lazy_loader="true")
    hints = [item.hint for item in site.tree(CORS_SERIES_LANGUAGES={"en": {}}).problems]
    assert hints == ["did you mean lng_pair?", "did you mean image_lazy_loader_on?"]


def test_every_kind_of_problem_reads_well() -> None:
    for code, kind in CATALOGUE.items():
        names = set(re.findall(r"(?<!{){(\w+)}(?!})", kind.message + kind.hint))
        item = problem(code, Place("a.md", 3, 4), **dict.fromkeys(names, "VALUE"))
        first, second = str(item).split("\n")
        assert first.startswith(f"a.md:3:4: {kind.severity}[{code}]: ")
        assert second.startswith("    hint: ")
        assert not re.search(r"[{}]VALUE|\.$", first), first


def test_the_report_counts_what_it_shows() -> None:
    place = Place("a.md")
    text = report(
        [problem("fence-open", place, kind="x", fence="```"), problem("unknown-key", place, key="k", suggestion="s")]
    )
    assert text.endswith("1 error, 1 warning\n")
    assert report([]) == ""
