"""The records of cookies: one cookie, and the store that a browser keeps them in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

LAYERED_COOKIES = "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-layered-cookies#"
RFC6265BIS = "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#"

SameSite = Literal["strict", "lax", "unset", "none"]
# Which cookies may go along: those of the named kind and of all that ask for less.
SameSiteMode = Literal["strict-or-less", "lax-or-less", "unset-or-less", "none"]


@dataclass(slots=True, eq=False)
class Cookie:
    """A cookie. Name and value are text with one code point for each byte, `path` is a list of segments as in a URL.

    `host` is None until a cookie without the attribute Domain is stored; `host_is_failure` is true, and `host` None,
    where Domain names no host. Times are in milliseconds; `expiry_time` is None for a cookie of the session.
    """

    name: str
    value: str
    path: list[str] = field(default_factory=list)
    has_path_attribute: bool = False
    host: str | None = None
    host_is_failure: bool = False
    host_only: bool = False
    secure: bool = False
    http_only: bool = False
    same_site: SameSite = "unset"
    creation_time: int = 0
    expiry_time: int | None = None


@dataclass(slots=True, eq=False)
class CookieStore:
    """The cookies that a browser holds, and its clock: `now` is in milliseconds since 1970, UTC."""

    cookies: list[Cookie]
    now: int = 0
