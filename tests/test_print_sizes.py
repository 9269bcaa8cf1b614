"""How much of a page the rules take: minified and packed, as the command that anyone can run prints them."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from conftest import OWN_LANGUAGES

from pelican_cors_series.cli import main
from pelican_cors_series.rules import print_rules
from pelican_cors_series.text import load_text
from pelican_cors_series.widgets import assets

if TYPE_CHECKING:
    from collections.abc import Callable

# What is printed, and the most bytes that it may have.
BUDGETS = {
    "comparing origins": (("relation",), 1_536),
    "a whole exchange": (("fetch_method",), 12_288),
    "everything": ((), 30_720),
}


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def run(*arguments: str) -> str:
        assert main(["print-rules", *arguments]) == 0
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize("name", BUDGETS)
def test_a_print_keeps_to_its_budget(name: str, printed: Callable[..., str]) -> None:
    names, most = BUDGETS[name]
    arguments = [each for rule in names for each in ("--only", rule)]
    assert len(gzip.compress(printed("--minify", *arguments).encode(), 9, mtime=0)) <= most


def test_the_command_prints_readable_rules_unless_it_is_told_to_minify(printed: Callable[..., str]) -> None:
    readable, minified = printed("--only", "same_origin"), printed("--only", "same_origin", "--minify")
    assert "export const same_origin = $rule(" in readable
    assert "// https://html.spec.whatwg.org/multipage/browsers.html#same-origin\n" in readable
    assert minified.endswith(" as same_origin}\n")
    assert len(minified) < len(readable) / 2


# What a page with exchanges loads in one language, rules and words and elements, until someone asks for more; and what
# follows then: the form when it is opened, the steps when they are unfolded, what a request in mixed content needs.
EXCHANGE = ("cors-exchange.js", "exchange.js", "cors-exchange.{}.js")
FORM = ("exchange-form.js", "cors-exchange-form.{}.js")
STEPS = ("exchange-steps.js", "cors-exchange-steps.{}.js")
MIXED_CONTENT = ("exchange-https.js",)


@pytest.fixture(scope="module")
def loaded() -> dict[str, int]:
    """The bytes of each file that pages with exchanges load, packed."""
    found = assets(["cors-exchange"], map(load_text, OWN_LANGUAGES), minified=True)
    return {name: len(gzip.compress(text.encode(), 9, mtime=0)) for name, text in found.items()}


@pytest.mark.parametrize("language", OWN_LANGUAGES)
@pytest.mark.parametrize(
    ("names", "most"),
    [(EXCHANGE, 20_480), (FORM, 5_120), (STEPS, 5_120), (MIXED_CONTENT, 1_024)],
    ids=["at once", "the form", "the steps", "mixed content"],
)
def test_a_page_with_exchanges_keeps_to_its_budget(
    loaded: dict[str, int], language: str, names: tuple[str, ...], most: int
) -> None:
    assert sum(loaded[name.format(language)] for name in names) <= most


def test_every_module_of_the_exchange_is_in_a_budget(loaded: dict[str, int]) -> None:
    counted = {
        name.format(language) for name in (*EXCHANGE, *FORM, *STEPS, *MIXED_CONTENT) for language in OWN_LANGUAGES
    }
    assert {name for name in loaded if name.endswith(".js")} == counted


def test_a_print_records_the_steps_that_are_asked_for_and_no_others() -> None:
    printed = print_rules(["same_origin"], steps={"same_origin#1"})
    assert '$step("1"' in printed
    assert '"2"' not in printed
    assert "$rule(" not in print_rules(["same_origin"], steps=())
