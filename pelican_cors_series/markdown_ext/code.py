"""Code: a block that the keyboard can scroll, its formatter made once for its options and not once a block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pygments.formatters import HtmlFormatter

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Formatter(HtmlFormatter[str]):
    def wrap(self, source: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        for is_code, piece in super().wrap(source):  # type: ignore[no-untyped-call]
            yield is_code, piece if is_code else piece.replace("<pre", '<pre tabindex="0"', 1)


class Formatters:
    """What codehilite takes as its pygments_formatter: making one costs as much as colouring a short block."""

    def __init__(self) -> None:
        self._made: dict[str, _Formatter] = {}

    def __call__(self, lang_str: str, **options: Any) -> _Formatter:  # noqa: ANN401 - Pygments' own options
        """Return the formatter of these options; lang_str is for formatters other than Pygments' own."""
        del lang_str
        key = repr(sorted(options.items()))
        if key not in self._made:
            self._made[key] = _Formatter(**options)
        return self._made[key]
