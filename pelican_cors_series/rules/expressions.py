"""The check of a rule's expressions: each has a type, or a PrinterError says what leaves the subset."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any, cast

from .calls import call_type
from .comparisons import comparison_type
from .effects import changed_members, rules_called
from .flow import assigned, forgotten, narrowed, path_of
from .indexing import subscript_type
from .printer_error import PrinterError
from .rule import Leaf, Rule
from .static_types import (
    BOOL,
    INT,
    MOST_EXACT,
    NONE,
    NOTHING,
    STR,
    Type,
    described,
    dict_of,
    fields_of,
    items_in,
    list_of,
    of_constant,
    places_in,
    tuple_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .flow import Known

# Names that JavaScript or the subset keeps for itself, and those of JavaScript that the print uses.
RESERVED = re.compile(
    "arguments|async|await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|eval|export|"
    "extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|"
    "protected|public|return|static|super|switch|this|throw|true|try|typeof|undefined|var|void|while|with|yield|"
    "Error|Map|Number|Object|Set|String|NaN|Infinity|int|len|re"
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

    def held(self, test: ast.expr, known: Known, *, holds: bool) -> Known:
        """Give what is known once a checked test has come out as `holds`."""
        return forgotten(narrowed(known, test, holds, self.type_of), self.changes(test))

    def refuse_turned(self, first: ast.expr, second: ast.expr) -> None:
        """Raise PrinterError where it shows that JavaScript takes the second of two operands before the first."""
        if not isinstance(first, ast.Name | ast.Constant) and any(rules_called(second, self.scope)):
            raise self.refusal(second, "JavaScript comes to this call before what stands first: give it a name before")

    def changes(self, node: ast.AST) -> frozenset[str]:
        """Name the members that some record may have anew once a node has run."""
        return changed_members(node, self.scope)

    def _checked(self, node: ast.expr, known: Known) -> Type:
        checks: dict[type[ast.expr], Callable[[Any, Known], Type]] = {
            ast.Constant: self._constant,
            ast.Name: self._name,
            ast.Attribute: self._attribute,
            ast.Compare: lambda node, known: comparison_type(self, node, known),
            ast.BoolOp: self._logic,
            ast.UnaryOp: self._negation,
            ast.BinOp: self._arithmetic,
            ast.IfExp: self._conditional,
            ast.List: self._display,
            ast.Tuple: self._tuple,
            ast.Dict: self._mapping,
            ast.ListComp: self._comprehension,
            ast.JoinedStr: self._formatted,
            ast.Subscript: lambda node, known: subscript_type(self, node, known),
            ast.Call: lambda node, known: call_type(self, node, known),
        }
        if type(node) not in checks:
            raise self.refusal(node, f"{type(node).__name__} is outside the subset")
        return checks[type(node)](node, known)

    def _constant(self, node: ast.Constant, _known: Known) -> Type:
        if type(node.value) not in LITERALS:
            raise self.refusal(node, "only texts, whole numbers, True, False and None are written alike")
        if isinstance(node.value, int) and node.value > MOST_EXACT:
            raise self.refusal(node, "beyond 2^53 - 1 JavaScript's numbers are not exact")
        return LITERALS[type(node.value)]

    def _negation(self, node: ast.UnaryOp, known: Known) -> Type:
        if not isinstance(node.op, ast.Not):
            raise self.refusal(node, "the only sign of one operand is not")
        self.boolean(node.operand, known, "not")
        return BOOL

    def _display(self, node: ast.List | ast.Tuple, known: Known) -> Type:
        return list_of(NOTHING.union(*(self._item(item, known) for item in node.elts)))

    def _tuple(self, node: ast.Tuple, known: Known) -> Type:
        if any(isinstance(item, ast.Starred) for item in node.elts):
            return self._display(node, known)
        return tuple_of(*(self.type_of(item, known) for item in node.elts))

    def _name(self, node: ast.Name, known: Known) -> Type:
        name = node.id
        if name in known:
            return known[name]
        if name not in self.scope:
            raise self.refusal(node, f"{name} may have no value here; JavaScript would go on with undefined")
        constant = of_constant(self.scope[name]) if name.isupper() else None
        if constant is None:
            raise self.refusal(
                node, f"{name} is no argument, local name or constant (in capitals, of scalars that are exact)"
            )
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

    def _logic(self, node: ast.BoolOp, known: Known) -> Type:
        is_and = isinstance(node.op, ast.And)
        for value in node.values:
            self.boolean(value, known, "and" if is_and else "or")
            known = self.held(value, known, holds=is_and)
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
        body = self.type_of(node.body, self.held(node.test, known, holds=True))
        return body | self.type_of(node.orelse, self.held(node.test, known, holds=False))

    def _item(self, node: ast.expr, known: Known) -> Type:
        if not isinstance(node, ast.Starred):
            return self.type_of(node, known)
        return self.items_of(node.value, known)

    def items_of(self, node: ast.expr, known: Known) -> Type:
        """Check that an expression is a list or a tuple and give the type of its items."""
        found = self.type_of(node, known)
        item = items_in(found)
        if item is None:
            raise self.refusal(node, f"this has to be a list, and it is {described(found)}")
        return item

    def targets(self, target: ast.expr, item: Type) -> list[tuple[ast.Name, Type]]:
        """Check what a loop assigns: one name, or a name for each place of a tuple; give each with its type."""
        match target:
            case ast.Name():
                found = [(target, item)]
            case ast.Tuple(elts=[ast.Name(), *_] as names) if all(isinstance(name, ast.Name) for name in names):
                places = places_in(item, len(names))
                if places is None:
                    raise self.refusal(target, f"{described(item)} has other places than {ast.unparse(target)}")
                found = list(zip(cast("list[ast.Name]", names), places, strict=True))
            case _:
                raise self.refusal(target, "a loop assigns a name, or a name for each place of a tuple")
        for name, _ in found:
            self.refuse_taken(name, name.id)
        return found

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
        if len(node.generators) > 1 or loop.is_async:
            raise self.refusal(node, "a comprehension runs over one list")
        item = self.items_of(loop.iter, known)
        known = forgotten(known, self.changes(node))
        for name, found in self.targets(loop.target, item):
            known = assigned(known, name.id, found)
        for test in loop.ifs:
            self.boolean(test, known, "if")
            known = self.held(test, known, holds=True)
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
