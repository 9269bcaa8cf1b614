"""Every string a reader sees, by language: text/LANGUAGE.toml and the sentences of text/steps.LANGUAGE.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

OWN = Path(__file__).parent
# Parts of a step's number: numbers one below the other, or one in brackets.
_NUMBER = re.compile(r"(\[)?(\w+(?:\.\w+)*)")


@dataclass(frozen=True, slots=True)
class Text:
    """The words of one language.

    words: a table of strings, and tables of strings, as text/LANGUAGE.toml has them.
    steps: the sentences of the rules' steps: rule → number → a string, or a table by the step's value.
    """

    language: str
    words: Mapping[str, Any]
    steps: Mapping[str, Mapping[str, Any]]

    def __call__(self, key: str, **values: object) -> str:
        """Return the string of that key ("part.previous"), filled with the values. Raises KeyError for one unknown."""
        found: Any = self.words
        for name in key.split("."):
            found = found[name]
        return str(found).format(**values) if values else str(found)


class MissingTextError(LookupError):
    """There are no words for a language; the message names the file that was looked for."""


def load_text(language: str, folder: Path | None = None) -> Text:
    """Return the words of a language, from the folder (CORS_SERIES_TEXT) where it has them, else from our own.

    Raises MissingTextError where neither has a file for it, or where a file is no TOML.
    """
    return Text(language, _read(f"{language}.toml", folder), _read(f"steps.{language}.toml", folder))


def own_languages() -> list[str]:
    """Return the languages that the package itself has words for, in the order of the alphabet."""
    return sorted(path.stem for path in OWN.glob("*.toml") if "." not in path.stem)


def missing_words(text: Text) -> list[str]:
    """Return the keys ("part.previous") that English has and this language lacks; of plural forms `other` is enough."""
    wanted, present = (set(_keys(words)) for words in (_read("en.toml", None), text.words))
    return sorted(key for key in wanted - present if not key.endswith(".one"))


def _keys(words: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    for name, value in words.items():
        yield from _keys(value, f"{prefix}{name}.") if isinstance(value, dict) else [prefix + name]


def step_name(rule: str, number: str, text: Text) -> str:
    """Return how people call a step: "main fetch, step 12, case 4" for the number 12.[4] of main fetch.

    rule: what the Standard calls the algorithm, or the step that has the rest of the number below it. number: as the
    inventory has it, where a number in brackets counts cases that the Standard lists without numbers, and "~2" tells
    two steps apart that it numbers alike.
    """
    for case, part in _NUMBER.findall(number.partition("~")[0]):
        rule = text("origin_compare.case" if case else "origin_compare.step", rule=rule, number=part)
    return rule


def sentence(
    choice: str | Mapping[str, str],
    value: object,
    given: Mapping[str, object],
    serialize: Callable[[object], object] = str,
) -> str:
    """Return the sentence of one step, filled with what the step saw.

    choice: a string, or a table whose keys are the value ("true", "false", "null", "else"). value: the step's own.
    given: the arguments of its rule by name; "{a.scheme}" names a member of one. serialize: what writes a record.
    """
    if not isinstance(choice, str):
        key = _key(serialize(value))
        # An opaque origin and a header can read "null": the key of that name is for None alone.
        known = key in choice and (value is None or key != "null")
        choice = choice[key] if known else choice["else"]
    return choice.format(**{name: _Shown(item, serialize) for name, item in {**given, "value": value}.items()})


class _Shown:
    """A value as a sentence shows it: null for None, a record by its serialization or by one of its members."""

    def __init__(self, value: object, serialize: Callable[[object], object]) -> None:
        self._value, self._serialize = value, serialize

    def __getattr__(self, name: str) -> _Shown:
        return _Shown(getattr(self._value, name), self._serialize)

    def __format__(self, _spec: str) -> str:
        return _key(self._serialize(self._value))


def _key(value: object) -> str:
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _read(name: str, folder: Path | None) -> dict[str, Any]:
    for place in filter(None, (folder, OWN)):
        path = place / name
        if path.is_file():
            try:
                return tomllib.loads(path.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                message = f"{path}: {error}"
                raise MissingTextError(message) from None
    raise MissingTextError(name)
