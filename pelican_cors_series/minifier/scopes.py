"""What the names of a module belong to, and the short names that stand for them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import chain, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .syntax import Syntax

FUNCTIONS = frozenset({"function_declaration", "function_expression", "arrow_function", "method_definition"})
SCOPES = FUNCTIONS | {"program", "statement_block", "for_statement", "for_in_statement", "catch_clause"}
NAMES = frozenset({"identifier", "shorthand_property_identifier", "shorthand_property_identifier_pattern"})

# In the order of how often they stand in the words of a module, so that the two are packed alike.
LETTERS = "etnrisoacdlupmfhgvbxywkjqzETNRISOACDLUPMFHGVBXYWKJQZ_$"
KEYWORDS = re.compile(
    "arguments|as|async|await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|eval|export|"
    "extends|false|finally|for|function|get|if|implements|import|in|instanceof|interface|let|new|null|of|package|"
    "private|protected|public|return|set|static|super|switch|this|throw|true|try|typeof|undefined|var|void|while|with|"
    "yield"
)


class Scopes:
    """The scopes of a module. `of` is the scope that each name belongs to, None for one that the module has not."""

    def __init__(self, root: Syntax) -> None:
        """Find what is declared, then what each name stands for."""
        self.root = root
        self.declared: dict[Syntax, set[str]] = defaultdict(set)
        for node in root.walk():
            for name, scope in _declarations(node):
                self.declared[scope].add(name.text)
        self.of: dict[Syntax, Syntax | None] = {
            node: next((scope for scope in node.above() if node.text in self.declared.get(scope, ())), None)
            for node in root.walk()
            if node.kind in NAMES and not _is_anothers(node)
        }


def _is_anothers(node: Syntax) -> bool:
    """Tell whether a name is what another module calls something that has a name of its own here."""
    specifier = node.parent
    return specifier is not None and "alias" in specifier.fields and specifier.fields["alias"] is not node


def _declarations(node: Syntax) -> Iterator[tuple[Syntax, Syntax]]:
    """Give the names that a node declares, each with its scope."""
    if node.kind in FUNCTIONS:
        yield from _within(node.fields.get("parameters", node.fields.get("parameter")), node)
    match node.kind:
        case "function_declaration" | "class_declaration" | "variable_declarator":
            yield from _within(node.fields["name"], _scope_above(node))
        case "import_specifier":
            yield from _within(node.fields.get("alias", node.fields["name"]), _scope_above(node))
        case "namespace_import" | "import_clause":
            yield from ((child, _scope_above(node)) for child in node.children if child.kind == "identifier")
        case "for_in_statement" if "kind" in node.fields:
            yield from _within(node.fields["left"], node)
        case "catch_clause":
            yield from _within(node.fields.get("parameter"), node)


def _scope_above(node: Syntax) -> Syntax:
    return next(scope for scope in node.above() if scope.kind in SCOPES)


def _within(pattern: Syntax | None, scope: Syntax) -> Iterator[tuple[Syntax, Syntax]]:
    """Give the names of a pattern, but not those of the values that stand in where something is left out."""
    if pattern is None:
        return
    match pattern.kind:
        case "identifier" | "shorthand_property_identifier_pattern":
            yield pattern, scope
        case "assignment_pattern" | "object_assignment_pattern":
            yield from _within(pattern.fields["left"], scope)
        case "pair_pattern":
            yield from _within(pattern.fields["value"], scope)
        case _:
            for child in pattern.named:
                yield from _within(child, scope)


def short_names(scopes: Scopes) -> Mapping[str, str]:
    """Give a short name for each name that the module declares, the same in every function of it.

    That packs better than the shortest for each function. Two names that stand in one declaration of the module get
    different ones, so that no two scopes can clash. A name that stands for something else outside stays as it is.
    """
    free = {node.text for node, scope in scopes.of.items() if scope is None}
    counts = Counter(node.text for node in scopes.of if node.text not in free)
    module = scopes.declared[scopes.root]
    beside: dict[str, set[str]] = defaultdict(set)
    for names in [module, *({node.text for node in unit.walk() if node in scopes.of} for unit in _units(scopes.root))]:
        for name in names:
            beside[name] |= names
    short: dict[str, str] = {}
    for name in sorted(counts, key=lambda name: (name in module, -counts[name], name)):
        taken = {short[other] for other in beside[name] if other in short}
        short[name] = next(each for each in _candidates() if each not in taken | free)
    return short


def _units(root: Syntax) -> Iterator[Syntax]:
    """Give the declarations of a module and of its classes one by one."""
    for statement in root.children:
        declared = statement.fields.get("declaration", statement)
        match declared.kind:
            case "lexical_declaration":
                yield from declared.named
            case "class_declaration":
                yield from declared.fields["body"].named
            case _:
                yield declared


def private_names(root: Syntax) -> Mapping[str, str]:
    """Give a short name for each private member of the module's classes."""
    counts = Counter(node.text for node in root.walk() if node.kind == "private_property_identifier")
    names = sorted(counts, key=lambda name: (-counts[name], name))
    return {name: f"#{short}" for name, short in zip(names, _candidates(), strict=False)}


def _candidates() -> Iterator[str]:
    """Give names from the shortest on, keywords left out."""
    pairs = map("".join, product(LETTERS, f"{LETTERS}0123456789"))
    return (name for name in chain(LETTERS, pairs) if not KEYWORDS.fullmatch(name))
