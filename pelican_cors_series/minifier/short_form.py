"""The short form of a module: short names, no blanks and comments, no sign that can be left out."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from .pieces import Piece, between
from .scopes import FUNCTIONS, Scopes, private_names, short_names
from .syntax import MinifierError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .syntax import Syntax

# Other words for the same.
SHORTER = {"true": "!0", "false": "!1", "const": "let"}
# What has to stay within its own block.
DECLARATIONS = frozenset({"lexical_declaration", "function_declaration", "class_declaration"})
LOOPS = frozenset({"for_in_statement", "for_statement", "while_statement"})


class Statement(NamedTuple):
    """A statement; `open` where a semicolon has to stand before what follows."""

    pieces: list[Piece]
    open: bool


class ShortForm:
    """Writes one module."""

    def __init__(self, root: Syntax) -> None:
        """Choose the short names."""
        self.root = root
        self.scopes = Scopes(root)
        self.short = {**short_names(self.scopes), **private_names(root)}
        self.exports: list[Syntax] = []

    def module(self) -> list[Piece]:
        """Give the pieces of the module."""
        statements = [*self._statements(self.root.children)]
        if self.exports:
            names = [[*self._pieces(name), Piece("as"), Piece(name.text)] for name in self.exports]
            statements.append(Statement([Piece("export{"), *between(names, ","), Piece("}")], open=False))
        return _in_a_row(statements)

    def _pieces(self, node: Syntax) -> Iterator[Piece]:
        if node in self.scopes.of:
            yield from self._name(node)
        elif node.kind in FUNCTIONS:
            yield from self._function(node)
        elif node.kind == "statement_block":
            yield from self._block(_body(node))
        elif node.children:
            for child, following in zip_longest(node.children, node.children[1:]):
                if not (child.kind in ",;" and following is not None and following.kind in ")}]"):
                    yield from self._pieces(child)
        elif node.text:
            yield Piece(self.short.get(node.text, node.text) if node.text[0] == "#" else _shorter(node), node)

    def _name(self, node: Syntax) -> Iterator[Piece]:
        short = node.text if self.scopes.of[node] is None else self.short.get(node.text, node.text)
        if short != node.text and node.kind != "identifier":
            yield from (Piece(node.text, node), Piece(":"))
        elif short != node.text and node.parent is not None and node.parent.kind == "import_specifier":
            yield from [Piece(node.text, node), Piece("as")] if "alias" not in node.parent.fields else []
        yield Piece(short, node)

    def _function(self, node: Syntax) -> Iterator[Piece]:
        body, parameters = node.fields["body"], node.fields.get("parameters")
        arrow = node.kind == "arrow_function"
        for child in node.children:
            if child is body:
                value = _only_value(body) if arrow else None
                yield from self._block(_body(body)) if value is None else self._value(value)
            elif child is parameters and arrow and len(child.named) == 1 and child.named[0].kind == "identifier":
                yield from self._pieces(child.named[0])
            else:
                yield from self._pieces(child)

    def _value(self, node: Syntax) -> Iterator[Piece]:
        """Write what an arrow function gives; an object needs brackets, and so do a few other things."""
        inner = node.children[1] if node.kind == "parenthesized_expression" else node
        pieces = [*self._pieces(inner)]
        bracketed = inner.kind == "sequence_expression" or pieces[0].text == "{"
        yield from (Piece("("), *pieces, Piece(")")) if bracketed else pieces

    def _block(self, nodes: list[Syntax]) -> Iterator[Piece]:
        yield from (Piece("{"), *_in_a_row(self._statements(nodes)), Piece("}"))

    def _statements(self, nodes: list[Syntax]) -> Iterator[Statement]:
        """Write statements; declarations that stand together become one."""
        declared: list[list[Piece]] = []
        for node, following in zip_longest(nodes, nodes[1:]):
            if node.kind == "lexical_declaration":
                declared += [[*self._pieces(each)] for each in node.named]
                if following is None or following.kind != node.kind:
                    yield Statement([Piece("let"), *between(declared, ",")], open=True)
                    declared = []
            elif node.kind not in (";", "empty_statement"):
                yield self._statement(node)

    def _statement(self, node: Syntax) -> Statement:
        match node.kind:
            case "expression_statement" | "return_statement" | "throw_statement" | "import_statement":
                return Statement(self._without_semicolon(node), open=True)
            case "break_statement" | "continue_statement":
                return Statement(self._without_semicolon(node), open=True)
            case "statement_block" | "function_declaration" | "class_declaration" | "try_statement":
                return Statement([*self._pieces(node)], open=False)
            case "if_statement":
                return self._if(node)
            case "export_statement":
                return self._export(node)
            case kind if kind in LOOPS:
                branch = self._branch(node.fields["body"])
                head = [piece for child in node.children[:-1] for piece in self._pieces(child)]
                return Statement([*head, *branch.pieces], branch.open)
        raise MinifierError.at(node.row, node.column, f"the minifier knows no {node.kind.replace('_', ' ')}")

    def _without_semicolon(self, node: Syntax) -> list[Piece]:
        return [piece for child in node.children if child.kind != ";" for piece in self._pieces(child)]

    def _if(self, node: Syntax) -> Statement:
        then = self._branch(node.fields["consequence"])
        pieces = [Piece("if", node), *self._pieces(node.fields["condition"])]
        if "alternative" not in node.fields:
            return Statement([*pieces, *then.pieces], then.open)
        if _may_take_an_else(node.fields["consequence"]):
            then = Statement([Piece("{"), *then.pieces, Piece("}")], open=False)
        otherwise = self._branch(node.fields["alternative"].children[1])
        pieces += [*then.pieces, *([Piece(";")] if then.open else []), Piece("else"), *otherwise.pieces]
        return Statement(pieces, otherwise.open)

    def _branch(self, node: Syntax) -> Statement:
        """Write what an `if` or a loop comes to; one statement needs no braces."""
        nodes = _body(node)
        statements = [*self._statements(nodes)]
        if len(statements) == 1 and nodes[0].kind not in DECLARATIONS:
            return statements[0]
        return Statement([Piece("{"), *_in_a_row(statements), Piece("}")], open=False)

    def _export(self, node: Syntax) -> Statement:
        if "declaration" in node.fields:
            declared = node.fields["declaration"]
            self.exports += [
                each.fields["name"] for each in (declared.named if "name" not in declared.fields else [declared])
            ]
            return next(self._statements([declared]))
        if "value" in node.fields:
            return Statement(self._without_semicolon(node), open=True)
        raise MinifierError.at(node.row, node.column, "the minifier knows exports of declarations and of a default")


def _shorter(node: Syntax) -> str:
    return SHORTER.get(node.text, node.text) if node.kind in SHORTER else node.text


def _body(node: Syntax) -> list[Syntax]:
    """Give the statements of a block, or the one statement that needs none."""
    return node.children[1:-1] if node.kind == "statement_block" else [node]


def _only_value(node: Syntax) -> Syntax | None:
    """Give the expression that a function consists of, None for one that has statements."""
    if node.kind != "statement_block":
        return node
    statements = _body(node)
    only = statements[0] if len(statements) == 1 and statements[0].kind == "return_statement" else None
    return only.named[0] if only is not None and only.named else None


def _may_take_an_else(node: Syntax) -> bool:
    """Tell whether an else after this would be taken for that of an if within."""
    statements = _body(node)
    return len(statements) == 1 and (statements[0].kind == "if_statement" or statements[0].kind in LOOPS)


def _in_a_row(statements: Iterable[Statement]) -> list[Piece]:
    found: list[Piece] = []
    open_before = False
    for statement in statements:
        found += [Piece(";"), *statement.pieces] if open_before else statement.pieces
        open_before = statement.open
    return found
