"""Jekyll's code block: {% highlight python %} … {% endhighlight %} becomes a fenced one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

if TYPE_CHECKING:
    from markdown import Markdown

_BLOCK = re.compile(
    r"^\{%-?\s*highlight\s+(?P<language>[\w+#.-]+)[^%\n]*%\}[ \t]*\n(?P<code>.*?)^\{%-?\s*endhighlight\s*-?%\}[ \t]*$",
    re.MULTILINE | re.DOTALL,
)


class HighlightExtension(Extension):
    """Turns the tag into a fence behind the widget fences, before fenced_code sees the lines."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register between the outline and fenced_code (25)."""
        md.preprocessors.register(_Highlight(md), "highlight_tag", 26)


class _Highlight(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        return _BLOCK.sub(_fence, text).split("\n") if "{%" in text else lines


def _fence(block: re.Match[str]) -> str:
    longest = max((len(run) for run in re.findall(r"~+", block["code"])), default=0)
    fence = "~" * max(3, longest + 1)
    return f"{fence}{block['language']}\n{block['code']}{fence}"
