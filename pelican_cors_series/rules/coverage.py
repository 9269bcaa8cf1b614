"""How much of the standards the rules follow: the inventory, counted against all that is in scope."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from .inventory import inventory

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .inventory import Algorithm

PLUMBING = "X"


@dataclass(frozen=True, slots=True)
class Scope:
    """What the standards hold in one group and tier: algorithms, and those of their steps that are no plumbing.

    `host`: a parser of the host's own follows them, and no rule here does.
    """

    group: str
    tier: str
    algorithms: int
    steps: int
    host: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """Steps in scope (`total`): those that a line of a rule carries, and those left out for a reason."""

    carried: int
    left_out: int
    total: int

    @property
    def remaining(self) -> int:
        """The steps of which nothing is known here yet."""
        return self.total - self.carried - self.left_out

    def __add__(self, other: Count) -> Count:
        """Return both counts as one."""
        return Count(self.carried + other.carried, self.left_out + other.left_out, self.total + other.total)


@dataclass(frozen=True, slots=True)
class CoveredAlgorithm:
    """One algorithm with its count; `reasons` are why steps were left out → the numbers of those steps."""

    algorithm: Algorithm
    count: Count
    reasons: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CoveredGroup:
    """One group. `counts`: by tier, for the tiers that it has. `algorithms`: those that have a rule."""

    name: str
    counts: Mapping[str, Count]
    algorithms: tuple[CoveredAlgorithm, ...]


def scopes() -> list[Scope]:
    """Read what the standards hold in scope, by group and tier."""
    found = json.loads(files(__package__).joinpath("scope.json").read_text("utf-8"))
    return [Scope(**entry) for entry in found]


def covered_groups() -> list[CoveredGroup]:
    """Return how much of each group the rules follow, the host's own left aside. A group may have no rule yet."""
    known = inventory().values()
    ours = [scope for scope in scopes() if not scope.host]
    groups = []
    for name in dict.fromkeys(scope.group for scope in ours):
        algorithms = [covered(algorithm) for algorithm in known if algorithm.group == name]
        counts = {}
        for scope in (scope for scope in ours if scope.group == name):
            own = total(each.count for each in algorithms if each.algorithm.tier == scope.tier)
            counts[scope.tier] = Count(own.carried, own.left_out, scope.steps)
        groups.append(CoveredGroup(name, counts, tuple(algorithms)))
    return groups


def counted_algorithms() -> tuple[int, int]:
    """Return how many algorithms have a rule and how many are in scope. What the inventory bundles counts as one."""
    ours = [scope for scope in scopes() if not scope.host]
    groups = {scope.group for scope in ours}
    known = {each.of or each.id for each in inventory().values() if each.group in groups}
    return len(known), sum(scope.algorithms for scope in ours)


def covered(algorithm: Algorithm) -> CoveredAlgorithm:
    """Return the count of one algorithm's steps."""
    counted = {number: fact for number, fact in algorithm.steps.items() if fact.role != PLUMBING}
    reasons: dict[str, tuple[str, ...]] = {}
    for number, fact in counted.items():
        if fact.left_out is not None:
            reasons[fact.left_out] = (*reasons.get(fact.left_out, ()), number)
    left_out = sum(map(len, reasons.values()))
    return CoveredAlgorithm(algorithm, Count(len(counted) - left_out, left_out, len(counted)), reasons)


def total(counts: Iterable[Count]) -> Count:
    """Return the sum of counts, of zero where there are none."""
    return sum(counts, Count(0, 0, 0))
