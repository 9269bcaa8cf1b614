"""Code: the colours of a block come from a formatter that is made once for its options, not once a block."""

from __future__ import annotations

from typing import Any

from pygments.formatters import HtmlFormatter


class Formatters:
    """What codehilite takes as its pygments_formatter: making one costs as much as colouring a short block."""

    def __init__(self) -> None:
        self._made: dict[str, HtmlFormatter[str]] = {}

    def __call__(self, lang_str: str, **options: Any) -> HtmlFormatter[str]:  # noqa: ANN401 - Pygments' own options
        """Return the formatter of these options; lang_str is for formatters other than Pygments' own."""
        del lang_str
        key = repr(sorted(options.items()))
        if key not in self._made:
            self._made[key] = HtmlFormatter(**options)
        return self._made[key]
