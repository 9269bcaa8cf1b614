"""Where the JavaScript print declares the names of a rule: in the innermost block that needs the value."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class Declarations:
    """`words`: the assignments and loops that declare a name, with the word that does; a loop may declare several.

    `before`: the names that are declared before a statement, without a value.
    """

    words: dict[tuple[ast.stmt, str], str] = field(default_factory=dict)
    before: dict[ast.stmt, list[str]] = field(default_factory=dict)


def declarations(tree: ast.FunctionDef) -> Declarations:
    """Find where each name that a rule assigns is declared; its arguments are not among them."""
    found = Declarations()
    for name in dict.fromkeys(name for node in ast.walk(tree) for name in _assigned(node)):
        _declare(name, tree.body, found)
    for node in ast.walk(tree):
        if isinstance(node, ast.For):
            _declare_alike(node, found)
    return found


def _declare_alike(loop: ast.For, found: Declarations) -> None:
    """See that a loop declares all of its names with one word, or none of them."""
    words = {name: found.words.pop((loop, name), None) for name in _assigned(loop)}
    declared = [name for name, word in words.items() if word is not None]
    if len(declared) == len(words):
        word = "let" if "let" in words.values() else "const"
        found.words |= {(loop, name): word for name in words}
    elif declared:
        found.before.setdefault(loop, []).extend(declared)


def _declare(name: str, body: list[ast.stmt], found: Declarations) -> None:
    """Declare a name in a block that no value of it is handed into."""
    uses = [place for place, statement in enumerate(body) if _names(statement, name)]
    for place in uses:
        statement, rest = body[place], body[place + 1 :]
        if name in _assigned(statement) and not isinstance(statement, ast.For) and not _read_first(name, [statement]):
            found.words[statement, name] = _word(name, [statement, *rest])
            return
        if _read_first(name, rest) or not _keeps_to_itself(name, statement):
            found.before.setdefault(statement, []).append(name)
            return
        if name in _assigned(statement):
            found.words[statement, name] = _word(name, [statement])
            continue
        for block in _blocks(statement):
            _declare(name, block, found)


def _keeps_to_itself(name: str, statement: ast.stmt) -> bool:
    """Tell whether only the blocks within a statement use a name, each for itself, or a loop that assigns it."""
    if isinstance(statement, ast.For):
        return not _names(statement.iter, name)
    blocks = [*_blocks(statement)]
    inside = {id(node) for block in blocks for inner in block for node in ast.walk(inner)}
    header = any(id(node) not in inside for node in _named_nodes(statement, name))
    return not header and not any(_read_first(name, block) for block in blocks)


def _word(name: str, body: list[ast.stmt]) -> str:
    times = sum(name in _assigned(node) for statement in body for node in ast.walk(statement))
    return "const" if times == 1 else "let"


def _read_first(name: str, body: list[ast.stmt]) -> bool:
    """Tell whether a way through a block may read a name before it assigns it."""
    return _walk(name, body)[0]


def _walk(name: str, body: list[ast.stmt]) -> tuple[bool, bool]:
    """Tell whether a block may read a name that it has not assigned, and whether it has one wherever it ends."""
    for statement in body:
        if isinstance(statement, ast.If):
            ways = [_walk(name, statement.body), _walk(name, statement.orelse)]
            if _reads(statement.test, name) or any(read for read, _ in ways):
                return True, False
            if all(done for _, done in ways):
                return False, True
        elif isinstance(statement, ast.For | ast.While):
            header = statement.iter if isinstance(statement, ast.For) else statement.test
            within = name not in _assigned(statement) and _walk(name, statement.body)[0]
            if _reads(header, name) or within:
                return True, False
        elif _reads(statement, name):
            return True, False
        elif name in _assigned(statement) or isinstance(statement, ast.Return | ast.Break | ast.Continue):
            return False, True
    return False, False


def _reads(node: ast.AST, name: str) -> bool:
    return any(isinstance(inner.ctx, ast.Load) for inner in _named_nodes(node, name))


def _names(node: ast.AST, name: str) -> bool:
    return any(True for _ in _named_nodes(node, name))


def _named_nodes(node: ast.AST, name: str) -> Iterator[ast.Name]:
    """Find where a name stands, but not where a comprehension has one of its own that is spelt alike."""
    waiting = [node]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, ast.Name) and inner.id == name:
            yield inner
        elif not (isinstance(inner, ast.ListComp) and any(_stores(loop.target, name) for loop in inner.generators)):
            waiting += ast.iter_child_nodes(inner)


def _stores(target: ast.expr, name: str) -> bool:
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(target))


def _blocks(node: ast.stmt) -> Iterator[list[ast.stmt]]:
    if isinstance(node, ast.If | ast.For | ast.While):
        yield node.body
        yield node.orelse


def _assigned(node: ast.AST) -> Iterator[str]:
    """Give the names that one statement assigns, those within it aside."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            yield name
        case ast.For():
            yield from (name.id for name in ast.walk(node.target) if isinstance(name, ast.Name))
