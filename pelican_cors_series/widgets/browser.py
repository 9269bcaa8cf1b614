"""What a page with widgets loads: its modules, the printed rules, the words, and the Public Suffix List in pieces."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING

from pelican_cors_series.rules import print_rules, suffix_shards

from .exchange_scripts import exchange_modules, exchange_words
from .step_lines import algorithms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from pelican_cors_series.text import Text

# What origin-comparison.js calls; the printer adds what these need.
_CALLED = (
    "default_port",
    "document_domain_setter",
    "opaque_origin",
    "origin_of_a_url",
    "parse_host",
    "parse_url",
    "relation",
    "same_origin_domain",
    "serialization_of_a_site",
    "serialization_of_an_origin",
    "side",
)

# The rules whose steps the widget shows.
_SHOWN = (
    "host_equals",
    "obtain_a_site",
    "public_suffix",
    "public_suffix_list_algorithm",
    "registrable_domain",
    "same_origin",
    "same_origin_domain",
    "same_site_of_two_origins",
    "same_site_of_two_sites",
    "schemelessly_same_site",
)


def scripts(kinds: Collection[str]) -> tuple[str, ...]:
    """Return the modules that a page with these kinds of widgets names in its head, as paths below theme/js/."""
    return tuple(f"{kind}.js" for kind in ("origin-compare", "cors-exchange") if kind in kinds)


def assets(kinds: Collection[str], texts: Iterable[Text], *, minified: bool) -> dict[str, str]:
    """Return all that pages with these kinds of widgets load, by its path below theme/js/.

    texts: the words of every language that such a page is written in. minified: the modules are, and each has a source
    map that leads back to the readable one.
    Raises KeyError where a language lacks a word of a widget or the sentences of a rule.
    """
    texts = tuple(texts)
    modules: dict[str, str] = {}
    words: dict[str, str] = {}
    if "origin-compare" in kinds:
        here = files(__package__)
        modules = {
            name: here.joinpath(name).read_text("utf-8") for name in ("origin-compare.js", "origin-comparison.js")
        }
        modules["rules.js"] = print_rules(_CALLED)
        words = {f"origin-compare.{text.language}.js": words_module(text) for text in texts}
    if "cors-exchange" in kinds:
        modules |= exchange_modules()
        words |= exchange_words(texts)
    if not modules:
        return {}
    if minified:
        modules = _minified(modules)
    shards = {f"suffixes/{name}.txt": shard for name, shard in suffix_shards().items()}
    return {**modules, **words, **shards}


def _minified(modules: Mapping[str, str]) -> dict[str, str]:
    from pelican_cors_series.minifier import minify  # noqa: PLC0415 - only a site with widgets parses JavaScript

    found = {}
    for name, module in modules.items():
        short = minify(module)
        found[name] = f"{short.text}\n//# sourceMappingURL={name}.map\n"
        found[f"{name}.map"] = short.source_map(f"readable/{name}")
    return found


def words_module(text: Text) -> str:
    """Return the words of the origin-compare widget in one language as a JavaScript module."""
    words = {
        **text.words["origin_compare"],
        "rules": {name: {"name": algorithms()[name].name, "url": algorithms()[name].url} for name in _SHOWN},
        "steps": {name: text.steps[name] for name in _SHOWN},
    }
    return f"export default {json.dumps(words, ensure_ascii=False, separators=(',', ':'))};\n"
