"""The source of a rule: its syntax tree with the lines of its file, and which part of it each number records."""

from __future__ import annotations

import ast
import copy
import inspect
import io
import re
import tokenize
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from .flow import path_of
from .printer_error import PrinterError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# A comment that is nothing but a number as the inventory writes them: 2, 2.a, [1].3, b.a, 1~2.
NUMBER = re.compile(r"#\s*((?:\[\d+\]|\d+|[a-z])(?:\.(?:\[\d+\]|\d+|[a-z]))*(?:~\d+)?)$")
BLANK = (tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)


@dataclass(frozen=True, slots=True)
class NumberComment:
    """A number beside a line; `header` where the line closes the header of an `if`, a `for` or a `while`."""

    number: str
    line: int
    column: int
    header: bool


@dataclass(frozen=True, slots=True)
class RuleSource:
    """One rule as written. `numbers` maps the expression that a step records to the step's number.

    Two spellings are written out in `tree`: `x += 1` is `x = x + 1`, and a bare `return` is `return None`.
    """

    path: str
    tree: ast.FunctionDef
    numbers: dict[ast.expr, str]


def read_source(function: Callable[..., object]) -> RuleSource:
    """Parse the file's text of a function at module level.

    Raises PrinterError where a number records nothing or stands twice in the rule, OSError without a source file.
    """
    lines, first = inspect.getsourcelines(function)
    path = function.__code__.co_filename
    text = "".join(lines)
    tree = ast.parse(text).body[0]
    if not isinstance(tree, ast.FunctionDef):
        raise PrinterError(path, first, 1, "a rule is an ordinary function at the top of its module")
    ast.increment_lineno(tree, first - 1)
    tree = cast("ast.FunctionDef", _WrittenOut().visit(tree))
    return RuleSource(path, tree, _attach(path, tree, list(_number_comments(text, first))))


class _WrittenOut(ast.NodeTransformer):
    def visit_AugAssign(self, node: ast.AugAssign) -> ast.stmt:
        if path_of(node.target) is None:
            return node
        before = copy.deepcopy(node.target)
        before.ctx = ast.Load()
        value = ast.copy_location(ast.BinOp(before, node.op, node.value), node)
        return ast.copy_location(ast.Assign([node.target], value), node)

    def visit_Return(self, node: ast.Return) -> ast.Return:
        if node.value is None:
            node.value = ast.copy_location(ast.Constant(None), node)
        return node


def _number_comments(text: str, first: int) -> Iterator[NumberComment]:
    before = ""
    line_of_code = 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            match = NUMBER.match(token.string)
            if match and token.start[0] == line_of_code:
                line, column = token.start
                yield NumberComment(match[1], line + first - 1, column + 1, before == ":")
        elif token.type not in BLANK:
            before, line_of_code = token.string, token.end[0]


def _attach(path: str, tree: ast.FunctionDef, comments: list[NumberComment]) -> dict[ast.expr, str]:
    numbers: dict[ast.expr, str] = {}
    for comment in comments:
        expression = _recorded(tree, comment)
        if expression is None:
            message = "this number records nothing: it belongs on a header, assignment, call, return, assert or operand"
            raise PrinterError(path, comment.line, comment.column, message)
        if comment.number in numbers.values():
            raise PrinterError(path, comment.line, comment.column, f"step {comment.number} stands twice in this rule")
        numbers[expression] = comment.number
    return numbers


def _recorded(tree: ast.FunctionDef, comment: NumberComment) -> ast.expr | None:
    for node in ast.walk(tree):
        found = _of_header(node, comment.line) if comment.header else _of_statement(node, comment.line)
        if found is not None:
            return found
    return None if comment.header else _of_operand(tree, comment.line)


def _of_header(node: ast.AST, line: int) -> ast.expr | None:
    match node:
        case ast.If(test=expression) | ast.While(test=expression) | ast.For(iter=expression):
            return expression if (expression.end_lineno or 0) <= line < node.body[0].lineno else None
    return None


def _of_statement(node: ast.AST, line: int) -> ast.expr | None:
    match node:
        case (
            ast.Assign(value=expression)
            | ast.AnnAssign(value=ast.expr() as expression)
            | ast.Return(value=ast.expr() as expression)
            | ast.Assert(test=expression)
            | ast.Expr(value=ast.Call(func=ast.Attribute(attr="append"), args=[expression]))
            | ast.Expr(value=ast.Call(func=ast.Name()) as expression)
        ):
            return expression if node.end_lineno == line else None
    return None


def _of_operand(tree: ast.FunctionDef, line: int) -> ast.expr | None:
    """Find the operand of an `and` or `or` that has the line to itself."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.BoolOp):
            continue
        before = 0
        for operand in node.values:
            if operand.end_lineno == line and operand.lineno > before:
                # An `or` within an `and` ends in the line of its own last operand: the number is that operand's.
                if isinstance(operand, ast.BoolOp) and operand.values[-1].lineno > operand.lineno:
                    return operand.values[-1]
                return operand
            before = operand.end_lineno or 0
    return None
