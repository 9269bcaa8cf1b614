"""Reading many files in two processes: most of a build is Markdown, and it does not care which process it runs in."""

from __future__ import annotations

import multiprocessing
import os
import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

Item = TypeVar("Item")
Result = TypeVar("Result")

# Below this a second process costs more than it saves.
MANY = 60


def read_all(items: Sequence[Item], read: Callable[[Item], Result]) -> list[Result]:
    """Return read(item) of each item in their order; half of many items are read in a second process.

    read must give results that can be pickled. It need not be so itself: the second process is a fork of this one.
    """
    alone = len(items) < MANY or (os.cpu_count() or 1) < 2 or threading.active_count() > 1  # noqa: PLR2004 - two cores
    if alone or "fork" not in multiprocessing.get_all_start_methods():
        return [read(item) for item in items]
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    other = context.Process(target=_send, args=(sender, items[1::2], read), daemon=True)
    other.start()
    sender.close()
    own = [read(item) for item in items[0::2]]
    try:
        others = receiver.recv()
    except EOFError:
        # It died, for want of memory perhaps: whatever it ran into, this process meets it in its own time.
        others = [read(item) for item in items[1::2]]
    other.join()
    results: list[Result] = [*own, *others]
    results[0::2], results[1::2] = own, others
    return results


def _send(sender: Connection, items: Sequence[Item], read: Callable[[Item], Result]) -> None:
    sender.send([read(item) for item in items])
