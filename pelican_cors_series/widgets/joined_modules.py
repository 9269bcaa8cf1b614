"""Several modules of ours as one: what one imports from another is there already, under the same name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_IMPORT = re.compile(r'^import [^;]*? from "\./([^"]+)";\n', re.MULTILINE)
_DECLARED = re.compile(r"^(?:export )?(?:async )?(?:const|let|class|function) ([\w$]+)", re.MULTILINE)


def joined(modules: Mapping[str, str], exported: Collection[str]) -> str:
    """Return modules as the text of one that exports these names; it imports what comes from no module of them.

    modules: their texts by their file names, those that others import from before them.
    Raises ValueError where two modules declare the same name at their top.
    """
    imports: dict[str, None] = {}
    names: list[str] = []
    bodies: list[str] = []
    for text in modules.values():
        imports |= dict.fromkeys(found[0] for found in _IMPORT.finditer(text) if found[1] not in modules)
        names += _DECLARED.findall(text)
        bodies.append(_without_exports(_IMPORT.sub("", text), exported))
    if twice := {name for name in names if names.count(name) > 1}:
        message = f"two of the modules {', '.join(modules)} declare {', '.join(sorted(twice))}"
        raise ValueError(message)
    return "\n".join(["".join(imports), *bodies])


def _without_exports(text: str, exported: Collection[str]) -> str:
    def kept(found: re.Match[str]) -> str:
        return found[0] if found[1] in exported else found[0].removeprefix("export ")

    return re.sub(r"^export (?:async )?(?:const|class|function) ([\w$]+)", kept, text, flags=re.MULTILINE)
