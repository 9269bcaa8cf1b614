"""Whom postMessage() delivers to, and what Origin.from() makes of a value, in both languages."""

from __future__ import annotations

import pytest
from fetch_twin import url
from quickjs_twin import QuickJsTwin, both

from pelican_cors_series.rules.messages import origin_from_value, window_post_message_steps_targetorigin
from pelican_cors_series.rules.origins import opaque_origin, origin_of_a_url, serialization_of_an_origin
from pelican_cors_series.rules.printer import javascript_module

SENDER, FRAME = "https://shop.example", "https://pay.example:8443"


@pytest.fixture(scope="module")
def twin() -> QuickJsTwin:
    return QuickJsTwin(javascript_module([origin_from_value, window_post_message_steps_targetorigin]))


# targetOrigin, the address that the window shows → what becomes of the message of a page at SENDER.
MESSAGES = [
    ("*", f"{FRAME}/a", "delivered"),
    ("*", "data:text/html,x", "delivered"),
    ("/", f"{SENDER}/a", "delivered"),
    ("/", FRAME, "discarded"),
    ("/", "http://shop.example", "discarded"),
    (FRAME, f"{FRAME}/b", "delivered"),
    (f"{FRAME}/a?b#c", f"{FRAME}/b", "delivered"),
    ("HTTPS://PAY.example:8443", FRAME, "delivered"),
    ("https://pay.example", FRAME, "discarded"),
    ("https://pay.example:443", "https://pay.example", "delivered"),
    ("https://example", "https://pay.example", "discarded"),
    ("pay.example", FRAME, "SyntaxError"),
    ("", FRAME, "SyntaxError"),
    ("https://", FRAME, "SyntaxError"),
    ("null", "data:text/html,x", "SyntaxError"),
    ("data:text/html,x", "data:text/html,x", "discarded"),
    ("file:///a", "file:///a", "discarded"),
]


@pytest.mark.parametrize(("target", "shown", "outcome"), MESSAGES)
def test_a_message_comes_to_the_target_origin_alone(twin: QuickJsTwin, target: str, shown: str, outcome: str) -> None:
    sender, document = origin_of_a_url(url(SENDER)), origin_of_a_url(url(shown))
    assert both(twin, window_post_message_steps_targetorigin, target, sender, document) == outcome


def test_a_sandboxed_page_can_write_to_itself_with_a_slash_and_in_no_other_way() -> None:
    own = opaque_origin()
    assert window_post_message_steps_targetorigin("/", own, own) == "delivered"
    assert window_post_message_steps_targetorigin("/", own, opaque_origin()) == "discarded"


@pytest.mark.parametrize(
    ("text", "extracted", "expected"),
    [
        ("https://SHOP.example:443/cart", None, "https://shop.example"),
        ("data:,x", None, "null"),
        ("blob:https://shop.example/1", None, "https://shop.example"),
        ("shop.example", None, None),
        ("", None, None),
        ("null", None, None),
        (None, "https://shop.example/cart", "https://shop.example"),
        (None, "about:blank", "null"),
        (None, None, None),
        ("https://shop.example", "https://link.example", "https://link.example"),
    ],
)
def test_an_origin_is_made_of_an_object_that_has_one_or_of_an_address(
    twin: QuickJsTwin, text: str | None, extracted: str | None, expected: str | None
) -> None:
    given = None if extracted is None else origin_of_a_url(url(extracted))
    found = both(twin, origin_from_value, text, given)
    assert (None if found is None else serialization_of_an_origin(found)) == expected
    if given is not None:
        assert found is given
