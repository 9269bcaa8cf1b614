"""Plain values, as YAML or JSON gives them, that know their path in a scenario and say what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, NoReturn

from .scenario import ScenarioError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

# A hundred years in seconds: no cache entry lives longer, and milliseconds of it are exact in JavaScript.
LONGEST_TIME = 3_153_600_000


@dataclass(frozen=True, slots=True)
class Located:
    """A value and its path, such as `server[0].response.status`; the path of the whole is empty.

    Every method that reads it raises ScenarioError, with the path as its member, for a value of another kind.
    """

    value: object
    path: str = ""

    def refuse(self, code: str, message: str) -> NoReturn:
        """Raise the ScenarioError that points here."""
        raise ScenarioError(self.path, code, message)

    def members(self, known: Collection[str], required: Sequence[str] = ()) -> dict[str, Located]:
        """Read a mapping's members; those that are null count as left out."""
        if not isinstance(self.value, dict):
            self._refuse_kind("a mapping")
        for name in self.value:
            if name not in known:
                self._member(name).refuse("unknown-member", f"there is no such member here{_advice(name, known)}")
        found = {name: self._member(name) for name, value in self.value.items() if value is not None}
        for name in required:
            if name not in found:
                self._member(name).refuse("missing-member", "this has to be given")
        return found

    def items(self) -> list[Located]:
        """Read a list's items."""
        if not isinstance(self.value, list | tuple):
            self._refuse_kind("a list")
        return [Located(item, f"{self.path}[{index}]") for index, item in enumerate(self.value)]

    def pairs(self) -> list[tuple[Located, Located]]:
        """Read names with their values: a mapping, or a list of pairs, where a name may come twice."""
        if isinstance(self.value, dict):
            return [(Located(name, self._member(name).path), self._member(name)) for name in self.value]
        pairs = [item.items() for item in self.items()]
        for item, pair in zip(self.items(), pairs, strict=True):
            if len(pair) != 2:  # noqa: PLR2004 - a name and a value
                item.refuse("invalid-value", "this has to be a pair of a name and a value")
        return [(name, value) for name, value in pairs]

    def text(self) -> str:
        """Read a text."""
        if not isinstance(self.value, str):
            self._refuse_kind("a text")
        return self.value

    def boolean(self) -> bool:
        """Read true or false."""
        if not isinstance(self.value, bool):
            self._refuse_kind("true or false")
        return self.value

    def whole_number(self) -> int:
        """Read a whole number."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            self._refuse_kind("a whole number")
        return self.value

    def seconds(self) -> float:
        """Read a time that is not negative."""
        if (
            isinstance(self.value, bool)
            or not isinstance(self.value, int | float)
            or not 0 <= self.value <= LONGEST_TIME
        ):
            self._refuse_kind(f"a number of seconds from 0 to {LONGEST_TIME}")
        return float(self.value)

    def written(self) -> str:
        """Read a text, or a scalar that YAML has read out of one: 600, true."""
        if isinstance(self.value, bool):
            return "true" if self.value else "false"
        return str(self.value) if isinstance(self.value, int) else self.text()

    def one_of(self, known: Sequence[str]) -> str:
        """Read one of some texts."""
        if not isinstance(self.value, str) or self.value not in known:
            self._refuse_kind("one of " + ", ".join(name or '""' for name in known))
        return self.value

    def _member(self, name: object) -> Located:
        found = self.value[name] if isinstance(self.value, dict) and name in self.value else None
        return Located(found, f"{self.path}.{name}" if self.path else str(name))

    def _refuse_kind(self, wanted: str) -> NoReturn:
        self.refuse("invalid-value", f"this has to be {wanted}, and it is {_found(self.value)}")


def _advice(name: object, known: Collection[str]) -> str:
    close = get_close_matches(str(name), known, n=1)
    return f"; did you mean {close[0]}?" if close else f"; known are {', '.join(known)}"


def _found(value: object) -> str:
    kinds = {dict: "a mapping", list: "a list", tuple: "a list", type(None): "empty"}
    return kinds.get(type(value)) or repr(value)[:60]
