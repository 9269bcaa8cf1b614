"""The theme: contrasts, joined style sheets, no words of its own, reading times, and what a part weighs."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, Site

from pelican_cors_series.reading_time import reading_minutes
from pelican_cors_series.stylesheets import joined, shortened

CSS = ROOT / "theme/static/css"
TEMPLATES = sorted((ROOT / "theme/templates").glob("*.html"))
PARTS = ["2023-06-12-cors-1", "2023-06-13-cors-2", "2023-06-14-cors-3"]
TOKEN = re.compile(r"--([\w-]+):\s*light-dark\(#(\w+), #(\w+)\)")
TEXT_COLOURS = ["ink", "ink-soft", "accent", "odd", "good", "bad"]
CODE_COLOURS = ["code-comment", "code-keyword", "code-string", "code-number", "code-name", "bad", "good"]


def colours(scheme: str) -> dict[str, str]:
    sheets = "".join((CSS / name).read_text(encoding="utf-8") for name in ("base.css", "code.css"))
    return {name: light if scheme == "light" else dark for name, light, dark in TOKEN.findall(sheets)}


def luminance(colour: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    whole = "".join(each * 2 for each in colour) if len(colour) == 3 else colour
    parts = [int(whole[index : index + 2], 16) / 255 for index in (0, 2, 4)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_of_black_on_white_is_known() -> None:
    assert contrast("000", "ffffff") == pytest.approx(21)
    assert contrast("777777", "fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("paper", ["paper", "paper-raised", "accent-paper", "code-paper"])
def test_every_colour_of_text_is_readable_on_every_paper(scheme: str, paper: str) -> None:
    found = colours(scheme)
    for ink in [*TEXT_COLOURS, *(CODE_COLOURS if paper == "code-paper" else [])]:
        assert contrast(found[ink], found[paper]) >= 4.5, (ink, found[ink])


def test_what_the_browser_paints_around_the_page_is_its_paper(built: Path) -> None:
    page = BeautifulSoup((built / "index.html").read_text(encoding="utf-8"), "html.parser")
    told = {str(meta["media"]): str(meta["content"]) for meta in page.select("meta[name=theme-color]")}
    assert told == {f"(prefers-color-scheme: {each})": f"#{colours(each)['paper']}" for each in ("light", "dark")}


def test_every_style_sheet_of_a_page_is_one_file_without_comments(built: Path) -> None:
    names = {path.stem for path in CSS.glob("*-page.css")}
    assert set(joined(CSS)) == names
    frame = built / "theme" / "experiment" / "frame.html"  # a test page of the experiments, that has no style
    for path in set(built.rglob("*.html")) - {frame}:
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        sheets = [str(link["href"]) for link in page.select("link[rel=stylesheet]")]
        assert len(sheets) == 1, path
        text = (built / sheets[0].lstrip("/")).read_text(encoding="utf-8")
        if not page.select('meta[http-equiv="refresh"]'):
            assert "@import" not in text
            assert "/*" not in text
            assert text.count("{") == text.count("}") > 50


def test_a_theme_without_imports_keeps_its_style_sheets(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text(
        '@import url("https://fonts.example/a.css") screen;\nb { c: d }\n', encoding="utf-8"
    )
    assert joined(tmp_path) == {}


@pytest.mark.parametrize(
    ("sheet", "short"),
    [
        ("a {\n  b: c;\n}\n", "a{b:c}\n"),
        ("/* x */ a > b, c d { e: f  g; h: i; }", "a>b,c d{e:f g;h:i}\n"),
        ('a::before { content: "; /* } {  "; }', 'a::before{content:"; /* } {  "}\n'),
        ("a { b: 'x  y' / \"\"; }", "a{b:'x  y' / \"\"}\n"),
        ("@media (min-width: 4em) and (max-width: 5em) { a :is(b, c) { d: e } }",
         "@media (min-width:4em) and (max-width:5em){a :is(b,c){d:e}}\n"),
        ("a { b: calc(1px + 2px); c: --d }", "a{b:calc(1px + 2px);c:--d}\n"),
    ],
)  # fmt: skip
def test_a_style_sheet_loses_only_what_means_nothing(sheet: str, short: str) -> None:
    assert shortened(sheet) == short


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_has_no_words_of_its_own(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", text, flags=re.DOTALL)
    for said in re.findall(r'\b(?:aria-label|title|alt|placeholder)="([^"]*)"', text):
        assert said == ""
    words = re.sub(r"<[^>]*>", "", re.sub(r"<!DOCTYPE html>", "", text))
    assert re.findall(r"[^\W\d_]+", words) == []


@pytest.mark.parametrize(
    ("html", "minutes"),
    [
        ("", 1),
        ("<p>" + "word " * 229 + "</p>", 1),
        ("<p>" + "word " * 920 + "</p>", 4),
        ("<p>" + "한글은 " * 520 + "</p>", 3),
        ("<p>" + "한글과 origin " * 230 + "</p>", 2),
        ("<pre>" + "code " * 9000 + "</pre><svg>" + "<text>box</text>" * 9000 + "</svg><p>Read.</p>", 1),
    ],
)
def test_a_text_takes_as_long_as_it_has_words_or_syllables(html: str, minutes: int) -> None:
    assert reading_minutes(html) == minutes


def test_a_part_says_how_long_it_takes_and_a_page_does_not(built: Path) -> None:
    assert re.search(r"\d+ minutes to read", (built / f"posts/{PARTS[0]}.html").read_text(encoding="utf-8"))
    assert re.search(r"읽는 데 약 \d+분", (built / f"ko/{PARTS[0]}.html").read_text(encoding="utf-8"))
    assert "to read</span>" not in (built / "about.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", ["posts", "ko"])
@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_within_what_it_may_weigh(built: Path, folder: str, part: str) -> None:
    file = built / folder / f"{part}.html"
    page = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
    assert len(gzip.compress(file.read_bytes())) <= 30_000
    sheets = [built / str(link["href"]).lstrip("/") for link in page.select("link[rel=stylesheet]")]
    assert sum(len(gzip.compress(sheet.read_bytes())) for sheet in sheets) <= 10_000


@pytest.mark.parametrize("folder", ["posts", "ko"])
def test_a_diagram_says_in_the_language_of_its_page_what_it_shows(built: Path, folder: str) -> None:
    found = 0
    for part in PARTS:
        page = BeautifulSoup((built / folder / f"{part}.html").read_text(encoding="utf-8"), "html.parser")
        for drawing in page.select(".text figure.diagram > svg"):
            named = str(drawing["aria-labelledby"]).split()
            texts = [drawing.find(id=each) for each in named]
            assert [each.name for each in texts if each] == ["title", "desc"]
            words = drawing.get_text()
            assert bool(re.search("[가-힣]", words)) == (folder == "ko")
            found += 1
    assert found >= 2


def test_the_place_in_a_series_is_drawn_while_it_can_be_seen(site: Site) -> None:
    for number in range(1, 14):
        site.part(f"en/2023-06-{number:02}-a.md", lng_pair=f"id_long_{number}")
    for number in range(1, 4):
        site.part(f"en/2023-07-{number:02}-b.md", lng_pair=f"id_short_{number}")
    assert site.pelican().returncode == 0
    short = BeautifulSoup(site.page("posts/2023-07-02-b.html"), "html.parser")
    assert [each.get("class") for each in short.select(".cells i")] == [None, ["current"], None]
    assert "cells" not in site.page("posts/2023-06-02-a.html")
