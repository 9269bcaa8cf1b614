"""The minifier: an ECMAScript module as people read it → the same in few bytes, and the source map that leads back.

`syntax` parses a module by tree-sitter, `scopes` finds what its names belong to and chooses short ones, `short_form`
writes it, `source_map` keeps where each piece came from. No statement is rewritten: on the printed rules that saves
nothing once they are gzipped.
"""

from __future__ import annotations

from .short_form import ShortForm
from .source_map import Minified, written
from .syntax import MinifierError, parse

__all__ = ["Minified", "MinifierError", "minify"]


def minify(module: str) -> Minified:
    """Write a module in few bytes; what it exports and imports keeps its names.

    Not kept are the text of its functions and, of a constant, that it can't be assigned. Raises MinifierError where
    the text is no module, or has a form of statement that no module of this project has.
    """
    return written(module, ShortForm(parse(module)).module())
