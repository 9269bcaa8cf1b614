"""The scenario of two addresses, read from plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_args

from .located_values import Located
from .records import Relation
from .scenario import OriginsScenario

if TYPE_CHECKING:
    from collections.abc import Mapping

ORIGINS_MEMBERS = ("kind", "a", "b", "a_domain", "b_domain", "expect")


def read_origins_scenario(given: object) -> OriginsScenario:
    """Read a scenario of two addresses from plain values, as YAML or JSON gives them; null is an opaque origin.

    Raises ScenarioError for the first thing that is wrong with its form; addresses are parsed where it is judged.
    """
    whole = Located(given)
    members = whole.members(ORIGINS_MEMBERS)
    if "kind" in members:
        members["kind"].one_of(("origins",))
    # Null says something here, so it does not count as left out.
    for name in ("a", "b"):
        if isinstance(given, dict) and name not in given:
            Located(None, name).refuse("missing-member", "this has to be given: an address, or null for none")
    relation = members["expect"].one_of(get_args(Relation)) if "expect" in members else None
    return OriginsScenario(
        a=_text(members, "a"),
        b=_text(members, "b"),
        a_domain=_text(members, "a_domain"),
        b_domain=_text(members, "b_domain"),
        expect=cast("Relation | None", relation),
    )


def _text(members: Mapping[str, Located], name: str) -> str | None:
    return members[name].text() if name in members else None
