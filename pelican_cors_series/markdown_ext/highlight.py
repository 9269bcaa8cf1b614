"""Jekyll's code block: {% highlight python %} … {% endhighlight %} becomes a fenced one."""

from __future__ import annotations

import re

OPENING = r"\{%-?\s*highlight\s+(?P<language>[\w+#.-]+)[^%]*%\}[ ]*"
CLOSING = re.compile(r"\{%-?\s*endhighlight\s*-?%\}[ ]*")


def fenced(language: str, code: tuple[str, ...]) -> list[str]:
    """Return the lines of code in a fence that none of them closes."""
    longest = max((len(run) for line in code for run in re.findall(r"~+", line)), default=0)
    fence = "~" * max(3, longest + 1)
    return [fence + language, *code, fence]
