"""Which pages stay together by their opener policies, and what a frame may show, in both languages."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

import pytest
from conftest import shared
from fetch_twin import url
from quickjs_twin import QuickJsTwin, both

from pelican_cors_series.rules.embedder_policy import check_a_navigation_response_s_adherence_to_its_embedder_policy
from pelican_cors_series.rules.fetch_records import EmbedderPolicy, PolicyContainer
from pelican_cors_series.rules.opener_policy import match_opener_policy_values_coop
from pelican_cors_series.rules.origins import opaque_origin, origin_of_a_url
from pelican_cors_series.rules.printer import javascript_module

if TYPE_CHECKING:
    from pelican_cors_series.rules.fetch_records import EmbedderPolicyValue

check_frame = check_a_navigation_response_s_adherence_to_its_embedder_policy


@pytest.fixture(scope="module")
def twin() -> QuickJsTwin:
    return QuickJsTwin(javascript_module([match_opener_policy_values_coop, check_frame]))


def test_opener_policies_match_where_neither_parts_or_both_are_one(twin: QuickJsTwin) -> None:
    values = json.loads(shared("standards", "tables.json").read_text("utf-8"))["opener policy value"]
    assert len(values) > 1
    page, same, other = (origin_of_a_url(url(f"https://{host}/")) for host in ("a.example", "a.example", "b.example"))
    for one, two in itertools.product(values, values):
        matches = {
            name: both(twin, match_opener_policy_values_coop, one, page, two, origin)
            for name, origin in (("same", same), ("other", other))
        }
        open_to_all = one == two == "unsafe-none"
        assert matches == {"same": one == two, "other": open_to_all}, (one, two)


def test_an_opaque_origin_matches_itself_alone() -> None:
    own = opaque_origin()
    assert match_opener_policy_values_coop("same-origin", own, "same-origin", own)
    assert not match_opener_policy_values_coop("same-origin", own, "same-origin", opaque_origin())


@pytest.mark.parametrize(
    ("page", "response", "shown"),
    [
        (None, "unsafe-none", True),
        ("unsafe-none", "unsafe-none", True),
        ("unsafe-none", "require-corp", True),
        ("require-corp", "unsafe-none", False),
        ("credentialless", "unsafe-none", False),
        ("require-corp", "credentialless", True),
        ("credentialless", "require-corp", True),
        ("require-corp", "require-corp", True),
    ],
)
def test_a_frame_of_a_page_with_an_embedder_policy_needs_one_too(
    twin: QuickJsTwin, page: EmbedderPolicyValue | None, response: EmbedderPolicyValue, shown: bool
) -> None:
    container = None if page is None else PolicyContainer(EmbedderPolicy(page))
    assert both(twin, check_frame, container, EmbedderPolicy(response)) is shown


def test_what_is_only_reported_blocks_no_frame(twin: QuickJsTwin) -> None:
    reporting = PolicyContainer(EmbedderPolicy("unsafe-none", "require-corp"))
    assert both(twin, check_frame, reporting, EmbedderPolicy())
    enforcing = PolicyContainer(EmbedderPolicy("require-corp"))
    assert not both(twin, check_frame, enforcing, EmbedderPolicy("unsafe-none", "require-corp"))
