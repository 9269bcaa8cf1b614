"""What can be wrong in a content tree: the problem, its place, and the catalogue of every kind.

The catalogue is one table, so that its codes and its tone are seen side by side; it makes the module long.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a path, and the line and column in it, both counted from 1."""

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: how grave it is, what happened and why, and what to do about it."""

    severity: Severity
    message: str
    hint: str


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong at one place. An error ends the build before it writes; a warning does not."""

    path: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str
    hint: str

    def __str__(self) -> str:
        """Return the problem as a person reads it: one line that names the place, one line that helps."""
        place = f"{self.path}:{self.line}:{self.column}"
        return f"{place}: {self.severity}[{self.code}]: {self.message}\n    hint: {self.hint}"


# The codes are permanent: people search for them.
CATALOGUE: dict[str, Kind] = {
    "not-utf-8": Kind(
        "error",
        "the file is not UTF-8: byte {byte} cannot be read",
        "save the file as UTF-8",
    ),
    "file-unreadable": Kind(
        "error",
        "the file cannot be read: {reason}",
        "see that it exists and that you may read it, or take the link to it out",
    ),
    "control-character": Kind(
        "error",
        "the control character {character} stands here, which no feed can hold",
        "delete it; it is invisible in most editors",
    ),
    "content-missing": Kind("error", "there is no content folder {path}", "set PATH to the folder with your texts"),
    "file-name": Kind(
        "warning",
        "the file's name {name} does not have the form YYYY-MM-DD-slug, so its address is {address}",
        "rename the file, for example to {suggestion}",
    ),
    "front-matter-open": Kind(
        "error",
        "the front matter begins with --- and never ends",
        "put a line that is just --- behind the last key",
    ),
    "front-matter-late": Kind(
        "error",
        "something stands before the --- that begins the front matter",
        "delete the empty lines and spaces before it",
    ),
    "front-matter-yaml": Kind(
        "error",
        "the front matter is no YAML: {reason}",
        "quote a value that contains “: ” or “ #”, or that begins with one of [ {{ * & ! % @ `",
    ),
    "front-matter-no-mapping": Kind(
        "error",
        "the front matter is {found} where it must be keys and their values",
        "write each key on a line of its own, as in “title: About CORS”",
    ),
    "missing-key": Kind("error", "the front matter lacks {key}", "add a line such as “{key}: {example}”"),
    "repeated-key": Kind(
        "error",
        "{key} stands twice; it was first set in line {first}",
        "keep one of the two: YAML readers differ in which one they take",
    ),
    "unknown-key": Kind("warning", "{key} is no key of this front matter, so it has no effect", "{suggestion}"),
    "wrong-type": Kind("error", "{key} is {found} where it must be {wanted}", "write for example “{key}: {example}”"),
    "unknown-language": Kind(
        "error",
        "{language} is none of the languages of this site",
        "use one of {languages}, or add it to CORS_SERIES_LANGUAGES",
    ),
    "pair-id-taken": Kind(
        "error",
        "lng_pair {pair} is already the id of {other}, which is in the same language ({language})",
        "give each part of a language its own lng_pair; only its translations share it",
    ),
    "pair-without-partner": Kind(
        "warning",
        "lng_pair {pair} has no translation into {languages}",
        "{suggestion}",
    ),
    "translation-behind": Kind(
        "warning",
        "the text was last revised more than a day before its translation {other}, and readers are told so",
        "bring it up to date; where both say the same, give it the same day: “meta_modify_date: {day}”",
    ),
    "address-taken": Kind(
        "error",
        "the address {address} is already that of {other}",
        "rename one of the two files",
    ),
    "outline-mismatch": Kind("error", "{what}", "put one <!-- outline-start --> before one <!-- outline-end -->"),
    "image-missing": Kind(
        "warning",
        "there is no file for the image {address}",
        "put it at {path}, or correct the name",
    ),
    "image-elsewhere": Kind(
        "warning",
        "the image {address} lies on another host, and the pages' policy lets no browser load it from there",
        "put a copy into assets/img/posts/ and write :its-name",
    ),
    "series-gap": Kind(
        "warning",
        "the series {series} has no part {missing} in {language}",
        "number the parts without a gap, or publish the one that is missing",
    ),
    "series-part-taken": Kind(
        "error",
        "part {number} of the series {series} is already {other}, in the same language ({language})",
        "give each part a number of its own",
    ),
    "series-incomplete": Kind(
        "error",
        "{present} is set and {absent} is not: a part of a series needs both",
        "add “{absent}: {example}”, or take {present} out",
    ),
    "link-to-no-part": Kind(
        "error",
        "the link to {target} leads to no part of this site",
        "{suggestion}",
    ),
    "link-to-draft": Kind(
        "warning",
        "the link to {target} leads to {path}, which is a draft",
        "publish it, or take the link out",
    ),
    "fence-open": Kind("error", "the {kind} fence never ends", "close it with a line that is just {fence}"),
    "fence-unknown-kind": Kind(
        "warning",
        "{kind} is no kind of fence that runs, so the block is shown as code",
        "{suggestion}",
    ),
    "fence-in-quote": Kind(
        "warning",
        "the {kind} fence stands in a quotation, so it is shown as code",
        "take it out of the quotation",
    ),
    "fence-yaml": Kind(
        "error",
        "the {kind} fence is no YAML: {reason}",
        "write “a: ADDRESS” and “b: ADDRESS”, each on a line of its own; quote an address with “: ” or “ #” in it",
    ),
    "fence-no-mapping": Kind(
        "error",
        "the {kind} fence is {found} where it must be keys and their values",
        "write “a: ADDRESS” and “b: ADDRESS”, each on a line of its own",
    ),
    "fence-missing-key": Kind("error", "the {kind} fence lacks {key}", "add a line such as “{key}: {example}”"),
    "fence-unknown-key": Kind("error", "{key} is no key of the {kind} fence", "{suggestion}"),
    "not-a-url": Kind(
        "error",
        "{address} is no URL: the URL Standard's parser refuses it",
        "write a whole address with its scheme, such as https://shop.example/, or null for an opaque origin",
    ),
    "domain-refused": Kind(
        "error",
        "{key} is “{domain}”, but {reason}",
        "write the host of the address beside it, or a domain above that which someone can register",
    ),
    "verdict-mismatch": Kind(
        "error",
        "expect says {expected}, but by the rules the two are {relation} (decided by {decided_by})",
        "correct expect or the addresses; the step is explained at {spec}",
    ),
    "not-observed": Kind(
        "warning",
        "no engine was recorded with this {kind}, so the page cannot say what browsers do with it",
        "run “make record”, or take CORS_SERIES_REQUIRE_OBSERVATIONS out of the settings",
    ),
    "setting": Kind("error", "the setting {name} is {found} where it must be {wanted}", "write for example {example}"),
    "setting-unknown": Kind("warning", "{name} is no setting of this plugin, so it has no effect", "{suggestion}"),
    "markdown-setting": Kind(
        "error",
        "Python-Markdown cannot be set up as MARKDOWN says: {reason}",
        "it is a dictionary with extensions (a list) and extension_configs (a dictionary); install what it names",
    ),
    "settings-file": Kind(
        "error",
        "the settings cannot be read: {reason}",
        "name the file with --settings, or mend it; it is Python, as for pelican --settings",
    ),
    "text-missing": Kind(
        "error",
        "there are no words for the language {language}: {what}",
        "write them into a folder of your own and name it in CORS_SERIES_TEXT; text/en.toml shows the form",
    ),
    "step-unaccounted": Kind(
        "error",
        "the rules and their sentences do not fit together: {finding}",
        "each numbered step has a row in rules/inventory.json and a sentence in every steps.LANGUAGE.toml; "
        "the reason for a step without a line has one under [left_out] in every other LANGUAGE.toml than en.toml",
    ),
}


def problem(code: str, place: Place, *, severity: Severity | None = None, **values: object) -> Problem:
    """Return the problem of that code at that place.

    code: a key of CATALOGUE. severity: in place of the catalogue's own, where a setting says so.
    values: what the catalogue's message and hint name in braces.
    """
    kind = CATALOGUE[code]
    # A value may quote the author's file: line breaks in it would break the one-line form.
    flat = {key: " ".join(str(value).split()) for key, value in values.items()}
    return Problem(
        path=place.path,
        line=place.line,
        column=place.column,
        severity=severity or kind.severity,
        code=code,
        message=kind.message.format(**flat),
        hint=kind.hint.format(**flat),
    )


def nearest(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return “did you mean …?” for the known word nearest to this one, or the other advice where none is near."""
    lowered = {each.lower(): each for each in known}
    near = difflib.get_close_matches(word.lower(), list(lowered), n=1, cutoff=0.6)
    return f"did you mean {lowered[near[0]]}?" if near else otherwise


def has_error(problems: Iterable[Problem]) -> bool:
    """Say whether one of the problems is an error."""
    return any(item.severity == "error" for item in problems)


def report(problems: Iterable[Problem]) -> str:
    """Return all the problems as text in the order of their places, with a line that counts them; "" for none."""
    ordered = sorted(set(problems))
    if not ordered:
        return ""
    errors = sum(item.severity == "error" for item in ordered)
    counts = [_count(errors, "error"), _count(len(ordered) - errors, "warning")]
    return "\n".join([*map(str, ordered), ", ".join(filter(None, counts))]) + "\n"


def _count(number: int, noun: str) -> str:
    return "" if number == 0 else f"{number} {noun}{'' if number == 1 else 's'}"
