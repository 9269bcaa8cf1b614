"""The preflight: a content tree → parts, series, pairs and every problem, each file opened and parsed once."""

from __future__ import annotations

import fnmatch
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pelican_cors_series.links import Links
from pelican_cors_series.part_file import PartFiles
from pelican_cors_series.problems import Place, Problem, has_error, problem
from pelican_cors_series.rules.inventory import verify
from pelican_cors_series.series import Series, find_series
from pelican_cors_series.text import MissingTextError, Text, load_text, missing_words
from pelican_cors_series.translations import Pairs, find_pairs, without_partner
from pelican_cors_series.two_processes import read_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pelican_cors_series.part import Part
    from pelican_cors_series.settings import Settings

# What is wrong with the words of a language has no line: it is the setting that asks for them.
_LANGUAGES = Place("CORS_SERIES_LANGUAGES")
_ENDINGS = (".md", ".markdown", ".mkd", ".mdown")


@dataclass(frozen=True, slots=True)
class Tree:
    """All that was found in a content tree.

    parts: by the absolute path of their file, published, hidden and drafts, with their links resolved. unpublished:
    the paths of those that say `published: false`. pairs, series: of the published parts alone.
    texts: the words of each language.
    """

    parts: Mapping[str, Part]
    unpublished: frozenset[str]
    pairs: Pairs
    series: Mapping[str, Series]
    texts: Mapping[str, Text]
    problems: tuple[Problem, ...]

    @property
    def failed(self) -> bool:
        """Whether one of the problems is an error: then nothing may be built."""
        return has_error(self.problems)


def read_tree(settings: Settings) -> Tree:
    """Return what stands in settings.content. Never raises for what an author wrote: that is in `problems`."""
    texts, problems = _texts(settings)
    reader = PartFiles(settings, texts)
    parts: dict[str, Part] = {}
    unpublished = set()
    paths = list(find_files(settings))
    for path, (part, published, found) in zip(paths, read_all(paths, reader.read), strict=True):
        problems += found
        if part is not None:
            parts[part.source] = part
        elif not published:
            unpublished.add(str(path))
    return _connect(parts, frozenset(unpublished), texts, problems, settings)


def _connect(
    parts: dict[str, Part],
    unpublished: frozenset[str],
    texts: Mapping[str, Text],
    problems: list[Problem],
    settings: Settings,
) -> Tree:
    """Return the tree of these parts: paired, in series, each link led to its page."""
    published = [part for part in parts.values() if part.status == "published"]
    problems += _taken_addresses(parts)
    pairs, found = find_pairs(published)
    problems += found
    problems += without_partner(pairs, list(settings.languages), required=settings.require_translations)
    series, found = find_series(published)
    problems += found
    links = Links((part for part in parts.values() if part.status != "draft"), pairs, settings)
    for source, part in parts.items():
        content, summary, found = links.resolve(part)
        problems += found
        parts[source] = replace(part, content=content, summary=summary)
    # A part stands in the pairs and in the series as well: there too with its links resolved.
    final_pairs = {key: {code: parts[part.source] for code, part in pair.items()} for key, pair in pairs.items()}
    final_series = {
        name: replace(each, parts={code: tuple(parts[p.source] for p in own) for code, own in each.parts.items()})
        for name, each in series.items()
    }
    return Tree(parts, unpublished, final_pairs, final_series, texts, tuple(sorted(set(problems))))


def find_files(settings: Settings) -> Iterator[Path]:
    """Yield the Markdown files in which Pelican looks for articles, in the order of their paths."""
    root = Path(os.path.abspath(settings.content))  # noqa: PTH100 - as Pelican names them: symbolic links unresolved
    excluded = {os.path.normpath(root / path) for path in settings.article_excludes}
    found = set()
    for start in settings.article_paths:
        place = root / start if start else root
        if place.is_file():
            found.add(place)
        for folder, folders, names in os.walk(place, followlinks=True):
            folders[:] = [
                name
                for name in folders
                if os.path.normpath(os.path.join(folder, name)) not in excluded and not _ignored(name, settings)  # noqa: PTH118 - a walk of thousands
            ]
            found.update(Path(folder, name) for name in names if not _ignored(name, settings))
    yield from sorted(path for path in found if path.suffix.lower() in _ENDINGS)


def _ignored(name: str, settings: Settings) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in settings.ignore_files)


def _texts(settings: Settings) -> tuple[dict[str, Text], list[Problem]]:
    texts, problems = {}, []
    for code in settings.languages:
        try:
            texts[code] = load_text(code, settings.text)
        except MissingTextError as error:
            problems.append(problem("text-missing", _LANGUAGES, language=code, what=error))
    for code, text in texts.items():
        problems += [problem("text-missing", _LANGUAGES, language=code, what=key) for key in missing_words(text)]
    findings = verify({code: text.steps for code, text in texts.items()})
    return texts, problems + [problem("step-unaccounted", _LANGUAGES, finding=finding) for finding in findings]


def _taken_addresses(parts: Mapping[str, Part]) -> list[Problem]:
    first: dict[str, Part] = {}
    problems = []
    for part in sorted(parts.values(), key=lambda part: part.path):
        # Some file systems do not tell names apart that differ by case alone.
        holder = first.setdefault(part.save_as.lower(), part)
        if holder is not part:
            problems.append(problem("address-taken", part.place(), address=f"/{part.url}", other=holder.path))
    return problems
