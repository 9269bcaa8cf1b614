"""The check of a rule's expressions: each has a type, or a PrinterError says what leaves the subset."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

from .calls import call_type
from .comparisons import comparison_type
from .flow import assigned, narrowed, path_of
from .printer_error import PrinterError
from .rule import Leaf, Rule
from .static_types import (
    BOOL,
    INT,
    NONE,
    NOTHING,
    STR,
    Type,
    described,
    dict_of,
    fields_of,
    list_of,
    of_constant,
    only_kind,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .flow import Known

# Names that JavaScript or the subset keeps for itself, and those of the print: the trace is its own last argument.
RESERVED = re.compile(
    "arguments|async|await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|eval|export|"
    "extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|"
    "protected|public|return|static|super|switch|this|throw|true|try|typeof|undefined|var|void|while|with|yield|"
    "Error|RangeError|Map|NaN|Infinity|len|re|trace"
)
OPERATORS = (ast.Add, ast.Sub, ast.Mult)
LITERALS: dict[type, Type] = {str: STR, bool: BOOL, int: INT, type(None): NONE}


class Expressions:
    """The expressions of one rule. `scope` is the globals of its module; `types` fills as expressions are checked."""

    def __init__(self, path: str, scope: Mapping[str, object]) -> None:
        """Begin with nothing checked."""
        self.path = path
        self.scope = scope
        self.types: dict[ast.expr, Type] = {}
        self.globals: dict[str, object] = {}

    def refusal(self, node: ast.expr | ast.stmt | ast.arg, message: str) -> PrinterError:
        """Make the PrinterError that points at a node."""
        return PrinterError.at(self.path, node, message)

    def refuse_taken(self, node: ast.expr | ast.arg, name: str) -> None:
        """Raise PrinterError for a local name that the print or JavaScript uses itself."""
        if RESERVED.fullmatch(name) or isinstance(self.scope.get(name), Rule | Leaf):
            raise self.refusal(node, f"{name} already means something in the JavaScript print: choose another name")

    def type_of(self, node: ast.expr, known: Known) -> Type:
        """Check an expression and give its type."""
        found = self._checked(node, known)
        path = path_of(node)
        self.types[node] = known.get(path, found) if path is not None else found
        return self.types[node]

    def boolean(self, node: ast.expr, known: Known, where: str) -> None:
        """Check that an expression is a boolean: a value that counts as true differs between the languages."""
        found = self.type_of(node, known)
        if found != BOOL:
            raise self.refusal(
                node, f"{where} takes a boolean, and this is {described(found)}: write the comparison out"
            )

    def _checked(self, node: ast.expr, known: Known) -> Type:
        checks: dict[type[ast.expr], Callable[[Any, Known], Type]] = {
            ast.Constant: self._constant,
            ast.Name: self._name,
            ast.Attribute: self._attribute,
            ast.Compare: self._comparison,
            ast.BoolOp: self._logic,
            ast.UnaryOp: self._negation,
            ast.BinOp: self._arithmetic,
            ast.IfExp: self._conditional,
            ast.List: self._display,
            ast.Tuple: self._display,
            ast.Dict: self._mapping,
            ast.ListComp: self._comprehension,
            ast.JoinedStr: self._formatted,
            ast.Subscript: self._subscript,
            ast.Call: self._call,
        }
        if type(node) not in checks:
            raise self.refusal(node, f"{type(node).__name__} is outside the subset")
        return checks[type(node)](node, known)

    def _constant(self, node: ast.Constant, _known: Known) -> Type:
        if type(node.value) not in LITERALS:
            raise self.refusal(node, "only texts, whole numbers, True, False and None are written alike")
        return LITERALS[type(node.value)]

    def _call(self, node: ast.Call, known: Known) -> Type:
        return call_type(self, node, known)

    def _negation(self, node: ast.UnaryOp, known: Known) -> Type:
        if not isinstance(node.op, ast.Not):
            raise self.refusal(node, "the only sign of one operand is not")
        self.boolean(node.operand, known, "not")
        return BOOL

    def _display(self, node: ast.List | ast.Tuple, known: Known) -> Type:
        return list_of(NOTHING.union(*(self._item(item, known) for item in node.elts)))

    def _name(self, node: ast.Name, known: Known) -> Type:
        name = node.id
        if name in known:
            return known[name]
        if name not in self.scope:
            raise self.refusal(node, f"{name} may have no value here; JavaScript would go on with undefined")
        constant = of_constant(self.scope[name]) if name.isupper() else None
        if constant is None:
            raise self.refusal(node, f"{name} is no argument, local name or constant (in capitals, of scalars)")
        self.globals[name] = self.scope[name]
        return constant

    def _attribute(self, node: ast.Attribute, known: Known) -> Type:
        found = self.type_of(node.value, known)
        types: list[Type] = []
        for kind in found:
            fields = fields_of(kind.record) if kind.record is not None else {}
            if node.attr not in fields:
                raise self.refusal(node, f"{described(frozenset({kind}))} has no field {node.attr}")
            types.append(fields[node.attr])
        return NOTHING.union(*types)

    def _comparison(self, node: ast.Compare, known: Known) -> Type:
        return comparison_type(self, node, known)

    def _logic(self, node: ast.BoolOp, known: Known) -> Type:
        is_and = isinstance(node.op, ast.And)
        for value in node.values:
            self.boolean(value, known, "and" if is_and else "or")
            known = narrowed(known, value, is_and, self.type_of)
        return BOOL

    def _arithmetic(self, node: ast.BinOp, known: Known) -> Type:
        types = (self.type_of(node.left, known), self.type_of(node.right, known))
        if not isinstance(node.op, OPERATORS) or types != (INT, INT):
            raise self.refusal(
                node, "only + - * of numbers mean the same; texts go into an f-string, lists into [*one, *other]"
            )
        return INT

    def _conditional(self, node: ast.IfExp, known: Known) -> Type:
        self.boolean(node.test, known, "if")
        body = self.type_of(node.body, narrowed(known, node.test, holds=True, type_of=self.type_of))
        return body | self.type_of(node.orelse, narrowed(known, node.test, holds=False, type_of=self.type_of))

    def _item(self, node: ast.expr, known: Known) -> Type:
        if not isinstance(node, ast.Starred):
            return self.type_of(node, known)
        return self.items_of(node.value, known)

    def items_of(self, node: ast.expr, known: Known) -> Type:
        """Check that an expression is a list and give the type of its items."""
        found = self.type_of(node, known)
        holder = only_kind(found, "list")
        if holder is None:
            raise self.refusal(node, f"this has to be a list, and it is {described(found)}")
        return holder.inner[0]

    def _mapping(self, node: ast.Dict, known: Known) -> Type:
        keys: list[Type] = []
        for key in node.keys:
            if not isinstance(key, ast.Constant) or self.type_of(key, known) not in (STR, INT):
                raise self.refusal(key or node, "a mapping has string or number literals as its keys")
            keys.append(self.types[key])
        values = [self.type_of(value, known) for value in node.values]
        return dict_of(NOTHING.union(*keys), NOTHING.union(*values))

    def _comprehension(self, node: ast.ListComp, known: Known) -> Type:
        loop = node.generators[0]
        if len(node.generators) > 1 or loop.is_async or not isinstance(loop.target, ast.Name):
            raise self.refusal(node, "a comprehension runs over one list with one name")
        self.refuse_taken(loop.target, loop.target.id)
        known = assigned(known, loop.target.id, self.items_of(loop.iter, known))
        for test in loop.ifs:
            self.boolean(test, known, "if")
            known = narrowed(known, test, holds=True, type_of=self.type_of)
        return list_of(self.type_of(node.elt, known))

    def _formatted(self, node: ast.JoinedStr, known: Known) -> Type:
        for value in node.values:
            if not isinstance(value, ast.FormattedValue):
                continue
            if value.conversion != -1 or value.format_spec is not None:
                raise self.refusal(value.value, "conversions and formats differ between the languages")
            found = self.type_of(value.value, known)
            if not found <= STR | INT:
                raise self.refusal(value.value, f"an f-string takes text and numbers, and this is {described(found)}")
        return STR

    def _subscript(self, node: ast.Subscript, known: Known) -> Type:
        item = self.items_of(node.value, known)
        if isinstance(node.slice, ast.Slice):
            bounds = [node.slice.lower, node.slice.upper]
            if node.slice.step is not None or not all(bound is None or _is_index(bound) for bound in bounds):
                raise self.refusal(node, "a slice has literal bounds that are not negative, and no step")
            return list_of(item)
        if not _is_index(node.slice):
            raise self.refusal(
                node, "an index is a literal that is not negative: JavaScript does not count from the end"
            )
        return item


def _is_index(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int
