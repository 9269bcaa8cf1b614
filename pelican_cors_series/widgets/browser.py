"""What a page with widgets loads: its modules, the printed rules, the words, and the Public Suffix List in pieces."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from pelican_cors_series.rules import print_rules, suffix_shards

from .ask import ELEMENT as ASKING
from .bundle import bundle
from .comparison_steps import rules_in_links, sentences
from .cors_doctor import KIND as CORS_DOCTOR
from .cors_exchange import KIND as CORS_EXCHANGE
from .doctor_scripts import doctor_data, doctor_modules
from .exchange_scripts import exchange_modules, exchange_words
from .fence import KIND as ORIGIN_COMPARE
from .live_experiment import KIND as LIVE_EXPERIMENT
from .words_module import words_module

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from pelican_cors_series.text import Text

# What the modules of origin-compare call; the printer adds what these need.
_CALLED = (
    "default_port",
    "obtain_a_site",
    "opaque_origin",
    "origin_of_a_url",
    "parse_url",
    "relation",
    "serialization_of_a_site",
    "serialization_of_an_origin",
)
# Words of a comparison that no script needs, and those that only its steps do.
_STATIC = ("first_domain", "second_domain", "origin_domain", "case")
_OF_STEPS = ("step", "within")


def scripts(kinds: Collection[str], language: str) -> tuple[str, ...]:
    """Return the modules that a page with these kinds of widgets names in its head, as paths below theme/js/."""
    found = [f"{kind}.{language}.js" for kind in (ORIGIN_COMPARE, LIVE_EXPERIMENT) if kind in kinds]
    return (*found, *(f"{kind}.js" for kind in (CORS_EXCHANGE, CORS_DOCTOR, ASKING) if kind in kinds))


def sources(kinds: Collection[str]) -> dict[str, str]:
    """Return what the policy of a page with these kinds of widgets has to allow besides: directive → sources."""
    # An experiment frames a file of the site.
    return {"frame-src": "'self'"} if LIVE_EXPERIMENT in kinds else {}


def assets(kinds: Collection[str], texts: Iterable[Text], *, minified: bool) -> dict[str, str]:
    """Return all that pages with these kinds of widgets load, by its path below theme/js/.

    texts: the words of every language that such a page is written in. minified: the modules are, and each has a source
    map that leads back to the readable one.
    Raises KeyError where a language lacks a word of a widget or the sentences of a rule.
    """
    texts = tuple(texts)
    modules: dict[str, str] = {}
    if ASKING in kinds:
        modules[f"{ASKING}.js"] = bundle([_module("nodes"), _module(ASKING)])
    if ORIGIN_COMPARE in kinds:
        modules |= _origin_compare(texts)
    if LIVE_EXPERIMENT in kinds:
        modules |= _live_experiment(texts)
    if CORS_EXCHANGE in kinds:
        modules |= exchange_modules() | exchange_words(texts)
    if CORS_DOCTOR in kinds:
        modules |= doctor_modules() | doctor_data(texts)
    needs_suffixes = not {ORIGIN_COMPARE, CORS_EXCHANGE, CORS_DOCTOR}.isdisjoint(kinds)
    shards = {f"suffixes/{name}.txt": shard for name, shard in suffix_shards().items()} if needs_suffixes else {}
    return {**(_minified(modules) if minified else modules), **shards}


def comparison_modules(text: Text) -> list[str]:
    """Return the modules that say what a comparison comes to, its steps included, in the order of their needs."""
    rules, spelling, comparison = print_rules(_CALLED), _module("unicode-label"), _module("origin-comparison")
    return [rules, _words_of_element(text), spelling, comparison, _words_of_steps(text), _module("origin-steps")]


def _origin_compare(texts: Iterable[Text]) -> dict[str, str]:
    """Return what origin-compare loads: in each language the element, and the steps once a reader asks for them."""
    rules, modules = print_rules(_CALLED), {"unicode-label.js": _module("unicode-label")}
    parts = [_module(name) for name in ("state", "lazy", "nodes", "origin-comparison", ORIGIN_COMPARE)]
    for text in texts:
        modules[f"{ORIGIN_COMPARE}.{text.language}.js"] = bundle([rules, _words_of_element(text), *parts])
        steps = bundle([_words_of_steps(text), _module("origin-steps")], ("stepList",))
        modules[f"origin-steps.{text.language}.js"] = steps
    return modules


def _live_experiment(texts: Iterable[Text]) -> dict[str, str]:
    parts = [_module(name) for name in ("state", "lazy", "nodes", "experiment-run", LIVE_EXPERIMENT)]
    return {
        f"{LIVE_EXPERIMENT}.{text.language}.js": bundle([words_module({"words": experiment_words(text)}), *parts])
        for text in texts
    }


def experiment_words(text: Text) -> dict[str, object]:
    """Return the words of the live-experiment widget that its element adds to what was built."""
    words = text.words["live_experiment"]
    return {**words["browser"], "outcome": words["outcome"]}


def _words_of_element(text: Text) -> str:
    words = text.words["origin_compare"]
    needed = {name: word for name, word in words.items() if name not in (*_STATIC, *_OF_STEPS)}
    return words_module(needed | {"language": text.language})


def _words_of_steps(text: Text) -> str:
    words = text.words["origin_compare"]
    needed = {name: words[name] for name in _OF_STEPS}
    return words_module(needed | {"steps": sentences(text), "rules": rules_in_links(text)})


def _module(name: str) -> str:
    return files(__package__).joinpath(f"{name}.js").read_text("utf-8")


def _minified(modules: Mapping[str, str]) -> dict[str, str]:
    from pelican_cors_series.minifier import minify  # noqa: PLC0415 - only a site with widgets parses JavaScript

    found = {}
    for name, module in modules.items():
        short = minify(module)
        found[name] = f"{short.text}\n//# sourceMappingURL={name}.map\n"
        found[f"{name}.map"] = short.source_map(f"readable/{name}")
    return found
