"""sitemap.xml, with the translations of each page, and the robots.txt that names it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pelican_cors_series.head import Head

_BEGINNING = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


def sitemap(heads: Iterable[Head]) -> str:
    """Return the sitemap of the pages with these heads, in the order of their addresses.

    A page that search engines are asked to pass by is left out, and so is it among the translations of another.
    """
    listed = {head.canonical: head for head in heads if head.canonical and not head.robots}
    return f"{_BEGINNING}{''.join(_url(listed[address], set(listed)) for address in sorted(listed))}</urlset>\n"


def robots(sitemap_address: str) -> str:
    """Return a robots.txt that keeps nobody out: a page that asks not to be listed has to be read to be heard."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap_address}\n"


def _url(head: Head, listed: set[str]) -> str:
    lines = [f"<loc>{escape(head.canonical or '')}</loc>"]
    if head.changed:
        lines.append(f"<lastmod>{head.changed}</lastmod>")
    lines += [
        f'<xhtml:link rel="alternate" hreflang={quoteattr(code)} href={quoteattr(address)}/>'
        for code, address in head.alternates
        if address in listed
    ]
    return "".join(["<url>\n", *(f"  {line}\n" for line in lines), "</url>\n"])
