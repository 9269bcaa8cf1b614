"""What a page with exchanges loads: the modules of cors-exchange, the rules of a fetch, and its words by language.

A page loads cors-exchange.js, and that exchange.js with the words when a reader is about to change something or a link
leads to a state. What few of them need follows when they do: the form when someone opens it, the sentences of the steps
when someone unfolds them or a step that seldom decides has done so, and what moves servers to https: when it is mixed
content.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pelican_cors_series.rules import all_rules, print_rules

from .bundle import bundle
from .exchange import SHORT_RULES, TURNS
from .step_lines import algorithms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pelican_cors_series.text import Text

# The files of the modules that are one for the browser, those that others import from first.
_JOINED: Mapping[str, tuple[str, ...]] = {
    "exchange.js": ("exchange-scenario.js", "exchange-change.js", "exchange-view.js", "exchange-editor.js"),
    "exchange-form.js": ("exchange-check.js", "exchange-form.js"),
    "exchange-https.js": ("exchange-https.js",),
    "exchange-steps.js": ("exchange-steps.js",),
}
# What every page with exchanges loads, and what the others import of it.
_ELEMENT = "cors-exchange.js"
_OF_ELEMENT = ("state.js", "lazy.js", "nodes.js", _ELEMENT)
# What they import of each other.
_EXPORTED = (
    *("changed", "current_url", "Editor", "everythingAllowed", "fewest", "firstAt", "Form", "get"),
    *("is_a_byte_string", "is_a_header_name", "is_a_header_value", "isMixedContent", "judge", "must"),
    *("normalize_a_header_value", "originAt", "overHttps", "parse_url", "percent_decode", "plainScenario"),
    *("readScenario", "ruleOf", "SILENT", "stepLine", "tree", "viewOfSteps", "with_the_scheme_https"),
)

# What the modules call; the printer adds what these need.
CALLED = (
    "ascii_lowercase",
    "cors_non_wildcard_request_header_name",
    "cors_safelisted_method",
    "current_url",
    "extract_header_list_values",
    "fetch_method",
    "get",
    "is_a_byte_string",
    "is_a_header_name",
    "is_a_header_value",
    "normalize_a_header_value",
    "normalize_a_method",
    "ok_status",
    "opaque_origin",
    "origin_of_a_url",
    "parse_url",
    "percent_decode",
    "redirect_status",
    "serialization_of_an_origin",
    "with_the_scheme_https",
)

# The steps that can settle a request of a page, with the key of their sentence then.
DECIDING: Mapping[str, str] = {
    **dict.fromkeys(
        (
            *(f"cors_check#{number}" for number in (2, 3, 4, 5, 7, 8)),
            "cors_preflight_fetch#7.3",
            "cors_preflight_fetch#7.5",
            "http_fetch#6.3.[1].1",
            "http_fetch#6.3.[2].2",
            "http_network_or_cache_fetch#11.1",
            "http_network_or_cache_fetch#11.2",
            *(f"http_redirect_fetch#{number}" for number in (5, 6, 7, 9, 10)),
            "main_fetch#12.[2]",
            "main_fetch#12.[3]",
            "main_fetch#12.[4]",
            "main_fetch#12.[4].1",
            "main_fetch#12.[5]",
            "main_fetch#21",
            "main_fetch#23.2",
            *(f"request_constructor#{number}" for number in ("5.2", "5.3", "17", "21", "25.2", "32.1", "35")),
            "scheme_fetch#3.[2].2",
            "scheme_fetch#3.[3].2",
            "scheme_fetch#3.[4]",
            "scheme_fetch#4",
            "should_be_blocked_due_to_a_bad_port#2",
            "should_fetching_request_be_blocked_as_mixed_content#2",
            "validate#1",
        ),
        "true",
    ),
    "cors_preflight_fetch#7": "false",
    "cors_preflight_fetch#7.6": "else",
    "cors_preflight_fetch#7.7": "else",
    "cross_origin_resource_policy_internal_check#5.[2]": "else",
    "cross_origin_resource_policy_internal_check#5.[3]": "false",
    "request_constructor#33.5": "false",
}
# What settles most exchanges; the sentences of the other steps come with those of the steps that led to a verdict.
_OFTEN = re.compile(
    r"cors_check#|cors_preflight_fetch#|http_network_or_cache_fetch#11\.2|main_fetch#12\.\[[24]\]$"
    r"|should_fetching_request_be_blocked_as_mixed_content#"
)
# The steps in which the first network error shows, and those by which deciding_step finds what has made it.
_SETTLING = (
    *("cors_preflight_fetch#6", "cors_preflight_fetch#8", "fetch#17", "fetch_method#2"),
    *("http_fetch#4.1", "http_fetch#4.1.1", "http_fetch#4.3", "http_fetch#6.3.[3].2", "http_redirect_fetch#22"),
    *(
        f"main_fetch#{number}"
        for number in ("3", "7", "12.[2].2", "12.[4].3", "12.[6].2", "12.[7].2", "13", "14", "15")
    ),
    *("ok_status#5", "scheme_fetch#3.[5]"),
)
# The words that `cors-series explain` and the widget share.
_EXPLAIN = (
    *("answers_at", "change", "in_answer", "in_request", "no_headers", "out_of_request", "outcome", "path"),
    *("preflight_cached", "readable", "status", "wire"),
)


def exchange_modules(also: Iterable[str] = ()) -> dict[str, str]:
    """Return the modules by their file names, readable. `also` are names to export besides what they import."""
    found = {_ELEMENT: bundle(map(_read, _OF_ELEMENT), ("element", "keepState", "stateOf"))}
    for name, parts in _JOINED.items():
        rules = [fetch_rules()] if name == "exchange.js" else []
        outside = {other: other for other in _JOINED if other != name} | dict.fromkeys(_OF_ELEMENT, _ELEMENT)
        found[name] = bundle([*rules, *map(_read, parts)], (*_EXPORTED, *also), outside)
    return found


def exchange_words(texts: Iterable[Text]) -> dict[str, str]:
    """Return the modules of words by their file names, three for each language.

    Raises KeyError where a language lacks a word of the widget or the sentence of a step.
    """
    found: dict[str, str] = {}
    often = {step: key for step, key in DECIDING.items() if _OFTEN.match(step)}
    for text in texts:
        found[f"cors-exchange.{text.language}.js"] = _module({"language": text.language, **_words(text, often)})
        found[f"cors-exchange-form.{text.language}.js"] = _module(text.words["cors_exchange_form"])
        found[f"cors-exchange-steps.{text.language}.js"] = _module(_words_of_steps(text))
    return found


def fetch_rules() -> str:
    """Return the rules of a fetch as the modules of the widgets call them."""
    return print_rules(CALLED, steps=_recorded())


def verdict_words(text: Text) -> Mapping[str, object]:
    """Return the words in which a verdict and what helps are told, whichever step has settled it."""
    return _words(text, DECIDING)


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


def _recorded() -> frozenset[str]:
    """Return the steps that the widget shows or asks for."""
    short = (f"{name}#{number}" for name in SHORT_RULES for number in all_rules()[name].source.numbers.values())
    return frozenset((*TURNS, *DECIDING, *_SETTLING, *short))


def _words(text: Text, deciding: Mapping[str, str]) -> Mapping[str, object]:
    steps: dict[str, dict[str, Any]] = {}
    for step, key in deciding.items():
        rule, number = step.split("#")
        choice = text.steps[rule][number]
        steps.setdefault(rule, {})[number] = choice if isinstance(choice, str) else {key: choice[key]}
    return {
        **{name: text.words["explain"][name] for name in _EXPLAIN},
        **text.words["cors_exchange"],
        **text.words["cors_exchange_editor"],
        "step": text("origin_compare.step"),
        "case": text("origin_compare.case"),
        "rules": _rules(steps),
        "steps": steps,
    }


def _words_of_steps(text: Text) -> Mapping[str, object]:
    steps: dict[str, dict[str, Any]] = {rule: dict(text.steps[rule]) for rule in SHORT_RULES}
    for step in (*TURNS, *DECIDING):
        rule, number = step.split("#")
        steps.setdefault(rule, {})[number] = text.steps[rule][number]
    return {"turns": TURNS, "short": SHORT_RULES, "rules": _rules(steps), "steps": steps}


def _rules(names: Iterable[str]) -> dict[str, tuple[str, str]]:
    return {name: (algorithms()[name].name, algorithms()[name].url) for name in names}


def _module(words: Mapping[str, object]) -> str:
    return f"export default {json.dumps(words, ensure_ascii=False, separators=(',', ':'))};\n"
