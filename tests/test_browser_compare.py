"""The comparison of addresses and the question before it, in Chromium: several addresses, states, keyboard."""

# The fixtures of test_browser are asked for by their names.
# ruff: noqa: F811

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from conftest import CONFIGURATION, ROOT, Site
from playwright.sync_api import Browser, Locator, Page, expect
from test_browser import chromium, page, page_without_scripts  # noqa: F401
from test_browser_pages import served

from pelican_cors_series.text import load_text

if TYPE_CHECKING:
    from collections.abc import Iterator

PART = {"en": "posts/2023-06-20-a", "ko": "ko/2023-06-20-a"}
SEVERAL = [
    "https://shop.example/cart",
    "http://shop.example/",
    "https://shop.example:8443/",
    "https://xn--3e0b707e.example/",
    "http://0x7f.1/",
    "null",
    "data:text/html,x",
    "blob:https://shop.example/1",
]
FAR = "Text.\n\n" * 60
BODY = f"""\
[A link](#origin-compare-2?a=https%3A%2F%2Fa.example%2F&b=https%3A%2F%2Fa.example%2Fx)

```origin-compare
a: https://shop.example/
b: [{", ".join(f"'{each}'" if each != "null" else each for each in SEVERAL)}]
```

{FAR}

```origin-compare
a: https://a.example/
b: file:///etc/hosts
```

{FAR}

```origin-compare
a: https://a.example:444/
b: https://b.example/
ask: true
```

```cors-exchange
page: https://app.example/
request: {{url: https://api.example/}}
response: {{status: 200}}
ask: true
```

```origin-compare
a: https://a.x.example/
a_domain: x.example
b: https://x.example/
```
"""
WORDS = {language: load_text(language) for language in PART}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of one part in two languages, with every form of the widget."""
    site = Site(tmp_path_factory.mktemp("compare"))
    (site.root / "pelicanconf.py").write_text(CONFIGURATION, encoding="utf-8")
    site.configure(f"import sys\nsys.path.insert(0, {str(ROOT)!r})")
    for language in PART:
        site.part(f"{language}/2023-06-20-a.md", BODY, lng_pair="id_a")
    run = site.pelican()
    assert run.returncode == 0, run.stdout + run.stderr
    with served(site.root / "output") as found:
        yield found


def open_part(page: Page, address: str, language: str, fragment: str = "") -> Locator:
    page.goto(f"{address}/{PART[language]}{fragment}")
    return page.locator("origin-compare")


def state(*addresses: str, ordinal: int = 2) -> str:
    return f"#origin-compare-{ordinal}?" + urlencode(
        [("b" if index else "a", each) for index, each in enumerate(addresses)]
    )


def titles(widget: Locator) -> list[str]:
    return widget.locator('[data-slot="title"]').all_text_contents()


@pytest.mark.parametrize("language", PART)
def test_the_browser_arrives_at_the_printed_table(
    page: Page, page_without_scripts: Page, address: str, language: str
) -> None:
    printed = open_part(page_without_scripts, address, language).first
    widget = open_part(page, address, language).first
    expect(widget.locator("input")).to_have_count(len(SEVERAL) + 1)
    # Something is changed and changed back, so that nothing that was printed is left.
    first = widget.locator('[data-field="a"] input')
    first.fill("https://other.example/")
    expect(widget.locator('[data-relation="same-origin"]')).to_have_count(0)
    first.fill("https://shop.example/")
    expect(widget.locator('[data-relation="same-origin"]')).to_have_count(2)
    for row in range(len(SEVERAL)):
        left, right = (each.locator('[data-slot="list"] > tbody > tr').nth(row) for each in (printed, widget))
        right.locator("details").first.evaluate("(details) => { details.open = true; }")
        for cell in (0, 1):
            expect(right.locator("> td").nth(cell)).to_have_text(left.locator("> td").nth(cell).text_content() or "")
        assert right.locator("th code").inner_html() == left.locator("th code").inner_html()


def test_addresses_are_added_and_taken_away_by_keyboard_alone(page: Page, address: str) -> None:
    widget = open_part(page, address, "en", "#origin-compare-2").nth(1)
    expect(widget.locator("input")).to_have_count(2)
    widget.get_by_role("button", name="Add an address").focus()
    page.keyboard.press("Enter")
    expect(widget.locator("input")).to_have_count(3)
    expect(widget.locator("input").nth(2)).to_be_focused()
    page.keyboard.type("https://a.example:443/y")
    expect(widget.locator("tbody tr").nth(1).locator('[data-slot="title"]')).to_have_text("Same origin")
    expect(widget.locator('[aria-invalid="true"]')).to_have_count(0)
    for _ in ("steps", "remove", "input"):
        page.keyboard.press("Shift+Tab")
    expect(widget.locator("input").nth(1)).to_be_focused()
    page.keyboard.press("Tab")
    expect(widget.get_by_role("button", name="Remove address 2")).to_be_focused()
    page.keyboard.press("Enter")
    expect(widget.locator("input")).to_have_count(2)
    expect(widget.locator("input").first).to_be_focused()
    expect(widget.locator("input").nth(1)).to_have_value("https://a.example:443/y")
    expect(widget.locator('[data-slot="title"]')).to_have_text("Same origin")


def test_the_state_is_in_the_fragment_and_leads_back(page: Page, address: str) -> None:
    widget = open_part(page, address, "en", "#origin-compare-2").nth(1)
    widget.locator("input").nth(1).fill("https://x.example/?a=1&b=#2")
    expect(page).to_have_url(re.compile("#.*x.example"))
    link = page.url
    assert "?" not in link.split("#")[0]
    page.goto("about:blank")
    page.goto(link)
    again = page.locator("origin-compare").nth(1)
    expect(again.locator("input").nth(1)).to_have_value("https://x.example/?a=1&b=#2")
    expect(again).to_be_in_viewport()
    again.get_by_role("button", name="Restore").click()
    expect(page).to_have_url(re.compile("^[^#]*$"))


@pytest.mark.parametrize("language", PART)
def test_a_link_in_the_text_leads_to_a_state_from_far_away_and_it_is_announced(
    page: Page, address: str, language: str
) -> None:
    widget = open_part(page, address, language).nth(1)
    expect(widget.locator("input")).to_have_count(0)
    page.get_by_role("link", name="A link").click()
    expect(widget).to_be_in_viewport()
    expect(widget.locator("input").nth(1)).to_have_value("https://a.example/x")
    title = WORDS[language]("origin_compare.title.same-origin")
    expect(widget.locator('[data-slot="title"]')).to_have_text(title)
    expect(widget.get_by_role("status")).to_contain_text(title)
    page.evaluate("""location.hash = "#origin-compare-2?a=null&b=null&b=https%3A%2F%2Fa.example" """)
    expect(widget.locator("input")).to_have_count(3)


HOSTILE = [
    "#origin-compare-2?",
    "#origin-compare-2?a=https://x.example/",
    "#origin-compare-2?a=null&a=null&b=null",
    "#origin-compare-2?b=null&b=null",
    "#origin-compare-2?a=null&b=null&__proto__=1",
    "#origin-compare-2?a=null&b=null&constructor=<img src=x onerror=alert(1)>",
    "#origin-compare-2?a=%ff&b=null",
    "#origin-compare-2?a=%&b=%",
    "#origin-compare-2?a=null" + "&b=null" * 30,
    "#origin-compare-2?a=null&b=" + "x" * 1_000_000,
]


@pytest.mark.parametrize("fragment", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("language", PART)
def test_a_state_that_no_widget_writes_shows_a_message_and_nothing_else(
    page: Page, address: str, language: str, fragment: str
) -> None:
    widget = open_part(page, address, language, fragment).nth(1)
    expect(widget.locator('[data-slot="note"]')).to_have_text(WORDS[language]("origin_compare.bad_state"))
    expect(widget.locator("input")).to_have_count(2)
    expect(widget.locator("input").nth(1)).to_have_value("file:///etc/hosts")
    expect(page.locator("main :is(img, script)")).to_have_count(0)
    assert page.evaluate("({}).polluted === undefined && Object.keys(Object.prototype).length === 0")


def test_hostile_addresses_in_a_state_stay_text(page: Page, address: str) -> None:
    hostile = ["https://x.example/<img src=x onerror=alert(1)>", "javascript:alert(1)", "{value} $& \\0 \x1b[31m"]
    widget = open_part(page, address, "en", state(*hostile)).nth(1)
    expect(widget.locator("input")).to_have_count(3)
    expect(widget.locator("img, script")).to_have_count(0)
    expect(widget.locator('[aria-invalid="true"]')).to_have_count(1)
    assert titles(widget) == ["Cross-origin, cross-site"]


def test_the_readers_own_browser_stands_beside_the_rules(page: Page, address: str) -> None:
    widget = open_part(page, address, "en", "#origin-compare-2").nth(1)
    # Chromium writes the origin of file: as file://, and the Standard leaves it opaque.
    own = widget.locator('[data-slot="browser"]')
    expect(own).to_have_text("Your browser sees it differently: file:///etc/hosts → file://")
    widget.locator("input").nth(1).fill("https://a.example:443/")
    expect(own).to_have_text("Your browser agrees. Origins: https://a.example")
    # Chromium lets a space into a host.
    widget.locator("input").nth(1).fill("https://a b.example/")
    expect(widget.locator('[aria-invalid="true"]')).to_have_count(1)


def test_where_origin_from_says_otherwise_the_widget_does_too(page: Page, address: str) -> None:
    page.add_init_script("Origin.prototype.isSameSite = () => false;")
    widget = open_part(page, address, "en", state("https://a.example/", "https://b.a.example/")).nth(1)
    own = widget.locator('[data-slot="browser"]')
    expect(own).to_have_text("Your browser sees it differently: https://b.a.example/ → https://b.a.example")


def test_a_widget_wakes_only_when_it_comes_into_view(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    widgets = open_part(page, address, "en")
    expect(widgets.first.locator("input").first).to_be_visible()
    expect(widgets.nth(1).locator("input")).to_have_count(0)
    widgets.nth(1).scroll_into_view_if_needed()
    expect(widgets.nth(1).locator("input")).to_have_count(2)
    # What is behind a question stays asleep, and what document.domain was set for stays as it was built.
    page.mouse.wheel(0, 100_000)
    expect(widgets.last).to_be_in_viewport()
    expect(widgets.last.locator("input")).to_have_count(0)
    expect(widgets.nth(2).locator("input")).to_have_count(0)
    scripts = {name for name in asked if name.endswith(".js")}
    # Of the exchange behind a question that is its tag alone, not what it brings once it wakes (cors-exchange.en.js).
    tags = {"page.js", "origin-compare.en.js", "cors-exchange.js", "predict-first.js"}
    assert scripts == tags | {"state.js", "unicode-label.js"}


@pytest.mark.parametrize("language", PART)
@pytest.mark.parametrize("kind", ["origin-compare", "cors-exchange"])
def test_a_question_is_answered_by_keyboard_and_the_answer_is_announced(
    page: Page, address: str, language: str, kind: str
) -> None:
    open_part(page, address, language)
    asked = page.locator(f"predict-first:has({kind})")
    expect(asked.locator(kind)).to_be_hidden()
    expect(asked.get_by_role("button")).to_have_count(4 if kind == "origin-compare" else 3)
    asked.get_by_role("button").first.focus()
    page.keyboard.press("Space")
    status = asked.locator('> [data-slot="feedback"]')
    expect(status).to_have_role("status")
    expect(status).to_have_text(asked.get_attribute("data-wrong") or "?")
    expect(asked.locator(kind)).to_be_visible()
    expect(asked.get_by_role("button").first).to_be_focused()
    expect(asked.get_by_role("button").first).to_have_attribute("aria-pressed", "true")
    right = asked.locator(f'[data-choice="{asked.get_attribute("data-answer")}"] button')
    right.focus()
    page.keyboard.press("Enter")
    expect(status).to_have_text(asked.get_attribute("data-right") or "?")
    expect(asked.get_by_role("button").first).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("language", PART)
def test_without_javascript_the_answer_is_behind_a_summary(
    page_without_scripts: Page, address: str, language: str
) -> None:
    open_part(page_without_scripts, address, language)
    for asked in page_without_scripts.locator("predict-first").all():
        expect(asked.locator("[data-choice]").first).to_be_visible()
        expect(asked.locator('[data-slot="verdict"]')).to_be_hidden()
        asked.locator("summary").first.focus()
        page_without_scripts.keyboard.press("Enter")
        expect(asked.locator('[data-slot="verdict"]')).to_be_visible()
    several = page_without_scripts.locator("origin-compare").first
    assert len(titles(several)) == len(SEVERAL)
    several.locator("summary").first.click()
    expect(several.locator("details li a").first).to_be_visible()


def test_a_link_to_a_state_behind_a_question_opens_it(page: Page, address: str) -> None:
    widget = open_part(page, address, "en", state("null", "null", ordinal=3)).nth(2)
    expect(widget.locator("input").first).to_have_value("null")
    expect(widget).to_be_in_viewport()


@pytest.mark.parametrize("language", PART)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("scripts", [True, False])
def test_nothing_scrolls_sideways_on_a_small_phone(
    chromium: Browser, address: str, language: str, scheme: str, scripts: bool
) -> None:
    context = chromium.new_context(
        viewport={"width": 320, "height": 640},
        color_scheme=scheme,  # type: ignore[arg-type]
        java_script_enabled=scripts,
    )
    opened = context.new_page()
    open_part(opened, address, language)
    if scripts:
        expect(opened.locator("origin-compare").first.locator("input").first).to_be_visible()
    for summary in opened.locator("summary:visible").all():
        summary.click()
    if scripts:
        assert opened.evaluate("document.documentElement.scrollWidth") <= 320
        wide = "[...document.querySelectorAll('main *')].filter((it) => it.getBoundingClientRect().right > 320.5)"
        assert (
            opened.evaluate(f"{wide}.filter((it) => !it.closest('pre')).map((it) => it.outerHTML.slice(0, 99))") == []
        )
    else:
        width = opened.locator("main").bounding_box()
        assert width is not None
        assert width["x"] + width["width"] <= 320
    context.close()
