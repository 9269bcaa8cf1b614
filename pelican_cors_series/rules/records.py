"""The records that the rules take and return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Relation = Literal["same-origin", "same-site", "schemelessly-same-site", "cross-site"]


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """An origin: opaque, or a tuple of scheme, host, port (None: the scheme's default) and domain (mostly None).

    Origins compare by identity: an opaque origin is the same as itself alone, and whether two tuple origins are the
    same is for the rules to say.
    """

    opaque: bool
    scheme: str
    host: str
    port: int | None
    domain: str | None


@dataclass(frozen=True, slots=True)
class Url:
    """A parsed URL. `scheme` has no colon, `host` is None where the URL has none, `port` where it is the default.

    `blob_origin` is the origin of the environment that made the blob, for a blob URL that is in the blob URL store.
    """

    href: str
    scheme: str
    host: str | None
    port: int | None
    path: str
    blob_origin: Origin | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A document. `container_document` holds it in a frame; a sandbox may have taken its origin away."""

    url: Url
    origin: Origin
    container_document: Document | None = None
    sandboxed_origin: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """A scheme and a host; the other kind of site is an opaque origin itself, so this one is never opaque."""

    scheme: str
    host: str
    opaque: bool = False


@dataclass(frozen=True, slots=True)
class SuffixSplit:
    """What the Public Suffix List makes of a domain; the registrable domain is None for a public suffix itself."""

    public_suffix: str
    registrable_domain: str | None


@dataclass(frozen=True, slots=True)
class Side:
    """One of two compared addresses, taken apart.

    `href` is None for an opaque origin of its own. `scheme`, `host` and `port` are the origin's; an opaque origin has
    none, so there they are the address's own.
    """

    href: str | None
    origin: str
    scheme: str | None
    host: str | None
    port: int | None
    opaque: bool
    site: str
    registrable_domain: str | None
