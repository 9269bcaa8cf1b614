"""Running rows on a mutant until one gives another answer."""

from __future__ import annotations

import signal
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial, update_wrapper
from typing import TYPE_CHECKING, NoReturn

from corpora.corpus import plainly

from .mutants import function_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from corpora.corpus import Answer, Case, Corpus

    from pelican_cors_series.rules import Rule, Step

    from .mutants import Mutant

# Of the processor, so that a busy machine changes nothing; the slowest case takes a twentieth of it.
MOST_SECONDS = 1.0


class TooLongError(Exception):
    """A case has run for longer than any should: what was changed has made a loop endless."""


@dataclass(frozen=True, slots=True)
class Known:
    """A case with what it answers on the rules as they are, and the names of the rules and steps that it runs."""

    corpus: str
    case: Case
    answers: tuple[Answer, ...]
    reaches: frozenset[str]


def known_cases(corpora: Iterable[Corpus], rules: Iterable[Rule[..., object]]) -> list[Known]:
    """Run each case on the rules as they are, and see which of these rules it runs, and which of their steps."""
    watched, cases = list(rules), [(corpus.name, case) for corpus in corpora for case in corpus.cases]
    seen: set[str] = set()
    trace: list[Step] = []
    found: list[Known] = []
    with _replaced(watched, lambda rule: _noting(rule, seen)):
        for name, case in cases:
            seen.clear()
            answers = tuple(case(plainly))
            found.append(Known(name, case, answers, frozenset(seen)))
    with _replaced(watched, lambda rule: partial(rule._traced_print, trace)):  # noqa: SLF001 - what `traced` calls
        for place, known in enumerate(found):
            trace.clear()
            deque(known.case(plainly), maxlen=0)
            found[place] = replace(known, reaches=known.reaches | {step.step for step in trace})
    return found


def killed_by(mutant: Mutant, rule: Rule[..., object], cases: Iterable[Known]) -> str | None:
    """Name the corpus of the first case that answers otherwise on a mutant, raises or does not end; None: no case."""
    reached = rule.name if mutant.step is None else f"{rule.name}#{mutant.step}"
    with _replaced([rule], lambda _: function_of(mutant, rule)):
        for known in cases:
            if reached in known.reaches and not _answers_the_same(known):
                return known.corpus
    return None


def _answers_the_same(known: Known) -> bool:
    expected = iter(known.answers)
    try:
        with _time_limit():
            # What tells the reason of a difference is made anew each time and asks the rules: it does not count here.
            return all(answer[:3] == next(expected, ())[:3] for answer in known.case(plainly))
    except Exception:  # noqa: BLE001 - whatever a mutant raises, the rules do not
        return False


@contextmanager
def _replaced(
    rules: Iterable[Rule[..., object]], by: Callable[[Rule[..., object]], Callable[..., object]]
) -> Iterator[None]:
    """Let rules run other functions: all that call one call it through the rule itself."""
    originals = [(rule, rule.function) for rule in rules]
    others = [by(rule) for rule, _ in originals]
    for (rule, _), other in zip(originals, others, strict=True):
        rule.function = other
    try:
        yield
    finally:
        for rule, function in originals:
            rule.function = function


def _noting(rule: Rule[..., object], seen: set[str]) -> Callable[..., object]:
    function = rule.function

    def noted(*arguments: object, **named: object) -> object:
        seen.add(rule.name)
        return function(*arguments, **named)

    return update_wrapper(noted, function)


@contextmanager
def _time_limit() -> Iterator[None]:
    before = signal.signal(signal.SIGVTALRM, _too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _too_long(_signal: int, _frame: object) -> NoReturn:
    raise TooLongError
