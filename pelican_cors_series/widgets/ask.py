"""Predict first: a widget behind a question, so that readers make up their minds before they see its verdict.

The question stands before a <details> with the whole widget in it, so that nothing is out of reach without JavaScript;
predict-first.js makes its choices into buttons.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from pelican_cors_series.rules import RequestScenario, ScenarioError, read_request_scenario

from .fence import RELATIONS
from .fetch_call import fetch_call

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pelican_cors_series.rules import RequestVerdict
    from pelican_cors_series.text import Text

    from .comparison import Comparison

ELEMENT = "predict-first"


@dataclass(frozen=True, slots=True)
class Question:
    """What readers are asked. `given` is HTML: all that they need for it; `answer` is one of the choices."""

    asked: str
    given: str
    choices: Mapping[str, str]
    answer: str


@dataclass(slots=True)
class AskedScenario:
    """Reads the scenario of a fence that may have `ask` beside it: that key is the fence's, and no scenario has it."""

    ask: bool = False

    def read(self, given: object) -> RequestScenario:
        """Read the scenario, and whether readers are asked. Raises ScenarioError for what is wrong with either."""
        if not isinstance(given, dict) or "ask" not in given:
            return read_request_scenario(given)
        if not isinstance(given["ask"], bool):
            message = "this has to be true or false: whether readers are asked first"
            member, code = "ask", "invalid-value"
            raise ScenarioError(member, code, message)
        self.ask = given["ask"]
        return read_request_scenario({name: value for name, value in given.items() if name != "ask"})


def ask_first(widget: str, question: Question, text: Text) -> str:
    """Return a widget's HTML behind a question. Raises KeyError where the language lacks a word."""
    choices = "".join(
        f'<li data-choice="{escape(choice)}">{escape(words)}</li>' for choice, words in question.choices.items()
    )
    right = text("predict_first.right")
    wrong = text("predict_first.wrong", answer=question.choices[question.answer])
    return "\n".join(
        [
            f'<{ELEMENT} data-answer="{escape(question.answer)}"',
            f'data-right="{escape(right)}" data-wrong="{escape(wrong)}">',
            f'<p data-slot="question"><strong>{escape(question.asked)}</strong></p>',
            f'<div data-slot="given">{question.given}</div>',
            f'<ul data-slot="choices">{choices}</ul>',
            '<p data-slot="feedback" role="status"></p>',
            f'<details data-slot="answer">\n<summary>{escape(text("predict_first.show"))}</summary>',
            widget,
            "</details>",
            f"</{ELEMENT}>",
        ]
    )


def about_origins(addresses: Sequence[str], compared: Sequence[Comparison], text: Text) -> Question:
    """Ask how two addresses relate, or how many of several share the origin of the first."""
    codes = [f"<code>{escape(address)}</code>" for address in addresses]
    if len(compared) == 1:
        choices = {relation: text(f"origin_compare.title.{relation}") for relation in RELATIONS}
        given = "".join(f"<p>{code}</p>" for code in codes)
        return Question(text("predict_first.origins"), given, choices, compared[0].relation)
    same = sum(each.relation == "same-origin" for each in compared)
    counts = {str(count): str(count) for count in range(len(compared) + 1)}
    given = f"<p>{codes[0]}</p><ul>{''.join(f'<li>{code}</li>' for code in codes[1:])}</ul>"
    return Question(text("predict_first.how_many"), given, counts, str(same))


def about_an_exchange(scenario: RequestScenario, verdict: RequestVerdict, text: Text) -> Question:
    """Ask what script gets to see of a request, given the call and what the servers answer."""
    choices = {result: text(f"predict_first.result.{result}") for result in ("readable", "opaque", "blocked")}
    return Question(text("predict_first.exchange"), "".join(_exchange(scenario, text)), choices, verdict.result)


def _exchange(scenario: RequestScenario, text: Text) -> Iterator[str]:
    page = "cors_exchange.sandboxed_page" if scenario.sandboxed else "cors_exchange.page"
    yield f"<p>{escape(text(page))} <code>{escape(scenario.page)}</code></p>"
    yield f"<pre><code>{escape(fetch_call(scenario.request))}</code></pre>"
    for hop in scenario.server:
        for kind, answer in (("preflight", hop.preflight), ("request", hop.response)):
            if answer is not None:
                lines = [str(answer.status), *(f"{name}: {value}" for name, value in answer.header_list)]
                items = "".join(f"<li><code>{escape(line)}</code></li>" for line in lines)
                yield f"<p>{escape(text(f'cors_exchange.server.{kind}', server=hop.at))}</p><ul>{items}</ul>"
