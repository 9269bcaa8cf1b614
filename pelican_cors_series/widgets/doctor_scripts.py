"""What a page with a doctor loads: its modules with the rules of a fetch, the messages of browsers, and its words."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from typing import TYPE_CHECKING

from .bundle import bundle
from .doctor_causes import causes
from .doctor_messages import messages_module
from .doctor_snippets import servers
from .exchange_scripts import fetch_rules, verdict_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pelican_cors_series.text import Text

# The modules that are joined to doctor.js, those that others import from first.
_PARTS = (
    *("exchange-scenario.js", "exchange-change.js", "exchange-https.js", "exchange-view.js"),
    *("doctor-http.js", "doctor-calls.js", "doctor-har.js", "doctor-console.js", "doctor-recognise.js"),
    *("doctor-scenario.js", "doctor-diagnosis.js"),
    *("doctor-snippets.js", "doctor-fields.js", "doctor-view.js", "doctor-consultation.js"),
)
# What every page with a doctor loads, and what doctor.js imports of it.
_ELEMENT = "cors-doctor.js"
_OF_ELEMENT = ("state.js", "nodes.js", _ELEMENT)
# What the element calls.
_EXPORTED = ("Consultation",)
# What the element itself is told; the static page has the rest.
_NOT_ASKED_FOR = ("title", "description", "lead", "private", "without_script", "cause", "hint", "cause_remedy")


def doctor_modules(exported: Collection[str] = _EXPORTED) -> dict[str, str]:
    """Return the modules by their file names, readable; exported: what doctor.js exports, by its names."""
    parts, of_element = (
        [files(__package__).joinpath(it).read_text("utf-8") for it in them] for them in (_PARTS, _OF_ELEMENT)
    )
    return {
        _ELEMENT: bundle(of_element, ("addressWith", "element", "nameOf", "stateOf")),
        "doctor.js": bundle([fetch_rules(), *parts], exported, dict.fromkeys(_OF_ELEMENT, _ELEMENT)),
    }


def doctor_data(texts: Iterable[Text]) -> dict[str, str]:
    """Return the words of each language, and the messages that these explain, as modules by their file names.

    Raises KeyError where a language lacks a word of the widget or the sentence of a step.
    """
    words = {f"cors-doctor.{text.language}.js": _words(text) for text in texts}
    return {"doctor-messages.js": messages_module(), **words} if words else {}


def _words(text: Text) -> str:
    own = {name: value for name, value in text.words["cors_doctor"].items() if name not in _NOT_ASKED_FOR}
    # Any message will do, so it is the first one of the page.
    example = "\n".join(causes(text)[0].messages[0][1])
    words = {
        **own,
        "example_text": example,
        "exchange": verdict_words(text),
        "servers": [asdict(server) for server in servers()],
    }
    return f"export default {json.dumps(words, ensure_ascii=False, separators=(',', ':'))};\n"
