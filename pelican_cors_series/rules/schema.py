"""The JSON Schema of a scenario, made of the records and the tables that its readers go by."""

from __future__ import annotations

from types import NoneType
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

from .any_scenario import READERS
from .located_values import LONGEST_TIME
from .origins_scenario import ORIGINS_MEMBERS
from .records import Relation
from .request_scenario import (
    ANSWER_MEMBERS,
    EXPECT,
    HIGHEST_STATUS,
    HOP_MEMBERS,
    LOWEST_STATUS,
    REQUEST_MEMBERS,
    SCENARIO_MEMBERS,
    SEQUENCE_MEMBERS,
    EngineName,
    RequestDescription,
    RequestScenario,
)
from .scenario import OriginsScenario

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Schema = dict[str, Any]

WRITTEN: Schema = {"type": ["string", "integer", "boolean"]}
PLAIN: dict[object, str] = {str: "string", bool: "boolean", NoneType: "null"}


def scenario_schema() -> Schema:
    """Give the JSON Schema (2020-12) of a scenario of any kind.

    It describes the form; whether an address parses and a header can be sent is left to the reader.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Scenario",
        "anyOf": [{"$ref": f"#/$defs/{kind}"} for kind in READERS],
        "$defs": {
            "origins": _origins(),
            "request": _request(SCENARIO_MEMBERS),
            "sequence": _sequence(),
            "exchange": _request((*SCENARIO_MEMBERS, "after")),
            "description": _description(),
            "hop": _mapping(HOP_MEMBERS, ("at",), {"at": {"type": "string"}, **_answers()}),
            "answer": _answer(),
            "headers": _headers(),
        },
    }


def _origins() -> Schema:
    known = _by_type(get_type_hints(OriginsScenario, localns={"Relation": Relation}))
    return _mapping(ORIGINS_MEMBERS, ("a", "b"), {**known, "kind": _kind("origins")})


def _request(members: Iterable[str]) -> Schema:
    known = _by_type({"sandboxed": get_type_hints(RequestScenario)["sandboxed"] | None}) | {
        "kind": _kind("request"),
        "page": {"type": "string"},
        "request": {"$ref": "#/$defs/description"},
        "server": {"type": ["array", "null"], "items": {"$ref": "#/$defs/hop"}},
        **_answers(),
        "engine": {"enum": [*get_args(EngineName), None]},
        "expect": {"type": ["string", "null"], "pattern": f"^(?:{EXPECT.pattern})$"},
        "after": {"type": ["number", "null"], "minimum": 0, "maximum": LONGEST_TIME},
    }
    schema = _mapping(members, ("page", "request"), known)
    # Answers stand either in server or, for a single hop, at the top.
    given = {"not": {"type": "null"}}
    both = [{"required": ["server", name], "properties": {"server": given, name: given}} for name in _answers()]
    return {**schema, "not": {"anyOf": both}}


def _sequence() -> Schema:
    exchanges = {"type": "array", "items": {"$ref": "#/$defs/exchange"}}
    return _mapping(SEQUENCE_MEMBERS, ("exchanges",), {"kind": _kind("sequence"), "exchanges": exchanges})


def _description() -> Schema:
    # A member of fetch() is written in camel case; its field here is not.
    fields = {_camel_case(name): hint for name, hint in get_type_hints(RequestDescription).items()}
    known = _by_type({name: hint | None for name, hint in fields.items() if name not in ("headers", "url")})
    headers = {"anyOf": [{"$ref": "#/$defs/headers"}, {"type": "null"}]}
    return _mapping(REQUEST_MEMBERS, ("url",), {**known, "url": {"type": "string"}, "headers": headers})


def _answer() -> Schema:
    status = {"type": "integer", "minimum": LOWEST_STATUS, "maximum": HIGHEST_STATUS}
    headers = {"anyOf": [{"$ref": "#/$defs/headers"}, {"type": "null"}]}
    return _mapping(ANSWER_MEMBERS, ("status",), {"status": status, "headers": headers})


def _answers() -> Schema:
    answer = {"anyOf": [{"$ref": "#/$defs/answer"}, {"type": "null"}]}
    return {"preflight": answer, "response": answer}


def _headers() -> Schema:
    pair = {"type": "array", "items": WRITTEN, "minItems": 2, "maxItems": 2}
    return {"anyOf": [{"type": "object", "additionalProperties": WRITTEN}, {"type": "array", "items": pair}]}


def _kind(kind: str) -> Schema:
    return {"enum": [kind, None]}


def _mapping(members: Iterable[str], required: Iterable[str], known: Mapping[str, Schema]) -> Schema:
    return {
        "type": "object",
        "required": list(required),
        "properties": {name: known[name] for name in members},
        "additionalProperties": False,
    }


def _by_type(hints: Mapping[str, Any]) -> dict[str, Schema]:
    return {name: _of_type(hint) for name, hint in hints.items()}


def _of_type(hint: Any) -> Schema:  # noqa: ANN401 - a type hint has no type of its own
    kinds = [kind for kind in (get_args(hint) or (hint,)) if get_origin(hint) is not Literal]
    literals = [
        value for kind in ([hint], kinds)[bool(kinds)] if get_origin(kind) is Literal for value in get_args(kind)
    ]
    if literals:
        return {"enum": [*literals, *([None] if NoneType in kinds else [])]}
    return {"type": [PLAIN[kind] for kind in kinds]}


def _camel_case(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
