"""A YAML mapping whose keys and values know their line and column: front matter and fences are both read as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

# libyaml's loader reads a front matter in a tenth of the time; PyYAML's wheels bring it, other builds may not.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Far beyond what anyone writes, and far from the end of the stack.
DEEPEST = 200

_FOUND = {
    "tag:yaml.org,2002:seq": "a list",
    "tag:yaml.org,2002:map": "a mapping",
    "tag:yaml.org,2002:null": "empty",
    "tag:yaml.org,2002:bool": "true or false",
    "tag:yaml.org,2002:int": "a number",
    "tag:yaml.org,2002:float": "a number",
}


class YamlError(ValueError):
    """The text is no YAML (is_yaml false), or no mapping. line and column count from 1 within the text."""

    def __init__(self, line: int, column: int, reason: str, *, is_yaml: bool) -> None:
        super().__init__(reason)
        self.line, self.column, self.reason, self.is_yaml = line, column, reason, is_yaml


@dataclass(frozen=True, slots=True)
class Value:
    """One value: its text as written, or a list of texts; what YAML takes it for; line and column from 1.

    `members` are those of a list of texts, as values of their own.
    """

    text: str | None
    items: tuple[str, ...] | None
    tag: str
    line: int
    column: int
    members: tuple[Value, ...] = ()

    @property
    def found(self) -> str:
        """What it is, in words: "a list", "a number", "empty", "text"."""
        if self.tag == "tag:yaml.org,2002:seq" and self.items is None:
            return "a list of something other than texts"
        return _FOUND.get(self.tag, "text")

    @property
    def is_null(self) -> bool:
        """Whether nothing stands there: `key:`, `key: ~`, `key: null`."""
        return self.tag == "tag:yaml.org,2002:null"


@dataclass(frozen=True, slots=True)
class Entry:
    """One key with its value; line and column are the key's, from 1. `first` is the line of an earlier same key."""

    key: str
    value: Value
    line: int
    column: int
    first: int | None = None


def read_mapping(text: str) -> list[Entry]:
    """Return the entries of a YAML mapping in the order in which they stand.

    A key that stands twice is there twice, the later one with `first` set. An empty text has no entries.
    Values keep the text that the author wrote: `no`, `2023-06-13` and `007` stay what they are.
    Raises YamlError where the text is no YAML or holds something other than a mapping.
    """
    node = compose(text)
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        found = _value(node).found
        raise YamlError(node.start_mark.line + 1, node.start_mark.column + 1, found, is_yaml=True)
    return _entries(node)


def compose(text: str) -> yaml.Node | None:
    """Return the nodes of a YAML text, None for an empty one. Raises YamlError where it is no YAML."""
    try:
        _refuse_depth(text)
        node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise YamlError(line, column, str(error.problem or error.context), is_yaml=False) from None
    except yaml.YAMLError as error:
        # A character that YAML does not allow.
        line, column = _place_of_forbidden_character(text)
        raise YamlError(line, column, str(getattr(error, "reason", error)), is_yaml=False) from None
    return node


def _refuse_depth(text: str) -> None:
    # libyaml's composer calls itself for each level, and ends the process where the stack does.
    if sum(map(text.count, "[{-?:")) <= DEEPEST:
        return
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST and (mark := event.start_mark) is not None:
            raise YamlError(mark.line + 1, mark.column + 1, "it is nested too deeply", is_yaml=False)


def _entries(node: yaml.MappingNode) -> list[Entry]:
    first_lines: dict[str, int] = {}
    entries = []
    for key_node, value_node in node.value:
        # A key that is a list or a mapping is none that anyone knows; its place tells it from another.
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else f"? ({key_node.tag.rpartition(':')[2]})"
        line = key_node.start_mark.line + 1
        entries.append(
            Entry(key, _value(value_node), line, key_node.start_mark.column + 1, first_lines.get(key)),
        )
        if isinstance(key_node, yaml.ScalarNode):
            first_lines.setdefault(key, line)
    return entries


def _value(node: yaml.Node) -> Value:
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    if isinstance(node, yaml.ScalarNode):
        return Value(str(node.value), None, node.tag, line, column)
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        members = tuple(map(_value, node.value))
        return Value(None, tuple(str(item.value) for item in node.value), node.tag, line, column, members)
    return Value(None, None, node.tag, line, column)


def _place_of_forbidden_character(text: str) -> tuple[int, int]:
    for line, content in enumerate(text.split("\n"), 1):
        for column, character in enumerate(content, 1):
            if not character.isprintable() and character not in "\t\r":
                return line, column
    return 1, 1
