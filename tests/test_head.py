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


ONWARDS = " and so on" * 9


@pytest.mark.parametrize(
    ("text", "description"),
    [
        (f"One sentence of no more than eight words. Then{ONWARDS}.", "One sentence of no more than eight words."),
        (
            f"브라우저는 두 주소의 출처가 같은지 먼저 따져 봅니다. 그다음에는{ONWARDS}.",
            "브라우저는 두 주소의 출처가 같은지 먼저 따져 봅니다.",
        ),
        (f"한 문장입니다. 그다음에는{ONWARDS}.", None),
        (f"She said that it was “all over by then.” He{ONWARDS}", "She said that it was “all over by then.”"),
        # A short sentence alone says too little; what stands behind a full stop in lower case is the same sentence.
        (f"Too short. It goes on{ONWARDS}.", None),
        (f"What it compares is scheme, host and port, e.g. Https{ONWARDS}.", None),
        (f"What it compares is scheme, host, port etc. and{ONWARDS}.", None),
        (f"What it takes apart is not only shop.example and localhost:8080{ONWARDS}.", None),
    ],
)
def test_a_description_ends_with_a_sentence_where_one_is_over_in_time(text: str, description: str | None) -> None:
    cut = " ".join(text.split()[:25])
    assert describe(f"<p>{text}</p>") == (description or f"{cut}…")


def test_an_outline_that_is_a_heading_alone_describes_the_page() -> None:
    assert describe('<h3 data-align="center">About CORS</h3>') == "About CORS"
    assert describe("<h2>Heading</h2><p>Text.</p>") == "Text."
