"""The light types by which the printer tells a boolean from a string: sets of kinds, read from annotations."""

from __future__ import annotations

import dataclasses
import sys
import types
import typing
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING

from . import records

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of value: a scalar, a list or mapping with the types of what it holds, or a record."""

    name: str
    inner: tuple[Type, ...] = ()
    record: type | None = None


Type: typing.TypeAlias = frozenset[Kind]

STR: Type = frozenset({Kind("str")})
INT: Type = frozenset({Kind("int")})
BOOL: Type = frozenset({Kind("bool")})
NONE: Type = frozenset({Kind("None")})
NOTHING: Type = frozenset()
SCALARS = STR | INT | BOOL


def list_of(item: Type) -> Type:
    """Give the type of a list of items."""
    return frozenset({Kind("list", (item,))})


def dict_of(key: Type, value: Type) -> Type:
    """Give the type of a mapping."""
    return frozenset({Kind("dict", (key, value))})


def record_type(record: type) -> Type:
    """Give the type of a record's instances."""
    return frozenset({Kind(record.__name__, record=record)})


def described(found: Type) -> str:
    """Write a type as an annotation would."""
    names = [
        f"{kind.name}[{', '.join(described(inner) for inner in kind.inner)}]" if kind.inner else kind.name
        for kind in found
    ]
    return " | ".join(sorted(names, key=lambda name: (name == "None", name))) or "nothing"


def only_kind(found: Type, name: str) -> Kind | None:
    """Give the one kind of a type if that is its name, else None."""
    kinds = list(found)
    return kinds[0] if len(kinds) == 1 and kinds[0].name == name else None


def scalar_base(found: Type) -> Type | None:
    """Give the scalar that a type holds, None left out; None where it may hold anything else or two scalars."""
    base = found - NONE
    return base if len(base) == 1 and base <= SCALARS else None


def hints(annotated: object, scope: Mapping[str, object]) -> dict[str, Type]:
    """Read the annotations of a function or a record.

    `scope` is the globals of its module; a record that is imported for type checking alone is found in `records`.
    Raises TypeError for an annotation outside the subset, NameError for one that no name stands for.
    """
    found = typing.get_type_hints(annotated, globalns={**vars(records), **scope})
    return {name: from_annotation(annotation) for name, annotation in found.items()}


def annotation_in(scope: Mapping[str, object], text: str) -> Type:
    """Read the annotation of a local name. Raises as `hints` does."""
    return hints(SimpleNamespace(__annotations__={"local": text}), scope)["local"]


def fields_of(record: type) -> dict[str, Type]:
    """Read the fields of a record, in order. Raises as `hints` does."""
    found = hints(record, vars(sys.modules[record.__module__]))
    return {field.name: found[field.name] for field in dataclasses.fields(record)}


def is_record(value: object) -> typing.TypeGuard[type]:
    """Tell whether a value is a frozen dataclass."""
    return isinstance(value, type) and dataclasses.is_dataclass(value) and value.__dataclass_params__.frozen  # type: ignore[attr-defined]


def from_annotation(annotation: object) -> Type:  # noqa: PLR0911 - one for each form of annotation
    """Turn an evaluated annotation into a type. Raises TypeError for one outside the subset."""
    scalars: dict[object, Type] = {str: STR, int: INT, bool: BOOL, None: NONE, types.NoneType: NONE}
    if annotation in scalars:
        return scalars[annotation]
    if is_record(annotation):
        return record_type(annotation)
    arguments = typing.get_args(annotation)
    match typing.get_origin(annotation):
        case types.UnionType | typing.Union:
            return frozenset().union(*(from_annotation(argument) for argument in arguments))
        case typing.Literal:
            return frozenset().union(*(scalars[type(argument)] for argument in arguments))
        case origin if origin is list:
            return list_of(from_annotation(arguments[0]))
        case origin if origin is tuple:
            return list_of(frozenset().union(*(from_annotation(item) for item in arguments if item is not ...)))
        case origin if origin is dict:
            return dict_of(from_annotation(arguments[0]), from_annotation(arguments[1]))
    message = f"the annotation {annotation!r} is outside the subset"
    raise TypeError(message)


def of_constant(value: object) -> Type | None:
    """Give the type of a module's constant: a scalar, or a tuple or a dict of scalars; None for any other value."""
    for scalar, found in ((bool, BOOL), (str, STR), (int, INT)):
        if isinstance(value, scalar):
            return found
    items = value if isinstance(value, tuple) else (*value, *value.values()) if isinstance(value, dict) else None
    if items is None or not all(isinstance(item, str | int) for item in items):
        return None
    if isinstance(value, dict):
        return dict_of(_union(value), _union(value.values()))
    return list_of(_union(items))


def _union(values: typing.Iterable[object]) -> Type:
    return frozenset().union(*(of_constant(value) or NOTHING for value in values))
