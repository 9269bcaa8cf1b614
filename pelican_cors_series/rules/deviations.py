"""Where engines do otherwise than the Standard, by the rows of deviations.toml, and the rules as they follow them."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from . import engine_words
from .amended import AS_READ, amended_shelf
from .catalogue import all_rules
from .rule import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

Engine: TypeAlias = Literal["chromium", "firefox", "webkit"]
ENGINES: tuple[Engine, ...] = get_args(Engine)
Topic: TypeAlias = Literal["preflight", "redirect", "origin", "answer", "local"]
# In the order in which a reader meets them.
TOPICS: tuple[Topic, ...] = get_args(Topic)


@dataclass(frozen=True, slots=True)
class Deviation:
    """One thing that engines do otherwise. `engines` maps those that do to the version in which it was seen.

    `topic` is what it is about, by which people look for it. `reads` maps steps, as `cors_check#3`, to the expressions
    that stand in their place. `scenario` shows it, in the form of a request scenario as plain values.
    """

    id: str
    topic: Topic
    engines: Mapping[Engine, str]
    reads: Mapping[str, str]
    scenario: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Sighting:
    """When every deviation was last seen in a real browser. `day`: ISO 8601. `versions`: in full, of each engine."""

    day: str
    versions: Mapping[Engine, str]


def last_sighting() -> Sighting:
    """Read when that was, as `make deviations` has written it down."""
    return Sighting(**json.loads(files(__package__).joinpath("deviations_seen.json").read_text("utf-8")))


@cache
def all_deviations() -> tuple[Deviation, ...]:
    """Read every deviation, in the order of the file."""
    found = tomllib.loads(files(__package__).joinpath("deviations.toml").read_text("utf-8"))
    return tuple(Deviation(**row) for row in found["deviation"])


def deviations_of(engine: Engine) -> tuple[Deviation, ...]:
    """Give the deviations of one engine."""
    return tuple(deviation for deviation in all_deviations() if engine in deviation.engines)


@cache
def rules_with(deviations: tuple[str, ...]) -> Mapping[str, Rule[..., object]]:
    """Give the rules by name, amended by the deviations with these ids; the Standard's own where there are none.

    Where two of them read the same step otherwise, the later one's `as_read` is the other's reading; raises ValueError
    where it has none.
    """
    if not deviations:
        return all_rules()
    readings: dict[str, dict[str, str]] = {}
    for deviation in all_deviations():
        for step, text in deviation.reads.items() if deviation.id in deviations else ():
            rule, _, number = step.partition("#")
            before = readings.setdefault(rule, {}).get(number, text)
            if before != text and AS_READ not in text:
                message = f"two deviations of one engine read {step} otherwise"
                raise ValueError(message)
            readings[rule][number] = text if before == text else text.replace(AS_READ, f"({before})")
    words = {name: value for name, value in vars(engine_words).items() if not name.startswith("_")}
    own = [value for value in words.values() if isinstance(value, Rule)]
    return amended_shelf({rule.name: rule for rule in [*all_rules().values(), *own]}.values(), readings, words)
