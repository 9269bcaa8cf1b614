"""Front matter: what each key is read as."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from conftest import Site
from hypothesis import given
from hypothesis import strategies as st

from pelican_cors_series.dates import read_date
from pelican_cors_series.front_matter import KEYS, is_part, read_front_matter, schema

SEOUL = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2023-06-13 07:00:00 +0900", datetime(2023, 6, 13, 7, tzinfo=SEOUL)),
        ("2023-06-13T07:00:00+09:00", datetime(2023, 6, 13, 7, tzinfo=SEOUL)),
        ("2023-06-13 07:00 +9", datetime(2023, 6, 13, 7, tzinfo=SEOUL)),
        ("2023-06-13T07:00:00.000Z", datetime(2023, 6, 13, 7, tzinfo=UTC)),
        ("2023-06-13 07:00:00 -0330", datetime(2023, 6, 13, 7, tzinfo=timezone(-timedelta(hours=3, minutes=30)))),
        ("2023-06-13 07:00:00", datetime(2023, 6, 13, 7)),  # noqa: DTZ001 - without an offset it has no zone yet
        ("2023-6-3", datetime(2023, 6, 3)),  # noqa: DTZ001 - likewise
        ("2023-02-30", None),
        ("2023-06-13 25:00", None),
        ("13 June 2023", None),
        ("2023-06-13 07:00:00 +9999", None),
    ],
)
def test_a_date_keeps_its_offset(written: str, expected: datetime | None) -> None:
    assert read_date(written) == expected


def test_values_stay_what_the_author_wrote(site: Site) -> None:
    site.part("2023-06-13-a.md", title="007", category="no", author="2023")
    (part,) = site.tree(CORS_SERIES_LANGUAGES={"en": {}}).parts.values()
    assert (part.title, part.category, part.author) == ("007", "no", "2023")


def test_every_key_is_read(site: Site) -> None:
    site.write("content/assets/img/posts/a.jpg", "")
    site.part(
        "2023-06-13-a.md",
        "![b](:a.jpg)\n",
        author="Someone",
        category="Browser",
        tags="[one, two]",
        img='":a.jpg"',
        meta_modify_date="2023-06-14",
        meta_description='"In a sentence"',
        comments_disable="true",
        image_viewer_on="true",
        image_lazy_loader_on="true",
        on_site_search_exclude="true",
        search_engine_exclude="true",
        series="cors",
        part=2,
    )
    (part,) = site.tree(CORS_SERIES_LANGUAGES={"en": {}}).parts.values()
    assert (part.author, part.category, part.tags) == ("Someone", "Browser", ("one", "two"))
    assert part.image is not None
    assert (part.image.address, part.image.present) == ("/assets/img/posts/a.jpg", True)
    assert part.modified is not None
    assert part.modified.isoformat() == "2023-06-14T00:00:00+09:00"
    assert part.description == "In a sentence"
    assert part.noindex
    assert 'loading="lazy"' in part.content
    assert part.membership is not None
    assert (part.membership.series, part.membership.number) == ("cors", 2)


def test_the_author_is_the_owner_of_the_language_where_none_is_named(site: Site) -> None:
    site.part("2023-06-13-a.md")
    site.part("ko/2023-06-13-a.md")
    assert {part.language: part.author for part in site.tree().parts.values()} == {"en": "Owner", "ko": "주인"}


@pytest.mark.parametrize(
    ("path", "keys", "language", "address"),
    [
        ("2023-06-13-a.md", {}, "en", "posts/2023-06-13-a"),
        ("en/2023-06-13-a.md", {}, "en", "posts/2023-06-13-a"),
        ("ko/2023-06-13-a.md", {}, "ko", "ko/2023-06-13-a"),
        ("_posts/2023-06-13-a.markdown", {}, "en", "posts/2023-06-13-a"),
        ("ko/_posts/2023-06-13-a.markdown", {}, "ko", "ko/2023-06-13-a"),
        ("elsewhere/2023-06-13-a.md", {"lang": "ko"}, "ko", "ko/2023-06-13-a"),
        ("ko/2023-06-13-a.md", {"lang": "en"}, "en", "posts/2023-06-13-a"),
    ],
)
def test_the_folder_or_lang_says_the_language(
    site: Site, path: str, keys: dict[str, str], language: str, address: str
) -> None:
    site.part(path, **keys)
    (part,) = site.tree().parts.values()
    assert (part.language, part.address) == (language, address)


def test_what_says_published_false_is_left_out(site: Site) -> None:
    site.part("2023-06-13-a.md", published="false")
    tree = site.tree()
    assert (tree.parts, tree.problems) == ({}, ())
    assert len(tree.unpublished) == 1


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("---\nlng_pair: a\n---\n", True),
        ("---\ntitle: a\n---\n", True),
        ("---\nlayout: post\n---\n", True),
        ("---\nTitle: a\nDate: 2023-06-13\n---\n", False),
        ("Title: a\n\nText\n", False),
        ("----\ntitle: a\n", False),
        ("", False),
    ],
)
def test_pelicans_own_metadata_is_left_to_pelican(text: str, ours: bool) -> None:
    assert is_part(text) is ours


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_no_text_is_too_strange_to_be_reported(text: str) -> None:
    written = "---\n" + text.replace("\r", "") + "\n---\n"
    front, start, problems = read_front_matter(written, "a.md")
    assert problems
    assert start <= len(written) + 1
    if front is None:
        (one,) = problems
        assert 1 <= one.line <= written.count("\n") + 1


def test_the_schema_names_every_key() -> None:
    made = schema()
    assert set(made["properties"]) == set(KEYS)
    assert made["required"] == ["lng_pair", "title", "date"]
