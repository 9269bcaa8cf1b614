"""The light types by which the printer tells a boolean from a string: sets of kinds, read from annotations."""

from __future__ import annotations

import ast
import dataclasses
import sys
import types
import typing
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of value: a scalar, a list, set or mapping with the types of what it holds, or a record.

    A tuple has the types of its places, in order; a tuple of any length is a list.
    """

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

# Up to here, and down to its negative, JavaScript's numbers are exact.
MOST_EXACT = 2**53 - 1


def list_of(item: Type) -> Type:
    """Give the type of a list of items."""
    return frozenset({Kind("list", (item,))})


def tuple_of(*places: Type) -> Type:
    """Give the type of a tuple with these places."""
    return frozenset({Kind("tuple", places)})


def dict_of(key: Type, value: Type) -> Type:
    """Give the type of a mapping."""
    return frozenset({Kind("dict", (key, value))})


def record_type(record: type) -> Type:
    """Give the type of a record's instances."""
    return frozenset({Kind(record.__name__, record=record)})


def described(found: Type) -> str:
    """Write a type as an annotation would."""
    names = [f"{kind.name}[{_inner_described(kind)}]" if kind.inner else kind.name for kind in found]
    return " | ".join(sorted(names, key=lambda name: (name == "None", name))) or "nothing"


def _inner_described(kind: Kind) -> str:
    few = 4
    written = [described(inner) for inner in kind.inner[:few]]
    return ", ".join([*written, "…"] if len(kind.inner) > few else written)


def only_kind(found: Type, name: str) -> Kind | None:
    """Give the one kind of a type if that is its name, else None."""
    kinds = list(found)
    return kinds[0] if len(kinds) == 1 and kinds[0].name == name else None


def items_in(found: Type) -> Type | None:
    """Give the type of the items of a list or a tuple; None for a type that may be anything else."""
    if not found or any(kind.name not in ("list", "tuple") for kind in found):
        return None
    return NOTHING.union(*(inner for kind in found for inner in kind.inner))


def places_in(found: Type, count: int) -> list[Type] | None:
    """Give the types of the places of a tuple; None for a type that may be anything but a tuple of `count`."""
    if not found or any(kind.name != "tuple" or len(kind.inner) != count for kind in found):
        return None
    return [NOTHING.union(*(kind.inner[place] for kind in found)) for place in range(count)]


def scalar_base(found: Type) -> Type | None:
    """Give the scalar that a type holds, None left out; None where it may hold anything else or two scalars."""
    base = found - NONE
    return base if len(base) == 1 and base <= SCALARS else None


def hints(annotated: object, scope: Mapping[str, object]) -> dict[str, Type]:
    """Read the annotations of a function or a record.

    `scope` is the globals of its module; what the module imports for type checking alone is imported here.
    Raises TypeError for an annotation outside the subset, NameError for one that no name stands for.
    """
    found = annotations_of(annotated, scope)
    return {name: from_annotation(annotation) for name, annotation in found.items()}


def annotations_of(annotated: object, scope: Mapping[str, object]) -> dict[str, object]:
    """Evaluate the annotations of a function or a record as they stand. Raises NameError as `hints` does."""
    imported = _imported_for_types(str(scope.get("__file__")), str(scope.get("__package__")))
    return typing.get_type_hints(annotated, globalns={**imported, **scope})


@cache
def hints_of(function: types.FunctionType) -> dict[str, Type]:
    """Read the annotations of a function. Raises as `hints` does."""
    return hints(function, function.__globals__)


@cache
def _imported_for_types(file: str, package: str) -> Mapping[str, object]:
    found: dict[str, object] = {}
    for node in ast.parse(Path(file).read_text("utf-8")).body:
        match node:
            case ast.If(test=ast.Name(id="TYPE_CHECKING"), body=body):
                for statement in body:
                    if isinstance(statement, ast.ImportFrom):
                        module = import_module(f"{'.' * statement.level}{statement.module or ''}", package)
                        names = {alias.asname or alias.name: alias.name for alias in statement.names}
                        found |= {name: getattr(module, there) for name, there in names.items()}
    return found


def annotation_in(scope: Mapping[str, object], text: str) -> Type:
    """Read the annotation of a local name. Raises as `hints` does."""
    return hints(SimpleNamespace(__annotations__={"local": text}), scope)["local"]


@cache
def fields_of(record: type) -> dict[str, Type]:
    """Read the fields of a record, in order. Raises as `hints` does."""
    found = hints(record, vars(sys.modules[record.__module__]))
    return {field.name: found[field.name] for field in dataclasses.fields(record)}


def is_record(value: object) -> typing.TypeGuard[type]:
    """Tell whether a value is a dataclass."""
    return isinstance(value, type) and dataclasses.is_dataclass(value)


def is_frozen(record: type) -> bool:
    """Tell whether the members of a dataclass keep their values."""
    return bool(record.__dataclass_params__.frozen)  # type: ignore[attr-defined]


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
        case origin if origin is tuple and arguments[-1:] == (...,):
            return list_of(from_annotation(arguments[0]))
        case origin if origin is tuple:
            return tuple_of(*(from_annotation(item) for item in arguments))
        case origin if origin is dict:
            return dict_of(from_annotation(arguments[0]), from_annotation(arguments[1]))
    message = f"the annotation {annotation!r} is outside the subset"
    raise TypeError(message)


def of_constant(value: object) -> Type | None:  # noqa: PLR0911 - one for each kind of constant
    """Give the type of a module's constant: a scalar, or a tuple, frozenset or dict of such; None for anything else."""
    match value:
        case bool():
            return BOOL
        case str():
            return STR
        case int():
            return INT if abs(value) <= MOST_EXACT else None
        case tuple():
            places = [of_constant(item) for item in value]
            return None if None in places else tuple_of(*(place for place in places if place is not None))
        case frozenset():
            item = _scalars(value)
            return None if item is None else frozenset({Kind("frozenset", (item,))})
        case dict():
            key, values = _scalars(value), [of_constant(item) for item in value.values()]
            if key is None or None in values:
                return None
            return dict_of(key, NOTHING.union(*(item for item in values if item is not None)))
    return None


def _scalars(values: typing.Iterable[object]) -> Type | None:
    found = [of_constant(value) for value in values]
    return NOTHING.union(*(item or NOTHING for item in found)) if all(item in (STR, INT) for item in found) else None
