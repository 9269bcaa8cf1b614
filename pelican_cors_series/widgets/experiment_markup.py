"""An experiment and what comes of it on each host → the static HTML of the live-experiment widget.

What the element has to find again carries data-slot; a line of the verdict names its hosts in data-hosts, none for
every host.
"""

from __future__ import annotations

import json
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from .experiment import FILES
from .experiment_calls import ASKS, OPAQUE, OTHERWISE, STORAGE, call_of
from .experiment_hosts import ORIGINS, OTHER, says_of_origins
from .step_lines import StepLine, step_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pelican_cors_series.text import Text

    from .experiment import Does, Experiment
    from .experiment_hosts import JudgedExperiment, OnHosts

# Whose words an outcome is told in: a module and an import() run, or do not, in the same words.
_WORDS: Mapping[Does, str] = {
    "module": "script",
    "import": "script",
    "localStorage": "storage",
    "IndexedDB": "storage",
    "caches": "storage",
}
ALLOW_ORIGIN = "Access-Control-Allow-Origin"


def experiment_markup(judged: JudgedExperiment, text: Text) -> str:
    """Return the widget as HTML. Raises KeyError where the language lacks a word."""
    experiment = judged.experiment
    setting = "storage" if experiment.request is None else "file"
    return "\n".join(
        [
            f"<live-experiment {_attributes(judged)}>",
            f'<p data-slot="setting">{escape(text(f"live_experiment.setting.{setting}"))}</p>',
            f'<pre data-slot="call"><code>{escape(call_of(experiment))}</code></pre>',
            '<details data-slot="rules">',
            *(_standard(experiment, text) if experiment.request is None else _rules(judged, text)),
            "</details>",
            "</live-experiment>",
        ]
    )


def _attributes(judged: JudgedExperiment) -> str:
    experiment, asked = judged.experiment, judged.asked
    given: dict[str, str] = {
        "does": experiment.does,
        "words": _WORDS.get(experiment.does, experiment.does),
        "results": " ".join(experiment.results),
    }
    if experiment.does in FILES:
        given["file"] = FILES[experiment.does]
    if experiment.crossorigin:
        given["crossorigin"] = ""
    if experiment.does == "fetch":
        given["request"] = json.dumps(_init(experiment), ensure_ascii=False)
    if asked is not None:
        given |= {"asks-method": asked.method, "asks-headers": ",".join(asked.headers)}
    return " ".join(f'data-{name}="{escape(value)}"' for name, value in given.items())


def _init(experiment: Experiment) -> dict[str, object]:
    """Give the options of the fetch, without those that are left out."""
    request = experiment.request
    if request is None:
        return {}
    init: dict[str, object] = {"method": request.method, "mode": request.mode, "credentials": request.credentials}
    return init | ({"headers": list(request.headers)} if request.headers else {})


def _standard(experiment: Experiment, text: Text) -> Iterator[str]:
    yield f"<summary>{escape(text('live_experiment.standard'))}</summary>"
    reason = StepLine(text("live_experiment.no_storage"), *STORAGE)
    yield f"<ul>{_line('', text('live_experiment.every'), _outcome(experiment, 'blocked', text), [reason])}</ul>"


def _rules(judged: JudgedExperiment, text: Text) -> Iterator[str]:
    yield f"<summary>{escape(text('live_experiment.rules'))}</summary>"
    if (asks := _asks(judged.experiment, text)) is not None:
        yield f'<p data-slot="asks">{_reason(asks)}</p>'
    plain = (judged.on_plain_host("with"), judged.on_plain_host("without"))
    rest = [row for row in judged.rows if row not in plain]
    yield _list(judged, (row for row in judged.rows if row in plain), text)
    if rest:
        summary = escape(text("live_experiment.others"))
        yield f"<details>\n<summary>{summary}</summary>\n{_list(judged, rest, text)}\n</details>"
    if (does := judged.experiment.does) in OTHERWISE:
        engine, version = OTHERWISE[does]
        name, deviation = text(f"explain.engine.{engine}", version=version), text(f"live_experiment.otherwise.{does}")
        yield f'<p data-slot="engines">{escape(f"{name}: {deviation}")}</p>'


def _list(judged: JudgedExperiment, rows: Iterable[OnHosts], text: Text) -> str:
    return f"<ul>{''.join(_row(judged, row, text) for row in rows)}</ul>"


def _row(judged: JudgedExperiment, row: OnHosts, text: Text) -> str:
    does = judged.experiment.does
    why = step_line(row.step, text)
    if row.of_preflight:
        why = replace(why, sentence=text("live_experiment.of_preflight", sentence=why.sentence))
    reasons = [why]
    if row.result == "opaque" and does in OPAQUE:
        reasons.append(StepLine(text(f"live_experiment.opaque.{does}"), *OPAQUE[does]))
    outcome = _outcome(judged.experiment, row.result, text)
    return _line(" ".join(row.hosts), _host(judged, row, text), outcome, reasons, row.result)


def _line(hosts: str, host: str, outcome: str, reasons: Iterable[StepLine], result: str = "blocked") -> str:
    attributes = f'data-result="{result}"' + (f' data-hosts="{escape(hosts)}"' if hosts else "")
    why = " ".join(map(_reason, reasons))
    return f'<li {attributes}><span>{host}</span> <strong>{outcome}</strong> <span data-slot="why">{why}</span></li>'


def _host(judged: JudgedExperiment, row: OnHosts, text: Text) -> str:
    if not row.hosts:
        return escape(text("live_experiment.every"))
    said = dict.fromkeys(map(says_of_origins, row.hosts))
    if judged.asked is None:
        when = "sends"
    elif row.of_preflight:
        when = "refuses" if all(".refused." in host for host in row.hosts) else "answers"
    else:
        when = "allows"
    return f"{escape(text(f'live_experiment.{when}'))} {' / '.join(_headers(origins, text) for origins in said)}"


def _headers(origins: str, text: Text) -> str:
    if origins == OTHER:
        return escape(text("live_experiment.other_origin", name=ALLOW_ORIGIN))
    codes = [f"<code>{escape(f'{name}: {value}')}</code>" for name, value in ORIGINS[origins]]
    return " + ".join(codes) if codes else escape(text("live_experiment.no_header", name=ALLOW_ORIGIN))


def _asks(experiment: Experiment, text: Text) -> StepLine | None:
    if experiment.does not in ASKS:
        return None
    key = experiment.does
    if experiment.does in OPAQUE:
        key = "with" if experiment.crossorigin else "without"  # type: ignore[assignment] # a key of words, too
    return StepLine(text(f"live_experiment.asks.{key}"), *ASKS[experiment.does])


def _outcome(experiment: Experiment, result: str, text: Text) -> str:
    words = _WORDS.get(experiment.does, experiment.does)
    return escape(text(f"live_experiment.outcome.{words}.{result}"))


def _reason(line: StepLine) -> str:
    return f'{escape(line.sentence)} <a href="{escape(line.spec)}">{escape(line.name)}</a>'
