"""Which of the steps of a fetch settled what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .fetch_records import Response

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .rule import Step

# These steps make a network error themselves; any other is the first to have one from the step before it.
MAKE_ERRORS = (
    "scheme_fetch#4",
    "http_network_or_cache_fetch#11.2",
    "http_fetch#6.3.[1].1",
    "http_fetch#6.3.[2].2",  # where an engine does so
)
# Main fetch goes on for a while with a network error that one of these has made.
MAIN_FETCH_REFUSES = (
    "main_fetch#3",
    "main_fetch#7",
    "main_fetch#12.[3]",
    "main_fetch#12.[4].1",
    "main_fetch#12.[5]",
)
MAIN_FETCH_GOES_ON = ("main_fetch#13", "main_fetch#14")
# Where a step says no since a rule that it asks says no, that rule's own step is the one to show; of `validate` it is
# one step alone, since a name or a value that is no byte string is refused without asking it.
ASKED = {
    "http_fetch#4.4": ("cors_check",),
    "cors_preflight_fetch#7": ("cors_check",),
    "http_fetch#5": ("cross_origin_resource_policy_internal_check",),
    "main_fetch#7": ("should_be_blocked_due_to_a_bad_port", "should_fetching_request_be_blocked_as_mixed_content"),
    "request_constructor#33.4": ("validate#1",),
    "request_constructor#33.5": ("validate#1",),
}
# They stand between a step and the rule that it asks, and say the same as that.
BETWEEN = ("cross_origin_resource_policy_check", "headers_append")
# The steps that settle a response which script gets; the last one that ran counts.
SETTLES = {
    "basic": "main_fetch#12.[2]",
    "opaque": "main_fetch#12.[4]",
    "opaqueredirect": "http_fetch#6.3.[2].2",
}


def deciding_step(steps: Sequence[Step], outcome: str) -> Step:
    """Give the step that settled an outcome: basic, cors, opaque, opaqueredirect, network-error, constructor-error."""
    if outcome == "constructor-error":
        return _asked(steps, len(steps) - 2)  # the last one is the step of fetch() that has asked the constructor
    if outcome == "network-error":
        return _refusal(steps)
    if outcome == "cors":
        return next(step for step in reversed(steps) if step.rule == "cors_check")
    return next(step for step in reversed(steps) if step.step == SETTLES[outcome])


def _refusal(steps: Sequence[Step]) -> Step:
    first = next(at for at, step in enumerate(steps) if isinstance(step.value, Response) and step.value.type == "error")
    at = first if steps[first].step in MAKE_ERRORS else first - 1
    if steps[at].step in MAIN_FETCH_GOES_ON:
        at = max(i for i in range(at) if steps[i].step in MAIN_FETCH_REFUSES and steps[i].value is True)
    return _asked(steps, at)


def _asked(steps: Sequence[Step], at: int) -> Step:
    before = at - 1
    while before > 0 and steps[before].rule in BETWEEN:
        before -= 1
    asked = ASKED.get(steps[at].step, ())
    return steps[before] if steps[before].rule in asked or steps[before].step in asked else steps[at]
