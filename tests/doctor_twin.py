"""The modules of the cors-doctor in QuickJS: what they make of a text, without the page."""

from __future__ import annotations

import json
import re
from typing import Any

import ada_url
import quickjs
from conftest import exports

from pelican_cors_series.minifier import minify
from pelican_cors_series.rules import suffix_shards
from pelican_cors_series.widgets.doctor_messages import messages_module
from pelican_cors_series.widgets.doctor_scripts import doctor_modules

ASKED = ("add_suffixes", "canBeNamed", "diagnose", "fillSnippet", "fitting", "recognise", "scenariosOf")
BROWSER = """
globalThis.URL = class {
  static canParse(address) { return $ada(JSON.stringify([String(address), null])) !== null; }
  constructor(address, base) {
    const parts = $ada(JSON.stringify([address, base ?? null]));
    if (parts === null) throw new TypeError(address);
    Object.assign(this, JSON.parse(parts));
  }
};
globalThis.told = (text, given) => {
  const { recognise, fitting, diagnose } = doctor;
  const found = recognise(text, messages);
  const answers = JSON.parse(given);
  return JSON.stringify({ ...found, cases: fitting(found.cases).map((it) => {
    let diagnosis;
    try {
      diagnosis = diagnose(it, answers);
    } catch (error) {
      if (!error.field) throw error;
      return { step: it.step, unreadable: error.field, decided_by: null };
    }
    const { verdict, remedy, assumed, open, policy } = diagnosis;
    const { label, scenario, unknown, step, engine, preflight, inferred = false } = it;
    const { outcome, decidedBy } = verdict;
    const decided_by = decidedBy.step;
    const sends_a_preflight = verdict.wire.some((entry) => entry.preflight);
    const verdicts = { outcome, decided_by, remedy, assumed, open, policy, sends_a_preflight };
    return { label, scenario, unknown, step, engine, preflight, inferred, ...verdicts };
  }) });
};
"""


class DoctorTwin:
    """The modules and the messages, in an engine of their own."""

    def __init__(self, *, minified: bool) -> None:
        self.engine = quickjs.Context()
        self.engine.add_callable("$ada", _parse)
        self.engine.eval(BROWSER)
        module = doctor_modules(ASKED)["doctor.js"]
        module = minify(module).text if minified else module
        given = ", ".join(f"{name}: {local}" for name, local in exports(module).items())
        script = re.sub(r'import ?\{[^}]*\} ?from ?"[^"]+";?', "", module)
        script = re.sub(r"^export (?=function|async|const|class)|export\{.*\}", "", script, flags=re.MULTILINE)
        script = script.replace("import.meta.url", '""')
        self.engine.eval(f"globalThis.doctor = (() => {{ {script}\nreturn {{ {given} }}; }})();")
        self.engine.eval(messages_module().replace("export default", "globalThis.messages ="))
        for name, text in suffix_shards().items():
            self.engine.eval(f"doctor.add_suffixes({json.dumps(name)}, {json.dumps(text)})")

    def told(self, text: str, **answers: str) -> dict[str, Any]:
        """Return what is made of a text, with a reader's answers: its form, and each case with its verdict."""
        found: dict[str, Any] = json.loads(self.engine.get("told")(text, json.dumps(answers)))
        return found

    def call(self, expression: str) -> Any:  # noqa: ANN401 - as JSON has it
        """Return the value of an expression over `doctor`."""
        return json.loads(self.engine.eval(f"JSON.stringify({expression})"))


def _parse(given: str) -> str | None:
    address, base = json.loads(given)
    try:
        url = ada_url.URL(address, base=base)
    except ValueError:
        return None
    names = ("href", "protocol", "hostname", "port", "pathname", "origin")
    return json.dumps({name: getattr(url, name) for name in names})
