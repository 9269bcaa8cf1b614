"""The preflight: a content tree → parts, series, pairs and every problem, each file opened and parsed once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pelican_cors_series.content_files import MARKDOWN_ENDINGS, content_root, find_files, find_pages
from pelican_cors_series.links import Links
from pelican_cors_series.problems import Place, Problem, problem
from pelican_cors_series.rules.inventory import verify, verify_reasons
from pelican_cors_series.series import Series, find_series
from pelican_cors_series.text import MissingTextError, Text, load_text, missing_words
from pelican_cors_series.translations import Pairs, behind, find_pairs, without_partner
from pelican_cors_series.two_processes import read_all

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pelican_cors_series.part import Part
    from pelican_cors_series.settings import Settings

# What is wrong with the words of a language has no line: it is the setting that asks for them.
_LANGUAGES = Place("CORS_SERIES_LANGUAGES")
# The rules that the widgets run.
_GROUPS = ("B.",)


@dataclass(frozen=True, slots=True)
class Tree:
    """All that was found in a content tree.

    parts: by the absolute path of their file, published, hidden and drafts, pages among them, with their links
    resolved. unpublished: the paths of those that say `published: false`. pairs, series: of the published ones alone.
    texts: the words of each language.
    """

    parts: Mapping[str, Part]
    unpublished: frozenset[str]
    pairs: Pairs
    series: Mapping[str, Series]
    texts: Mapping[str, Text]
    problems: tuple[Problem, ...]


def read_tree(settings: Settings) -> Tree:
    """Return what stands in settings.content. Never raises for what an author wrote: that is in `problems`."""
    texts, problems = _texts(settings)
    files = find_files(settings)
    if not content_root(settings).is_dir():
        problems.append(problem("content-missing", Place("PATH"), path=settings.content))
    files += find_pages(settings)
    paths = [path for path in files if path.suffix in MARKDOWN_ENDINGS]
    try:
        read = read_all(paths, settings, texts)
    except Exception as error:  # noqa: BLE001 - an author's Markdown extension is code, and may raise anything
        problems.append(problem("markdown-setting", Place("MARKDOWN"), reason=f"{type(error).__name__}: {error}"))
        read = read_all(paths, replace(settings, markdown={}), texts)
    parts: dict[str, Part] = {}
    unpublished = set()
    unread = False
    for path, (part, state, found) in zip(paths, read, strict=True):
        problems += found
        unread = unread or state == "unread"
        if part is not None:
            parts[part.source] = part
        elif state == "unpublished":
            unpublished.add(str(path))
    ordinary = {path.stem for path in files if str(path) not in parts}
    tree = _connect(parts, problems, settings, ordinary, unread=unread)
    return replace(tree, unpublished=frozenset(unpublished), texts=texts)


def _connect(
    parts: dict[str, Part], problems: list[Problem], settings: Settings, ordinary: set[str], *, unread: bool
) -> Tree:
    """Return the tree of these parts: paired, in series, each link led to its page.

    ordinary: the names of other files, which a link may lead to. unread: whether a part could not be read; then what
    is missing from a pair or a series is no news.
    """
    published = [part for part in parts.values() if part.status == "published"]
    problems += _taken_addresses(parts, settings)
    pairs, found = find_pairs(published)
    problems += [*found, *behind(pairs)]
    series, found = find_series(published)
    problems += [each for each in found if not (unread and each.code == "series-gap")]
    if not unread:
        problems += without_partner(pairs, list(settings.languages), required=settings.require_translations)
    links = Links(parts.values(), pairs, ordinary, settings)
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
    return Tree(parts, frozenset(), final_pairs, final_series, {}, tuple(sorted(set(problems))))


def _texts(settings: Settings) -> tuple[dict[str, Text], list[Problem]]:
    texts, problems = {}, []
    for code in settings.languages:
        try:
            texts[code] = load_text(code, settings.text)
        except MissingTextError as error:
            problems.append(problem("text-missing", _LANGUAGES, language=code, what=error))
    for code, text in texts.items():
        problems += [problem("text-missing", _LANGUAGES, language=code, what=key) for key in missing_words(text)]
    findings = verify({code: text.steps for code, text in texts.items()}, _GROUPS)
    # English needs no sentences of its own: the reasons are English.
    others = {code: text.words.get("left_out", {}) for code, text in texts.items() if code.partition("-")[0] != "en"}
    findings += verify_reasons(others)
    return texts, problems + [problem("step-unaccounted", _LANGUAGES, finding=finding) for finding in findings]


def _taken_addresses(parts: Mapping[str, Part], settings: Settings) -> list[Problem]:
    # Some file systems do not tell names apart that differ by case alone.
    first: dict[str, str] = {}
    for each in settings.languages.values():
        own = {"index.html": "index", "404.html": "page for what is not found"}
        own |= {address.save_as: f"list of {name}" for name, address in settings.lists.items()}
        first |= {f"{each.prefix}{name}".lower(): f"the {what} of {each.code}" for name, what in own.items()}
    problems = []
    for part in sorted(parts.values(), key=lambda part: part.path):
        holder = first.setdefault(part.save_as.lower(), part.path)
        if holder != part.path:
            problems.append(problem("address-taken", part.place(), address=f"/{part.url}", other=holder))
    return problems
