"""What a server has to allow → the lines for its configuration; doctor-snippets.js is the twin."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_LINE = re.compile(r"(?:@(\w+) ?)?(.*)")


@dataclass(frozen=True, slots=True)
class Policy:
    """What is to be allowed. origin: one, or * for all."""

    origin: str
    methods: tuple[str, ...]
    headers: tuple[str, ...]
    credentials: bool


@dataclass(frozen=True, slots=True)
class Server:
    """A server that can be told so: its name, where that is documented, and the template of its lines."""

    id: str
    name: str
    docs: str
    template: str


@cache
def servers() -> tuple[Server, ...]:
    """Read the servers of doctor_snippets.toml."""
    found = tomllib.loads(files(__package__).joinpath("doctor_snippets.toml").read_text("utf-8"))
    return tuple(Server(**row) for row in found["server"])


def snippet(server: Server, policy: Policy) -> str:
    """Return the lines that allow what a policy says."""
    holds = {
        "named": policy.origin != "*",
        "any": policy.origin == "*",
        "headers": bool(policy.headers),
        "credentials": policy.credentials,
    }
    values = {
        "origin": policy.origin,
        "methods": ", ".join(policy.methods),
        "headers": ", ".join(policy.headers),
        "quoted_methods": _quoted(policy.methods),
        "quoted_headers": _quoted(policy.headers),
    }
    found = (_LINE.fullmatch(line) for line in server.template.split("\n"))
    kept = (line[2] for line in found if line is not None and (line[1] is None or holds[line[1]]))
    filled = (re.sub(r"\{(\w+)\}", lambda braces: values.get(braces[1], braces[0]), line) for line in kept)
    return "\n".join(filled).strip()


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)
