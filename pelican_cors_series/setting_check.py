"""What a configuration says, checked: its values by their names, and a problem for each that has the wrong form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pelican_cors_series.problems import Place, Problem, nearest, problem

if TYPE_CHECKING:
    from collections.abc import Mapping


class SettingCheck:
    """Takes values out of a configuration and keeps a problem for each that has the wrong form."""

    def __init__(self, raw: Mapping[str, Any], place: Place, names: frozenset[str]) -> None:
        """raw: the configuration. place: the file's own. names: the settings of this plugin that there are."""
        self.raw, self.place, self._names = raw, place, names
        self.problems: list[Problem] = []

    def unknown(self) -> None:
        """Add a problem for each name of this plugin's form that is none of its settings."""
        for name in self.raw:
            if isinstance(name, str) and name.startswith("CORS_SERIES_") and name not in self._names:
                advice = nearest(name, self._names, "CONTRIBUTING lists the settings")
                self.problems.append(problem("setting-unknown", self.place, name=name, suggestion=advice))

    def wrong(self, name: str, found: object, wanted: str, example: str) -> None:
        """Add the problem of a value: what was found, what is wanted in words, and a line that would be right."""
        self.problems.append(
            problem("setting", self.place, name=name, found=repr(found)[:80], wanted=wanted, example=example),
        )

    def get(self, name: str, kind: type | tuple[type, ...], wanted: str, example: str) -> Any:  # noqa: ANN401 - as set
        """Return a value of that type, None where there is none or one of another type."""
        value = self.raw.get(name)
        if value is None or isinstance(value, kind):
            return value
        self.wrong(name, value, wanted, f"{name} = {example}")
        return None

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return True or False."""
        value = self.get(name, bool, "True or False", "True")
        return default if value is None else bool(value)

    def texts(self, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """Return a list of texts, the default where there is none or something else."""
        value = self.get(name, (list, tuple, set, frozenset), "a list of texts", '["example.org"]')
        if value is None:
            return default
        if all(isinstance(item, str) for item in value):
            return tuple(value)
        self.wrong(name, value, "a list of texts", f'{name} = ["example.org"]')
        return default

    def tables(self, name: str, example: str) -> dict[str, dict[str, str]]:
        """Return a dictionary of dictionaries of texts, without what has another form."""
        value = self.get(name, dict, "a dictionary of dictionaries of texts", example) or {}
        good = {}
        for key, table in value.items():
            texts = isinstance(table, dict) and all(isinstance(item, str) for pair in table.items() for item in pair)
            if isinstance(key, str) and texts:
                good[key] = dict(table)
            else:
                self.wrong(f"{name}[{key!r}]", table, "a dictionary of texts", f"{name} = {example}")
        return good
