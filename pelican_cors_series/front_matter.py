"""Front matter: a file's text → FrontMatter with the place of each key, or the problems that stand in its way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from pelican_cors_series.dates import DATE, read_date
from pelican_cors_series.problems import Place, Problem, nearest, problem
from pelican_cors_series.yaml_mapping import Entry, Value, YamlError, read_mapping

Type = Literal["text", "texts", "boolean", "number", "date"]


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the front matter: its type, an example of its value, and what it does."""

    type: Type
    example: str
    meaning: str
    required: bool = False
    choices: tuple[str, ...] = ()


KEYS: dict[str, Key] = {
    "lng_pair": Key("text", "id_About_CORS_2", "the id that a text shares with its translations", required=True),
    "title": Key("text", "About CORS(2)", "the title", required=True),
    "date": Key("date", "2023-06-13 07:00:00 +0900", "when it was published, with its offset", required=True),
    "author": Key("text", "Yeonuk", "who wrote it; the owner of the language's pages if absent"),
    "category": Key("text", "Browser", "the one category"),
    "tags": Key("texts", "[Browser policy]", "the tags"),
    "img": Key("text", '":post_pic1.jpg"', "the picture; a name behind a colon lies in /assets/img/posts/"),
    "meta_modify_date": Key("date", "2023-06-14 07:00:00 +0900", "when it was last modified; date if absent"),
    "meta_description": Key("text", '"What the CORS check compares"', "what search engines show"),
    "comments_disable": Key("boolean", "true", "no comments under this text"),
    "image_viewer_on": Key("boolean", "true", "images open large"),
    "image_lazy_loader_on": Key("boolean", "true", "images load when they come into view"),
    "on_site_search_exclude": Key("boolean", "true", "not found by the site's own search"),
    "search_engine_exclude": Key("boolean", "true", "search engines are asked not to list it"),
    "published": Key("boolean", "false", "false: not built"),
    "series": Key("text", "about-cors", "the series that it is a part of"),
    "part": Key("number", "2", "which part of the series, from 1"),
    "lang": Key("text", "ko", "the language; that of the folder if absent"),
    "status": Key("text", "draft", "as in Pelican", choices=("published", "draft", "hidden")),
}

# Keys of Jekyll and of its themes: they have no effect here and are no mistake.
FOREIGN_KEYS = frozenset(
    {
        "author_profile",
        "categories",
        "classes",
        "comments",
        "description",
        "excerpt",
        "excerpt_separator",
        "featured",
        "header",
        "hidden",
        "image",
        "image_path",
        "last_modified_at",
        "layout",
        "math",
        "mermaid",
        "meta_keywords",
        "order",
        "permalink",
        "pin",
        "redirect_from",
        "redirect_to",
        "related",
        "render_with_liquid",
        "share",
        "sidebar",
        "sitemap",
        "slug",
        "subtitle",
        "toc",
        "toc_sticky",
    },
)

_TRUE, _FALSE = frozenset({"true", "yes", "on"}), frozenset({"false", "no", "off"})
_WANTED = {
    "text": "text",
    "texts": "a list",
    "boolean": "true or false",
    "number": "a whole number from 1",
    "date": "a date",
}
# YAML can write "\x08", and no feed can hold it.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys that have a value: texts as str, lists as tuples of str, flags as bool, dates as datetime.

    A date without an offset has no time zone. places: key → where it stands, and "" → the first line.
    """

    values: dict[str, Any]
    places: dict[str, Place]

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - the type is the key's, see KEYS
        """Return the value of a key, or the default where it is absent or empty."""
        return self.values.get(key, default)


def is_part(text: str) -> bool:
    """Say whether a file's text has front matter of this kind: a first line `---`, and not Pelican's own `Title:`."""
    if not _FENCE.match(text):
        return False
    head = text[: text.find("\n---", 3)] if "\n---" in text[3:] else text
    ours = re.search(r"^(lng_pair|title)[ \t]*:", head, re.MULTILINE)
    return bool(ours) or not re.search(r"^Title[ \t]*:", head, re.MULTILINE)


def names_its_pair(text: str) -> bool:
    """Say whether a file's front matter has an lng_pair, which a page of Pelican's own has not."""
    return is_part(text) and bool(re.search(r"^lng_pair[ \t]*:", text[: text.find("\n---", 3)], re.MULTILINE))


def read_front_matter(
    text: str, path: str, optional: frozenset[str] = frozenset()
) -> tuple[FrontMatter, int, list[Problem]]:
    """Return the front matter of a file, the offset in the text at which its body begins, and the problems.

    text: the whole file, beginning with `---`, each line ended by a line feed alone. path: as problems shall name it.
    optional: the keys that this kind of file may lack though parts must have them.
    It has no keys where there is no telling what they are.
    """
    nothing = FrontMatter({}, {"": Place(path)})
    end = _FENCE.search(text, 3)
    if end is None:
        return nothing, len(text), [problem("front-matter-open", Place(path))]
    start = text.index("\n") + 1
    try:
        # To YAML these end a line, to an editor they do not.
        entries = read_mapping(re.sub("[\x85\u2028\u2029]", " ", text[start : end.start()]))
    except YamlError as error:
        code = "front-matter-no-mapping" if error.is_yaml else "front-matter-yaml"
        place = Place(path, error.line + 1, error.column)
        return nothing, end.end() + 1, [problem(code, place, found=error.reason, reason=error.reason)]
    front_matter, problems = _typed(entries, path)
    for key, rule in KEYS.items():
        if rule.required and key not in front_matter.places and key not in optional:
            problems.append(problem("missing-key", Place(path), key=key, example=rule.example))
    return front_matter, end.end() + 1, problems


def _typed(entries: list[Entry], path: str) -> tuple[FrontMatter, list[Problem]]:
    values: dict[str, Any] = {}
    places = {"": Place(path)}
    problems: list[Problem] = []
    for entry in entries:
        place = Place(path, entry.line + 1, entry.column)
        if entry.first is not None:
            problems.append(problem("repeated-key", place, key=entry.key, first=entry.first + 1))
            continue
        if entry.key not in KEYS:
            if entry.key not in FOREIGN_KEYS:
                advice = nearest(entry.key, KEYS, "take it out, or see CONTRIBUTING for the keys that there are")
                problems.append(problem("unknown-key", place, key=entry.key, suggestion=advice))
            continue
        places[entry.key] = place
        key = KEYS[entry.key]
        if entry.value.is_null or entry.value.text == "":
            if key.required:
                problems.append(_wrong_type(entry, "empty", path))
            continue
        value = _convert(entry.value, key)
        if value is None:
            problems.append(_wrong_type(entry, entry.value.found, path))
        else:
            values[entry.key] = value
    return FrontMatter(values, places), problems


def _wrong_type(entry: Entry, found: str, path: str) -> Problem:
    key = KEYS[entry.key]
    wanted = " or ".join(key.choices) if key.choices else _WANTED[key.type]
    if found == "text" and entry.value.text is not None and _CONTROL.search(entry.value.text):
        found = "text with a control character"
    elif found == "text" and entry.value.text is not None:
        found = f"“{entry.value.text[:40]}”"
    place = Place(path, entry.value.line + 1, entry.value.column)
    return problem("wrong-type", place, key=entry.key, found=found, wanted=wanted, example=key.example)


def _convert(value: Value, key: Key) -> Any:  # noqa: ANN401 - the type is the key's
    """Return the value as the key's type, or None where it is not of that type."""
    if key.type == "texts":
        return value.items
    if value.text is None or _CONTROL.search(value.text):
        return None
    if key.type == "boolean":
        lowered = value.text.lower()
        return True if lowered in _TRUE else False if lowered in _FALSE else None
    if key.type == "number":
        return int(value.text) if re.fullmatch(r"[1-9][0-9]{0,5}", value.text) else None
    if key.type == "date":
        return read_date(value.text)
    return value.text if not key.choices or value.text in key.choices else None


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the front matter, for editors."""
    types: dict[Type, dict[str, Any]] = {
        "text": {"type": "string"},
        "texts": {"type": "array", "items": {"type": "string"}},
        "boolean": {"type": "boolean"},
        "number": {"type": "integer", "minimum": 1},
        "date": {"type": "string", "pattern": f"^{DATE.pattern}$".replace("?P<", "?<")},
    }
    properties = {
        name: {
            **types[key.type],
            "description": key.meaning,
            **({"enum": list(key.choices)} if key.choices else {}),
        }
        for name, key in KEYS.items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter of a part",
        "type": "object",
        "required": [name for name, key in KEYS.items() if key.required],
        "properties": properties,
    }
