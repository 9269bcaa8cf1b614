"""Whether a value fits a JSON Schema, by as much of JSON Schema as this project's schemas use."""

from __future__ import annotations

import re
from typing import Any

Schema = dict[str, Any]


def fits(value: object, schema: Schema, definitions: Schema) -> bool:
    """Say whether a value fits; definitions: what stands under $defs."""
    kinds = schema.get("type", [])
    return all(
        (
            "$ref" not in schema or fits(value, definitions[schema["$ref"].rpartition("/")[2]], definitions),
            "anyOf" not in schema or any(fits(value, one, definitions) for one in schema["anyOf"]),
            "not" not in schema or not fits(value, schema["not"], definitions),
            "enum" not in schema or ((value is None or isinstance(value, str)) and value in schema["enum"]),
            not kinds or any(_is(value, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)),
            _is_within(value, schema, definitions),
        )
    )


def _is_within(value: object, schema: Schema, definitions: Schema) -> bool:
    if isinstance(value, str):
        return "pattern" not in schema or re.search(schema["pattern"], value) is not None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        bounds = schema.get("minimum"), schema.get("maximum")
        return (bounds[0] is None or value >= bounds[0]) and (bounds[1] is None or value <= bounds[1])
    if isinstance(value, list):
        in_bounds = schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
        return in_bounds and all(fits(item, schema.get("items", {}), definitions) for item in value)
    return not isinstance(value, dict) or _members_fit(value, schema, definitions)


def _members_fit(value: Schema, schema: Schema, definitions: Schema) -> bool:
    if any(name not in value for name in schema.get("required", ())):
        return False
    others = schema.get("additionalProperties", {})
    known = schema.get("properties", {})
    return all(name in known or others is not False for name in value) and all(
        fits(item, known.get(name, others or {}), definitions) for name, item in value.items()
    )


def _is(value: object, kind: str) -> bool:
    if kind in ("number", "integer"):
        return isinstance(value, (int, float) if kind == "number" else int) and not isinstance(value, bool)
    kinds = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
    return isinstance(value, kinds[kind])
