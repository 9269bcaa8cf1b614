"""The steps of a comparison that are worth reading, and the sentences for them that a page takes along.

What goes without saying is left out: that a name does not end in a dot, what an algorithm asserts, what the next step
says again. The verdict of a scenario has all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .step_lines import algorithms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pelican_cors_series.rules import Step
    from pelican_cors_series.text import Text

# The names of steps, with the values that are worth it; None is any.
SHOWN: Mapping[str, tuple[object, ...] | None] = {
    "same_origin#2.a": None,
    "same_origin#2.b": None,
    "same_origin#2.c": None,
    "same_origin#2": (True,),
    "same_origin#3": None,
    "same_site_of_two_origins#1": None,
    "same_site_of_two_origins#2": None,
    "same_site_of_two_origins#3": (True,),
    "same_site_of_two_origins#4": None,
    "same_site_of_two_sites#2": (True,),
    "same_site_of_two_sites#3": None,
    "same_site_of_two_sites#4": None,
    "schemelessly_same_site#2": (False,),
    "schemelessly_same_site#2.2": (True,),
    "schemelessly_same_site#2.3": None,
    "schemelessly_same_site#3": None,
    "obtain_a_site#1": (True,),
    "obtain_a_site#2": (True,),
    "registrable_domain#1": (True,),
    "registrable_domain#5": None,
    "public_suffix#1": (True,),
    "public_suffix#5": None,
    "public_suffix_list_algorithm#1": None,
    "public_suffix_list_algorithm#2": (True,),
    "public_suffix_list_algorithm#3": (True,),
    "public_suffix_list_algorithm#4": None,
    "public_suffix_list_algorithm#5": (True,),
    # Where a document.domain is set, which no script on a page asks about.
    "same_origin_domain#1": (True,),
    "same_origin_domain#2": None,
    "same_origin_domain#2.1": None,
    "same_origin_domain#2.2": None,
    "same_origin_domain#3": None,
}
_IN_NO_BROWSER = "same_origin_domain"


def is_shown(step: Step) -> bool:
    """Tell whether a step is worth reading."""
    values = SHOWN.get(step.step, ())
    return values is None or step.value in values


def sentences(text: Text) -> dict[str, object]:
    """Return the sentences that the element needs: step → a string, or a table by the step's value.

    Raises KeyError where the language lacks one.
    """
    found: dict[str, object] = {}
    for name, values in SHOWN.items():
        rule, number = name.split("#")
        choice = text.steps[rule][number]
        if rule == _IN_NO_BROWSER:
            continue
        keys = choice if isinstance(choice, str) or values is None else [str(value).lower() for value in values]
        found[name] = choice if isinstance(choice, str) else {key: choice[key] for key in keys}
    return found


def rules_in_links(text: Text) -> dict[str, tuple[str, str]]:
    """Return what the rules of those sentences are called, and where each stands."""
    rules = dict.fromkeys(name.split("#")[0] for name in sentences(text))
    return {rule: (algorithms()[rule].name, algorithms()[rule].url) for rule in rules}
