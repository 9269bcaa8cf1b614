"""A YAML text → the plain values that JSON would have, and where each of them stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from pelican_cors_series.yaml_mapping import YamlError, compose

# What JSON writes without quotes. All else stays the text that the author wrote: no, 007, 2023-06-13, True.
_WORDS = {"null": None, "~": None, "": None, "true": True, "false": False}
_WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,15})")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{1,15})?(?:[eE][+-]?[0-9]{1,3})?")
_TEXT = "tag:yaml.org,2002:str"


@dataclass(frozen=True, slots=True)
class YamlValues:
    """The value of a whole text, and the nodes that it was read from; those are None for an empty text."""

    value: object
    node: yaml.Node | None

    def place(self, path: str, *, of_name: bool = False) -> tuple[int, int]:
        """Return the line and the column (from 1) of the value at a path such as `server[0].response.status`.

        of_name: those of its name instead. Where nothing stands at the path, they are those of what is nearest to it.
        """
        if self.node is None:
            return 1, 1
        name, node, rest = self.node, self.node, path
        while rest and (step := _step(node, rest)) is not None:
            name, node, rest = step
        mark = (name if of_name and not rest else node).start_mark
        return mark.line + 1, mark.column + 1


def read_values(text: str) -> YamlValues:
    """Read a YAML text. Raises YamlError where it is none, where a name is no text or there twice, or for a loop."""
    node = compose(text)
    return YamlValues(None if node is None else _Reading().value(node), node)


def with_instead(value: object, path: str, *instead: object) -> object:
    """Copy plain values with another value, or none, in place of what stands at a path such as `server[0].at`.

    Where nothing stands there the value itself comes back.
    """
    key, rest = _first_step(value, path)
    if isinstance(value, dict) and isinstance(key, str):
        before = [(name, [item]) for name, item in value.items()]
        return {
            name: new
            for name, items in before
            for new in (_instead(value[key], rest, *instead) if name == key else items)
        }
    if isinstance(value, list) and isinstance(key, int):
        return [*value[:key], *_instead(value[key], rest, *instead), *value[key + 1 :]]
    return value


def _instead(value: object, rest: str, *instead: object) -> list[object]:
    return [with_instead(value, rest, *instead)] if rest else [*instead]


def _first_step(holder: object, path: str) -> tuple[str | int | None, str]:
    if isinstance(holder, dict):
        rest = path.removeprefix(".")
        # A header's name may hold what else parts the steps of a path, so the longest name that fits counts.
        fitting = [key for key in holder if rest.startswith(key) and rest[len(key) : len(key) + 1] in ("", ".", "[")]
        name = max(fitting, key=len, default=None)
        return name, "" if name is None else rest[len(name) :]
    if isinstance(holder, list) and (index := re.match(r"\[([0-9]+)\]", path)) and int(index[1]) < len(holder):
        return int(index[1]), path[index.end() :]
    return None, ""


class _Reading:
    """Reads each node once, however many aliases lead to it."""

    def __init__(self) -> None:
        self._read: dict[yaml.Node, object] = {}
        self._open: set[yaml.Node] = set()

    def value(self, node: yaml.Node) -> object:
        """Return the plain value of a node."""
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if node in self._open:
            raise _error(node, "an alias leads back to where it stands")
        if node not in self._read:
            self._open.add(node)
            if isinstance(node, yaml.MappingNode):
                self._read[node] = self._mapping(node)
            else:
                self._read[node] = [self.value(item) for item in node.value]
            self._open.remove(node)
        return self._read[node]

    def _mapping(self, node: yaml.MappingNode) -> dict[str, object]:
        found: dict[str, object] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _error(key, "a name has to be a text")
            if key.value in found:
                raise _error(key, f"the name {key.value} stands twice")
            found[key.value] = self.value(value)
        return found


def _scalar(node: yaml.ScalarNode) -> object:
    text = str(node.value)
    if node.tag == _TEXT or node.style in ("'", '"', "|", ">"):
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE_NUMBER.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text


def _error(node: yaml.Node, reason: str) -> YamlError:
    return YamlError(node.start_mark.line + 1, node.start_mark.column + 1, reason, is_yaml=False)


def _step(node: yaml.Node, path: str) -> tuple[yaml.Node, yaml.Node, str] | None:
    """Go one step down a path: the node of the name, that of the value, and what is left of the path."""
    if isinstance(node, yaml.MappingNode):
        rest = path.removeprefix(".")
        # A header's name may hold what else parts the steps of a path, so the longest name that fits counts.
        fitting = [
            (key, value)
            for key, value in node.value
            if rest.startswith(key.value) and rest[len(key.value) : len(key.value) + 1] in ("", ".", "[")
        ]
        if fitting:
            key, value = max(fitting, key=lambda pair: len(pair[0].value))
            return key, value, rest[len(key.value) :]
    elif (index := re.match(r"\[([0-9]+)\]", path)) and isinstance(node, yaml.SequenceNode):
        item = node.value[int(index[1])]
        return item, item, path[index.end() :]
    return None
