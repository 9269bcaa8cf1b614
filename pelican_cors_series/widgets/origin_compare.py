"""The origin-compare widget: what a fence says → the verdict of the rules, as HTML or as the problems in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pelican_cors_series.problems import Place, Problem, problem
from pelican_cors_series.rules import OriginsScenario, OriginsVerdict, ScenarioError, compare

from .ask import about_origins, ask_first
from .comparison import compare_in_words
from .fence import ADDRESSES, DOMAINS, KIND, asks, each_of, read_fence, within
from .markup import markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pelican_cors_series.text import Text
    from pelican_cors_series.yaml_mapping import Value


def render_origin_compare(source: str, opening: Place, text: Text) -> tuple[str, list[Problem]]:
    """Return the widget of a fence's body as HTML, "" where it has an error, and the problems in it."""
    values, problems = read_fence(KIND, source, opening)
    judged, refused = _judge_all(values, opening)
    # What is wrong with a, a list brings again and again.
    problems += dict.fromkeys(refused)
    if problems:
        return "", problems
    if mismatches := list(_mismatches(values, [verdict for _, verdict in judged], opening)):
        return "", mismatches
    addresses = ["null" if value.is_null else value.text or "" for value in (values["a"], *each_of(values["b"]))]
    domains = {name: values[name].text or "" for name in DOMAINS if name in values}
    compared = [compare_in_words(scenario, verdict, text) for scenario, verdict in judged]
    widget = markup(addresses, domains, compared, text)
    return ask_first(widget, about_origins(addresses, compared, text), text) if asks(values.get("ask")) else widget, []


def _judge_all(
    values: Mapping[str, Value], opening: Place
) -> tuple[list[tuple[OriginsScenario, OriginsVerdict]], list[Problem]]:
    """Judge a against each b; what the fence lacks counts as an opaque origin."""
    judged, refused = [], []
    for b in each_of(values["b"]) if "b" in values else (None,):
        pair = {**values, "b": b} if b is not None else values
        scenario, verdict, problems = _judge(pair, opening)
        judged.append((scenario, verdict))
        refused += problems
    return judged, refused


def _judge(values: Mapping[str, Value], opening: Place) -> tuple[OriginsScenario, OriginsVerdict, list[Problem]]:
    written = {name: value.text for name, value in values.items() if not value.is_null}
    a, b, a_domain, b_domain = map(written.get, (*ADDRESSES, *DOMAINS))
    scenario = OriginsScenario(a, b, a_domain, b_domain)
    refused: list[Problem] = []
    while True:
        try:
            return scenario, compare(scenario), refused
        except ScenarioError as error:
            # A member that is refused is taken out, so that the next one that is wrong shows in the same run.
            refused.append(_refusal(error, values[error.member], opening))
            domain = f"{error.member.removesuffix('_domain')}_domain"
            scenario = replace(scenario, **{error.member: None, domain: None})


def _mismatches(values: Mapping[str, Value], verdicts: Sequence[OriginsVerdict], opening: Place) -> Iterator[Problem]:
    if "expect" not in values:
        return
    expected = each_of(values["expect"])
    for value, verdict in zip(expected if len(expected) > 1 else expected * len(verdicts), verdicts, strict=True):
        if value.text != verdict.relation:
            yield _mismatch(value, verdict, opening)


def _refusal(error: ScenarioError, value: Value, opening: Place) -> Problem:
    place = within(opening, value.line, value.column)
    if error.member in ADDRESSES:
        return problem("not-a-url", place, address=value.text)
    if error.code == "domain-refused":
        return problem(error.code, place, key=error.member, domain=value.text, reason=error.message)
    found, wanted = f"“{value.text}”", "the host that document.domain was set to, beside an address that has one"
    return problem("wrong-type", place, key=error.member, found=found, wanted=wanted, example="shop.example")


def _mismatch(expected: Value, verdict: OriginsVerdict, opening: Place) -> Problem:
    return problem(
        "verdict-mismatch",
        within(opening, expected.line, expected.column),
        expected=expected.text,
        relation=verdict.relation,
        decided_by=verdict.decided_by,
        spec=verdict.spec,
    )
