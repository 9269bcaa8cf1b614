"""A rule: an algorithm of a standard as one Python function, and the steps that a traced call records."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, update_wrapper
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import CodeType

    from .source import RuleSource

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered step that ran: what it came to, and the arguments that its rule was given."""

    rule: str
    number: str
    value: object
    given: Mapping[str, object]

    @property
    def step(self) -> str:
        """The name of the step, as `same_origin#2.a`."""
        return f"{self.rule}#{self.number}"


class Rule(Generic[P, R]):
    """A function within the printer's subset of Python; called, it runs as it is written.

    `url` is the address of the algorithm that it follows. `standard` is false for a function of this project's own:
    it may have an address, but no numbered steps.
    """

    def __init__(self, function: Callable[P, R], url: str | None, *, standard: bool) -> None:
        """Wrap `function`; it is not read before it is traced or printed."""
        update_wrapper(self, function)
        self.function = function
        self.name = function.__name__
        self.url = url
        self.standard = standard

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run the rule, recording nothing."""
        return self.function(*args, **kwargs)

    def __repr__(self) -> str:
        """Name the rule."""
        return f"<Rule {self.name}>"

    @property
    def scope(self) -> Mapping[str, object]:
        """What the names stand for that the rule does not make itself: the globals of its module."""
        return self.function.__globals__

    def traced(self, trace: list[Step], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run the rule and append each numbered step that ran, those of the rules it calls included, to `trace`."""
        return self._traced_print(trace, *args, **kwargs)

    @cached_property
    def source(self) -> RuleSource:
        """The rule's syntax tree and its numbered steps.

        Raises PrinterError where a number stands on a line that has nothing to record.
        """
        from .source import read_source  # noqa: PLC0415 - only a traced or printed rule is read

        return read_source(self.function)

    @cached_property
    def _traced_print(self) -> Callable[..., R]:
        from .traced import traced_function  # noqa: PLC0415 - only a traced rule is printed

        return traced_function(self, self.traced_code)

    @cached_property
    def traced_code(self) -> CodeType:
        """The traced print, compiled; what its names stand for is the scope's business."""
        from .traced import traced_code  # noqa: PLC0415 - only a traced rule is printed

        return traced_code(self)


class Leaf(Generic[P, R]):
    """A function that belongs to the host: Python here, a file of the same name in `host/` for JavaScript."""

    def __init__(self, function: Callable[P, R]) -> None:
        """Wrap `function`."""
        update_wrapper(self, function)
        self.function = function
        self.name = function.__name__

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run the leaf."""
        return self.function(*args, **kwargs)

    def __repr__(self) -> str:
        """Name the leaf."""
        return f"<Leaf {self.name}>"


def rule(url: str) -> Callable[[Callable[P, R]], Rule[P, R]]:
    """Mark a function as the algorithm of a standard that stands at `url`."""

    def mark(function: Callable[P, R]) -> Rule[P, R]:
        return Rule(function, url, standard=True)

    return mark


def ours(function: Callable[P, R]) -> Rule[P, R]:
    """Mark a function that rules need and no standard numbers: this project's own."""
    return Rule(function, None, standard=False)


def leaf(function: Callable[P, R]) -> Leaf[P, R]:
    """Mark a function that the host provides."""
    return Leaf(function)
