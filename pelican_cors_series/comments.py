"""Comments by Giscus: what a page needs so that its reader can ask for them, and what its policy then has to allow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ORIGIN = "https://giscus.app"
# Its script, the style sheet that this brings, and the frame in which the comments are.
SOURCES: Mapping[str, str] = {"script-src": ORIGIN, "style-src": ORIGIN, "frame-src": ORIGIN}

KEYS = ("repo", "repo_id", "category", "category_id")
# Those that it is translated into.
_LANGUAGES = frozenset(
    {
        *("ar", "be", "bg", "ca", "cs", "da", "de", "en", "eo", "es", "eu", "fa", "fr", "he", "hu", "id", "it", "ja"),
        *("ko", "nl", "pl", "pt", "ro", "ru", "th", "tr", "uk", "uz", "vi", "zh-CN", "zh-HK", "zh-TW"),
    },
)


@dataclass(frozen=True, slots=True)
class Giscus:
    """Where the comments are kept, as giscus.app tells it: a GitHub repository ("owner/name") and a category of it."""

    repo: str
    repo_id: str
    category: str
    category_id: str

    @property
    def url(self) -> str:
        """The address of the discussions."""
        return f"https://github.com/{self.repo}/discussions"

    def attributes(self, language: str) -> dict[str, str]:
        """Return what its script is told. language: of the page; where it has no such words it speaks English."""
        known = next((code for code in (language, language.partition("-")[0]) if code in _LANGUAGES), "en")
        return {
            "repo": self.repo,
            "repo-id": self.repo_id,
            "category": self.category,
            "category-id": self.category_id,
            # The address without the host: what readers said under the old blog's pages stays with them.
            "mapping": "pathname",
            "strict": "0",
            "reactions-enabled": "1",
            "emit-metadata": "0",
            "input-position": "top",
            "lang": known,
        }
