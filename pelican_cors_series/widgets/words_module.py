"""Words as a JavaScript module: a constant for each, so that the minifier can shorten what it is called."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def words_module(words: Mapping[str, object]) -> str:
    """Return a module that exports each word, or table of words, as a constant by its name in capitals."""
    lines = (f"export const {name.upper()} = {_written(value)};\n" for name, value in words.items())
    return f"// Generated from text/.\n{''.join(lines)}"


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
