"""The syntax tree of an ECMAScript module, by tree-sitter, in a form that is quick to walk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import tree_sitter_javascript
from tree_sitter import Language, Parser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

# What is written as it is, whatever the grammar finds in it.
ATOMS = frozenset({"string", "regex", "number", "private_property_identifier", "hash_bang_line"})


class MinifierError(ValueError):
    """A text that is no module, or one with what the minifier does not know; its message names line and column."""

    @classmethod
    def at(cls, row: int, column: int, message: str) -> MinifierError:
        """Make the error that points at a place, both counted from 0."""
        return cls(f"{row + 1}:{column + 1}: {message}")


@dataclass(slots=True, eq=False)
class Syntax:
    """A node. `row` and `column` count from 0, the column in UTF-16 code units, as a source map does.

    `fields` are the children that the grammar names; comments are left out. Nodes compare by identity.
    """

    kind: str
    text: str
    row: int
    column: int
    parent: Syntax | None
    is_sign: bool = False
    children: list[Syntax] = field(default_factory=list)
    fields: dict[str, Syntax] = field(default_factory=dict)

    @property
    def named(self) -> list[Syntax]:
        """The children that are more than signs and keywords."""
        return [child for child in self.children if not child.is_sign]

    def walk(self) -> Iterator[Syntax]:
        """Give this node and all below it, in the order of the text."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(node.children)

    def above(self) -> Iterator[Syntax]:
        """Give the nodes around this one, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


def parse(text: str) -> Syntax:
    """Parse a module. Raises MinifierError where it is none."""
    source = text.encode()
    root = Parser(Language(tree_sitter_javascript.language())).parse(source).root_node
    lines = source.split(b"\n")
    if root.has_error:
        raise _error(root, lines)
    return _converted(root, source, lines, None)


def _converted(node: Node, source: bytes, lines: list[bytes], parent: Syntax | None) -> Syntax:
    row, column = node.start_point
    text = source[node.start_byte : node.end_byte].decode()
    made = Syntax(node.type, text, row, _utf16(lines[row][:column]), parent, not node.is_named)
    if node.type == "template_string":
        made.children = list(_template(node, source, lines, made))
    elif node.type not in ATOMS:
        for place, child in enumerate(node.children):
            if child.type == "comment":
                continue
            converted = _converted(child, source, lines, made)
            made.children.append(converted)
            name = node.field_name_for_child(place)
            if name is not None:
                made.fields.setdefault(name, converted)
    return made


def _template(node: Node, source: bytes, lines: list[bytes], made: Syntax) -> Iterator[Syntax]:
    """Give the substitutions of a template, and as raw nodes the text between them."""
    start, point = node.start_byte, node.start_point
    for child in node.children:
        if child.type == "template_substitution":
            yield Syntax("raw", source[start : child.start_byte].decode(), *_place(point, lines), made)
            yield _converted(child, source, lines, made)
            start, point = child.end_byte, child.end_point
    yield Syntax("raw", source[start : node.end_byte].decode(), *_place(point, lines), made)


def _place(point: tuple[int, int], lines: list[bytes]) -> tuple[int, int]:
    return point[0], _utf16(lines[point[0]][: point[1]])


def _utf16(text: bytes) -> int:
    return len(text.decode().encode("utf-16-le")) // 2


def _error(root: Node, lines: list[bytes]) -> MinifierError:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.is_error or node.is_missing:
            return MinifierError.at(*_place(node.start_point, lines), "this is no JavaScript")
        waiting += reversed([child for child in node.children if child.has_error or child.is_missing])
    return MinifierError.at(0, 0, "this is no JavaScript")
