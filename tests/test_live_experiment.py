"""The live-experiment widget as it is built: the fence, the verdict on every host, and the files of its frame."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from conftest import OWN_LANGUAGES
from experiments import TABLE, fences

from pelican_cors_series.problems import Place
from pelican_cors_series.text import load_text
from pelican_cors_series.widgets import experiment_files, render

if TYPE_CHECKING:
    from bs4 import Tag
    from conftest import Site

OPENING = Place("content/en/part.md", 41, 1)


def widget(source: str, language: str = "en") -> Tag:
    markup, problems = render("live-experiment", source, OPENING, load_text(language))
    assert problems == []
    found = BeautifulSoup(markup, "html.parser").find("live-experiment")
    assert found is not None
    return found  # type: ignore[return-value] # a tag, not a string


@pytest.mark.parametrize(("source", "star", "none"), TABLE)
def test_the_build_predicts_what_engines_did(source: str, star: str, none: str) -> None:
    _, problems = render(
        "live-experiment", f"{source}\nexpect: {{with: {star}, without: {none}}}", OPENING, load_text("en")
    )
    assert problems == []


@pytest.mark.parametrize(("source", "star", "none"), TABLE)
def test_any_other_expectation_stops_the_build(source: str, star: str, none: str) -> None:
    other = {"readable": "opaque", "opaque": "blocked", "blocked": "readable"}
    for side, result in (("with", star), ("without", none)):
        markup, problems = render(
            "live-experiment", f"{source}\nexpect: {{{side}: {other[result]}}}", OPENING, load_text("en")
        )
        assert markup == ""
        assert [found.code for found in problems] == ["verdict-mismatch"]
        assert f"{side} Access-Control-Allow-Origin: * it is {result}" in problems[0].message


@pytest.mark.parametrize("language", OWN_LANGUAGES)
@pytest.mark.parametrize(("source", "star", "none"), TABLE)
def test_without_a_script_the_verdict_on_both_kinds_of_hosts_is_there(
    source: str, star: str, none: str, language: str
) -> None:
    lines = widget(source, language).select('[data-slot="rules"] > ul > li')
    assert {line["data-result"] for line in lines} == {star, none}
    words = load_text(language).words["live_experiment"]
    if len(lines) == 1:
        assert lines[0].span.text == words["every"]  # type: ignore[union-attr]
    else:
        first, second = (line.span.text for line in lines)  # type: ignore[union-attr]
        assert "Access-Control-Allow-Origin: *" in first
        assert words["no_header"].format(name="Access-Control-Allow-Origin") in second
    for line in lines:
        assert line.strong is not None
        assert line.select_one('[data-slot="why"] a[href^="https://"]')


PREFLIGHTED = ("request: {method: PUT}", "request: {headers: {X-Test: 1, Authorization: x}, credentials: include}")


@pytest.mark.parametrize("source", [source for source, _, _ in TABLE] + [*PREFLIGHTED])
def test_each_host_stands_in_one_line(source: str) -> None:
    lines = widget(source).select("li[data-result]")
    hosts = [host for line in lines for host in str(line.get("data-hosts", "")).split()]
    assert len(hosts) == len(set(hosts))
    assert hosts or len(lines) == 1


def test_what_a_preflight_asks_for_is_what_the_page_looks_for() -> None:
    put, headers = (widget(source) for source in PREFLIGHTED)
    assert (put["data-asks-method"], put["data-asks-headers"]) == ("PUT", "")
    assert (headers["data-asks-method"], headers["data-asks-headers"]) == ("", "authorization,x-test")
    assert not widget("request: {method: POST}").has_attr("data-asks-method")


def test_what_stands_in_the_fence_is_what_is_run() -> None:
    found = widget('request: {method: PUT, headers: {X-Test: "<b>"}}')
    assert found["data-request"] == (
        '{"method": "PUT", "mode": "cors", "credentials": "same-origin", "headers": [["X-Test", "<b>"]]}'
    )
    assert '"X-Test": "<b>"' in found.pre.text  # type: ignore[union-attr]
    assert found.find("b") is None


PROBLEMS = [
    ("does: picture", 42, 7, "invalid-value", "one of fetch, image"),
    ("does: font\ncrossorigin: true", 43, 1, "unknown-member", "only where does is image or stylesheet"),
    ("does: image\nrequest: {}", 43, 1, "unknown-member", "only where does is fetch"),
    ("request: {url: /a}", 42, 11, "unknown-member", "no such member"),
    ("request: {mode: corss}", 42, 17, "invalid-value", "one of cors"),
    ("request: put", 42, 10, "invalid-value", "a mapping"),
    ("does: image\ncrossorigin: anonymous", 43, 14, "invalid-value", "true or false"),
    ("expect: maybe", 42, 9, "invalid-value", "one of readable, opaque, blocked"),
    ("expect: {never: blocked}", 42, 10, "unknown-member", "no such member"),
    ("expect: opaque", 42, 9, "verdict-mismatch", "with Access-Control-Allow-Origin: * it is readable"),
    ("does: caches\nexpect: readable", 43, 9, "verdict-mismatch", "decided by the Storage Standard"),
    ("- does", 42, 1, "invalid-value", "a mapping"),
    ("does: [", 43, 1, "scenario-yaml", "cannot be read"),
]


@pytest.mark.parametrize(("source", "line", "column", "code", "message"), PROBLEMS)
def test_a_problem_stands_at_its_place(source: str, line: int, column: int, code: str, message: str) -> None:
    markup, problems = render("live-experiment", source, OPENING, load_text("en"))
    assert markup == ""
    assert (line, column, code) in [(found.line, found.column, found.code) for found in problems]
    assert any(message in found.message for found in problems)


def test_every_mistake_shows_in_one_run() -> None:
    _, problems = render("live-experiment", "does: x\ncrossorgin: 1\nexpect: y", OPENING, load_text("en"))
    assert [found.line for found in sorted(problems)] == [42, 43, 44]


@pytest.mark.parametrize(
    ("site_url", "named"), [("https://blog.example/a/b", " https://blog.example "), ("", "'self' http://127")]
)
def test_the_frame_may_load_from_its_own_site_alone(site_url: str, named: str) -> None:
    page = experiment_files(["live-experiment"], site_url)["experiment/frame.html"].decode()
    [policy] = re.findall(r'Content-Security-Policy" content="(.*?)"', page)
    assert policy.startswith("default-src 'none'; script-src 'self' ")
    assert named in policy
    hosts = set(re.findall(r"https?://[^ ;]+", policy))
    assert hosts <= {"https://blog.example", "http://127.0.0.1:*", "http://localhost:*"}
    assert "unsafe" not in policy


def test_a_page_allows_a_frame_only_where_it_has_an_experiment(site: Site) -> None:
    site.part("en/2023-06-13-a.md", fences())
    site.part("en/2023-06-14-b.md", "Text.\n\n```origin-compare\na: null\nb: null\n```\n")
    assert site.pelican().returncode == 0
    with_one, without = site.page("posts/2023-06-13-a.html"), site.page("posts/2023-06-14-b.html")
    for needed in ("frame-src &#39;self&#39;", "live-experiment.en.js"):
        assert needed in with_one
        assert needed not in without
    assert (site.root / "output/theme/experiment/font.ttf").read_bytes()[:4] == b"\0\1\0\0"


def test_a_site_without_an_experiment_has_no_files_for_one(site: Site) -> None:
    site.part("en/2023-06-14-b.md", "Text.\n")
    assert site.pelican().returncode == 0
    assert not [path for path in site.output() if "experiment" in path and not path.endswith(".css")]


def test_the_description_of_a_page_is_not_made_of_an_experiment(site: Site) -> None:
    site.part("en/2023-06-14-b.md", "```live-experiment\n```\n\nText of the page.\n")
    [part] = site.tree().parts.values()
    assert "fetch" not in part.summary + part.description
    assert site.pelican().returncode == 0
    assert '<meta name="description" content="Text of the page.">' in site.page("posts/2023-06-14-b.html")
