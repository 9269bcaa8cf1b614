"""llms.txt: what the site is about and where its texts are, for language models. By https://llmstxt.org/ ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pelican_cors_series.settings import Language


@dataclass(frozen=True, slots=True)
class Link:
    """A text: its title, its whole address, and what it is about, as plain text."""

    title: str
    url: str
    description: str


def llms_text(default: Language, sections: Iterable[tuple[str, Sequence[Link]]]) -> str:
    """Return llms.txt. default: the language whose title and description stand at the top.

    sections: a heading, such as the name of a language with the site's title in it, and the texts beneath it.
    """
    blocks = [
        f"# {_flat(default.title or default.code)}",
        f"> {_flat(default.description)}" if default.description else "",
    ]
    for heading, links in sections:
        blocks += [f"## {_flat(heading)}", "\n".join(map(_line, links))]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _line(link: Link) -> str:
    about = f": {_flat(link.description)}" if link.description else ""
    title = re.sub(r"([\[\]\\])", r"\\\1", _flat(link.title))
    return f"- [{title}]({link.url}){about}"


def _flat(text: str) -> str:
    return " ".join(text.split())
