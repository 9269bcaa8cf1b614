"""What stands in the head of a page: its description without markup, the policy, the languages."""

from __future__ import annotations

import pytest

from pelican_cors_series.head import describe, plain


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One <code>null</code>, <b>two</b>.</p><p>Three.</p>", "One null, two. Three."),
        ("a<br>b", "a b"),
        ("&lt;b&gt; &amp; c", "<b> & c"),
        ("", ""),
    ],
)
def test_markup_goes_and_words_stay_whole(html: str, text: str) -> None:
    assert plain(html) == text


def test_a_description_is_cut_at_a_word() -> None:
    words = [f"w{number}," for number in range(40)]
    assert describe(f"<p>{' '.join(words)}</p>") == f"{' '.join(words[:25]).rstrip(',')}…"


def test_an_outline_that_is_a_heading_alone_describes_the_page() -> None:
    assert describe('<h3 data-align="center">About CORS</h3>') == "About CORS"
    assert describe("<h2>Heading</h2><p>Text.</p>") == "Text."
