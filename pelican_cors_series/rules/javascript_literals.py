"""The JavaScript print of constants."""

from __future__ import annotations

import json


def literal(value: object) -> str:
    """Write a constant: a scalar, a tuple as an array, a frozenset as a Set in order, a mapping as a Map."""
    match value:
        case tuple() | list():
            return f"[{', '.join(literal(item) for item in value)}]"
        case frozenset():
            return f"new Set([{', '.join(sorted(literal(item) for item in value))}])"
        case dict():
            return f"new Map([{', '.join(literal(pair) for pair in value.items())}])"
    return json.dumps(value)
