"""Several modules → one: one request instead of five, and names short across all of them."""

from __future__ import annotations

import re
from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_IMPORT = re.compile(r'^import (?P<names>\{[^}]*\}) from "\./(?P<file>[^"]+)";\n', re.MULTILINE)
_DECLARED = re.compile(
    r"^(?P<export>export )?(?P<what>(?:async )?(?:function|const|let|class) (?P<name>[\w$]+))", re.MULTILINE
)
_LEFT = re.compile(r"^(?:import [^(].*|export (?!(?:async )?(?:function|const|let|class)\b).*)", re.MULTILINE)


def bundle(
    modules: Iterable[str], exported: Iterable[str] = (), outside: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Return the modules as one, in the order in which they need each other; `exported` are the names it exports.

    Each imports single names from the modules before it or from files outside, and exports what it declares. `outside`
    says of each such file by its name which file of the site has it, by itself or in a bundle. Raises
    ValueError where two declare the same name at their top, or a form of import or export stands there that this does
    not know.
    """
    texts = list(modules)
    kept_imports = dict.fromkeys(
        f'import {found["names"]} from "./{outside[found["file"]]}";\n'
        for text in texts
        for found in _IMPORT.finditer(text)
        if found["file"] in outside
    )
    texts = [_IMPORT.sub("", text) for text in texts]
    names = Counter(found["name"] for text in texts for found in _DECLARED.finditer(text))
    kept = set(exported)
    if twice := sorted(name for name, count in names.items() if count > 1):
        message = f"declared in more than one module: {', '.join(twice)}"
        raise ValueError(message)
    one = "\n".join(texts)
    one = _DECLARED.sub(lambda found: found[0] if found["name"] in kept else found["what"], one)
    if left := _LEFT.search(one):
        message = f"not to be bundled: {left[0]}"
        raise ValueError(message)
    return "".join((*kept_imports, one))
