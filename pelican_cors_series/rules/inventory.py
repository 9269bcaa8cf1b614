"""What the rules are held against: the addresses of the Standard's algorithms and the numbers of their steps."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from importlib.resources import files
from inspect import signature
from string import Formatter
from typing import TYPE_CHECKING

from .catalogue import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .rule import Rule


@dataclass(frozen=True, slots=True)
class StepFact:
    """One numbered step.

    `kind`: S a step, C an item of a list, B a branch. `role`: D decides, V sets a value, P parses, A asserts;
    X is plumbing, which no count of steps takes in, though a line here carries its number.
    `left_out` is the reason why no line of the rule carries the number, None where one does.
    """

    kind: str
    role: str
    left_out: str | None = None


@dataclass(frozen=True, slots=True)
class Algorithm:
    """One algorithm of a standard; `id` is the name of its rule, `steps` are by number.

    `of` names the row of the shared inventory that bundles several small definitions, None where it holds this alone.
    """

    id: str
    group: str
    tier: str
    name: str
    url: str
    of: str | None = None
    steps: Mapping[str, StepFact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standard:
    """A text that the rules follow, at the state that was read: a commit, or a day (ISO 8601) where it names none."""

    name: str
    url: str
    commit: str | None
    day: str | None


def inventory() -> dict[str, Algorithm]:
    """Read the algorithms that have a rule, by id."""
    found = json.loads(files(__package__).joinpath("inventory.json").read_text("utf-8"))
    return {entry["id"]: _algorithm(entry) for entry in found}


def standards() -> list[Standard]:
    """Read which state of each standard the rules follow: the one place that pins it."""
    found = json.loads(files(__package__).joinpath("standards.json").read_text("utf-8"))
    return [Standard(**entry) for entry in found]


def verify(sentences: Mapping[str, Mapping[str, Mapping[str, object]]], groups: tuple[str, ...] = ("",)) -> list[str]:
    """Hold the rules against the inventory, and the sentences of each language against the rules.

    `sentences` maps a language to its rules, a rule to its steps' numbers, a number to its sentence. Comes back with
    one line for each thing that is wrong, an empty list where nothing is: a number that is not in the inventory, a
    step of the inventory that no line carries, a numbered step without a sentence, a sentence without a step.

    `groups` are the beginnings of the groups whose rules are read line by line: reading all takes a fifth of a second,
    and a build runs few of them. What the others carry is taken from the inventory.
    """
    known = inventory()
    findings: list[str] = []
    numbers: dict[str, set[str]] = {}
    for name, rule in all_rules().items():
        algorithm = known.get(name)
        if algorithm and not algorithm.group.startswith(groups):
            numbers[name] = {number for number, fact in algorithm.steps.items() if fact.left_out is None}
            continue
        numbers[name] = set(rule.source.numbers.values()) if rule.standard else set()
        findings += _against_inventory(rule, numbers[name], algorithm)
    for language, rules in sentences.items():
        findings += _against_sentences(language, rules, numbers)
        findings += _against_arguments(language, rules)
    return findings


def verify_reasons(sentences: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Hold the sentences of each language against the reasons why steps were left out.

    `sentences` maps a language to a table whose keys are the reasons as the inventory has them, in English. Comes back
    with one line for each that has no sentence, and for each sentence whose reason no step has.
    """
    reasons = {
        fact.left_out for algorithm in inventory().values() for fact in algorithm.steps.values() if fact.left_out
    }
    findings: list[str] = []
    for language, known in sentences.items():
        findings += [f"the reason “{each}” has no sentence in {language}" for each in sorted(reasons - known.keys())]
        stale = sorted(known.keys() - reasons)
        findings += [f"the reason “{each}” has a sentence in {language} and leaves no step out" for each in stale]
    return findings


def _algorithm(entry: dict[str, object]) -> Algorithm:
    steps = {number: StepFact(*fact) for number, fact in entry.pop("steps").items()}  # type: ignore[attr-defined]
    return Algorithm(**entry, steps=steps)  # type: ignore[arg-type]


def _against_inventory(rule: Rule[..., object], numbers: set[str], algorithm: Algorithm | None) -> Iterator[str]:
    if algorithm is None:
        if rule.standard:
            yield f"{rule.name} is not in the inventory"
        return
    if rule.url != algorithm.url:
        yield f"{rule.name} points at {rule.url}, the inventory at {algorithm.url}"
    for number in sorted(numbers - algorithm.steps.keys()):
        yield f"{rule.name}#{number} is not in the inventory"
    for number, fact in algorithm.steps.items():
        if (number in numbers) is (fact.left_out is not None):
            yield f"{rule.name}#{number} " + ("is in the rule and left out" if fact.left_out else "has no line")


def _against_sentences(
    language: str, sentences: Mapping[str, Mapping[str, object]], numbers: Mapping[str, set[str]]
) -> Iterator[str]:
    for name, wanted in numbers.items():
        yield from (
            f"{name}#{number} has no sentence in {language}" for number in sorted(wanted - _keys(sentences, name))
        )
    for name in sentences:
        stale = _keys(sentences, name) - numbers.get(name, set())
        yield from (f"{name}#{number} has a sentence in {language} and no line" for number in sorted(stale))


def _against_arguments(language: str, sentences: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    for name, rule in all_rules().items():
        known = {"value", *signature(rule.function).parameters}
        for number, choice in sentences.get(name, {}).items():
            for sentence in choice.values() if isinstance(choice, dict) else (choice,):
                named = {re.split(r"[.[]", field)[0] for _, field, _, _ in Formatter().parse(str(sentence)) if field}
                yield from (
                    f"{name}#{number} in {language} names {{{each}}}, which its rule is not given"
                    for each in sorted(named - known)
                )


def _keys(sentences: Mapping[str, Mapping[str, object]], name: str) -> set[str]:
    return set(sentences.get(name, {}))
