"""The list of mutants that no row notices, in survivors.json: each with the reason why none does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .mutants import Mutant

FILE = Path(__file__).parent / "survivors.json"


def listed() -> dict[str, str]:
    """Read the list: a mutant as it is written → the reason."""
    found: dict[str, str] = {}
    for entry in json.loads(FILE.read_text("utf-8")):
        found |= dict.fromkeys(entry["mutants"], entry["reason"])
    return found


def unlisted(survivors: Iterable[Mutant], made: Iterable[Mutant], known: dict[str, str]) -> list[str]:
    """Say which survivors have no reason, and which mutants of this run have one and are killed."""
    survived = {str(mutant) for mutant in survivors}
    killed = {str(mutant) for mutant in made} - survived
    return [
        *(f"survives without a reason: {name}" for name in sorted(survived - set(known))),
        *(f"is listed and killed: {name}" for name in sorted(killed & set(known))),
    ]
