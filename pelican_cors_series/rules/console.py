"""What the engines write to their consoles for a request, by the rows of console.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from .console_answers import KeptHeaders
from .console_facts import facts_at
from .deciding_step import deciding_step
from .deviations import ENGINES
from .leaves import ascii_lowercase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .console_facts import Fact
    from .deviations import Engine
    from .request_verdict import RequestVerdict

PLACEHOLDER = re.compile(r"\{(?P<name>\w+)(?:\|(?P<form>\w+))?\}")
USER_INFO = re.compile(r"(?<=://)[^/?#]*@")
UNPRINTABLE = re.compile(r"[^ -~]")
# The forms in which engines write a value. That of a header is text with one code point for each byte.
FORMS: Mapping[str, Callable[[str], str]] = {
    "without_fragment": lambda url: url.partition("#")[0],
    "without_user_info": lambda url: USER_INFO.sub("", url, count=1),
    "from_utf8": lambda value: value.encode("latin-1").decode("utf-8", "replace"),
    "escaped": lambda value: UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04X}", value),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A part that messages share. Of those with one name the first counts whose `when` holds; "" where none does."""

    name: str
    text: str
    when: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Message:
    """What an engine writes where one of the steps `at` has blocked a request or, with `passing`, has only run.

    `at` names steps, as `cors_check#4`, or rules, for all their steps. `when` maps facts to the value that each must
    have, or to a list of such. Of the messages for a step that blocks, the first counts whose `when` holds. Each of the
    `lines` is a template for one message of the console: `{url}` is a fact or a phrase, `{url|escaped}` a fact in one
    of the FORMS.
    """

    at: tuple[str, ...]
    when: Mapping[str, object]
    lines: tuple[str, ...]
    passing: bool

    def is_for(self, facts: Mapping[str, Fact]) -> bool:
        """Tell whether the message is for a step of which these are the facts."""
        step = str(facts["at"])
        return (step in self.at or step.partition("#")[0] in self.at) and _holds(self.when, facts)


@dataclass(frozen=True, slots=True)
class ConsoleBook:
    """The messages of one engine in their order, what they share, and how it keeps the headers that they may name."""

    phrases: tuple[Phrase, ...]
    messages: tuple[Message, ...]
    kept: KeptHeaders

    def blocking_message(self, facts: Mapping[str, Fact]) -> Message | None:
        """Give the message for the step that has blocked a request, None where the engine was never seen to do so."""
        rows = (row for row in self.messages if not row.passing and row.is_for(facts))
        return next(rows, None)

    def passing_lines(self, verdict: RequestVerdict) -> Iterator[str]:
        """Give what the engine remarks on steps that have let a request pass."""
        steps = {place for row in self.messages if row.passing for place in row.at}
        for place, step in enumerate(verdict.steps):
            if step.step in steps:
                facts = facts_at(verdict, place, self.kept)
                for row in self.messages:
                    if row.passing and row.is_for(facts):
                        yield from self.lines(row, facts)

    def lines(self, message: Message, facts: Mapping[str, Fact]) -> Iterator[str]:
        """Fill the lines of a message."""
        return (self._filled(line, facts) for line in message.lines)

    def _filled(self, text: str, facts: Mapping[str, Fact]) -> str:
        def value(found: re.Match[str]) -> str:
            name, form = found["name"], found["form"]
            if name in facts:
                return FORMS[form](str(facts[name])) if form else str(facts[name])
            phrases = (phrase.text for phrase in self.phrases if phrase.name == name and _holds(phrase.when, facts))
            return self._filled(next(phrases, ""), facts)

        return PLACEHOLDER.sub(value, text)


@cache
def console_books() -> Mapping[Engine, ConsoleBook]:
    """Read what each engine may write."""
    found = tomllib.loads(files(__package__).joinpath("console.toml").read_text("utf-8"))
    return {engine: _book(found[engine]) for engine in ENGINES}


def console_lines(verdict: RequestVerdict, engine: Engine) -> tuple[str, ...]:
    """Give what an engine writes, one string for each message of its console; the verdict is by that engine's rules.

    Of arguments that fetch() refuses it writes nothing: the exception says what is wrong.
    """
    book = console_books()[engine]
    lines = [*book.passing_lines(verdict)]
    if verdict.outcome == "network-error":
        facts = facts_of_the_decision(verdict, book)
        message = book.blocking_message(facts)
        lines += () if message is None else book.lines(message, facts)
    return tuple(lines)


def facts_of_the_decision(verdict: RequestVerdict, book: ConsoleBook) -> dict[str, Fact]:
    """Give the facts at the step that has settled a request."""
    decided = deciding_step(verdict.steps, verdict.outcome)
    place = next(place for place, step in enumerate(verdict.steps) if step is decided)
    return facts_at(verdict, place, book.kept)


def _book(found: Mapping[str, Any]) -> ConsoleBook:
    return ConsoleBook(
        phrases=tuple(Phrase(row["name"], row["text"], row.get("when", {})) for row in found["phrase"]),
        messages=tuple(
            Message(tuple(row["at"]), row.get("when", {}), tuple(row["lines"]), row.get("passing", False))
            for row in found["message"]
        ),
        kept=KeptHeaders(
            names={ascii_lowercase(name): name for name in found.get("names", ())}, order=tuple(found.get("order", ()))
        ),
    )


def _holds(when: Mapping[str, object], facts: Mapping[str, Fact]) -> bool:
    return all(facts[name] in (value if isinstance(value, list) else [value]) for name, value in when.items())
