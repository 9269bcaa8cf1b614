"""Values of our own rows, written plainly: made into what a rule takes, and held against what it gives.

An address is written as it is, an origin as it serializes ("null" is a new opaque one) or with its members, a client as
the address of its page or with its members, any other record with those members that are not as by default; where a
rule takes records of several kinds, `record` names the kind. {"same as": "a"} is the very object that `a` is.
"""

from __future__ import annotations

import sys
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from functools import cache
from typing import Any

from fetch_twin import client, url

from pelican_cors_series.rules.fetch_records import Client
from pelican_cors_series.rules.records import Origin, Url
from pelican_cors_series.rules.static_types import annotations_of

SAME = "same as"


def made(annotation: object, written: Any, others: Mapping[str, object]) -> Any:  # noqa: ANN401, PLR0911 - one for each form
    """Make a value of a type; `others` are the values that it may be the same as."""
    if isinstance(written, Mapping) and SAME in written:
        return others[written[SAME]]
    if written is None:
        return None
    if isinstance(annotation, types.UnionType):
        return made(_meant(annotation, written), written, others)
    if annotation is Origin:
        return origin(written)
    if isinstance(written, str) and annotation in (Url, Client):
        return url(written) if annotation is Url else client(written)
    if annotation is Url:
        return replace(url(written["href"]), blob_origin=origin(written["blob_origin"]))
    if isinstance(annotation, type) and is_dataclass(annotation):
        return _record(annotation, written, others)
    inner = typing.get_args(annotation)
    if typing.get_origin(annotation) is list:
        return [made(inner[0], item, others) for item in written]
    return tuple(written) if typing.get_origin(annotation) is tuple else written


def origin(written: str | Mapping[str, Any]) -> Origin:
    if isinstance(written, Mapping):
        return Origin(**{"opaque": False, "port": None, "domain": None, **written})
    if written == "null":
        return Origin(opaque=True, scheme="", host="", port=None, domain=None)
    address = url(written)
    return Origin(opaque=False, scheme=address.scheme, host=address.host or "", port=address.port, domain=None)


def holds(expected: Any, found: object, others: Mapping[str, object]) -> bool:  # noqa: ANN401 - one for each form
    """Tell whether a value is as a row says; of a record it says only some members."""
    if isinstance(expected, Mapping):
        if SAME in expected:
            return found is others[expected[SAME]]
        return is_dataclass(found) and all(holds(it, getattr(found, name), others) for name, it in expected.items())
    if isinstance(found, Url):
        return bool(found.href == expected)
    if isinstance(found, Origin):
        return expected == ("null" if found.opaque else _serialized(found))
    if isinstance(found, list | tuple):
        pairs = isinstance(expected, list) and len(expected) == len(found)
        return pairs and all(holds(one, other, others) for one, other in zip(expected, found, strict=True))
    return type(found) is type(expected) and found == expected


def _meant(annotation: types.UnionType, written: object) -> object:
    kinds = [kind for kind in typing.get_args(annotation) if kind is not types.NoneType]
    name = written.get("record") if isinstance(written, Mapping) else None
    return next((kind for kind in kinds if kind.__name__ == name), kinds[0])


def _record(record: type, written: Mapping[str, Any], others: Mapping[str, object]) -> object:
    annotations = _annotations(record)
    given = {name: made(annotations[name], it, others) for name, it in written.items() if name != "record"}
    return record(**{**{field.name: [] for field in fields(record) if _needs_a_list(field, annotations)}, **given})


@cache
def _annotations(record: type) -> dict[str, object]:
    return annotations_of(record, vars(sys.modules[record.__module__]))


def _needs_a_list(field: Field[Any], annotations: Mapping[str, object]) -> bool:
    has_default = field.default is not MISSING or field.default_factory is not MISSING
    return not has_default and typing.get_origin(annotations[field.name]) is list


def _serialized(found: Origin) -> str:
    return f"{found.scheme}://{found.host}{'' if found.port is None else f':{found.port}'}"
