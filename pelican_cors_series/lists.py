"""Lists of posts: which ones a site has and where they stand, as Pelican's own settings say, in each language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

# archives: every post by year. categories and tags: the overviews. category and tag: the posts of one.
ListName = Literal["archives", "categories", "tags", "category", "tag"]

# Where the seam leaves what the author set: it takes the lists out of Pelican's hands, and so out of the settings.
LISTS = "_CORS_SERIES_LISTS"

_OVERVIEWS: tuple[ListName, ...] = ("archives", "categories", "tags")
_TERMS: tuple[ListName, ...] = ("category", "tag")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a page stands within the site: as a link has it ("tag/{slug}/"), and the file ("tag/{slug}/index.html")."""

    url: str
    save_as: str

    @property
    def link(self) -> str:
        """The address as a link has it: what is no letter of a URL is percent-encoded."""
        return quote(self.url)

    @classmethod
    def of_folder(cls, address: str) -> Address:
        """Return the address of a page that is served as its folder: "ko/rules/"."""
        return cls(address, f"{address}index.html")

    def at(self, prefix: str, slug: str = "") -> Address:
        """Return the address of the list in the language of that prefix ("ko/"), of the term of that slug."""
        return Address(*(prefix + form.replace("{slug}", slug) for form in (self.url, self.save_as)))


def list_addresses(raw: Mapping[str, Any]) -> dict[ListName, Address]:
    """Return the lists that a Pelican configuration asks for: by DIRECT_TEMPLATES, CATEGORY_SAVE_AS, TAG_URL and so on.

    raw: the configuration's names and values; what it does not name is as Pelican has it. A list whose …_SAVE_AS is
    empty is not there.
    """
    if LISTS in raw:
        taken: dict[ListName, Address] = raw[LISTS]
        return taken
    direct = raw.get("DIRECT_TEMPLATES", _OVERVIEWS)
    asked: dict[ListName, str] = {name: f"{name}.html" for name in _OVERVIEWS if name in direct}
    asked |= {name: f"{name}/{{slug}}.html" for name in _TERMS}
    found = {}
    for name, usual in asked.items():
        save_as = str(raw.get(f"{name.upper()}_SAVE_AS", usual) or "")
        url = str(raw.get(f"{name.upper()}_URL") or save_as.removesuffix("index.html"))
        if save_as:
            found[name] = Address(url, save_as)
    return found
