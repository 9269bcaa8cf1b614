"""The modules of the cors-exchange widget in QuickJS, over a document that can only make nodes and write them down."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import ada_url
import quickjs
from conftest import exports

from pelican_cors_series import widgets
from pelican_cors_series.minifier import minify
from pelican_cors_series.rules import suffix_shards
from pelican_cors_series.text import load_text
from pelican_cors_series.widgets.exchange_scripts import exchange_modules, exchange_words

if TYPE_CHECKING:
    from collections.abc import Iterable

# What the element's own modules hold among themselves, and a test asks for.
ASKED = (*("add_suffixes", "judge", "remedy", "scenarioOf", "viewOfVerdict", "viewOfWire"),)
BROWSER = """
globalThis.URL = class {
  constructor(address, base) {
    const parts = $ada(JSON.stringify([address, base ?? null]));
    if (parts === null) throw new TypeError(address);
    Object.assign(this, JSON.parse(parts));
  }
};
const escaped = (text) =>
  text.replace(/[&<>"']/g, (it) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" })[it]);
globalThis.document = {
  createElement: (name) => ({
    name,
    attributes: [],
    children: [],
    setAttribute(key, value) { this.attributes.push([key, value]); },
    append(...children) { this.children.push(...children); },
    set textContent(text) { this.children = text === "" ? [] : [text]; },
    get textContent() { return this.children.map((it) => it.textContent ?? it).join(""); },
    get html() {
      const written = ([key, value]) => (value === "" ? ` ${key}` : ` ${key}="${escaped(value)}"`);
      const attributes = this.attributes.map(written);
      const inside = this.children.map((it) => (typeof it === "string" ? escaped(it) : it.html));
      return `<${this.name}${attributes.join("")}>${inside.join("")}</${this.name}>`;
    },
  }),
};
globalThis.modules = {};
const htmlOf = (nodes) => nodes.map((node) => node.html).join("");
globalThis.say = (given, language) => {
  const it = modules["./exchange.js"];
  const words = { ...globalThis.words[language], ...globalThis.words[`steps.${language}`] };
  const scenario = it.scenarioOf(JSON.parse(given));
  const verdict = it.judge(scenario);
  let found = verdict.result === "readable" ? null : it.remedy(scenario);
  if (found?.request?.servers) found = modules["./exchange-https.js"].overHttps(scenario);
  return JSON.stringify({
    top: htmlOf(it.viewOfVerdict(scenario, verdict, found, words)),
    wire: htmlOf(it.viewOfWire(scenario, verdict, words)),
    steps: htmlOf(modules["./exchange-steps.js"].viewOfSteps(verdict, words)),
    decided_by: verdict.decidedBy.step,
    outcome: verdict.outcome,
    plain: it.plainScenario(scenario),
    remedy: found && { change: found.change, request: found.request },
    fixed: found?.fixed ? it.plainScenario(found.fixed) : null,
  });
};
globalThis.read = (given) => {
  try {
    return JSON.stringify({ plain: modules["./exchange.js"].plainScenario(
      modules["./exchange-form.js"].readScenario(JSON.parse(given))) });
  } catch ({ path, code, message }) {
    return JSON.stringify(path === undefined ? { raised: message } : { member: path, code });
  }
};
"""


class ExchangeTwin:
    """The widget's modules and its words in some languages, in an engine of their own."""

    def __init__(self, languages: Iterable[str], *, minified: bool) -> None:
        self.engine = quickjs.Context()
        self.engine.add_callable("$ada", _parse)
        self.engine.eval(BROWSER)
        modules = exchange_modules(ASKED)
        # Of the element no more than makes nodes; there is nothing to bring to life, and no address.
        self.engine.eval(_as_script("cors-exchange.js", files(widgets).joinpath("nodes.js").read_text("utf-8")))
        for name in ("exchange.js", "exchange-form.js", "exchange-https.js", "exchange-steps.js"):
            self.engine.eval(_as_script(name, minify(modules[name]).text if minified else modules[name]))
        for name, text in suffix_shards().items():
            self.engine.eval(f'modules["./exchange.js"].add_suffixes({json.dumps(name)}, {json.dumps(text)})')
        self.engine.eval("globalThis.words = {}")
        for name, module in exchange_words(map(load_text, languages)).items():
            key = name.removeprefix("cors-exchange").removesuffix(".js").strip(".-")
            self.engine.eval(module.replace("export default", f"words[{json.dumps(key)}] ="))

    def say(self, plain: str, language: str) -> dict[str, Any]:
        """Return what the widget would say of a scenario in JSON: the HTML of its parts, and what would help."""
        answer: dict[str, Any] = json.loads(self.engine.get("say")(plain, language))
        return answer

    def read(self, given: object) -> dict[str, Any]:
        """Return plain values as the widget's reader takes them, or what it refuses."""
        answer: dict[str, Any] = json.loads(self.engine.get("read")(json.dumps(given)))
        return answer


def _as_script(name: str, module: str) -> str:
    def imported(found: re.Match[str]) -> str:
        return f'const {{{found[1].replace(" as ", ": ")}}} = modules["{found[2]}"];'

    given = ", ".join(f"{name}: {local}" for name, local in exports(module).items())
    script = re.sub(r'import ?\{([^}]*)\} ?from ?"([^"]+)";?', imported, module)
    script = re.sub(r"^export (?=function|async|const|class)|export\{.*\}", "", script, flags=re.MULTILINE)
    script = script.replace("import.meta.url", '""')
    return f'modules["./{name}"] = (() => {{ {script}\nreturn {{ {given} }}; }})();'


def _parse(given: str) -> str | None:
    address, base = json.loads(given)
    try:
        url = ada_url.URL(address, base=base)
    except ValueError:
        return None
    return json.dumps({name: getattr(url, name) for name in ("href", "protocol", "hostname", "port", "pathname")})
