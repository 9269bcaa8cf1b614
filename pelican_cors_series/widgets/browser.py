"""What a page with widgets loads: its modules, the printed rules, the words, and the Public Suffix List in pieces."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING

from pelican_cors_series.rules import print_rules, suffix_shards

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
    return tuple(f"{kind}.js" for kind in ("origin-compare", "live-experiment") if kind in kinds)


def assets(kinds: Collection[str], texts: Iterable[Text], *, minified: bool) -> dict[str, str]:
    """Return all that pages with these kinds of widgets load, by its path below theme/js/.

    texts: the words of every language that such a page is written in. minified: the modules are, and each has a source
    map that leads back to the readable one.
    Raises KeyError where a language lacks a word of a widget or the sentences of a rule.
    """
    texts = list(texts)
    found = _comparison(texts, minified=minified) if "origin-compare" in kinds else {}
    return found | (_experiment(texts, minified=minified) if "live-experiment" in kinds else {})


def _comparison(texts: Iterable[Text], *, minified: bool) -> dict[str, str]:
    modules = _modules("origin-compare.js", "origin-comparison.js")
    modules["rules.js"] = print_rules(_CALLED)
    words = {f"origin-compare.{text.language}.js": words_module(text) for text in texts}
    shards = {f"suffixes/{name}.txt": shard for name, shard in suffix_shards().items()}
    return {**(_minified(modules) if minified else modules), **words, **shards}


def _experiment(texts: Iterable[Text], *, minified: bool) -> dict[str, str]:
    modules = _modules("live-experiment.js", "experiment-run.js", "nodes.js")
    words = {f"live-experiment.{text.language}.js": _module(experiment_words(text)) for text in texts}
    return {**(_minified(modules) if minified else modules), **words}


def experiment_words(text: Text) -> dict[str, object]:
    """Return the words of the live-experiment widget that its element adds to what was built."""
    words = text.words["live_experiment"]
    return {**words["browser"], "outcome": words["outcome"]}


def _modules(*names: str) -> dict[str, str]:
    here = files(__package__)
    return {name: here.joinpath(name).read_text("utf-8") for name in names}


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
    return _module(words)


def _module(words: Mapping[str, object]) -> str:
    return f"export default {json.dumps(words, ensure_ascii=False, separators=(',', ':'))};\n"
