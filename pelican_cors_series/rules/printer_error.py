"""The one error of the printer: where a rule leaves the subset of Python that means the same in JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ast


class PrinterError(Exception):
    """A rule that can't be printed. `line` and `column` count from one."""

    def __init__(self, path: str, line: int, column: int, message: str) -> None:
        """Keep the place; `str()` of the error is `path:line:column: message`."""
        super().__init__(f"{path}:{line}:{column}: {message}")
        self.path = path
        self.line = line
        self.column = column
        self.message = message

    @classmethod
    def at(cls, path: str, node: ast.expr | ast.stmt | ast.arg, message: str) -> PrinterError:
        """Point at a node of the syntax tree."""
        return cls(path, node.lineno, node.col_offset + 1, message)
