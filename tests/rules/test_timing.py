"""The TAO check: who may see how long a response took, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fetch_twin import url
from quickjs_twin import QuickJsTwin, both

from pelican_cors_series.rules.fetch_records import Request, Response
from pelican_cors_series.rules.origins import opaque_origin, origin_of_a_url
from pelican_cors_series.rules.printer import javascript_module
from pelican_cors_series.rules.timing import tao_check

if TYPE_CHECKING:
    from pelican_cors_series.rules.fetch_records import Mode, ResponseTainting

PAGE, API, OTHER = "https://app.example", "https://api.test", "https://cdn.test"


@pytest.fixture(scope="module")
def twin() -> QuickJsTwin:
    return QuickJsTwin(javascript_module([tao_check]))


def request_of(addresses: list[str], mode: Mode, tainting: ResponseTainting) -> Request:
    request = Request([url(address) for address in addresses], [], origin=origin_of_a_url(url(PAGE)), mode=mode)
    request.response_tainting = tainting
    return request


# The addresses of the request, its mode and its tainting; the header's values → may the page see the timing.
CHECKS = [
    (([PAGE], "cors", "basic"), [], True),
    (([API], "cors", "cors"), [], False),
    (([API], "no-cors", "opaque"), [], False),
    (([API], "cors", "cors"), ["*"], True),
    (([API], "no-cors", "opaque"), [PAGE], True),
    (([API], "no-cors", "opaque"), [f"{API}, {PAGE}"], True),
    (([API], "no-cors", "opaque"), [API, PAGE], True),
    (([API], "no-cors", "opaque"), [f"{PAGE}/"], False),
    (([API], "no-cors", "opaque"), ["HTTPS://APP.EXAMPLE"], False),
    (([API], "no-cors", "opaque"), ["https://app.example:443"], False),
    (([API], "no-cors", "opaque"), [API], False),
    (([API], "no-cors", "opaque"), ["null"], False),
    (([API], "no-cors", "opaque"), ["'*'"], False),
    (([API, OTHER], "no-cors", "opaque"), [PAGE], False),
    (([API, OTHER], "no-cors", "opaque"), ["null"], True),
    (([API, OTHER], "no-cors", "opaque"), ["*"], True),
    (([PAGE], "navigate", "basic"), [], True),
    (([API], "navigate", "basic"), [], False),
    (([API, PAGE], "navigate", "basic"), [], True),
    (([API], "navigate", "basic"), [PAGE], True),
]


@pytest.mark.parametrize(("asked", "values", "expected"), CHECKS)
def test_timing_is_for_the_origin_that_the_header_names(
    twin: QuickJsTwin, asked: tuple[list[str], Mode, ResponseTainting], values: list[str], expected: bool
) -> None:
    response = Response([], [("Timing-Allow-Origin", value) for value in values])
    assert both(twin, tao_check, request_of(*asked), response) is expected


def test_a_refusal_on_the_way_is_final(twin: QuickJsTwin) -> None:
    request = request_of([API], "cors", "cors")
    request.timing_allow_failed = True
    assert not both(twin, tao_check, request, Response([], [("Timing-Allow-Origin", "*")]))


def test_a_sandboxed_page_is_named_null(twin: QuickJsTwin) -> None:
    request = request_of([API], "cors", "cors")
    request.origin = opaque_origin()
    assert both(twin, tao_check, request, Response([], [("Timing-Allow-Origin", "null")]))
