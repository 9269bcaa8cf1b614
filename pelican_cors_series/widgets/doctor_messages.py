"""The messages of browsers as the cors-doctor's modules look for them: patterns, and the cases that they stand for."""

from __future__ import annotations

import json

from pelican_cors_series.rules.console_examples import as_plain_scenario, console_examples


def messages_module() -> str:
    """Return the patterns and cases as a JavaScript module."""
    examples = [example for example in console_examples() if example.lines]
    used = list(dict.fromkeys(pattern for example in examples for pattern in example.lines))
    places = {pattern: place for place, pattern in enumerate(used)}
    found = {
        "patterns": [{"parts": each.parts, "names": each.names, "weight": each.weight} for each in used],
        "cases": [
            {
                "engine": example.engine,
                "step": example.step,
                "preflight": example.preflight,
                "share": example.share,
                "lines": [places[pattern] for pattern in example.lines],
                "facts": example.facts,
                "scenario": as_plain_scenario(example),
            }
            for example in examples
        ],
    }
    return f"export default {json.dumps(found, ensure_ascii=False, separators=(',', ':'))};\n"
