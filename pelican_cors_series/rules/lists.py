"""What rules ask of lists beyond the subset's syntax; the printer knows these functions by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


def last(items: Sequence[T]) -> T:
    """Give the last item of a list. Raises IndexError for an empty one.

    It is an ordinary function, not a rule: the printer's types have no variables, so it gives the type of the items
    to this one itself, as it does for `len`.
    """
    return items[-1]
