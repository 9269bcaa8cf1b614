"""The JavaScript print of records: a new one, a copy that differs in some members, and what fills in the defaults."""

from __future__ import annotations

import ast
import dataclasses
import inspect
from collections import Counter
from typing import TYPE_CHECKING, Any, cast

from .effects import rules_called
from .javascript_literals import literal
from .static_types import is_record, record_type

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from .subset import CheckedRule

# Two records of which each leaves this many fields to their defaults are worth a function that fills them in.
MANY = 4


def records_to_fill(rules: Iterable[CheckedRule]) -> frozenset[type]:
    """Name the records that rules make again and again with most fields left to their defaults."""
    times = Counter(
        record for rule in rules for call, record in _records_made(rule) if len(_left_out(call, record)) >= MANY
    )
    return frozenset(record for record, count in times.items() if count > 1)


def filler(record: type, members: Collection[str] | None = None) -> str:
    """Print the function that makes a record of what it is given and of the defaults of its other fields.

    `members` are those that matter to the print, None all.
    """
    fields = [field for field in _fields(record) if members is None or field.name in members]
    defaults = "".join(f"  {field.name}: {_default(field)},\n" for field in fields if _has_default(field))
    return f"const ${record.__name__} = (given) => ({{\n{defaults}  ...given,\n}});\n"


def members_used(rules: Iterable[CheckedRule]) -> frozenset[str]:
    """Name the members that rules read or write otherwise than to hand them on from one record to its copy."""
    names: set[str] = set()
    for rule in rules:
        nodes = list(ast.walk(rule.source.tree))
        keywords = [node for node in nodes if isinstance(node, ast.keyword)]
        copies = {it.value for it in keywords if isinstance(it.value, ast.Attribute) and it.value.attr == it.arg}
        names |= {it.arg for it in keywords if it.arg is not None and it.value not in copies}
        names |= {node.attr for node in nodes if isinstance(node, ast.Attribute) and node not in copies}
    return frozenset(names)


def record_text(rule: CheckedRule, node: ast.Call, members: Mapping[str, str], *, fill: bool) -> str:
    """Print the making of a record. `members` are the printed ones in the order in which the call has their values."""
    record = cast("type", rule.rule.scope[cast("ast.Name", node.func).id])
    source = _copied(rule, node, record)
    left_out = _left_out(node, record)
    written = [f"{name}: {value}" if name != value else name for name, value in members.items()]
    if source is not None:
        written = [f"...{source}", *(text for text in written if text != _copy_of(source, text))]
    if not (fill and left_out and source is None):
        written += [f"{field.name}: {_default(field)}" for field in left_out]
        return f"{{ {', '.join(written)} }}"
    return f"${record.__name__}({{ {', '.join(written)} }})"


def _copy_of(source: str, text: str) -> str:
    name = text.split(":", 1)[0]
    return f"{name}: {source}.{name}"


def _copied(rule: CheckedRule, node: ast.Call, record: type) -> str | None:
    """Name the record of whose members most are copied; None where there is none, or a rule could change it before."""
    arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
    if any(True for each in arguments for _ in rules_called(each, rule.rule.scope)):
        return None
    names = [*inspect.signature(record).parameters]
    given = [*zip(names, node.args, strict=False), *((keyword.arg, keyword.value) for keyword in node.keywords)]
    sources = Counter(
        value.value.id
        for name, value in given
        if isinstance(value, ast.Attribute)
        and isinstance(value.value, ast.Name)
        and value.attr == name
        and rule.types[value.value] == record_type(record)
    )
    source, times = sources.most_common(1)[0] if sources else ("", 0)
    return source if 2 * times > len(names) else None


def _records_made(rule: CheckedRule) -> Iterator[tuple[ast.Call, type]]:
    for node in ast.walk(rule.source.tree):
        match node:
            case ast.Call(func=ast.Name(id=name)):
                called = rule.rule.scope.get(name)
                if is_record(called):
                    yield node, called


def _left_out(node: ast.Call, record: type) -> list[dataclasses.Field[object]]:
    named = {keyword.arg for keyword in node.keywords}
    return [field for field in _fields(record)[len(node.args) :] if field.name not in named]


def _fields(record: type) -> tuple[dataclasses.Field[object], ...]:
    return dataclasses.fields(cast("Any", record))


def _has_default(field: dataclasses.Field[object]) -> bool:
    return field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING


def _default(field: dataclasses.Field[object]) -> str:
    return literal(field.default if field.default_factory is dataclasses.MISSING else field.default_factory())
