"""Series and pairs: what the parts say of each other."""

from __future__ import annotations

from conftest import Site


def test_ids_that_end_in_a_number_make_a_series(site: Site) -> None:
    for number in (3, 1, 2):
        for folder in ("en", "ko"):
            site.part(f"{folder}/2023-06-1{number}-cors.md", lng_pair=f"id_About_CORS_{number}")
    tree = site.tree()
    (series,) = tree.series.values()
    assert (series.name, series.title) == ("about-cors", "About CORS")
    for code in ("en", "ko"):
        assert [part.pair_id for part in series.parts[code]] == [f"id_About_CORS_{number}" for number in (1, 2, 3)]


def test_one_id_that_ends_in_a_number_is_no_series(site: Site) -> None:
    site.part("en/2023-06-13-a.md", lng_pair="id_Release_2024")
    site.part("ko/2023-06-13-a.md", lng_pair="id_Release_2024")
    assert site.tree().series == {}


def test_a_declared_series_goes_by_its_own_numbers(site: Site) -> None:
    site.part("2023-06-13-b.md", series="Networks", part=1)
    site.part("2023-06-12-a.md", series="Networks", part=2)
    (series,) = site.tree().series.values()
    assert [part.stem for part in series.parts["en"]] == ["2023-06-13-b", "2023-06-12-a"]


def test_drafts_and_hidden_parts_stand_in_no_series_and_no_pair(site: Site) -> None:
    site.part("2023-06-11-a.md", lng_pair="id_x_1")
    site.part("2023-06-12-b.md", lng_pair="id_x_2", status="draft")
    site.part("2023-06-13-c.md", lng_pair="id_x_3", status="hidden")
    tree = site.tree()
    assert tree.series == {}
    assert set(tree.pairs) == {"id_x_1"}


def test_a_date_in_the_future_makes_a_draft_where_pelican_says_so(site: Site) -> None:
    site.part("2999-01-01-a.md", date="2999-01-01 00:00:00 +0900")
    assert [part.status for part in site.tree().parts.values()] == ["published"]
    assert [part.status for part in site.tree(WITH_FUTURE_DATES=False).parts.values()] == ["draft"]


def test_a_series_may_lack_a_language(site: Site) -> None:
    site.part("en/2023-06-11-a.md", lng_pair="id_x_1")
    site.part("en/2023-06-12-b.md", lng_pair="id_x_2")
    site.part("ko/2023-06-11-a.md", lng_pair="id_x_1")
    (series,) = site.tree().series.values()
    assert {code: len(parts) for code, parts in series.parts.items()} == {"en": 2, "ko": 1}
